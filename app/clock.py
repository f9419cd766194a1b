"""The one clock; tests and the demonstration put another moment in its place."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def now() -> datetime:
    """The present moment in UTC."""
    return _pretended.get() or datetime.now(UTC)


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Within, it is this moment; outside, and in other requests, time goes on."""
    token = _pretended.set(moment)
    try:
        yield
    finally:
        _pretended.reset(token)
