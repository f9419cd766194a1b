"""Read for how long a vote is to be open."""

from typing import Any

from pydantic import BaseModel, Field
from starlette.datastructures import FormData

from app.bridge.service import LONGEST, SHORTEST
from app.rounds.forms import Reason
from app.web.forms import parse


class VoteForm(BaseModel):
    """For how many minutes a vote is open, and why it is held again."""

    minutes: int = Field(ge=SHORTEST, le=LONGEST)
    reason: Reason = ""


def vote(form: FormData) -> dict[str, Any]:
    """The minutes and the reason that were typed."""
    return parse(VoteForm, form).model_dump()
