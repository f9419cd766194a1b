"""The migrations lead from nothing to the tables of `app.models`, and back, on both databases."""

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import make_url
from sqlmodel import SQLModel

from app.db import make_engine, rebuilding
from app.demo import service as demo
from app.schema import migrate
from app.settings import ROOT
from tests import databases

pytestmark = pytest.mark.database


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request, tmp_path: Path):
    """A database without a table."""
    if request.param == "sqlite":
        engine = make_engine(f"sqlite:///{tmp_path / 'bare.db'}")
        yield engine
        engine.dispose()
        return
    if not databases.POSTGRES:
        pytest.skip(databases.WHY_NO_POSTGRES)
    worker = getattr(request.config, "workerinput", {"workerid": "main"})["workerid"]
    name = f"{databases.PREFIX}_{worker}_bare"
    address = make_url(databases.POSTGRES).set(drivername="postgresql+psycopg")
    admin = create_engine(address, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    engine = make_engine(address.set(database=name).render_as_string(hide_password=False))
    yield engine
    engine.dispose()
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    admin.dispose()


def alembic(engine, verb, *arguments):
    config = Config(ROOT / "alembic.ini")
    config.set_main_option("script_location", str(ROOT / "migrations"))
    with rebuilding(engine) as connection:
        config.attributes["connection"] = connection
        verb(config, *arguments)


def test_up_check_and_down(bare):
    alembic(bare, command.upgrade, "head")
    assert set(SQLModel.metadata.tables) <= set(inspect(bare).get_table_names())

    alembic(bare, command.check)  # raises when the models say something else

    alembic(bare, command.downgrade, "base")
    assert set(inspect(bare).get_table_names()) == {"alembic_version"}


def rows(engine):
    with engine.connect() as connection:
        return {
            table: connection.execute(text(f'SELECT count(*) FROM "{table}"')).scalar_one()
            for table in sorted(SQLModel.metadata.tables)
        }


def test_what_a_database_holds_survives_the_last_migration_there_and_back(bare, settings):
    migrate(bare)
    demo.load(bare, settings.model_copy(update={"demo": True}))
    with bare.begin() as connection:  # of whom the revision before knows nothing
        connection.execute(text("DELETE FROM membership WHERE role = 'clerk'"))
    before = rows(bare)
    assert before["answer_revision"] > 1000

    alembic(bare, command.downgrade, "-1")
    migrate(bare)

    assert rows(bare) == before


def test_there_is_one_head():
    config = Config(ROOT / "alembic.ini")
    config.set_main_option("script_location", str(ROOT / "migrations"))
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1
