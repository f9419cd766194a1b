"""What was done in a seminar, by the audit log; and whether the service is well."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from app import audit, schema
from app.models import AuditEntry, Membership, Person, Seminar
from app.policy import Role

PAGE = 50
STAFF = (Role.FACILITATOR, Role.ORGANISER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One entry. `who` is named for acts of staff only, and only these bear the hour and minute."""

    number: int
    at: datetime
    who: str | None
    by_clock: bool
    action: str
    subject: str
    details: dict[str, object]
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPage:
    """Some entries, the newest first; `older` is where the next page starts, `fault` where the chain ends."""

    deeds: list[Deed]
    older: int | None
    fault: int | None


def log_page(session: Session, *, seminar: Seminar, before: int | None) -> LogPage:
    """The entries of the seminar before the given number, and whether the whole log is as it was written."""
    wanted = select(AuditEntry).where(AuditEntry.seminar_id == seminar.id)
    if before is not None:
        wanted = wanted.where(AuditEntry.number < before)
    entries = session.exec(wanted.order_by(col(AuditEntry.number).desc()).limit(PAGE + 1)).all()
    staff = _staff(session, seminar)
    shown = entries[:PAGE]
    return LogPage(
        deeds=[_deed(entry, staff) for entry in shown],
        older=shown[-1].number if len(entries) > PAGE else None,
        fault=audit.first_fault(session),
    )


def _deed(entry: AuditEntry, staff: dict[UUID, str]) -> Deed:
    return Deed(
        number=entry.number,
        at=entry.at,
        who=staff.get(entry.actor_id) if entry.actor_id else None,
        by_clock=entry.actor_id is None,
        action=entry.action,
        subject=entry.subject,
        details=entry.details,
        hash=entry.hash,
    )


def _staff(session: Session, seminar: Seminar) -> dict[UUID, str]:
    rows = session.exec(
        select(Person.id, Person.name, Person.email)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(Membership.seminar_id == seminar.id, col(Membership.role).in_(STAFF))
    ).all()
    return {key: name or email for key, name, email in rows}


def is_well(engine: Engine) -> bool:
    """Whether the database answers and has the tables of this version of the software."""
    try:
        # who only asks need not wait for who is writing
        return schema.is_current(engine.execution_options(colloquy_write=False))
    except SQLAlchemyError:
        return False
