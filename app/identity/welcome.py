"""The answer that signs a browser in."""

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from app.identity import cookies, service
from app.identity.deps import session_token
from app.identity.limits import CODES_BY_CLIENT
from app.models import Person
from app.web import render
from app.web.limits import client_of, give_back


def welcome(request: Request, session: Session, *, person: Person, to: str) -> Response:
    """A redirect that signs the person in, in a new session; one that the browser had before is over."""
    settings = request.app.state.settings
    give_back(session, settings, CODES_BY_CLIENT, client_of(request))
    service.end_session(session, token=session_token(request))
    response = render.redirect(to)
    cookies.set_session(response, settings, service.start_session(session, settings, person=person))
    cookies.clear_browser(response, settings)
    if person.locale:
        cookies.set_language(response, settings, person.locale)
    return response
