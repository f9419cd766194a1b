"""The command line as people and acceptance checks call it: what it does, what it says, how it ends."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass

import pytest
from sqlalchemy import update
from sqlmodel import select

from app import cli
from app.db import make_engine, transaction
from app.models import AuditEntry, Membership, Message, Person, Result, Seal, Seminar
from app.models.notifications import MessageState
from app.policy import Role
from app.schema import migrate
from app.settings import ROOT, get_settings

PEOPLE = "email,name,role,sector\nkim@example.org,Kim,expert,SEC-CSO\nlee@example.org,Lee,observer,\n"


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it said."""

    returncode: int
    stdout: bytes
    stderr: bytes


@pytest.fixture
def colloquy(tmp_path, monkeypatch, capfdbinary):
    """The command, on a database of its own."""
    for name in os.environ:
        if name.startswith("COLLOQUY_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("COLLOQUY_DATABASE_URL", f"sqlite:///{tmp_path / 'cli.db'}")

    def run(*arguments, **environment):
        capfdbinary.readouterr()
        with monkeypatch.context() as patched:
            patched.setattr(sys, "argv", ["colloquy", *arguments])
            for name, value in environment.items():
                patched.setenv(name, value)
            get_settings.cache_clear()
            try:
                cli.main()
                status = 0
            except SystemExit as end:
                status = int(end.code or 0)
            get_settings.cache_clear()
        return Done(status, *capfdbinary.readouterr())

    return run


@pytest.fixture
def engine(tmp_path):
    """The same database, migrated, seen from here."""
    engine = make_engine(f"sqlite:///{tmp_path / 'cli.db'}")
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def demo(demo_sqlite, tmp_path):
    """The demonstration in that database."""
    engine = make_engine(f"sqlite:///{shutil.copy(demo_sqlite, tmp_path / 'cli.db')}")
    yield engine
    engine.dispose()


def test_it_is_a_program():
    said = subprocess.run([sys.executable, "-m", "app", "--help"], cwd=ROOT, capture_output=True, check=True)
    assert b"colloquy" not in said.stderr
    assert all(word in said.stdout for word in (b"serve", b"migrate", b"demo", b"export", b"check"))


def test_without_a_command_it_says_what_there_is_and_that_this_is_wrong_usage(colloquy):
    said = colloquy()
    assert said.returncode == 2
    assert colloquy("--help").returncode == 0
    assert colloquy("no-such-command").returncode == 2


def test_migrate_makes_an_empty_database_ready(colloquy):
    refused = colloquy("check")
    assert refused.returncode == 1
    assert b"colloquy migrate" in refused.stderr
    assert colloquy("migrate").returncode == 0
    assert colloquy("check").returncode == 0


def test_sqlite_is_served_by_one_process(colloquy):
    refused = colloquy("serve", "--workers", "2")
    assert refused.returncode == 2
    assert b"SQLite" in refused.stderr
    assert refused.stdout == b""


def test_settings_that_do_not_fit_are_named(colloquy):
    refused = colloquy("check", COLLOQUY_ENVIRONMENT="production", COLLOQUY_SECRET_KEY="short")
    assert refused.returncode == 2
    assert b"COLLOQUY_SECRET_KEY" in refused.stderr
    assert b"Traceback" not in refused.stderr


def test_create_founds_a_seminar_from_a_template_and_invites_its_organizer(colloquy, engine):
    done = colloquy("create", "op12", "--organiser", "Ada@Example.org", "--template", "unscr-2370-op12")
    assert done.returncode == 0, done.stderr
    with transaction(engine, write=False) as session:
        seminar = session.exec(select(Seminar)).one()
        assert (seminar.slug, seminar.template, seminar.synthetic) == ("op12", "unscr-2370-op12", False)
        member, person = session.exec(select(Membership, Person).join(Person)).one()
        assert (person.email, person.may_create_seminars) == ("ada@example.org", True)
        assert member.role == Role.ORGANISER
        assert session.exec(select(Message)).one().state == MessageState.QUEUED


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("op 12", "--organiser", "a@example.org", "--title", "A"), b"slug"),
        (("op12", "--organiser", "nobody", "--title", "A"), b"address"),
        (("op12", "--organiser", "a@example.org"), b"title"),
        (("op12", "--organiser", "a@example.org", "--template", "none"), b"unscr-2370-op12"),
    ],
)
def test_create_refuses_what_does_not_fit_and_leaves_nothing(colloquy, engine, arguments, reason):
    refused = colloquy("create", *arguments)
    assert refused.returncode == 1
    assert reason in refused.stderr
    with transaction(engine, write=False) as session:
        assert not session.exec(select(Seminar)).all()
        assert not session.exec(select(Person)).all()


def test_invite_takes_a_whole_list(colloquy, demo, tmp_path):
    people = tmp_path / "people.csv"
    people.write_text(PEOPLE)
    assert colloquy("invite", "unscr-2370-op12", str(people)).returncode == 0
    with transaction(demo, write=False) as session:
        roles = session.exec(
            select(Membership.role).join(Person).where(Person.name.in_(["Kim", "Lee"]))  # type: ignore[attr-defined]
        ).all()
    assert sorted(roles) == [Role.EXPERT, Role.OBSERVER]


def test_invite_names_the_row_that_is_wrong_and_invites_nobody(colloquy, demo, tmp_path):
    people = tmp_path / "people.csv"
    people.write_text(PEOPLE + "nobody,Nobody,expert,SEC-CSO\n")
    refused = colloquy("invite", "unscr-2370-op12", str(people))
    assert refused.returncode == 1
    assert b"row 4 email" in refused.stderr
    with transaction(demo, write=False) as session:
        assert not session.exec(select(Person).where(Person.name == "Kim")).all()
    assert colloquy("invite", "unscr-2370-op12", str(tmp_path / "none.csv")).returncode == 2


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_export_twice_gives_the_same_bytes(colloquy, demo, tmp_path, form):
    files = [tmp_path / f"{number}.{form}" for number in (1, 2)]
    for file in files:
        done = colloquy("export", "unscr-2370-op12", "--format", form, "--to", str(file))
        assert done.returncode == 0, done.stderr
    assert files[0].read_bytes() == files[1].read_bytes() != b""


def test_export_to_standard_output_is_the_file_and_nothing_else(colloquy, demo):
    written = colloquy("export", "unscr-2370-op12", "--format", "json", "--to", "-")
    assert written.returncode == 0
    assert json.loads(written.stdout)["seminar"]["slug"] == "unscr-2370-op12"


def test_export_says_what_it_cannot_do(colloquy, demo, tmp_path):
    assert colloquy("export", "none", "--format", "json", "--to", "-").returncode == 1
    assert colloquy("export", "unscr-2370-op12", "--format", "odt", "--to", "-").returncode == 2
    nowhere = colloquy("export", "unscr-2370-op12", "--format", "csv", "--to", str(tmp_path / "no" / "file"))
    assert nowhere.returncode == 1
    assert b"Traceback" not in nowhere.stderr


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (update(AuditEntry).where(AuditEntry.number == 7).values(action="nothing"), b"entry 7"),  # type: ignore[arg-type]
        (update(Seal).values(content={"answers": {}, "rationales": {}}), b"ballots"),
        (update(Result).values(numbers={}), b"results: unscr-2370-op12 R0 Q1"),
    ],
    ids=["audit", "ballots", "results"],
)
def test_check_names_the_first_fault(colloquy, demo, change, named):
    assert colloquy("check").returncode == 0
    with transaction(demo) as session:
        session.execute(change)
    found = colloquy("check")
    assert found.returncode == 1
    assert named in found.stderr
