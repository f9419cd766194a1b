"""Read which argument is marked, and whether it is found helpful or no longer."""

from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel, Field

from app.feedback.standings import Show
from app.web.forms import Submitted, parse


class MarkForm(BaseModel):
    """A text by the code of its subject and its digest."""

    code: str = Field(max_length=32)
    digest: str = Field(pattern="^[0-9a-f]{64}$")
    helpful: bool = False
    show: Show = "all"


def mark_of(form: Submitted) -> MarkForm:
    """The mark that was sent."""
    return parse(MarkForm, form)


MarkDep = Annotated[MarkForm, Depends(mark_of)]
