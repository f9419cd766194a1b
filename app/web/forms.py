"""Read a form: text as it was typed, and what does not fit said field by field."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, TypeVar

from fastapi import Depends, Request
from pydantic import BaseModel, ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from app.errors import AppError, Invalid

M = TypeVar("M", bound=BaseModel)

# NUL cannot be stored by PostgreSQL, half of a surrogate pair by nobody, and none of the rest by XML: a
# workbook or a figure with one of them would not open.
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


# a form on paper that is typed in has a field for each of its cells
MOST_FIELDS = 4000


class Missing(AppError):
    """A field that must be filled in is empty."""

    message = "Please fill this in."


class TooLong(AppError):
    """A text is longer than its field."""

    message = "Please use at most %(limit)s characters."


class TooShort(AppError):
    """A text is shorter than its field asks for."""

    message = "Please use at least %(limit)s characters."


class NotANumber(AppError):
    """A number was expected."""

    message = "Please enter a number."


class OutOfRange(AppError):
    """A number lies outside its limits."""

    message = "Please enter a number that is allowed here."


class NotUnderstood(AppError):
    """Anything else that does not fit."""

    message = "This is not in the form expected here."


@asynccontextmanager
async def received(request: Request) -> AsyncIterator[FormData]:
    """The form that was sent, cleaned of what no database can store; its files close by themselves."""
    try:
        form = await request.form(max_fields=MOST_FIELDS)
    except ValueError:  # it names a charset, such as “undefined”, by which its bytes cannot be read
        raise HTTPException(400) from None
    try:
        yield FormData(
            [
                (
                    UNSTORABLE.sub("", name),
                    value if isinstance(value, UploadFile) else UNSTORABLE.sub("", value),
                )
                for name, value in form.multi_items()
            ]
        )
    finally:
        await form.close()


async def read_form(request: Request) -> AsyncIterator[FormData]:
    """The form that was sent, for as long as its route is at work."""
    async with received(request) as form:
        yield form


Submitted = Annotated[FormData, Depends(read_form)]


def texts(form: FormData) -> dict[str, str]:
    """The form's texts by name, the last of a name winning; files left out."""
    return {name: value for name, value in form.multi_items() if isinstance(value, str)}


def parse(model: type[M], form: FormData) -> M:
    """The form as the model has it, or `Invalid` with an error for each field."""
    values = {name: value.strip() for name, value in texts(form).items() if name in model.model_fields}
    try:
        return model.model_validate({name: value for name, value in values.items() if value})
    except ValidationError as problems:
        raise Invalid({str(p["loc"][0]) if p["loc"] else "": _error(p) for p in problems.errors()}) from None


def _error(problem: object) -> AppError:
    assert isinstance(problem, dict)
    kind, context = problem["type"], problem.get("ctx", {})
    cause = context.get("error")
    if isinstance(cause, AppError):
        return cause
    match kind:
        case "missing":
            return Missing()
        case "string_too_long":
            return TooLong(limit=context["max_length"])
        case "string_too_short":
            return TooShort(limit=context["min_length"])
        case "int_parsing" | "float_parsing" | "int_type" | "float_type":
            return NotANumber()
        case "greater_than" | "greater_than_equal" | "less_than" | "less_than_equal":
            return OutOfRange()
        case _:
            return NotUnderstood()
