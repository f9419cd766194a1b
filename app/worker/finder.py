"""The thread that looks for what is due, when it is woken and every few seconds, and has it done."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager

import structlog
from sqlalchemy import Engine
from starlette.types import ASGIApp, Receive, Scope, Send

from app.settings import Settings
from app.web.security import SAFE

log = structlog.get_logger()
PAUSE_SECONDS = 5.0
LONGEST_PAUSE_SECONDS = 60.0

# does what is due, and says how much that was
Look = Callable[[], int]
Work = Callable[[Engine, Settings], AbstractContextManager[Look]]


def _by_dbos(engine: Engine, settings: Settings) -> AbstractContextManager[Look]:
    # loading it takes almost half a second, and most processes never need it
    from app.worker.durable import at_work  # noqa: PLC0415

    return at_work(engine, settings)


class Worker:
    """Looks for what is due until it is told to stop; outlives every fault of its work."""

    def __init__(
        self, engine: Engine, settings: Settings, work: Work | None = None, pause: float = PAUSE_SECONDS
    ) -> None:
        self.engine = engine
        self.settings = settings
        self.work = work or _by_dbos
        self.pause = pause
        self._woken = threading.Event()
        self._stopped = threading.Event()
        self._faults = 0
        self._thread = threading.Thread(target=self._run, name="worker", daemon=True)

    def start(self) -> None:
        """Work begins."""
        self._thread.start()

    def stop(self, patience: float = 30.0) -> None:
        """What is under way is finished, and nothing more is begun."""
        self._stopped.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(patience)

    def wake(self) -> None:
        """Something may be due now."""
        self._woken.set()

    @property
    def is_working(self) -> bool:
        """Whether it has been started, and has not ended."""
        return self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                with self.work(self.engine, self.settings) as look:
                    self._look_again_and_again(look)
            except Exception as fault:  # noqa: BLE001 - the thread must outlive any fault, an absent database too
                self._faults += 1
                log.error("worker", kind=type(fault).__name__, faults=self._faults)  # noqa: TRY400 - its values are people's
                self._rest()

    def _look_again_and_again(self, look: Look) -> None:
        while not self._stopped.is_set():
            self._woken.clear()
            busy = look() > 0
            self._faults = 0
            if not busy:
                self._rest()

    def _rest(self) -> None:
        self._woken.wait(min(self.pause * 2 ** min(self._faults, 10), LONGEST_PAUSE_SECONDS))


class WakeWorker:
    """Wake the worker after each request that may have changed something."""

    def __init__(self, app: ASGIApp, worker: Worker) -> None:
        self.app = app
        self.worker = worker

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        await self.app(scope, receive, send)
        if scope["type"] == "http" and scope["method"] not in SAFE:
            self.worker.wake()
