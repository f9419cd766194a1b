"""The worker does what is due soon after it is, and outlives whatever goes wrong."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event

import pytest
from sqlalchemy.exc import OperationalError

from app.db import make_engine
from app.worker import Worker

LIMIT = 20
NEVER = 3600.0


class Work:
    """Counts how often it was begun and how often looked, and does what it is told to."""

    def __init__(self, deed: Callable[[int], int] = lambda _: 0) -> None:
        self.deed = deed
        self.times = 0
        self.begun = self.ended = 0
        self.done = Event()
        self.awaited = 1

    @contextmanager
    def __call__(self, _engine: object, _settings: object) -> Iterator[Callable[[], int]]:
        self.begun += 1
        try:
            yield self.look
        finally:
            self.ended += 1

    def look(self) -> int:
        self.times += 1
        try:
            return self.deed(self.times)
        finally:
            if self.times >= self.awaited:
                self.done.set()

    def wait_for(self, times: int) -> bool:
        self.awaited = times
        if self.times >= times:
            return True
        self.done.clear()
        return self.times >= times or self.done.wait(LIMIT)


@pytest.fixture
def start(settings, tmp_path) -> Iterator[Callable[..., Worker]]:
    workers: list[Worker] = []

    def started(work: Work, pause: float = NEVER) -> Worker:
        worker = Worker(make_engine(f"sqlite:///{tmp_path / 'unused.db'}"), settings, work, pause)
        workers.append(worker)
        worker.start()
        return worker

    yield started
    for worker in workers:
        worker.stop()
        worker.engine.dispose()


def test_it_looks_at_once_and_when_it_is_woken(start):
    work = Work()
    worker = start(work)
    assert work.wait_for(1)

    worker.wake()

    assert work.wait_for(2)


def test_it_looks_again_by_itself(start):
    work = Work()
    start(work, pause=0.01)
    assert work.wait_for(5)


def test_it_goes_on_without_a_pause_while_there_is_work(start):
    work = Work(lambda times: 1 if times < 5 else 0)
    start(work)
    assert work.wait_for(5)


@pytest.mark.parametrize(
    "fault", [RuntimeError("x"), OperationalError("SELECT 1", {}, Exception("gone")), KeyError()]
)
def test_it_outlives_every_fault(start, fault):
    def fails(times: int) -> int:
        if times <= 3:
            raise fault
        return 0

    work = Work(fails)
    start(work, pause=0.01)
    assert work.wait_for(6)
    assert work.begun == 4  # anew after each fault: what was lost with it may have been the database


def test_it_ends_when_it_is_told_to(start):
    work = Work()
    worker = start(work)
    assert work.wait_for(1)

    worker.stop()

    assert not worker.is_working
    assert (work.begun, work.ended) == (1, 1)


def test_tests_start_no_worker(browser, invite, settings):
    invite()
    browser.post("/language", data={"language": "en"})

    assert not browser.app.state.worker.is_working
    assert not settings.mail_folder.exists()
