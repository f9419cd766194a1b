"""The log of people's acts: append-only, each entry bound to the one before by a hash.

It never holds an answer, a rationale, a name or an address.
"""

import hashlib
import json
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, func, select

from app import clock
from app.models import AuditEntry

GENESIS = "0" * 64
LOCK = 2370


def record(
    session: Session,
    action: str,
    *,
    actor: UUID | None,
    seminar: UUID | None = None,
    subject: str = "",
    **details: str | float | bool | None,
) -> AuditEntry:
    """Append what was done; part of the same transaction as the deed."""
    _wait_for_turn(session)
    last = session.exec(select(AuditEntry).order_by(col(AuditEntry.number).desc()).limit(1)).one_or_none()
    entry = AuditEntry(
        number=last.number + 1 if last else 1,
        at=clock.now(),
        actor_id=actor,
        seminar_id=seminar,
        action=action,
        subject=subject,
        details=details,
        previous_hash=last.hash if last else GENESIS,
        hash="",
    )
    entry.hash = hash_of(entry)
    session.add(entry)
    session.flush()
    return entry


def _wait_for_turn(session: Session) -> None:
    # A lock on the last row is not enough: who waited for it would still see that row as the last. SQLite
    # has one writer anyway; PostgreSQL lets one transaction at a time write into the log, until it ends.
    if session.get_bind().dialect.name == "postgresql":
        session.exec(select(func.pg_advisory_xact_lock(LOCK)))


def hash_of(entry: AuditEntry) -> str:
    """SHA-256 over the entry's content and the hash before it."""
    content = {
        "number": entry.number,
        "at": _stamp(entry.at),
        "actor": str(entry.actor_id) if entry.actor_id else None,
        "seminar": str(entry.seminar_id) if entry.seminar_id else None,
        "action": entry.action,
        "subject": entry.subject,
        "details": entry.details,
        "previous": entry.previous_hash,
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")


def first_fault(session: Session) -> int | None:
    """The number of the first entry that does not fit the chain, or None if all do."""
    previous, expected = GENESIS, 1
    for entry in session.exec(select(AuditEntry).order_by(col(AuditEntry.number))):
        if (entry.number, entry.previous_hash, entry.hash) != (expected, previous, hash_of(entry)):
            return entry.number
        previous, expected = entry.hash, expected + 1
    return None
