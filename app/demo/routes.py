"""The doors of the demonstration: whoever asks may be anybody in it. Elsewhere there is nothing here."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.demo import service
from app.demo.panel import visitor
from app.errors import NotFound
from app.identity.cookies import set_session
from app.identity.service import start_session
from app.models import Seminar
from app.policy import Role
from app.web import render
from app.web.session import SessionDep

router = APIRouter(prefix="/demo")

DOORS = (Role.EXPERT, Role.FACILITATOR, Role.ORGANISER, Role.OBSERVER, Role.CLERK)


def demonstration(request: Request, session: SessionDep) -> Seminar:
    """The demonstration's seminar, where the installation is one."""
    seminar = service.find(session) if request.app.state.settings.demo else None
    if seminar is None:
        raise NotFound
    return seminar


DemonstrationDep = Annotated[Seminar, Depends(demonstration)]


@router.get("", name="demo.doors")
def doors(request: Request, seminar: DemonstrationDep) -> Response:
    """One door for each role, with a line on what is behind it."""
    people = {role: visitor(role) for role in DOORS}
    return render.page(request, "demo/doors.html", demonstration=seminar, people=people)


@router.post("/{role}", name="demo.enter")
def enter(request: Request, session: SessionDep, seminar: DemonstrationDep, role: Role) -> Response:
    """The visitor is signed in as the person in this role."""
    person = service.find_person(session, role)
    if person is None:
        raise NotFound
    settings = request.app.state.settings
    home = request.app.url_path_for("home.seminar", seminar_slug=seminar.slug)
    response = render.redirect(home)
    set_session(response, settings, start_session(session, settings, person=person))
    return response
