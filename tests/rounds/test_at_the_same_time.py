"""Two who act at once: one move of a round succeeds, and closing and saving wait for one another."""

from collections.abc import Callable
from threading import Thread

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from app.db import transaction
from app.errors import AppError
from app.models import AuditEntry, Round, Seminar
from app.models.rounds import RoundState
from app.rounds import lifecycle, refusals, service

# long enough for one who need not wait to be done, on a busy machine
PATIENCE = 0.5
LIMIT = 30


class Other(Thread):
    """Somebody else, in a transaction of their own."""

    def __init__(self, engine: Engine, round_: Round, deed: Callable[[Session, Round], object]) -> None:
        super().__init__(daemon=True)
        self.engine, self.round_id, self.deed = engine, round_.id, deed
        self.refusal: AppError | None = None

    def run(self) -> None:
        try:
            with transaction(self.engine) as session:
                # as in a request, the round has been read before anybody holds it
                self.deed(session, session.get_one(Round, self.round_id))
        except AppError as error:
            self.refusal = error

    def waits(self) -> bool:
        self.start()
        self.join(PATIENCE)
        return self.is_alive()

    def ends(self) -> None:
        self.join(LIMIT)
        assert not self.is_alive()


@pytest.fixture
def draft(make):
    seminar = make.seminar()
    make.expert(seminar)
    return make.rating_round(seminar, state="draft")


def test_of_two_facilitators_who_open_at_once_one_succeeds(engine, draft):
    other = Other(engine, draft, lambda session, round_: service.open_round(session, round_=round_, by=None))

    with transaction(engine) as session:
        service.open_round(session, round_=draft, by=None)
        assert other.waits()
    other.ends()

    assert isinstance(other.refusal, lifecycle.IsOpen)
    with transaction(engine) as session:
        opened = session.exec(select(AuditEntry).where(AuditEntry.action == "round:state:open")).all()
        assert len(opened) == 1


def test_of_two_rounds_opened_at_once_one_succeeds(engine, make, draft):
    with transaction(engine) as session:
        seminar = session.get_one(Seminar, draft.seminar_id)
    second = make.rating_round(seminar, state="draft")
    other = Other(engine, second, lambda session, round_: service.open_round(session, round_=round_, by=None))

    with transaction(engine) as session:
        service.open_round(session, round_=draft, by=None)
        assert other.waits()
    other.ends()

    assert isinstance(other.refusal, refusals.NotReady)


def test_closing_waits_for_who_is_saving(engine, make):
    round_ = make.rating_round(make.seminar())
    closer = Other(engine, round_, lambda session, own: service.mark_closed(session, round_=own, by=None))

    with transaction(engine) as session:
        service.lock_open_round(session, round_)
        assert closer.waits()
    closer.ends()

    assert closer.refusal is None
    with transaction(engine) as session:
        assert session.get_one(Round, round_.id).state is RoundState.CLOSED


def test_saving_waits_for_who_is_closing_and_is_then_refused(engine, make):
    round_ = make.rating_round(make.seminar())
    saver = Other(engine, round_, service.lock_open_round)

    with transaction(engine) as session:
        service.mark_closed(session, round_=round_, by=None)
        assert saver.waits()
    saver.ends()

    assert isinstance(saver.refusal, lifecycle.RoundNotOpen)


def test_who_saves_does_not_wait_for_others_who_save(engine, make):
    round_ = make.rating_round(make.seminar())
    saver = Other(engine, round_, service.lock_open_round)

    with transaction(engine) as session:
        service.lock_open_round(session, round_)
        # SQLite has one writer at a time, whatever it writes
        assert saver.waits() == (engine.dialect.name == "sqlite")
    saver.ends()

    assert saver.refusal is None


def test_who_closes_is_not_passed_by_those_who_go_on_saving(engine, make):
    seminar = make.seminar()
    make.expert(seminar)
    round_ = make.rating_round(seminar)
    closing = Other(engine, round_, lambda session, one: service.mark_closed(session, round_=one, by=None))
    late = Other(engine, round_, service.lock_open_round)

    with transaction(engine) as session:
        service.lock_open_round(session, round_)
        assert closing.waits()
        assert late.waits()
    closing.ends()
    late.ends()

    assert closing.refusal is None
    if engine.dialect.name == "postgresql":  # SQLite's writers take turns in an order of its own
        assert isinstance(late.refusal, lifecycle.RoundNotOpen)
