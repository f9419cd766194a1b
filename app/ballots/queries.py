"""What one expert's ballot says: what is in force, what was sealed, how far it is."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.ballots import receipts
from app.ballots.merging import Value
from app.errors import AppError
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
from app.models.registers import Kind
from app.proposals import queries as proposals
from app.questions import sealing
from app.questions.answers import RATIONALE, Answer
from app.questions.catalogue import Type
from app.questions.propose import Propose
from app.rounds import queries as rounds


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a ballot is, or one question of it, in subjects and proposals.

    Where something is `required`, only questions that require something count; where nothing is, all
    do, and who has answered what she has a view of is through. `changed_since`: what was submitted is
    not what is in force.
    """

    asked: int = 0
    answered: int = 0
    complete: int = 0
    proposed: int = 0
    required: bool = False
    begun: bool = False
    submitted: bool = False
    changed_since: bool = False

    @property
    def open(self) -> int:
        """How many subjects are not complete."""
        return self.asked - self.complete


@dataclass(frozen=True, slots=True)
class Given:
    """What a ballot says of one subject: every value by revision.

    `texts` are the fields that hold one; `kept` those that hold a former answer, confirmed.
    """

    history: dict[str, list[Value]] = field(default_factory=lambda: defaultdict(list))
    texts: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)

    @property
    def seen(self) -> dict[str, int]:
        """The revision in force of each field."""
        return {name: len(values) for name, values in self.history.items()}

    @property
    def answer(self) -> Answer:
        """What is in force."""
        last = {name: values[-1] for name, values in self.history.items() if values}
        judgements = {n: v for n, v in last.items() if v is not None and n not in self.texts}
        texts = {n: str(v) for n, v in last.items() if v and n in self.texts}
        return Answer(judgements, texts.pop(RATIONALE, ""), texts)

    @property
    def is_kept(self) -> bool:
        """Whether it is the answer of the round before, confirmed."""
        return bool(self.kept) and self.answer.judgements.keys() <= self.kept


@dataclass(frozen=True, slots=True)
class Part:
    """One question, as far as saving needs to know it: its subjects by code, and of which kind each is.

    Subjects that are criteria go by the codes of these, and are of no kind.
    """

    question: Question
    type: Type
    subjects: dict[str, UUID]
    kinds: dict[str, Kind]

    @property
    def code(self) -> str:
        """The question's code."""
        return self.question.code


@dataclass(frozen=True, slots=True)
class Asking:
    """What a round asks: its questions by code, in their order."""

    parts: dict[str, Part]


@dataclass(frozen=True, slots=True)
class Filled:
    """A whole ballot as it stands: what is in force, what was proposed, and what was submitted last."""

    asked: Asking
    given: Mapping[UUID, Given] = field(default_factory=dict)
    proposed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    seal: Seal | None = None

    def answers(self, part: Part) -> dict[str, Answer]:
        """What is in force of one question, by the subject's code; or by the reference of a proposal."""
        if part.code in self.proposed:
            return {reference: Answer() for reference in self.proposed[part.code]}
        return {code: self.given[key].answer for code, key in part.subjects.items() if key in self.given}

    @property
    def content(self) -> dict[str, Any]:
        """All of it, as it would be sealed now."""
        return sealing.seal(
            {code: part.type.seal(self.answers(part)) for code, part in self.asked.parts.items()}
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing is answered; a reason alone answers nothing."""
        said = [answer for part in self.asked.parts.values() for answer in self.answers(part).values()]
        answered = any(answer.judgements or any(answer.texts.values()) for answer in said)
        return not (answered or any(self.proposed.values()))

    def blank(self, part: Part) -> list[str]:
        """The subjects of a question of which something is missing that everyone is asked for."""
        answers = self.answers(part)
        return [code for code in part.subjects if part.type.missing(answers.get(code))]

    def unfit(self, part: Part) -> AppError | None:
        """What keeps the answers to a question from being submitted as they are."""
        return part.type.unfit(self.answers(part))

    def sealed(self, part: Part) -> dict[str, Answer]:
        """What was submitted of one question."""
        return read_part(self.seal, part.question, part.type)

    def progress_of(self, part: Part) -> Progress:
        """How far one question is; whether it was submitted is said of the whole ballot."""
        answers = self.answers(part)
        proposed = len(self.proposed.get(part.code, ()))
        said = sum(1 for answer in answers.values() if not answer.is_blank)
        asked, complete = part.type.far(answers, part.subjects)
        return Progress(
            asked=asked,
            answered=said,
            complete=complete,
            proposed=proposed,
            required=part.type.requires,
            begun=said + proposed > 0,
        )

    @property
    def progress(self) -> Progress:
        """How far it is as a whole."""
        every = [self.progress_of(part) for part in self.asked.parts.values()]
        required = any(one.required for one in every)
        counted = [one for one in every if one.required or not required]
        return self.with_seal(
            Progress(
                asked=sum(one.asked for one in counted),
                answered=sum(one.answered for one in counted),
                complete=sum(one.complete for one in counted),
                proposed=sum(one.proposed for one in every),
                required=required,
                begun=any(one.begun for one in every),
            )
        )

    def with_seal(self, progress: Progress) -> Progress:
        """The same, with whether the ballot was submitted, and has changed since."""
        changed = self.seal is not None and sealing.parts(self.seal.content) != sealing.parts(self.content)
        return replace(progress, submitted=self.seal is not None, changed_since=changed)


def asking(session: Session, round_: Round) -> Asking | None:
    """What the round asks, or None for a round without questions."""
    questions = rounds.questions(session, round_)
    if not questions:
        return None
    seminar = session.get_one(Seminar, round_.seminar_id)
    scales = {c.code: (c.low, c.high) for c in rounds.criteria(session, seminar)}
    subjects: dict[UUID, dict[str, UUID]] = defaultdict(dict)
    kinds: dict[UUID, dict[str, Kind]] = defaultdict(dict)
    rows = session.exec(
        select(Subject.question_id, func.coalesce(Item.code, Criterion.code), Item.kind, Subject.id)
        .outerjoin(Item, col(Subject.item_id) == col(Item.id))
        .outerjoin(Criterion, col(Subject.criterion_id) == col(Criterion.id))
        .where(col(Subject.question_id).in_([question.id for question in questions]))
        .order_by(col(Subject.position))
    )
    for question_id, code, kind, key in rows:
        subjects[question_id][code] = key
        if kind:
            kinds[question_id][code] = Kind(kind)
    return Asking(
        {
            q.code: Part(q, rounds.type_with(q, scales), dict(subjects[q.id]), dict(kinds[q.id]))
            for q in questions
        }
    )


def find_ballot(session: Session, *, round_: Round, panellist: Panellist) -> Ballot | None:
    """The panellist's ballot in the round, if there is one yet."""
    return session.exec(
        select(Ballot).where(Ballot.round_id == round_.id, Ballot.panellist_id == panellist.id)
    ).one_or_none()


def given(
    session: Session, ballot: Ballot | None, subjects: Collection[UUID] | None = None
) -> dict[UUID, Given]:
    """All that the ballot says, by subject; or what it says of these subjects."""
    found: dict[UUID, Given] = defaultdict(Given)
    if ballot is None:
        return {}
    saved, written = AnswerRevision, RationaleRevision
    mine, texts = [col(saved.ballot_id) == ballot.id], [col(written.ballot_id) == ballot.id]
    if subjects is not None:
        mine.append(col(saved.subject_id).in_(subjects))
        texts.append(col(written.subject_id).in_(subjects))
    # columns, not rows: a ballot may hold thousands
    for key, name, score, abstention in session.exec(
        select(saved.subject_id, saved.criterion, saved.score, saved.abstention)
        .where(*mine)
        .order_by(col(saved.revision))
    ):
        found[key].history[name].append(score if score is not None else abstention)
    for key, name, revision in session.exec(
        select(saved.subject_id, saved.criterion, saved.revision).where(*mine, col(saved.kept))
    ):
        if revision == len(found[key].history[name]):
            found[key].kept.add(name)
    for key, name, text in session.exec(
        select(written.subject_id, written.part, written.text).where(*texts).order_by(col(written.revision))
    ):
        found[key].history[name].append(text or None)
        found[key].texts.add(name)
    return dict(found)


def filled(session: Session, *, round_: Round, asked: Asking, panellist: Panellist | None) -> Filled:
    """The panellist's whole ballot; without a panellist, a blank one."""
    if panellist is None:
        return Filled(asked)
    ballot = find_ballot(session, round_=round_, panellist=panellist)
    proposed = {
        code: proposals.references(session, question=part.question, panellist=panellist)
        for code, part in asked.parts.items()
        if isinstance(part.type, Propose)
    }
    return Filled(asked, given(session, ballot), proposed, latest_seal(session, ballot, submitted=True))


def latest_seal(session: Session, ballot: Ballot | None, *, submitted: bool = False) -> Seal | None:
    """The version that counts, or None while there is none; or the last that was submitted.

    They differ where what is saved counts too: see `ballots.running`.
    """
    if ballot is None:
        return None
    query = select(Seal).where(Seal.ballot_id == ballot.id)
    if submitted:
        query = query.where(col(Seal.submitted))
    return session.exec(query.order_by(col(Seal.number).desc()).limit(1)).one_or_none()


def read_part(seal: Seal | None, question: Question, type_: Type) -> dict[str, Answer]:
    """What a seal says in answer to one question, by the subject's code."""
    return type_.read(sealing.parts(seal.content).get(question.code, {})) if seal else {}


def progress(session: Session, *, round_: Round, panellist: Panellist) -> Progress:
    """How far the panellist's ballot in the round is."""
    asked = asking(session, round_)
    if asked is None:
        return Progress()
    return filled(session, round_=round_, asked=asked, panellist=panellist).progress


def broken_seals(session: Session) -> list[str]:
    """The receipt codes of sealed ballots whose content is not what was sealed."""
    return [
        receipts.code(seal.receipt)
        for seal in session.exec(select(Seal).order_by(col(Seal.receipt)))
        if receipts.digest(seal.salt, seal.content) != seal.receipt
    ]
