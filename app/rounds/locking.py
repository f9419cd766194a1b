"""Hold a round until the transaction ends: who answers shares it, who moves it wants it alone."""

from sqlalchemy import func
from sqlmodel import Session, select

from app.models import Round, Seminar


def locked_round(session: Session, round_: Round, *, share: bool = False) -> Round:
    """The round as it is now, held until this transaction ends, alone or with others who share it."""
    _queue(session, round_, share=share)
    # populate_existing: what was read before the row was held may have changed since
    query = select(Round).where(Round.id == round_.id).with_for_update(read=share)
    return session.exec(query.execution_options(populate_existing=True)).one()


def hold_seminar(session: Session, round_: Round) -> Seminar:
    """One round opens at a time: so the seminar is held too, and first."""
    return session.get_one(Seminar, round_.seminar_id, with_for_update=True)


def _queue(session: Session, round_: Round, *, share: bool) -> None:
    """Wait for one's turn: of a row's lock, PostgreSQL lets those who share it pass one who wants it alone.

    While experts went on saving, nobody could close their round.
    """
    if session.get_bind().dialect.name != "postgresql":
        return
    key = int.from_bytes(round_.id.bytes[:8], signed=True)
    lock = func.pg_advisory_xact_lock_shared if share else func.pg_advisory_xact_lock
    session.exec(select(lock(key)))
