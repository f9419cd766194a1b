"""Rewrite a closed round's answers in random order under new keys, so that storage tells no order of voting.

A table keeps its rows in the order of writing. PostgreSQL shows it by `ctid`, and beside the times at
which members submitted it would say whose ballot is whose (security.md, trap 2). Where what was saved counts
too, closing submits it: beside who has submitted, a seal that says it was not would be of one of the few
who have not. What the database
keeps of deleted rows, until it vacuums, and in older backups, is out of reach here.
"""

from datetime import UTC, datetime, time
from secrets import SystemRandom
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Select, Table, delete, insert, select, update
from sqlmodel import Session, SQLModel

from app import i18n
from app.models import AnswerRevision, Ballot, RationaleRevision, Round, Seal, Seminar
from app.rounds.times import day_of

TABLES = SQLModel.metadata.tables
BALLOT, PARTICIPATION = TABLES["ballot"], TABLES["participation"]
PARTS = tuple(TABLES[name] for name in ("answer_revision", "rationale_revision", "seal"))

Row = dict[str, Any]


def shuffle(session: Session, round_: Round) -> None:
    """Nothing that can be read says any more in which order the round's ballots were cast."""
    session.flush()
    connection = session.connection()
    ballots = _rows(connection, select(BALLOT).where(BALLOT.c.round_id == round_.id))
    mine = select(BALLOT.c.id).where(BALLOT.c.round_id == round_.id)
    parts = [(part, _rows(connection, select(part).where(part.c.ballot_id.in_(mine)))) for part in PARTS]

    connection.execute(delete(BALLOT).where(BALLOT.c.round_id == round_.id))  # what hangs on them goes too
    new_ids: dict[UUID, UUID] = {ballot["id"]: uuid4() for ballot in ballots}
    _write(connection, BALLOT, [ballot | {"id": new_ids[ballot["id"]]} for ballot in ballots])
    for part, rows in parts:
        same = {"submitted": True} if part.name == "seal" else {}
        anew = [row | same | {"id": uuid4(), "ballot_id": new_ids[row["ballot_id"]]} for row in rows]
        _write(connection, part, anew)
    seminar = session.get_one(Seminar, round_.seminar_id)
    _keep_only_days(connection, round_, i18n.zone(seminar.timezone))
    _forget(session)


def _rows(connection: Connection, query: Select[Any]) -> list[Row]:
    found = connection.execute(query)
    names = tuple(found.keys())
    return [dict(zip(names, row, strict=True)) for row in found]


def _write(connection: Connection, table: Table, rows: list[Row]) -> None:
    SystemRandom().shuffle(rows)
    if rows:
        connection.execute(insert(table), rows)


def _keep_only_days(connection: Connection, round_: Round, where: ZoneInfo) -> None:
    """Keep the day on which each member submitted, where the seminar is, and drop the time of day."""
    submitted = select(PARTICIPATION.c.submitted_at).where(
        PARTICIPATION.c.round_id == round_.id, PARTICIPATION.c.submitted_at.is_not(None)
    )
    for moment in set(connection.execute(submitted).scalars()):
        day = datetime.combine(day_of(moment, where), time(), UTC)
        same = (PARTICIPATION.c.round_id == round_.id, PARTICIPATION.c.submitted_at == moment)
        connection.execute(update(PARTICIPATION).where(*same).values(submitted_at=day))


def _forget(session: Session) -> None:
    """Let the session not go on with rows that are there no longer."""
    for known in list(session):
        if isinstance(known, Ballot | AnswerRevision | RationaleRevision | Seal):
            session.expunge(known)
