"""The settings of a round as they are typed: its words, its rules and its times."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints
from starlette.datastructures import FormData

from app.errors import AppError, Invalid
from app.models import Round
from app.models.rounds import FeedbackPolicy, Reveal
from app.rounds.forms import as_typed, in_zone
from app.web.forms import parse

LONGEST_REMINDER = 60
MOST_REMINDERS = 5
TIMES = ("opens_at", "closes_at")


class SettingsForm(BaseModel):
    """The form as it is sent; times are read in the seminar's zone afterwards."""

    title: Annotated[str, StringConstraints(max_length=200)]
    purpose: Annotated[str, StringConstraints(max_length=2000)] = ""
    instructions: Annotated[str, StringConstraints(max_length=8000)] = ""
    previous: Annotated[int, Field(ge=0, le=999)] | None = None
    feedback: FeedbackPolicy = FeedbackPolicy.NONE
    reveal: Reveal = Reveal.PUBLICATION
    counts_saved: Literal["on"] | None = None
    quorum: Annotated[int, Field(ge=1, le=100)] = 60
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    reminders: Annotated[str, StringConstraints(max_length=60)] = ""


class NotEarlier(AppError):
    """A round to build on that is none."""

    message = "Please choose a round before this one that asks something."


class NothingToShow(AppError):
    """Feedback of nothing."""

    message = "Please choose the round of which this is shown."


class ShowsNothing(AppError):
    """A real-time round that shows nothing."""

    message = "A round that shows figures after one's own answer shows at least the figures."


class ClosesFirst(AppError):
    """A round that closes before it opens."""

    message = "Please choose a time after the opening."


class NoDays(AppError):
    """Reminders that are no days."""

    message = "Please write days as numbers from 1 to %(longest)s, such as 7, 2; at most %(most)s of them."


def read(form: FormData, *, zone: str, earlier: Collection[Round]) -> dict[str, Any]:
    """The columns of the round, by name; `Invalid` with an error for each field that does not fit."""
    typed = parse(SettingsForm, form)
    errors: dict[str, AppError] = {}
    moments: dict[str, datetime | None] = {}
    for name in TIMES:
        try:
            given = getattr(typed, name)
            moments[name] = in_zone(given, zone, name) if given else None
        except Invalid as problem:
            errors[name] = next(iter(problem.errors.values()))
    opens, closes = moments.get("opens_at"), moments.get("closes_at")
    if opens and closes and closes <= opens:
        errors["closes_at"] = ClosesFirst()
    previous = next((one for one in earlier if one.number == typed.previous), None)
    errors |= _faults_of_feedback(typed, previous)
    days = _days(typed.reminders)
    if days is None:
        errors["reminders"] = NoDays(longest=LONGEST_REMINDER, most=MOST_REMINDERS)
    if errors:
        raise Invalid(errors)
    return moments | {
        "title": typed.title,
        "purpose": typed.purpose,
        "instructions": typed.instructions.replace("\r\n", "\n"),
        "previous_id": previous.id if previous else None,
        "feedback": typed.feedback,
        "reveal": typed.reveal,
        "counts_saved": typed.counts_saved == "on",
        "quorum_share": typed.quorum / 100,
        "reminders": days,
    }


def values(round_: Round, *, zone: str, earlier: Collection[Round]) -> Mapping[str, str]:
    """The same as the form shows it."""
    previous = next((one for one in earlier if one.id == round_.previous_id), None)
    return {
        "title": round_.title,
        "purpose": round_.purpose,
        "instructions": round_.instructions,
        "previous": str(previous.number) if previous else "",
        "feedback": round_.feedback.value,
        "reveal": round_.reveal.value,
        "counts_saved": "on" if round_.counts_saved else "",
        "quorum": str(round(round_.quorum_share * 100)),
        "opens_at": as_typed(round_.opens_at, zone),
        "closes_at": as_typed(round_.closes_at, zone),
        "reminders": ", ".join(str(day) for day in round_.reminders),
    }


def _faults_of_feedback(typed: SettingsForm, previous: Round | None) -> dict[str, AppError]:
    live, shows = typed.reveal is Reveal.OWN_ANSWER, typed.feedback is not FeedbackPolicy.NONE
    if typed.previous is not None and previous is None:
        return {"previous": NotEarlier()}
    if live and not shows:
        return {"feedback": ShowsNothing()}
    return {"previous": NothingToShow()} if shows and not live and previous is None else {}


def _days(text: str) -> list[int] | None:
    """The days, the earliest reminder first; None if they are none, nothing if there is to be no reminder."""
    words = text.replace(",", " ").replace(";", " ").replace("،", " ").split()
    if not all(word.isascii() and word.isdecimal() and len(word) < len("1000") for word in words):
        return None
    days = sorted({int(word) for word in words}, reverse=True)
    fits = len(days) <= MOST_REMINDERS and all(1 <= day <= LONGEST_REMINDER for day in days)
    return days if fits else None
