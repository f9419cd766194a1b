"""Have jobs done by DBOS: each once under its key, and again from its start if its process was killed.

DBOS keeps in tables of its own which jobs were begun and which are finished; it is given ids, and words of
ours as results, never anything that a person wrote. It asks nobody on the network: it has no key of its
console, and no telemetry.
"""

import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from itertools import islice
from pathlib import Path
from time import monotonic
from types import MappingProxyType
from typing import Any

import structlog
from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer, SetWorkflowID, WorkflowHandle
from sqlalchemy import Engine
from sqlalchemy.engine import URL, make_url

from app import clock, logs
from app.db import make_engine, transaction
from app.settings import Settings
from app.worker.deeds import DEEDS, Deed, Job, due
from app.worker.seats import Seats

log = structlog.get_logger()
AT_ONCE = 4
# who finds an interrupted job under another word leaves it alone: change it with the inputs of the deeds
VERSION = "1"
LOOK_FOR_THE_DEAD_SECONDS = 5.0
FORGET_SECONDS = 3600.0
KEPT = timedelta(days=30)
BATCH = 500
PATIENCE_SECONDS = 25.0
PENDING, FAILED = "PENDING", "ERROR"
AGAIN_AFTER = timedelta(minutes=1)


class JobFailed(Exception):
    """A job could not be done: of the fault only its kind is kept, since it may quote what somebody wrote."""


class AlreadyAtWork(Exception):
    """DBOS is one in a process."""


class Bench:
    """What the deeds need, and how many of them are being done in this process."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.engine = engine
        self.settings = settings
        self._doing = 0
        self._idle = threading.Condition()

    def do(self, name: str, deed: Deed, ids: tuple[str, ...]) -> str:
        """Do it, or raise JobFailed."""
        with self._idle:
            self._doing += 1
        try:
            return str(deed(self.engine, self.settings, *ids))
        except Exception as fault:
            log.exception("job failed", job=name, ids=" ".join(ids), kind=type(fault).__name__)
            raise JobFailed(type(fault).__name__) from None
        finally:
            with self._idle:
                self._doing -= 1
                self._idle.notify_all()

    def wait(self, patience: float = PATIENCE_SECONDS) -> None:
        """Until nothing is being done, or patience ends."""
        with self._idle:
            self._idle.wait_for(lambda: self._doing == 0, patience)


_bench: list[Bench] = []
_one_at_a_time = threading.Lock()


@contextmanager
def at_work(engine: Engine, settings: Settings) -> Iterator["Hands"]:
    """Within, jobs are done: those that were interrupted at once, and what is due at each call."""
    if not _one_at_a_time.acquire(blocking=False):
        raise AlreadyAtWork
    try:
        with Seats(address(engine, settings)) as seats:
            bench = Bench(engine, settings)
            _bench[:] = [bench]
            with _launched(address(engine, settings), seats.mine):
                yield Hands(bench, seats)
                bench.wait()
    finally:
        _one_at_a_time.release()


def address(engine: Engine, settings: Settings) -> URL:
    """Where DBOS keeps its tables: as the settings say, else beside the database or in it."""
    if settings.jobs_database_url:
        chosen = make_url(settings.jobs_database_url)
        return chosen.set(drivername="postgresql+psycopg") if chosen.drivername == "postgresql" else chosen
    if engine.dialect.name == "sqlite":
        file = Path(engine.url.database or "colloquy.db")
        return engine.url.set(database=str(file.with_name(f"{file.stem}-jobs{file.suffix}")))
    return engine.url


class Hands:
    """Finds what is due and has it done."""

    def __init__(self, bench: Bench, seats: Seats) -> None:
        self._bench = bench
        self._seats = seats
        self._look_at = self._forget_at = 0.0

    def __call__(self) -> int:
        """Do what is due now; how much of it was new."""
        self._seats.check()
        if monotonic() >= self._look_at:
            self._take_over_from_the_dead()
            _forget_the_failed()
            self._look_at = monotonic() + LOOK_FOR_THE_DEAD_SECONDS
        if monotonic() >= self._forget_at:
            _forget_the_old()
            self._forget_at = monotonic() + FORGET_SECONDS
        with transaction(self._bench.engine, write=False) as session:
            jobs = due(session)
        new = _not_begun(jobs)
        waiting = iter(new)
        while some := list(islice(waiting, AT_ONCE)):
            _do(some)
        return len(new)

    def _take_over_from_the_dead(self) -> None:
        """What a worker has left undone is done, if its seat is free and nobody has sat down on it."""
        pending = DBOS.list_workflows(status=PENDING, load_input=False, load_output=False)
        mine = seat_name(self._seats.mine)
        for name in sorted({job.executor_id for job in pending if job.executor_id} - {mine}):
            number = int(name.rpartition("-")[2])
            if not self._seats.take(number):
                continue
            # looked at again, now that nobody can be at work there
            left = DBOS.list_workflows(status=PENDING, executor_id=name, load_input=False, load_output=False)
            DBOS.resume_workflows([job.workflow_id for job in left])
            self._seats.leave(number)


def seat_name(number: int) -> str:
    """What DBOS calls a worker."""
    return f"seat-{number}"


@contextmanager
def _launched(place: URL, seat: int) -> Iterator[None]:
    logs.hush("dbos")
    own = None if place.get_backend_name() == "sqlite" else make_engine(_text(place))
    if own is None:
        _prepare_file(Path(place.database or ""))
    DBOS(config=_config(place, seat, own))
    try:
        DBOS.launch()
        yield
    finally:
        DBOS.destroy()
        if own is not None:
            own.dispose()


def _config(place: URL, seat: int, own: Engine | None) -> DBOSConfig:
    return {
        "name": "colloquy",
        "system_database_url": _text(place),
        "system_database_engine": own,
        "executor_id": seat_name(seat),
        "application_version": VERSION,
        # plain JSON: what is read back can be no program, and whoever looks can see that it is ids
        "serializer": DBOSPortableJSONSerializer(),
        "log_level": "WARNING",
        "enable_otlp": False,
        # nobody waits for messages of workflows, and there are no schedules of DBOS's own
        "scheduler_polling_interval_sec": 3600.0,
        "use_listen_notify": False,
    }


def _workflow(name: str, deed: Deed) -> Deed:
    """The deed as a workflow of one step."""

    @DBOS.step(name=name)
    def step(*ids: str) -> str:
        return _bench[0].do(name, deed, ids)

    @DBOS.workflow(name=name)
    def workflow(*ids: str) -> str:
        return step(*ids)

    return workflow


# DBOS wants to know them before it is launched
WORKFLOWS: Mapping[str, Deed] = MappingProxyType(
    {name: _workflow(name, deed) for name, deed in DEEDS.items()}
)


def _not_begun(jobs: list[Job]) -> list[Job]:
    if not jobs:
        return []
    keys = [job.key for job in jobs]
    begun = DBOS.list_workflows(workflow_ids=keys, load_input=False, load_output=False)
    known = {job.workflow_id for job in begun}
    return [job for job in jobs if job.key not in known]


def _do(jobs: list[Job]) -> None:
    """Do them at once, and wait for them; one that another worker has begun meanwhile is left to it."""
    handles: list[WorkflowHandle[Any]] = []
    for job in jobs:
        with SetWorkflowID(job.key):
            handles.append(DBOS.start_workflow(WORKFLOWS[job.deed], *job.ids))
    for handle in handles:
        if hasattr(handle, "future"):
            with suppress(JobFailed):
                handle.get_result()


def _forget_the_failed() -> None:
    """What failed a while ago is forgotten: if its row still says that it is due, it is begun anew."""
    before = (clock.now() - AGAIN_AFTER).isoformat()
    failed = DBOS.list_workflows(
        status=FAILED, completed_before=before, limit=BATCH, load_input=False, load_output=False
    )
    if failed:
        DBOS.delete_workflows([job.workflow_id for job in failed])


def _forget_the_old() -> None:
    before = (clock.now() - KEPT).isoformat()
    old = DBOS.list_workflows(completed_before=before, limit=BATCH, load_input=False, load_output=False)
    if old:
        DBOS.delete_workflows([job.workflow_id for job in old])


def _prepare_file(file: Path) -> None:
    # kept in the file: who reads does not wait for who writes
    file.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")


def _text(place: URL) -> str:
    return place.render_as_string(hide_password=False)
