"""The six languages: negotiation, gettext, direction, and dates and numbers by CLDR."""

import gettext as gnu
from collections.abc import Iterable
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from io import BytesIO
from math import inf
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from babel import Locale, dates, lists, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from app import clock
from app.errors import AppError

LANGUAGES = ("en", "ar", "es", "fr", "ru", "zh")
Unit = Literal["day", "hour", "minute", "second"]
UNITS: dict[Unit, timedelta] = {
    "day": timedelta(days=1),
    "hour": timedelta(hours=1),
    "minute": timedelta(minutes=1),
    "second": timedelta(seconds=1),
}
UTC_NAMES = frozenset({"UTC", "Etc/UTC"})
FOLDER = Path(__file__).parent / "locale"

_language: ContextVar[str] = ContextVar("language", default="en")


@lru_cache
def catalogue(language: str) -> gnu.NullTranslations:
    """The translations into one language, read from its messages.po."""
    path = FOLDER / language / "messages.po"
    if language == "en" or not path.exists():
        return gnu.NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return gnu.GNUTranslations(compiled)


@lru_cache
def locale(language: str) -> Locale:
    """Babel's locale of one of the languages."""
    return Locale.parse(language)


@lru_cache
def conventions(language: str) -> Locale:
    """How dates, numbers and lists are written: the United Nations write English as in 28 March, 14:30."""
    return Locale.parse("en_GB") if language == "en" else locale(language)


def use(language: str) -> None:
    """Speak this language from here on, in this request or task."""
    _language.set(language if language in LANGUAGES else "en")


def language() -> str:
    """The language that is being spoken."""
    return _language.get()


def direction(code: str | None = None) -> str:
    """`rtl` or `ltr`."""
    return str(locale(code or language()).text_direction)


def negotiate(accepted: str, default: str = "en") -> str:
    """The best of the six for an Accept-Language header."""
    wishes: list[tuple[float, int, str]] = []
    for place, part in enumerate(accepted.split(",")[:20]):
        tag, _, quality = part.strip().partition(";q=")
        code = tag.split("-")[0].lower()
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            continue
        if code in LANGUAGES and weight > 0:
            wishes.append((-weight, place, code))
    return min(wishes)[2] if wishes else default


def gettext(message: str) -> str:
    """The message in the language spoken."""
    return catalogue(language()).gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    """The message in the plural form that the number takes."""
    return catalogue(language()).ngettext(one, many, number)


def pgettext(context: str, message: str) -> str:
    """The message in the sense that the context gives it."""
    return catalogue(language()).pgettext(context, message)


def npgettext(context: str, one: str, many: str, number: int) -> str:
    """Both of the above."""
    return catalogue(language()).npgettext(context, one, many, number)


def _(message: str) -> str:
    """Mark a message for extraction where it is not yet to be translated."""
    return message


def say(error: AppError) -> str:
    """The error's message in the language spoken."""
    text = gettext(error.message)
    return text % error.fields if error.fields else text


def zone(name: str | None) -> ZoneInfo:
    """The time zone, or UTC for a name that is none."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def is_zone(name: str) -> bool:
    """Whether there is a time zone of that name."""
    return name in available_timezones()


def moment(at: datetime, zone_name: str | None = None, width: str = "medium") -> str:
    """Date and time in a zone, the zone named."""
    where = zone(zone_name)
    code = conventions(language())
    day = dates.format_date(at.astimezone(where).date(), width, locale=code)
    time = dates.format_time(at, "short", tzinfo=where, locale=code)
    return f"{day}, {time} {zone_label(where, at)}"


def in_utc(at: datetime, zone_name: str | None = None) -> str:
    """The moment in UTC, to stand beside the one in a zone: its day only where that differs, or nothing."""
    where = zone(zone_name)
    if where.key in UTC_NAMES:
        return ""
    if at.astimezone(where).date() == at.astimezone(UTC).date():
        return f"{dates.format_time(at, 'short', tzinfo=UTC, locale=conventions(language()))} UTC"
    return moment(at, "UTC")


def time_of_day(at: datetime, zone_name: str | None = None) -> str:
    """The hour and minute in a zone."""
    return dates.format_time(at, "short", tzinfo=zone(zone_name), locale=conventions(language()))


def zone_label(where: ZoneInfo, at: datetime) -> str:
    """`UTC`, or the city with its distance from UTC at that moment."""
    if where.key in UTC_NAMES:
        return "UTC"
    offset = dates.get_timezone_gmt(at.astimezone(where), locale=locale("en")).replace("GMT", "UTC")
    return f"{dates.get_timezone_location(where, locale=locale(language()), return_city=True)} ({offset})"


def day(at: datetime, zone_name: str | None = None, width: str = "long") -> str:
    """The date in a zone."""
    return dates.format_date(at.astimezone(zone(zone_name)).date(), width, locale=conventions(language()))


def days(first: datetime, last: datetime, zone_name: str | None = None) -> str:
    """From one day to another in a zone, what they share said once."""
    where = zone(zone_name)
    span = first.astimezone(where).date(), last.astimezone(where).date()
    return str(dates.format_interval(*span, "yMMMd", locale=conventions(language())))


def time_left(until: datetime) -> str:
    """How long from now, in words: whole units, at least two of them, and never more than there is."""
    left = max(until - clock.now(), timedelta(0))
    unit: Unit = next((unit for unit, length in UNITS.items() if left >= 2 * length), "second")
    # with such a threshold the unit is the one given, and nothing is rounded up into weeks
    whole = left - left % UNITS[unit]
    return dates.format_timedelta(whole, unit, threshold=inf, locale=locale(language()))


def duration(span: timedelta) -> str:
    """A span of time in words."""
    return dates.format_timedelta(span, threshold=1.5, locale=conventions(language()))


def number(value: float, digits: int = 0) -> str:
    """A number with at most so many digits after the point."""
    pattern = "#,##0" + ("." + "#" * digits if digits else "")
    return numbers.format_decimal(value, format=pattern, locale=conventions(language()))


def fixed(value: float, digits: int = 1) -> str:
    """A number with exactly so many digits after the point, for columns."""
    return numbers.format_decimal(value, format="0." + "0" * digits, locale=conventions(language()))


def percent(share: float) -> str:
    """A share as a whole percentage."""
    return numbers.format_percent(share, format="#,##0%", locale=conventions(language()))


def enumerate_words(words: Iterable[str]) -> str:
    """The words as a list with commas and an `and`."""
    return lists.format_list(list(words), locale=conventions(language()))


def enumerate_alternatives(words: Iterable[str]) -> str:
    """The words as a list with commas and an `or`."""
    return lists.format_list(list(words), style="or", locale=conventions(language()))


def language_name(code: str) -> str:
    """The language's name in itself."""
    name = locale(code).get_display_name(code) or code
    return name[:1].upper() + name[1:]
