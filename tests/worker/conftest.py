"""A worker as a process of its own, which can be killed, and a mail server that outlives it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import Engine, text
from sqlmodel import col, func, select

from app import clock
from app.db import transaction
from app.models import Membership, Message, Person, Seminar
from app.models.notifications import MessageState
from app.policy import Role
from app.seminars.invitations import make_invitation
from app.settings import ROOT, Settings
from app.worker.durable import address
from tests.post import Letter, read

LIMIT = 60.0


def wait_until(happened: Callable[[], bool], limit: float = LIMIT) -> None:
    """Look until it is so, and fail if it is not in time."""
    ends = time.monotonic() + limit
    while not happened():
        assert time.monotonic() < ends, "what was waited for did not happen"
        time.sleep(0.01)


@dataclass
class MailServer:
    """Takes whatever comes."""

    port: int = 0
    received: list[Letter] = field(default_factory=list)

    async def handle_DATA(  # noqa: N802 - the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        self.received.append(read(envelope.content))
        return "250 OK"


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server.port = free.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    yield server
    controller.stop()


@pytest.fixture
def jobs(engine: Engine, settings: Settings) -> Settings:
    """Settings whose jobs lie beside the test's database; PostgreSQL's are emptied, as its tables are."""
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA IF EXISTS dbos CASCADE"))
    return settings


@pytest.fixture
def dump(engine: Engine, jobs: Settings) -> Callable[[], str]:
    """All that DBOS keeps, as text."""
    from app.db import make_engine  # noqa: PLC0415

    def dumped() -> str:
        place = make_engine(address(engine, jobs).render_as_string(hide_password=False))
        schema = "dbos." if place.dialect.name == "postgresql" else ""
        named = (
            "SELECT tablename FROM pg_tables WHERE schemaname = 'dbos'"
            if schema
            else "SELECT name FROM sqlite_master WHERE type = 'table'"
        )
        with place.connect() as connection:
            tables = [row[0] for row in connection.execute(text(named))]
            rows = {
                name: [tuple(row) for row in connection.execute(text(f'SELECT * FROM {schema}"{name}"'))]
                for name in tables
            }
        place.dispose()
        return repr(rows)

    return dumped


@pytest.fixture
def process(
    engine: Engine, jobs: Settings, mail_server: MailServer
) -> Iterator[Callable[[], "subprocess.Popen[bytes]"]]:
    """Start `colloquy worker` on the test's database."""
    ours = {
        "COLLOQUY_DATABASE_URL": engine.url.render_as_string(hide_password=False),
        "COLLOQUY_SMTP_HOST": "127.0.0.1",
        "COLLOQUY_SMTP_PORT": str(mail_server.port),
        "COLLOQUY_SMTP_SECURITY": "none",
    }
    started: list[subprocess.Popen[bytes]] = []

    def start() -> "subprocess.Popen[bytes]":
        worker = subprocess.Popen(
            [sys.executable, "-m", "app", "worker"],
            env=os.environ | ours,
            cwd=ROOT,
            stderr=subprocess.PIPE,
        )
        started.append(worker)
        return worker

    yield start
    for worker in started:
        worker.kill()
        _, said = worker.communicate()
        sys.stderr.write(said.decode())  # what it says is shown when a test fails


def end(worker: "subprocess.Popen[bytes]") -> str:
    """The worker is told to stop, and does; what it has logged."""
    worker.send_signal(signal.SIGTERM)
    _, said = worker.communicate(timeout=LIMIT)
    assert worker.returncode == 0
    return said.decode()


@pytest.fixture
def crowd(engine: Engine, settings: Settings) -> Callable[[int], list[str]]:
    """So many people who are to get an invitation; their addresses."""

    def invited(count: int) -> list[str]:
        with transaction(engine) as session:
            seminar = Seminar(slug="crowd", title="A crowd")
            session.add(seminar)
            session.flush()
            for number in range(count):
                person = Person(email=f"expert{number}@example.org", name=f"Expert {number}")
                session.add(person)
                session.flush()
                membership = Membership(seminar_id=seminar.id, person_id=person.id, role=Role.EXPERT)
                session.add(membership)
                session.flush()
                session.add(make_invitation(settings, membership))
                session.add(Message(kind="invitation", membership_id=membership.id, due_at=clock.now()))
        return [f"expert{number}@example.org" for number in range(count)]

    return invited


@pytest.fixture
def unsent(engine: Engine) -> Callable[[], int]:
    """How many messages are still to be sent."""

    def left() -> int:
        with transaction(engine, write=False) as session:
            waiting = select(func.count(col(Message.id))).where(Message.state != MessageState.SENT)
            return session.exec(waiting).one()

    return left
