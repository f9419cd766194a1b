"""What the reader herself has answered, what others found helpful, and where the seminar goes on."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from sqlmodel import Session, col, select

from app.models import (
    AnswerRevision,
    Ballot,
    HelpfulMark,
    Item,
    Panellist,
    Question,
    RationaleRevision,
    Round,
    Seal,
    Subject,
)
from app.questions import sealing
from app.questions.answers import RATIONALE, Answer
from app.rounds import lifecycle
from app.rounds import queries as rounds

# One text by the code of its subject and its digest.
Named = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Marks:
    """How many found each text helpful, and which of them the reader did."""

    counts: Counter[Named] = field(default_factory=Counter)
    mine: frozenset[Named] = frozenset()


@dataclass(frozen=True, slots=True)
class Onward:
    """The round in which the reader can say more: open now, or to come; and the question for each subject."""

    round_: Round | None = None
    is_open: bool = False
    questions: dict[str, str] = field(default_factory=dict)

    def asks(self, code: str) -> bool:
        """Whether the reader can say more of the subject, now or later."""
        return code in self.questions if self.is_open else self.round_ is not None


def sealed_answers(session: Session, question: Question, panellist: Panellist) -> dict[str, Answer]:
    """What she had submitted when the round was closed, by the subject's code."""
    content = session.exec(
        select(Seal.content)
        .join(Ballot, col(Seal.ballot_id) == col(Ballot.id))
        .where(Ballot.round_id == question.round_id, Ballot.panellist_id == panellist.id)
        .order_by(col(Seal.number).desc())
        .limit(1)
    ).first()
    if content is None:
        return {}
    return rounds.question_type(session, question).read(sealing.parts(content).get(question.code, {}))


def saved_answers(session: Session, question: Question, panellist: Panellist) -> dict[str, Answer]:
    """What she has saved so far, submitted or not, by the subject's code."""
    mine = (Ballot.round_id == question.round_id, Ballot.panellist_id == panellist.id)
    judged = session.exec(
        select(AnswerRevision)
        .join(Ballot, col(AnswerRevision.ballot_id) == col(Ballot.id))
        .where(*mine)
        .order_by(col(AnswerRevision.revision))
    )
    written = session.exec(
        select(RationaleRevision)
        .join(Ballot, col(RationaleRevision.ballot_id) == col(Ballot.id))
        .where(*mine)
        .order_by(col(RationaleRevision.revision))
    )
    found = {one.id: (one.code, Answer()) for one in rounds.asked_about(session, question)}
    for one in judged:
        if one.subject_id in found:
            found[one.subject_id] = _with_judgement(*found[one.subject_id], one)
    for text in written:
        if text.subject_id in found:
            found[text.subject_id] = _with_text(*found[text.subject_id], text)
    return {code: answer for code, answer in found.values() if not answer.is_blank}


def _with_judgement(code: str, answer: Answer, said: AnswerRevision) -> tuple[str, Answer]:
    judgements = {part: one for part, one in answer.judgements.items() if part != said.criterion}
    judgement = said.abstention or said.score
    if judgement is not None:
        judgements[said.criterion] = judgement
    return code, Answer(judgements, answer.rationale, answer.texts)


def _with_text(code: str, answer: Answer, said: RationaleRevision) -> tuple[str, Answer]:
    if said.part == RATIONALE:
        return code, Answer(answer.judgements, said.text, answer.texts)
    return code, Answer(answer.judgements, answer.rationale, answer.texts | {said.part: said.text})


def marks(session: Session, question: Question, panellist: Panellist | None) -> Marks:
    """What was found helpful among the texts of a question."""
    rows = session.exec(
        select(HelpfulMark.item_code, HelpfulMark.digest, HelpfulMark.panellist_id).where(
            HelpfulMark.question_id == question.id
        )
    ).all()
    mine = panellist.id if panellist else None
    return Marks(
        Counter((code, digest) for code, digest, _ in rows),
        frozenset((code, digest) for code, digest, by in rows if by == mine),
    )


def find_mark(
    session: Session, *, question: Question, panellist: Panellist, code: str, digest: str
) -> HelpfulMark | None:
    """The panellist's mark on a text."""
    return session.exec(
        select(HelpfulMark).where(
            HelpfulMark.panellist_id == panellist.id,
            HelpfulMark.question_id == question.id,
            HelpfulMark.item_code == code,
            HelpfulMark.digest == digest,
        )
    ).one_or_none()


def onward(session: Session, question: Question, codes: Collection[str]) -> Onward:
    """Where the subjects are asked about again: in an open round, else in the next that is to be opened."""
    round_ = session.get_one(Round, question.round_id)
    later = session.exec(
        select(Round)
        .where(Round.seminar_id == round_.seminar_id, Round.number > round_.number)
        .order_by(col(Round.number))
    ).all()
    for one in later:
        if lifecycle.takes_answers(one):
            return Onward(one, is_open=True, questions=_asked_again(session, one, question, codes))
    coming = next((one for one in later if lifecycle.is_unopened(one)), None)
    return Onward(coming)


def _asked_again(
    session: Session, round_: Round, question: Question, codes: Collection[str]
) -> dict[str, str]:
    """By the code of a subject, the question of the same type that asks about it in that round."""
    rows = session.exec(
        select(Item.code, Question.code)
        .join(Subject, col(Subject.item_id) == col(Item.id))
        .join(Question, col(Subject.question_id) == col(Question.id))
        .where(
            Question.round_id == round_.id, Question.type == question.type, col(Item.code).in_(list(codes))
        )
    )
    return dict(rows.all())


def answers_of(
    session: Session, question: Question, panellist: Panellist | None, *, saved: bool
) -> dict[str, Answer]:
    """What the reader said in answer to the question; nothing, if she is not of the panel."""
    if panellist is None:
        return {}
    return (saved_answers if saved else sealed_answers)(session, question, panellist)


def reader_key(panellist: Panellist | None, membership: UUID) -> UUID:
    """By what the reader's own order is drawn."""
    return panellist.id if panellist else membership
