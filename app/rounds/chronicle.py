"""What the log tells of a round's life that the panel may know: extended, opened again, not opened."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from app.models import AuditEntry, Round
from app.models.rounds import RoundState

EXTENDED = "round:time:extend"
REOPENED = "round:state:reopen"
SCHEDULED = "round:time:schedule"
UNSCHEDULED = "round:time:unschedule"
MISSED = "round:state:miss"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """One extension of a round, as the panel may know it."""

    at: datetime
    before: datetime
    after: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopening:
    """A time at which a closed round was opened again, as the panel may know it."""

    at: datetime
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """An opening that was planned and could not be; `missing` names points of the checklist."""

    planned: datetime
    missing: list[str]


def extensions(session: Session, round_: Round) -> list[Extension]:
    """How often the round was extended, and why, oldest first."""
    return [
        Extension(
            at=entry.at,
            before=datetime.fromisoformat(entry.details["from"]),
            after=datetime.fromisoformat(entry.details["to"]),
            reason=entry.details["reason"],
        )
        for entry in _entries(session, round_, EXTENDED)
    ]


def reopenings(session: Session, round_: Round) -> list[Reopening]:
    """How often the round was opened again, and why, oldest first."""
    return [
        Reopening(
            at=entry.at, until=datetime.fromisoformat(entry.details["to"]), reason=entry.details["reason"]
        )
        for entry in _entries(session, round_, REOPENED)
    ]


def missed(session: Session, round_: Round) -> Missed | None:
    """The opening that could not be; None once somebody has scheduled the round anew or opened it."""
    if round_.state is not RoundState.DRAFT:
        return None
    last = next(iter(_entries(session, round_, MISSED, SCHEDULED, UNSCHEDULED)[::-1]), None)
    if last is None or last.action != MISSED:
        return None
    planned = datetime.fromisoformat(last.details["planned"])
    return Missed(planned=planned, missing=last.details["missing"].split())


def _entries(session: Session, round_: Round, *actions: str) -> list[AuditEntry]:
    return list(
        session.exec(
            select(AuditEntry)
            .where(
                AuditEntry.seminar_id == round_.seminar_id,
                col(AuditEntry.action).in_(actions),
                AuditEntry.subject == f"R{round_.number}",
            )
            .order_by(col(AuditEntry.number))
        )
    )
