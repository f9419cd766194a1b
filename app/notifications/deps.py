"""From the address to a mail, and from the secret in a reminder to the member whose it is."""

from contextlib import suppress
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request

from app.errors import NotFound
from app.models import Membership, Person, Seminar
from app.notifications import choices, queries
from app.notifications.queries import Posted
from app.seminars.deps import SeminarDep
from app.web.forms import Submitted, texts
from app.web.session import SessionDep


def posted_of(session: SessionDep, seminar: SeminarDep, form: Submitted) -> Posted:
    """The mail that the form names, within the seminar at this address."""
    with suppress(ValueError):
        found = queries.find(session, seminar, UUID(texts(form).get("mail", "")))
        if found is not None:
            return found
    raise NotFound


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
