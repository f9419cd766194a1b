"""From the address to a mail, and from the secret in a reminder to the member whose it is."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel

from app.errors import NotFound
from app.models import Membership, Person, Seminar
from app.notifications import choices, queries
from app.notifications.queries import Posted
from app.seminars.deps import SeminarDep
from app.web.forms import Submitted, parse
from app.web.session import SessionDep


class Named(BaseModel):
    """Which mail is meant."""

    mail: UUID


def posted_of(session: SessionDep, seminar: SeminarDep, form: Submitted) -> Posted:
    """The mail that the form names, within the seminar at this address."""
    found = queries.find(session, seminar, parse(Named, form).mail)
    if found is None:
        raise NotFound
    return found


PostedDep = Annotated[Posted, Depends(posted_of)]


def reminded_member(request: Request, session: SessionDep, token: str) -> Membership:
    """Whose reminders the secret in the address is about."""
    member = choices.find_member(session, request.app.state.settings, token)
    if member is None:
        raise NotFound
    seminar = session.get_one(Seminar, member.seminar_id)
    request.state.zone = session.get_one(Person, member.person_id).timezone or seminar.timezone
    return member


RemindedMember = Annotated[Membership, Depends(reminded_member)]
