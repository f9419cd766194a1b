"""From the address to the round."""

from typing import Annotated

from fastapi import Depends, Path

from app.errors import NotFound
from app.models import Round
from app.rounds import queries
from app.seminars.deps import SeminarDep
from app.web.session import SessionDep

# more rounds than any seminar has, fewer than any database minds
LARGEST = 999

Number = Annotated[int, Path(ge=0, le=LARGEST)]


def round_of(session: SessionDep, seminar: SeminarDep, round_number: Number) -> Round:
    """The round of that number in the seminar at this address."""
    found = queries.find_round(session, seminar=seminar, number=round_number)
    if found is None:
        raise NotFound
    return found


RoundDep = Annotated[Round, Depends(round_of)]
