"""What rounds there are, what they ask, and how the panel is getting on, never what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from app.models import AuditEntry, Criterion, Question, Round, Seminar, Subject
from app.models.registers import ItemStatus
from app.models.rounds import RoundState
from app.registers import queries as registers
from app.registers.queries import ItemView, LinkView

RATE = "rate"
EXTENDED = "rounds:round:extend"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectView:
    """What a question is about, in the wording that the panel rates."""

    id: UUID
    item_id: UUID
    code: str
    title: str
    text: str
    version: int
    fields: dict[str, Any]
    links: list[LinkView]
    backlinks: list[LinkView]
    position: int
    status: ItemStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """One extension of a round, as the panel may know it."""

    at: datetime
    before: datetime
    after: datetime
    reason: str


def plan(session: Session, seminar: Seminar) -> list[Round]:
    """The rounds of the seminar in their order."""
    return list(session.exec(select(Round).where(Round.seminar_id == seminar.id).order_by(col(Round.number))))


def find_round(session: Session, *, seminar: Seminar, number: int) -> Round | None:
    """The round of that number."""
    return session.exec(
        select(Round).where(Round.seminar_id == seminar.id, Round.number == number)
    ).one_or_none()


def current(session: Session, seminar: Seminar) -> Round | None:
    """The round that stands open, even if its closing time has passed."""
    return session.exec(
        select(Round)
        .where(Round.seminar_id == seminar.id, Round.state == RoundState.OPEN)
        .order_by(col(Round.number))
        .limit(1)
    ).one_or_none()


def questions(session: Session, round_: Round) -> list[Question]:
    """What the round asks, in order."""
    return list(
        session.exec(select(Question).where(Question.round_id == round_.id).order_by(col(Question.position)))
    )


def rate_question(session: Session, round_: Round) -> Question | None:
    """The round's question of the type `rate`, or None for a round without one."""
    return next((question for question in questions(session, round_) if question.type == RATE), None)


def subjects(session: Session, question: Question) -> list[SubjectView]:
    """What the question is about: the wording that is frozen, or to be frozen when the round opens."""
    rows = session.exec(
        select(Subject).where(Subject.question_id == question.id).order_by(col(Subject.position))
    ).all()
    items = registers.views(session, {row.item_id: row.item_version for row in rows})
    return [_subject(row, items[row.item_id]) for row in rows if row.item_id in items]


def _subject(subject: Subject, item: ItemView) -> SubjectView:
    return SubjectView(
        id=subject.id,
        item_id=item.id,
        code=item.code,
        title=item.title,
        text=item.text,
        version=item.version,
        fields=item.fields,
        links=item.links,
        backlinks=item.backlinks,
        position=subject.position,
        status=item.status,
    )


def criteria(session: Session, seminar: Seminar) -> list[Criterion]:
    """The seminar's criteria in their order."""
    return list(
        session.exec(
            select(Criterion).where(Criterion.seminar_id == seminar.id).order_by(col(Criterion.position))
        )
    )


def asked(question: Question, known: Sequence[Criterion]) -> list[tuple[Criterion, bool]]:
    """The criteria that the question asks, in its order, each with whether everyone is asked for it."""
    by_code = {criterion.code: criterion for criterion in known}
    return [
        (by_code[wanted["code"]], bool(wanted.get("required")))
        for wanted in question.settings.get("criteria", [])
        if wanted["code"] in by_code
    ]


def extensions(session: Session, round_: Round) -> list[Extension]:
    """How often the round was extended, and why, oldest first."""
    entries = session.exec(
        select(AuditEntry)
        .where(
            AuditEntry.seminar_id == round_.seminar_id,
            AuditEntry.action == EXTENDED,
            AuditEntry.subject == f"R{round_.number}",
        )
        .order_by(col(AuditEntry.number))
    )
    return [
        Extension(
            at=entry.at,
            before=datetime.fromisoformat(entry.details["from"]),
            after=datetime.fromisoformat(entry.details["to"]),
            reason=entry.details["reason"],
        )
        for entry in entries
    ]
