"""The demonstration on both databases: loaded once, and copied for each test that wants it."""

import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url

from app.db import make_engine
from app.demo import service
from app.results.turnout import Turnout
from app.schema import migrate
from app.settings import Settings
from tests import databases

OneTally = TypeVar("OneTally", bound=Turnout)


def unsalted(tally: OneTally) -> OneTally:
    """A result without its digests: those of texts have a salt by chance."""
    return replace(tally, inputs={}, input_digest="")


def settings(folder: Path, **others: object) -> Settings:
    """Settings as `colloquy demo` makes them, mail and database apart."""
    ours = {"environment": "test", "demo": True, "mail_folder": folder / "mail"}
    return Settings(_env_file=None, **(ours | others))  # type: ignore[arg-type]


def loaded_sqlite(folder: Path) -> Path:
    """A file with the demonstration in it."""
    path = folder / "demo.db"
    engine = databases.on_file(path)
    migrate(engine)
    service.load(engine, settings(folder))
    engine.dispose()
    return path


def copied_sqlite(loaded: Path, folder: Path) -> Engine:
    """An engine on a copy of the file."""
    return databases.on_file(Path(shutil.copy(loaded, folder / "copy.db")))


def loaded_postgres(worker: str, folder: Path) -> str:
    """The name of a database with the demonstration in it."""
    name = f"{databases.PREFIX}_{worker}_demo"
    engine = databases.migrated_postgres(f"{worker}_demo")
    service.load(engine, settings(folder))
    engine.dispose()
    return name


_engine_of_copies = cache(make_engine)


def copied_postgres(loaded: str) -> Engine:
    """An engine on a copy of the database, valid until the next; its statements are compiled already."""
    name = f"{loaded}_copy"
    address = make_url(databases.POSTGRES).set(drivername="postgresql+psycopg")
    engine = _engine_of_copies(address.set(database=name).render_as_string(hide_password=False))
    engine.dispose()
    admin = create_engine(address, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{loaded}"'))
    admin.dispose()
    return engine.execution_options()
