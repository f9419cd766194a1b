"""Read what a facilitator chooses: the points of an agenda, and for how long a vote is open."""

from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, Field, field_validator
from starlette.datastructures import FormData

from app.bridge.service import LONGEST, SHORTEST
from app.web.forms import parse

BRIEFEST, USUAL, LENGTHIEST = 1, 15, 240


class Choice(BaseModel):
    """Which points, and how many minutes each; an address that asks for what cannot be gets the usual."""

    items: list[str] = Field(default_factory=list)
    minutes: int = USUAL

    @field_validator("minutes", mode="before")
    @classmethod
    def _a_length_that_can_be(cls, value: Any) -> int:
        text = str(value)
        # so few digits that they can be counted
        known = text.isascii() and text.isdigit() and len(text) <= len(str(LENGTHIEST))
        return min(max(int(text), BRIEFEST), LENGTHIEST) if known else USUAL


ChoiceDep = Annotated[Choice, Query()]


class VoteForm(BaseModel):
    """For how many minutes a vote is open."""

    minutes: int = Field(ge=SHORTEST, le=LONGEST)


def vote(form: FormData) -> int:
    """The minutes that were typed."""
    return parse(VoteForm, form).minutes
