"""From a day to the moments at which a round opens and closes, where the seminar is."""

from datetime import date, datetime, time, timedelta
from typing import Any

from app import i18n

OPENS = time(9, 0)
# of the two moments called 23:59 where clocks are set back then, the later
CLOSES = time(23, 59, fold=1)


def times(first_day: date | None, *, after_days: int, open_days: int, timezone: str) -> dict[str, Any]:
    """From nine in the morning of the first day to the last minute of the last; nothing without a day.

    Examples
    --------
    >>> times(date(2027, 2, 1), after_days=7, open_days=1, timezone="UTC")["closes_at"].isoformat()
    '2027-02-08T23:59:00+00:00'
    """
    if first_day is None:
        return {}
    zone = i18n.zone(timezone)
    opening = first_day + timedelta(days=after_days)
    closing = opening + timedelta(days=open_days - 1)
    return {
        "opens_at": datetime.combine(opening, OPENS, zone),
        "closes_at": datetime.combine(closing, CLOSES, zone),
    }
