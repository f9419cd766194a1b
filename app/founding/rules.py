"""What a new seminar may be called and when it may begin."""

import re
from datetime import date

from app import i18n
from app.errors import AppError

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SLUG_LENGTHS = range(3, 65)
TITLE_LENGTH = 300
YEARS = range(2000, 2100)

# `/seminars/new` is the page that founds one.
RESERVED = frozenset({"new"})


class SlugMalformed(AppError):
    """The short address has characters that an address should not have."""

    message = (
        "Please use only small letters a to z, digits, and hyphens between them; for example “sahel-2027”."
    )


class SlugLength(AppError):
    """The short address is too short or too long."""

    message = "Please use from %(least)s to %(most)s characters."


class SlugTaken(AppError):
    """Another seminar has this short address."""

    message = "Another seminar has this address already. Please choose a different one."


class TitleMissing(AppError):
    """A blank seminar has no title but the one that is typed."""

    message = "Please give the seminar a title."


class TitleTooLong(AppError):
    """The title is longer than its field."""

    message = "Please use at most %(limit)s characters."


class ZoneUnknown(AppError):
    """No time zone is called this."""

    message = (
        "There is no time zone of this name. Please choose one of the list, for example “Europe/Zurich”."
    )


class LanguageUnknown(AppError):
    """The platform does not speak this language."""

    message = "Please choose one of the languages offered."


class DayOutOfRange(AppError):
    """The first day lies too far from now."""

    message = "Please choose a day between the years %(first)s and %(last)s."


def faults(
    *, slug: str, title: str, timezone: str, language: str, first_day: date | None
) -> dict[str, AppError]:
    """What does not fit, by the name of its field."""
    found = {
        "slug": _of_slug(slug),
        "title": _of_title(title),
        "timezone": None if i18n.is_zone(timezone) else ZoneUnknown(),
        "language": None if language in i18n.LANGUAGES else LanguageUnknown(),
        "first_day": _of_day(first_day),
    }
    return {name: error for name, error in found.items() if error}


def _of_slug(slug: str) -> AppError | None:
    if len(slug) not in SLUG_LENGTHS:
        return SlugLength(least=SLUG_LENGTHS[0], most=SLUG_LENGTHS[-1])
    if slug in RESERVED:
        return SlugTaken()
    return None if SLUG.fullmatch(slug) else SlugMalformed()


def _of_title(title: str) -> AppError | None:
    if not title:
        return TitleMissing()
    return TitleTooLong(limit=TITLE_LENGTH) if len(title) > TITLE_LENGTH else None


def _of_day(day: date | None) -> AppError | None:
    if day is None or day.year in YEARS:
        return None
    return DayOutOfRange(first=YEARS[0], last=YEARS[-1])
