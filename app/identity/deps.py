"""Who is asking."""

from contextlib import suppress
from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from app import clock
from app.db import transaction
from app.identity import queries, service
from app.identity.cookies import browser_cookie_name, cookie_name
from app.identity.tokens import hash_token
from app.models import Person, WebSession
from app.web.errors import SignInNeeded
from app.web.forms import Submitted, texts
from app.web.paths import local_path
from app.web.session import SessionDep, may_write

REFRESH = timedelta(minutes=10)


def find_person(request: Request, session: SessionDep) -> Person | None:
    """The person whose session the cookie names, or None."""
    token = session_token(request)
    found = token and queries.find_session(session, request.app.state.settings, token_hash=hash_token(token))
    if not found:
        return None
    request.state.session_row, request.state.person = found
    request.state.zone = found[1].timezone or "UTC"
    _refresh(request, session, found[0])
    return found[1]


def unseen(request: Request) -> None:
    """Let what is known of the session not say that this request was made: what it writes bears no name.

    For a route that asks for it before it asks who is there.
    """
    request.state.unseen = True


def session_token(request: Request) -> str:
    """The token in the session cookie, or nothing."""
    return request.cookies.get(cookie_name(request.app.state.settings), "")


def browser_secret(request: Request) -> str:
    """The secret with which this browser asked for a link, or nothing."""
    return request.cookies.get(browser_cookie_name(request.app.state.settings), "")


def onward(request: Request, form: Submitted) -> str:
    """Where to go on to afterwards: the page of ours that `next` names, else the start page."""
    return local_path(texts(form).get("next") or request.query_params.get("next"))


Onward = Annotated[str, Depends(onward)]


def _refresh(request: Request, session: Session, used: WebSession) -> None:
    if clock.now() - used.last_seen_at < REFRESH or getattr(request.state, "unseen", False):
        return
    engine = request.app.state.engine
    if may_write(request) or engine.dialect.name != "sqlite":
        service.touch_session(session, used=used)
        return
    # SQLite reads a page in a transaction that cannot write; that it was read is written in one of its
    # own, and not to manage that is no reason to withhold the page
    with suppress(OperationalError), transaction(engine) as own:
        service.touch_session(own, used=used)


MaybePerson = Annotated[Person | None, Depends(find_person)]


def signed_in(person: MaybePerson) -> Person:
    """The person who asks, or a way to sign in."""
    if person is None:
        raise SignInNeeded
    return person


CurrentPerson = Annotated[Person, Depends(signed_in)]
