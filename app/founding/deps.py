"""Who may found seminars."""

from typing import Annotated

from fastapi import Depends

from app.errors import Forbidden
from app.identity.deps import CurrentPerson
from app.models import Person


class MayNotFound(Forbidden):
    """The account is not one of those that may start seminars."""

    message = "Your account may not start seminars. Please ask the people who run this installation."


def founder(person: CurrentPerson) -> Person:
    """The person who asks, if she may start seminars."""
    if not person.may_create_seminars:
        raise MayNotFound
    return person


FounderDep = Annotated[Person, Depends(founder)]
