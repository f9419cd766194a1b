"""Read for how long a vote is to be open."""

from pydantic import BaseModel, Field
from starlette.datastructures import FormData

from app.bridge.service import LONGEST, SHORTEST
from app.web.forms import parse


class VoteForm(BaseModel):
    """For how many minutes a vote is open."""

    minutes: int = Field(ge=SHORTEST, le=LONGEST)


def vote(form: FormData) -> int:
    """The minutes that were typed."""
    return parse(VoteForm, form).minutes
