"""A criterion as it is typed: what it asks, its scale with the points in words, and its weight."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints
from starlette.datastructures import FormData

from app.errors import AppError, Invalid
from app.models import Criterion
from app.questions.scales import HUNDRED, MOST_POINTS
from app.web.forms import TooLong, parse, texts

FEWEST_POINTS = 2
# From none or from one on; a scale is named by its ends. On the longest a number is typed.
SCALES: dict[str, tuple[int, int]] = {
    f"{low}-{low + points - 1}": (low, low + points - 1)
    for low in (1, 0)
    for points in range(FEWEST_POINTS, MOST_POINTS + 1)
} | {"{}-{}".format(*HUNDRED): HUNDRED}
# those of the long scale that may have words
QUARTERS = range(HUNDRED[0], HUNDRED[1] + 1, 25)
POINTS = (*range(MOST_POINTS + 1), *QUARTERS[1:])
LONGEST_ANCHOR = 120
COMMONEST = "1-9"


class EndInWords(AppError):
    """A scale of whose ends nobody knows what they mean."""

    message = "Please say what the two ends of the scale mean."


class UnknownScale(AppError):
    """A scale that is not offered."""

    message = "Please choose a scale."


class CriterionForm(BaseModel):
    """The form as it is sent, but for the points of the scale in words."""

    label: Annotated[str, StringConstraints(max_length=120)]
    question: Annotated[str, StringConstraints(max_length=1000)] = ""
    note: Annotated[str, StringConstraints(max_length=1000)] = ""
    scale: str = COMMONEST
    direction: Literal["benefit", "cost"] = "benefit"
    weight: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)] = 0.0


def read(form: FormData, *, other: tuple[int, int] | None = None) -> dict[str, Any]:
    """The columns of the criterion by name; `Invalid` with an error for each field that does not fit.

    `other` is a scale that the criterion has and that is not offered.
    """
    typed, errors = None, dict[str, AppError]()
    try:
        typed = parse(CriterionForm, form)
    except Invalid as problem:
        errors |= problem.errors
    scale = SCALES.get(texts(form).get("scale", COMMONEST), other)
    if scale is None:
        raise Invalid(errors | {"scale": UnknownScale()})
    points = QUARTERS if scale == HUNDRED else range(scale[0], scale[1] + 1)
    anchors = {str(point): _anchor(form, point) for point in points}
    errors |= {
        f"anchor.{point}": TooLong(limit=LONGEST_ANCHOR)
        for point, words in anchors.items()
        if len(words) > LONGEST_ANCHOR
    }
    for end in scale:
        if not anchors[str(end)]:
            errors[f"anchor.{end}"] = EndInWords()
    if errors or typed is None:
        raise Invalid(errors)
    return {
        "label": typed.label,
        "question": typed.question,
        "note": typed.note,
        "low": scale[0],
        "high": scale[1],
        "anchors": {point: words for point, words in anchors.items() if words},
        "benefit": typed.direction == "benefit",
        "weight": typed.weight,
    }


def values(criterion: Criterion) -> dict[str, str]:
    """The same as the form shows it."""
    anchors = {f"anchor.{point}": words for point, words in criterion.anchors.items()}
    return anchors | {
        "label": criterion.label,
        "question": criterion.question,
        "note": criterion.note,
        "scale": f"{criterion.low}-{criterion.high}",
        "direction": "benefit" if criterion.benefit else "cost",
        "weight": f"{criterion.weight:g}",
    }


def blank() -> dict[str, str]:
    """A form that nobody has touched."""
    return {"scale": COMMONEST, "direction": "benefit", "weight": "0"}


def _anchor(form: FormData, point: int) -> str:
    value = form.get(f"anchor.{point}")
    return " ".join(value.split()) if isinstance(value, str) else ""
