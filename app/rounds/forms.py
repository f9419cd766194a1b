"""Read when a round is to open and to close, as dates and times typed in the seminar's zone."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, StringConstraints
from starlette.datastructures import FormData

from app import i18n
from app.errors import AppError, Invalid
from app.rounds.refusals import ClosingPast
from app.rounds.service import REASON_LIMIT
from app.rounds.times import Meant, SkippedTime, moment_at
from app.web.forms import NotUnderstood, parse

# before and after any seminar, and within what every zone can reckon with
EARLIEST_YEAR, LATEST_YEAR = 2000, 2999
OPENS, CLOSES = "opens_at", "closes_at"
MEANT: dict[str, Meant] = {OPENS: "earlier", CLOSES: "later"}

Reason = Annotated[str, StringConstraints(max_length=REASON_LIMIT)]


class ClosingForm(BaseModel):
    """When the round is to close."""

    closes_at: datetime


class ScheduleForm(ClosingForm):
    """When the round is to open by itself, and when to close."""

    opens_at: datetime


class ExtensionForm(ClosingForm):
    """When the round is to close instead, and why."""

    reason: Reason = ""


class ReasonForm(BaseModel):
    """Why something is done."""

    reason: Reason = ""


def closing(form: FormData, zone: str) -> datetime:
    """The moment that was typed."""
    return _moments(zone, closes_at=parse(ClosingForm, form).closes_at)[CLOSES]


def schedule(form: FormData, zone: str) -> dict[str, datetime]:
    """Both moments that were typed, by the names of their fields."""
    typed = parse(ScheduleForm, form)
    return _moments(zone, opens_at=typed.opens_at, closes_at=typed.closes_at)


def extension(form: FormData, zone: str) -> tuple[datetime, str]:
    """The moment and the reason that were typed."""
    typed = parse(ExtensionForm, form)
    return _moments(zone, closes_at=typed.closes_at)[CLOSES], typed.reason


def reason(form: FormData) -> str:
    """The reason that was typed."""
    return parse(ReasonForm, form).reason


def as_typed(at: datetime | None, zone: str) -> str:
    """The moment as the field shows it."""
    return at.astimezone(i18n.zone(zone)).strftime("%Y-%m-%dT%H:%M") if at else ""


def in_zone(typed: datetime, zone: str, name: str) -> datetime:
    """The moment at which the clocks of the zone show what was typed in the field of that name."""
    if typed.year > LATEST_YEAR:
        raise Invalid({name: NotUnderstood()})
    if typed.year < EARLIEST_YEAR:
        raise Invalid({name: ClosingPast()})
    try:
        return moment_at(typed, zone, MEANT[name])
    except SkippedTime as skipped:
        raise Invalid({name: skipped}) from None


def _moments(zone: str, **typed: datetime) -> dict[str, datetime]:
    """Each typed time as a moment, or all that is wrong with them, field by field."""
    found: dict[str, datetime] = {}
    errors: dict[str, AppError] = {}
    for name, shown in typed.items():
        try:
            found[name] = in_zone(shown, zone, name)
        except Invalid as problem:
            errors |= problem.errors
    if errors:
        raise Invalid(errors)
    return found
