"""The worker does what is due soon after it is, and outlives whatever goes wrong."""

from collections.abc import Callable, Iterator
from threading import Event

import pytest
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from app.db import make_engine
from app.main import create_app
from app.worker import Worker
from tests.conftest import BROWSER, ORIGIN

LIMIT = 20
NEVER = 3600.0


class Work:
    """Counts how often it was asked for, and does what it is told to."""

    def __init__(self, deed: Callable[[int], int] = lambda _: 0) -> None:
        self.deed = deed
        self.times = 0
        self.done = Event()
        self.awaited = 1

    def __call__(self, _engine: object, _settings: object) -> int:
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


def test_it_ends_when_it_is_told_to(start):
    work = Work()
    worker = start(work)
    assert work.wait_for(1)

    worker.stop()

    assert not worker._thread.is_alive()


def test_in_service_a_mail_leaves_soon_after_the_request_that_wants_it(make, engine, settings, invite):
    """The application starts the worker, and requests wake it; in tests it is not started unasked."""
    running = settings.model_copy(update={"environment": "development"})
    message = invite()
    app = create_app(running, engine)
    app.state.worker.pause = NEVER
    with TestClient(app, base_url=ORIGIN, headers=BROWSER) as browser:
        browser.post("/language", data={"language": "en"})
        for _ in range(200):
            if list(settings.mail_folder.glob("*.eml")) if settings.mail_folder.exists() else []:
                break
            Event().wait(0.05)

    (file,) = settings.mail_folder.glob("*.eml")
    assert str(message.id) in file.read_text()


def test_tests_start_no_worker(browser, invite, settings):
    invite()
    browser.post("/language", data={"language": "en"})

    assert not browser.app.state.worker._thread.is_alive()
    assert not settings.mail_folder.exists()
