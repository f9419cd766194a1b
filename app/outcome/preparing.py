"""Files that take long: asked for by whoever may export, made by the worker, kept until a day later.

What is logged in the seminar after a file was begun may be of what stands in it: a text held back, a larger
minimum group. It is given to nobody any more then, and must be asked for anew.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Engine
from sqlmodel import Session, col, delete, func, select

from app import clock
from app.db import transaction
from app.errors import AppError, NotFound
from app.models import AuditEntry, PreparedFile, Seminar
from app.models.files import FileState
from app.outcome import exporting
from app.outcome.dataset import READS
from app.settings import Settings

KEPT = timedelta(days=1)


class NotPrepared(NotFound):
    """A file that nobody has asked for, or that is not made yet, or not kept any longer."""


def ask(session: Session, *, seminar: Seminar, form: str) -> PreparedFile:
    """The file will be made, anew if it is there; while it is being made it is not asked for twice."""
    exporting.find(form)
    present = _find(session, seminar, form)
    if present is not None and present.state is FileState.ASKED:
        return present
    if present is not None:
        session.delete(present)
        session.flush()
    asked = PreparedFile(seminar_id=seminar.id, form=form)
    session.add(asked)
    session.flush()
    return asked


def prepared(session: Session, seminar: Seminar) -> dict[str, PreparedFile]:
    """What has been asked for and is kept, by form."""
    here = select(PreparedFile).where(PreparedFile.seminar_id == seminar.id, ~_is_old())
    return {one.form: one for one in session.exec(here)}


def content(session: Session, *, seminar: Seminar, form: str) -> bytes:
    """The file, once it is made."""
    found = prepared(session, seminar).get(form)
    if found is None or found.content is None or not is_current(session, found):
        raise NotPrepared
    return found.content


def is_current(session: Session, file: PreparedFile) -> bool:
    """Whether nothing has been logged in the seminar since the file was begun."""
    if file.made_at is None:
        return False
    logged = select(AuditEntry.number).where(
        AuditEntry.seminar_id == file.seminar_id, col(AuditEntry.at) >= file.made_at
    )
    return session.exec(logged.limit(1)).first() is None


def due(session: Session) -> list[UUID]:
    """The files that are to be made."""
    wanted = select(PreparedFile.id).where(PreparedFile.state == FileState.ASKED, ~_is_old())
    return list(session.exec(wanted.order_by(col(PreparedFile.created_at))))


def old(session: Session) -> list[UUID]:
    """The files that are kept no longer."""
    return list(session.exec(select(PreparedFile.id).where(_is_old())))


def make(engine: Engine, settings: Settings, file_id: UUID) -> str:
    """Make one, outside of the transaction that keeps it: nobody who writes waits meanwhile."""
    begun = clock.now()
    with transaction(engine, write=False) as session:
        asked = session.get(PreparedFile, file_id)
        if asked is None or asked.state is not FileState.ASKED:
            return "not asked"
        seminar = session.get_one(Seminar, asked.seminar_id)
        known = session.exec(select(func.max(AuditEntry.number))).one() or 0
        try:
            made = exporting.build(session, settings, seminar=seminar, form=asked.form, roles=READS)
            fault = ""
        except AppError as refused:
            made, fault = None, refused.message
    return _keep(engine, file_id, (begun, known), made, fault)


def _keep(engine: Engine, file_id: UUID, since: tuple[datetime, int], made: bytes | None, fault: str) -> str:
    with transaction(engine) as session:
        asked = session.get(PreparedFile, file_id)
        if asked is None:
            return "not asked any more"
        asked.state = FileState.FAILED if made is None else FileState.READY
        asked.content, asked.fault, asked.made_at = made, fault, _begun(session, asked, *since)
        session.add(asked)
        return str(asked.state)


def _begun(session: Session, asked: PreparedFile, begun: datetime, known: int) -> datetime:
    """When it was begun; where something done before that was committed too late to be in it, then."""
    missed = select(func.min(AuditEntry.at)).where(
        AuditEntry.seminar_id == asked.seminar_id, AuditEntry.number > known
    )
    first: datetime | None = session.exec(missed).one()
    return min(begun, first) if first else begun


def forget(engine: Engine, file_id: UUID) -> str:
    """Keep it no longer."""
    with transaction(engine) as session:
        session.exec(delete(PreparedFile).where(col(PreparedFile.id) == file_id, _is_old()))
    return "forgotten"


def _find(session: Session, seminar: Seminar, form: str) -> PreparedFile | None:
    return session.exec(
        select(PreparedFile).where(PreparedFile.seminar_id == seminar.id, PreparedFile.form == form)
    ).one_or_none()


def _is_old() -> ColumnElement[bool]:
    return col(PreparedFile.created_at) < clock.now() - KEPT
