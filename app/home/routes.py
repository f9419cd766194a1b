"""The front door, the list of one's seminars, and the home of each."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.home import example, queries
from app.identity.deps import CurrentPerson, MaybePerson
from app.seminars.deps import MyMemberships, SeminarDep
from app.web import render
from app.web.session import SessionDep

router = APIRouter()


@router.get("/", name="home.landing")
def landing(request: Request, session: SessionDep, person: MaybePerson) -> Response:
    """What this is; for who is signed in, the way to her seminars, or straight into the only one."""
    if person is None:
        return render.page(request, "home/landing.html", example=example)
    path = request.app.url_path_for
    mine = queries.my_seminars(session, person)
    if len(mine) == 1:
        return render.redirect(str(path("home.seminar", seminar_slug=mine[0].seminar.slug)))
    return render.redirect(str(path("home.seminars")))


@router.get("/seminars", name="home.seminars")
def seminars(request: Request, session: SessionDep, person: CurrentPerson) -> Response:
    """The seminars that the person has joined."""
    return render.page(request, "home/seminars.html", lines=queries.my_seminars(session, person))


@router.get("/seminars/{seminar_slug}", name="home.seminar")
def seminar(request: Request, session: SessionDep, mine: MyMemberships, seminar: SeminarDep) -> Response:
    """What is asked of the member now, where the seminar stands, and what it has brought."""
    home = queries.home(session, request.app.state.settings, seminar=seminar, mine=mine)
    return render.page(request, "home/seminar.html", home=home)
