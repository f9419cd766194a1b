"""Log lines as plain `key=value` on standard error, without anybody's data.

Of an error only its kind and the places it passed are told: its message may quote what somebody wrote.
"""

import logging
import sys
import traceback
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict

from app.settings import ROOT

PLACES = 6


def speak_plainly() -> None:
    """Our own lines are written so; unconfigured, structlog would print what the variables hold."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _tell_places,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )


def configure() -> None:
    """And those of libraries too, in a process that is ours alone."""
    speak_plainly()
    logging.basicConfig(level=logging.INFO, handlers=[_discreet()], force=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)


def hush(library: str) -> None:
    """A library that would log in its own way does it in ours."""
    logger = logging.getLogger(library)
    logger.propagate = False
    if not logger.handlers:
        logger.addHandler(_discreet())


def _discreet() -> logging.Handler:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Discreet("timestamp='%(asctime)s' level='%(levelname)s' event='%(message)s'"))
    return handler


class Discreet(logging.Formatter):
    """The same of what libraries log."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the standard library's name
        """The kind of the error and the places it passed."""
        kind, _, trace = ei
        return f"kind='{kind.__name__}' where='{places(trace)}'"


def places(trace: TracebackType | None) -> str:
    """The last places of a traceback, the deepest first."""
    frames = traceback.extract_tb(trace)[-PLACES:]
    return " < ".join(f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in reversed(frames))


def _short(path: str) -> str:
    return path.removeprefix(f"{ROOT}/").rpartition("site-packages/")[2]


def _tell_places(_logger: Any, _method: str, event: EventDict) -> EventDict:
    error = event.pop("exc_info", None)
    if isinstance(error, BaseException):
        event["where"] = places(error.__traceback__)
    return event
