"""What is typed to design a round: its own settings, and those of a question by its type."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, StringConstraints
from starlette.datastructures import FormData

from app.designer.revisions import ChangedMeanwhile
from app.designer.supplies import Supplies
from app.designer.types import QuestionForm
from app.errors import AppError, Invalid
from app.web.forms import Missing, parse, texts

SEEN = "seen"


class NewRoundForm(BaseModel):
    """With what a round begins."""

    title: Annotated[str, StringConstraints(max_length=200)]
    purpose: Annotated[str, StringConstraints(max_length=2000)] = ""


class PromptForm(BaseModel):
    """What every question says, whatever its type."""

    prompt: Annotated[str, StringConstraints(max_length=2000)] = ""


class UnknownType(AppError):
    """A type of question that is not offered."""

    message = "Please choose a type of question."


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """A question as it was typed."""

    prompt: str
    settings: dict[str, Any]


def new_round(form: FormData) -> NewRoundForm:
    """The title, and what the round is for."""
    return parse(NewRoundForm, form)


def question(
    form: FormData, *, kind: QuestionForm, supplies: Supplies, settings: Mapping[str, Any]
) -> QuestionDraft:
    """The question as it was typed; `Invalid` with all that does not fit, in its prompt and its settings."""
    errors: dict[str, AppError] = {}
    prompt, chosen = "", dict(settings)
    try:
        prompt = parse(PromptForm, form).prompt
        if not prompt:
            errors["prompt"] = Missing()
    except Invalid as problem:
        errors |= problem.errors
    try:
        chosen = kind.parse(form, supplies, settings)
    except Invalid as problem:
        errors |= problem.errors
    if errors:
        raise Invalid(errors)
    return QuestionDraft(prompt, chosen)


def direction(form: FormData) -> Literal["up", "down"]:
    """Where a question is to go; nowhere else than up is down."""
    return "up" if texts(form).get("to") == "up" else "down"


def refused(problem: Invalid | ChangedMeanwhile, form: FormData) -> dict[str, Any]:
    """What a page shows again of a form that was not saved: all that was typed, and why."""
    if isinstance(problem, ChangedMeanwhile):
        return {"values": typed(form), "changed": problem, "status": 409}
    return {"values": typed(form), "errors": problem.errors, "status": 422}


def seen(form: FormData) -> str:
    """Upon which state the form was filled in; a form that does not say has seen nothing."""
    return texts(form).get(SEEN, "")


def typed(form: FormData) -> dict[str, str]:
    """What was typed and ticked, by the names under which the form shows it.

    A tick is sent as one of several values of one name; the form knows it as `name.value`.
    """
    ticks = {f"{name}.{value}": "on" for name, value in form.multi_items() if isinstance(value, str)}
    return ticks | texts(form)
