"""Read when a round is to close, as a date and time typed in the reader's own zone."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import BaseModel, StringConstraints
from starlette.datastructures import FormData

from app import i18n
from app.errors import AppError, Invalid
from app.rounds.refusals import ClosingPast
from app.rounds.service import REASON_LIMIT
from app.web.forms import NotUnderstood, parse

# before and after any seminar, and within what every zone can reckon with
EARLIEST_YEAR, LATEST_YEAR = 2000, 2999


class SkippedTime(AppError):
    """A time that the clocks jump over."""

    message = "The clocks go forward over this time on that day. Please choose another."


class ClosingForm(BaseModel):
    """When the round is to close."""

    closes_at: datetime


class ExtensionForm(ClosingForm):
    """When the round is to close instead, and why."""

    reason: Annotated[str, StringConstraints(max_length=REASON_LIMIT)] = ""


def closing(form: FormData, zone: str) -> datetime:
    """The moment that was typed."""
    return in_zone(parse(ClosingForm, form).closes_at, zone)


def extension(form: FormData, zone: str) -> tuple[datetime, str]:
    """The moment and the reason that were typed."""
    typed = parse(ExtensionForm, form)
    return in_zone(typed.closes_at, zone), typed.reason


def in_zone(typed: datetime, zone: str) -> datetime:
    """The moment at which the clocks of the zone show this; of two, the earlier."""
    if typed.year > LATEST_YEAR:
        raise Invalid({"closes_at": NotUnderstood()})
    if typed.year < EARLIEST_YEAR:
        raise Invalid({"closes_at": ClosingPast()})
    if typed.tzinfo is not None:
        return typed.astimezone(UTC)
    where = i18n.zone(zone)
    moment = typed.replace(tzinfo=where).astimezone(UTC)
    if moment.astimezone(where).replace(tzinfo=None) != typed:
        raise Invalid({"closes_at": SkippedTime()})
    return moment


def as_typed(at: datetime | None, zone: str) -> str:
    """The moment as the field shows it."""
    return at.astimezone(i18n.zone(zone)).strftime("%Y-%m-%dT%H:%M") if at else ""
