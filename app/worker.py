"""The thread beside the web server that does what is due: for now, sending mail."""

import threading
from collections.abc import Callable

import structlog
from sqlalchemy import Engine
from starlette.types import ASGIApp, Receive, Scope, Send

from app.notifications.service import deliver_due
from app.settings import Settings
from app.web.security import SAFE

log = structlog.get_logger()
PAUSE_SECONDS = 5.0
LONGEST_PAUSE_SECONDS = 60.0


class Worker:
    """Looks for what is due when it is woken, and every few seconds; outlives every fault of its work."""

    def __init__(
        self,
        engine: Engine,
        settings: Settings,
        work: Callable[[Engine, Settings], int] = deliver_due,
        pause: float = PAUSE_SECONDS,
    ) -> None:
        self.engine = engine
        self.settings = settings
        self.work = work
        self.pause = pause
        self._woken = threading.Event()
        self._stopped = threading.Event()
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

    def _run(self) -> None:
        faults = 0
        while not self._stopped.is_set():
            self._woken.clear()
            try:
                busy = self.work(self.engine, self.settings) > 0
                faults = 0
            except Exception as fault:  # noqa: BLE001 - the thread must outlive any fault, an absent database too
                busy, faults = False, faults + 1
                log.error("worker", kind=type(fault).__name__, faults=faults)  # noqa: TRY400 - its values are people's
            if not busy:
                self._woken.wait(min(self.pause * 2 ** min(faults, 10), LONGEST_PAUSE_SECONDS))


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
