"""Who is asking."""

import hashlib
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel import select

from app import clock
from app.models import Person, WebSession
from app.settings import Settings
from app.web.errors import SignInNeeded
from app.web.session import SessionDep


def cookie_name(settings: Settings) -> str:
    """The session cookie's name: `__Host-` where the browser allows it."""
    return "__Host-colloquy" if settings.secure else "colloquy"


def hash_token(token: str) -> str:
    """What is kept of a secret: enough to know it again, not enough to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_person(request: Request, session: SessionDep) -> Person | None:
    """The person whose session the cookie names, or None."""
    token = request.cookies.get(cookie_name(request.app.state.settings))
    if not token:
        return None
    found = session.exec(
        select(WebSession, Person)
        .join(Person)
        .where(WebSession.token_hash == hash_token(token), WebSession.expires_at > clock.now())
    ).one_or_none()
    if found is None or found[1].disabled_at is not None:
        return None
    request.state.session_row, request.state.person = found
    request.state.zone = found[1].timezone or "UTC"
    return found[1]


MaybePerson = Annotated[Person | None, Depends(find_person)]


def signed_in(person: MaybePerson) -> Person:
    """The person who asks, or a way to sign in."""
    if person is None:
        raise SignInNeeded
    return person


CurrentPerson = Annotated[Person, Depends(signed_in)]
