"""What one expert's ballot says: what is in force, what was sealed, how far it is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from sqlmodel import Session, col, select

from app.ballots import receipts
from app.ballots.merging import Value
from app.models import (
    AnswerRevision,
    Ballot,
    Criterion,
    Item,
    Panellist,
    Question,
    RationaleRevision,
    Round,
    Seal,
    Seminar,
    Subject,
)
from app.models.ballots import Abstention
from app.questions import answers as written
from app.questions.answers import RATIONALE, Answer
from app.questions.rate import Rate
from app.rounds import queries as rounds


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a ballot is, in subjects; `changed_since`: what was submitted is not what is in force."""

    asked: int = 0
    answered: int = 0
    complete: int = 0
    submitted: bool = False
    changed_since: bool = False

    @property
    def open(self) -> int:
        """How many subjects are not complete."""
        return self.asked - self.complete


@dataclass(frozen=True, slots=True)
class Given:
    """What a ballot says of one subject: every value by revision, and which fields keep a former answer."""

    history: dict[str, list[Value]] = field(default_factory=lambda: defaultdict(list))
    kept: set[str] = field(default_factory=set)

    @property
    def seen(self) -> dict[str, int]:
        """The revision in force of each field."""
        return {name: len(values) for name, values in self.history.items()}

    @property
    def answer(self) -> Answer:
        """What is in force."""
        last = {name: values[-1] for name, values in self.history.items() if values}
        rationale = last.pop(RATIONALE, None)
        return Answer({c: value for c, value in last.items() if value is not None}, str(rationale or ""))

    @property
    def is_kept(self) -> bool:
        """Whether it is the answer of the round before, confirmed."""
        return bool(self.kept) and self.answer.judgements.keys() <= self.kept


@dataclass(frozen=True, slots=True)
class Asking:
    """What the round asks, as far as saving needs to know it: subjects by code, and their criteria."""

    question: Question
    rate: Rate
    subjects: dict[str, UUID]


def asking(session: Session, round_: Round) -> Asking | None:
    """What the round asks to be rated, or None for a round without such a question."""
    question = rounds.rate_question(session, round_)
    if question is None:
        return None
    rows = session.exec(
        select(Item.code, Subject.id)
        .join(Item, col(Subject.item_id) == col(Item.id))
        .where(Subject.question_id == question.id)
        .order_by(col(Subject.position))
    ).all()
    criteria = rounds.criteria(session, session.get_one(Seminar, round_.seminar_id))
    return Asking(question, rate_of(question, criteria), dict(rows))


def rate_of(question: Question, criteria: Iterable[Criterion]) -> Rate:
    """The question as its type reads it."""
    asked = Rate.of(question.settings, {c.code: (c.low, c.high) for c in criteria})
    return replace(asked, abstentions=tuple(word for word in asked.abstentions if word in set(Abstention)))


def find_ballot(session: Session, *, round_: Round, panellist: Panellist) -> Ballot | None:
    """The panellist's ballot in the round, if there is one yet."""
    return session.exec(
        select(Ballot).where(Ballot.round_id == round_.id, Ballot.panellist_id == panellist.id)
    ).one_or_none()


def given(session: Session, ballot: Ballot | None) -> dict[UUID, Given]:
    """All that the ballot says, by subject."""
    found: dict[UUID, Given] = defaultdict(Given)
    if ballot is None:
        return {}
    for row in session.exec(
        select(AnswerRevision)
        .where(AnswerRevision.ballot_id == ballot.id)
        .order_by(col(AnswerRevision.revision))
    ):
        one = found[row.subject_id]
        one.history[row.criterion].append(row.score if row.score is not None else row.abstention)
        (one.kept.add if row.kept else one.kept.discard)(row.criterion)
    for reason in session.exec(
        select(RationaleRevision)
        .where(RationaleRevision.ballot_id == ballot.id)
        .order_by(col(RationaleRevision.revision))
    ):
        found[reason.subject_id].history[RATIONALE].append(reason.text or None)
    return dict(found)


def answers(asked: Asking, given_: Mapping[UUID, Given]) -> dict[str, Answer]:
    """What is in force, by the subject's code."""
    return {code: given_[key].answer for code, key in asked.subjects.items() if key in given_}


def latest_seal(session: Session, ballot: Ballot | None) -> Seal | None:
    """The submitted version that counts, or None while nothing was submitted."""
    if ballot is None:
        return None
    return session.exec(
        select(Seal).where(Seal.ballot_id == ballot.id).order_by(col(Seal.number).desc()).limit(1)
    ).one_or_none()


def sealed(session: Session, *, round_: Round, panellist: Panellist) -> dict[str, Answer]:
    """What the panellist submitted in the round, by the subject's code."""
    seal = latest_seal(session, find_ballot(session, round_=round_, panellist=panellist))
    return written.read(seal.content) if seal else {}


def progress(session: Session, *, round_: Round, panellist: Panellist) -> Progress:
    """How far the panellist's ballot in the round is."""
    asked = asking(session, round_)
    if asked is None:
        return Progress()
    ballot = find_ballot(session, round_=round_, panellist=panellist)
    return progress_of(asked, answers(asked, given(session, ballot)), latest_seal(session, ballot))


def progress_of(asked: Asking, answers_: Mapping[str, Answer], seal: Seal | None) -> Progress:
    """The same, of what has been read already."""
    return Progress(
        asked=len(asked.subjects),
        answered=sum(1 for answer in answers_.values() if answer.judgements or answer.rationale),
        complete=sum(1 for code in asked.subjects if not asked.rate.missing(answers_.get(code))),
        submitted=seal is not None,
        changed_since=seal is not None and seal.content != written.seal(answers_),
    )


def broken_seals(session: Session) -> list[str]:
    """The receipt codes of sealed ballots whose content is not what was sealed."""
    return [
        receipts.code(seal.receipt)
        for seal in session.exec(select(Seal).order_by(col(Seal.receipt)))
        if receipts.digest(seal.salt, seal.content) != seal.receipt
    ]
