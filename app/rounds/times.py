"""From what the clocks of a place show to the moment meant, on days too on which they are moved."""

from datetime import UTC, date, datetime, time, tzinfo
from typing import Literal

from app import i18n
from app.errors import AppError

Meant = Literal["earlier", "later"]


class SkippedTime(AppError):
    """A time that the clocks jump over."""

    message = "The clocks go forward over this time on that day. Please choose another."


def moment_at(typed: datetime, zone: str, meant: Meant) -> datetime:
    """The moment at which the clocks of the zone show this; of two, the one that is meant.

    A round opens at the earlier and closes at the later: nobody who reads the time either way comes too late.

    Examples
    --------
    >>> moment_at(datetime(2026, 10, 25, 2, 30), "Europe/Zurich", "later").isoformat()
    '2026-10-25T01:30:00+00:00'
    >>> moment_at(datetime(2026, 10, 25, 2, 30), "Europe/Zurich", "earlier").isoformat()
    '2026-10-25T00:30:00+00:00'
    """
    if typed.tzinfo is not None:
        return typed.astimezone(UTC)
    where = i18n.zone(zone)
    moment = typed.replace(tzinfo=where, fold=int(meant == "later")).astimezone(UTC)
    if moment.astimezone(where).replace(tzinfo=None, fold=0) != typed.replace(fold=0):
        raise SkippedTime
    return moment


def comes_twice(at: datetime | None, zone: str) -> bool:
    """Whether the clocks of the zone show the time of this moment twice on that day.

    Examples
    --------
    >>> comes_twice(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "Europe/Zurich")
    True
    >>> comes_twice(datetime(2026, 10, 25, 2, 30, tzinfo=UTC), "Europe/Zurich")
    False
    """
    if at is None:
        return False
    shown = at.astimezone(i18n.zone(zone))
    before, after = shown.replace(fold=0), shown.replace(fold=1)
    return before.utcoffset() != after.utcoffset()


def day_of(at: datetime, where: tzinfo) -> date:
    """The day of a moment in the calendar of a place; where a day alone was kept, that day anywhere.

    Of when somebody submitted, a closed round keeps the day, written as its first moment in UTC: west of
    Greenwich that moment is on the day before, and no moment is meant.

    Examples
    --------
    >>> where = i18n.zone("America/New_York")
    >>> day_of(datetime(2026, 5, 2, 1, 30, tzinfo=UTC), where).isoformat()
    '2026-05-01'
    >>> day_of(datetime(2026, 5, 2, tzinfo=UTC), where).isoformat()
    '2026-05-02'
    """
    at = at.astimezone(UTC)
    return at.date() if at.time() == time() else at.astimezone(where).date()
