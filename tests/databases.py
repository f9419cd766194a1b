"""The two databases on which every integration test runs, migrated once and emptied for each test."""

import os
import shutil
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlmodel import SQLModel

import app.models  # noqa: F401 - fills the metadata
from app.db import make_engine
from app.schema import migrate

POSTGRES = os.environ.get("COLLOQUY_TEST_POSTGRES", "")
PREFIX = os.environ.get("COLLOQUY_TEST_PREFIX", "colloquy")
WHY_NO_POSTGRES = "PostgreSQL is not running: start the tests by `make test`, or set COLLOQUY_TEST_POSTGRES"


def on_file(path: Path) -> Engine:
    """An engine on a file; it does not wait for the disk, since no test outlives a failure of power."""
    engine = make_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _hurry)
    return engine


def _hurry(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA synchronous = OFF")


def migrated_sqlite(folder: Path) -> Path:
    """A migrated, empty file to copy for each test."""
    path = folder / "migrated.db"
    engine = on_file(path)
    migrate(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


def fresh_sqlite(migrated: Path, folder: Path) -> Engine:
    """An engine on a copy of the migrated file."""
    return on_file(Path(shutil.copy(migrated, folder / "colloquy.db")))


@cache
def _place_of_copies(original: Path) -> Engine:
    folder = original.with_name(f"copies-of-{original.stem}")
    folder.mkdir()
    return on_file(folder / original.name)


def renewed_sqlite(original: Path) -> Engine:
    """An engine on a copy of the file that stands where the copy before stood, and is valid until the next.

    Its statements are compiled already: an engine of its own for each test would compile them all again.
    """
    engine = _place_of_copies(original)
    engine.dispose()
    assert engine.url.database
    place = Path(engine.url.database)
    for left in place.parent.iterdir():  # the file, its log, the jobs beside it
        left.unlink()
    shutil.copy(original, place)
    return engine.execution_options()  # listens for itself, so that what a test hears ends with the test


def migrated_postgres(worker: str) -> Engine:
    """An engine on a migrated database of this test worker's own."""
    name = f"{PREFIX}_{worker}"
    admin = create_engine(
        make_url(POSTGRES).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    admin.dispose()
    engine = make_engine(make_url(POSTGRES).set(database=name).render_as_string(hide_password=False))
    migrate(engine)
    return engine


def empty(engine: Engine) -> None:
    """Empty every table, those that refer to others first.

    TRUNCATE makes every table and index anew: 50 to 90 ms. To delete the few rows of a test takes 4.
    """
    names = [table.name for table in reversed(SQLModel.metadata.sorted_tables)]
    with engine.begin() as connection:
        connection.exec_driver_sql("; ".join(f'DELETE FROM "{name}"' for name in names))
