"""At its hour a round opens and closes by itself, through workflows, and is counted once."""

import socket
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from app import clock
from app.db import transaction
from app.models import AuditEntry, Message, Question, Result, Round
from app.models.rounds import RoundState
from app.rounds import service as rounds
from app.worker.durable import at_work
from tests.results import voting
from tests.results.panels import wording
from tests.worker.conftest import end, wait_until

MARKS = ("canary-rationale", "Canary Person", "canary@example.org", "canary-purpose")


@pytest.fixture
def standing_at(monkeypatch):
    """It is this moment, in every thread."""

    def moved(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    return moved


def state_of(engine, round_: Round) -> RoundState:
    with transaction(engine, write=False) as session:
        return session.get_one(Round, round_.id).state


def acts(engine, action: str) -> int:
    with transaction(engine, write=False) as session:
        return len(session.exec(select(AuditEntry).where(AuditEntry.action == action)).all())


@contextmanager
def hands(engine, settings):
    """The worker's hands in this process, with DBOS as in service."""
    with at_work(engine, settings) as look:
        yield look


def test_the_clock_opens_reminds_and_closes_and_dbos_keeps_nothing_of_anybody(
    engine, jobs, make, standing_at, dump, session
):
    """Across the end of summer time in Zurich: the hour that was announced is the hour that counts."""
    autumn = datetime(2027, 10, 31, 7, tzinfo=UTC)  # 08:00 in Zurich, an hour after clocks went back
    seminar = make.seminar(title="Canary Person's seminar", timezone="Europe/Zurich", wording=wording())
    experts = [make.expert(seminar, name="Canary Person") for _ in range(6)]
    round_ = make.rating_round(seminar, state=RoundState.DRAFT, purpose="canary-purpose")
    standing_at(autumn - timedelta(days=10))
    with transaction(engine) as writing:
        rounds.schedule_round(
            writing,
            round_=writing.get_one(Round, round_.id),
            opens_at=autumn - timedelta(days=9),
            closes_at=autumn,
            by=None,
        )

    with hands(engine, jobs) as look:
        look()
        assert state_of(engine, round_) is RoundState.SCHEDULED
        standing_at(autumn - timedelta(days=9))
        look()
        assert state_of(engine, round_) is RoundState.OPEN
        look()
        voting.cast(engine, round_, [voting.alike(3, OV=7, C1=6, C2=5, why="canary-rationale")] * 5)
        standing_at(autumn - timedelta(days=2) + timedelta(hours=2))
        look()
        look()
        standing_at(autumn - timedelta(seconds=1))
        look()
        assert state_of(engine, round_) is RoundState.OPEN
        standing_at(autumn)
        look()
        assert state_of(engine, round_) is RoundState.CLOSED
        look()
        content = dump()

    assert acts(engine, "round:state:open") == acts(engine, "round:state:close") == 1
    kinds = [message.kind for message in session.exec(select(Message))]
    assert kinds.count("round_opened") == len(experts)
    assert kinds.count("round_reminder") == len(experts)
    for name in ("open_round", "close_round", "remind", "send"):
        assert name in content
    assert str(round_.id) in content
    for mark in (*MARKS, "@example.org", make.settings.secret_key.get_secret_value()):
        assert mark not in content


@pytest.fixture
def overdue(engine, make):
    """Rounds of several seminars whose time is over, with ballots in them."""
    over = []
    for _ in range(4):
        seminar = make.seminar(wording=wording())
        past = clock.now() - timedelta(minutes=5)
        round_ = make.rating_round(seminar, options=12, closes_at=past)
        voting.cast(engine, round_, [voting.alike(12, OV=7, C1=6, C2=5, why="Because.")] * 12)
        over.append(round_)
    return over


def test_a_worker_killed_while_it_closes_counts_each_round_once(engine, overdue, process, dump):
    worker = process()
    wait_until(lambda: "close_round" in _dump(dump))
    worker.kill()
    worker.wait()
    last = process()

    wait_until(lambda: all(state_of(engine, round_) is RoundState.CLOSED for round_ in overdue))
    end(last)

    assert acts(engine, "round:state:close") == len(overdue)
    assert acts(engine, "result:tally:freeze") == len(overdue)
    with transaction(engine, write=False) as session:
        for round_ in overdue:
            results = session.exec(select(Result).join(Question).where(Question.round_id == round_.id)).all()
            assert [result.numbers["submitted"] for result in results] == [12]


def _dump(dump) -> str:
    try:
        return str(dump())
    except Exception:  # noqa: BLE001 - DBOS is making its tables
        return ""


def test_what_fails_is_told_by_its_kind_alone_and_tried_again(
    engine, jobs, overdue, standing_at, dump, monkeypatch, capfd
):
    from app.results import service  # noqa: PLC0415

    def fails(*_: object) -> bool:
        raise ValueError("canary-rationale")

    with monkeypatch.context() as broken, hands(engine, jobs) as look:
        broken.setattr(service, "close_due", fails)
        look()
        content = dump()
        assert "ValueError" in content
        assert state_of(engine, overdue[0]) is RoundState.OPEN
    standing_at(clock.now() + timedelta(minutes=2))
    with hands(engine, jobs) as look:
        look()

    assert state_of(engine, overdue[0]) is RoundState.CLOSED
    assert "canary-rationale" not in content + dump() + capfd.readouterr().err


def test_dbos_asks_nobody_on_the_network(engine, jobs, overdue, monkeypatch):
    asked: list[object] = []
    connect = socket.socket.connect

    def watched(self: socket.socket, place: object) -> None:
        asked.append(place)
        connect(self, place)  # type: ignore[arg-type]

    def asks(*where: object, **_: object) -> list[object]:
        asked.append(where)
        return []

    monkeypatch.setattr(socket.socket, "connect", watched)
    monkeypatch.setattr(socket, "getaddrinfo", asks)

    with hands(engine, jobs) as look:
        look()

    assert state_of(engine, overdue[0]) is RoundState.CLOSED
    assert asked == []
