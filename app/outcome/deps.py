"""From the address and the reader's roles to the latest result that may be shown."""

from typing import Annotated

from fastapi import Depends, Request

from app.errors import Conflict
from app.outcome import queries
from app.outcome.queries import Outcome
from app.seminars.deps import SeminarDep
from app.web.session import SessionDep


class NothingYet(Conflict):
    """There is no result that the reader may see."""

    message = "No result of this seminar has been published yet."


def some_outcome(request: Request, session: SessionDep, seminar: SeminarDep) -> Outcome | None:
    """The latest result that the reader may see, or None."""
    return queries.latest(session, seminar=seminar, roles=request.state.roles)


SomeOutcome = Annotated[Outcome | None, Depends(some_outcome)]


def an_outcome(outcome: SomeOutcome) -> Outcome:
    """The latest result that the reader may see; else there is nothing to draw or explain."""
    if outcome is None:
        raise NothingYet
    return outcome


OutcomeDep = Annotated[Outcome, Depends(an_outcome)]
