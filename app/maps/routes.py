"""The maps: threats, stakeholders, their network, coverage, traces, and what was said of one item."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.errors import NotFound
from app.figures.look import Look, Theme, Width
from app.identity.deps import CurrentPerson
from app.maps import (
    coverage,
    figures,
    items,
    network,
    plane_pictures,
    planes,
    reading,
    register_pictures,
)
from app.maps import traces as tracing
from app.models import Membership
from app.models.registers import Kind
from app.policy import Permission
from app.registers import words
from app.results import pictures
from app.results.pictures import Drawn
from app.seminars.deps import SeminarDep, member_who_may
from app.web import render
from app.web.session import SessionDep

router = APIRouter(prefix="/seminars/{seminar_slug}")

Reader = Annotated[Membership, Depends(member_who_may(Permission.READ))]

# what the pages need to say what they show
SAYING: dict[str, Any] = {"pictures": pictures, "reading": reading, "words": words}


@router.get("/maps/threats", name="maps.threats")
def show_threats(request: Request, session: SessionDep, reader: Reader, seminar: SeminarDep) -> Response:
    """Threats by likelihood and impact."""
    del reader
    page = planes.plane(session, seminar=seminar, roles=request.state.roles, kind=Kind.THREAT)
    drawn = plane_pictures.of(page)
    return render.page(request, "maps/plane.html", page=page, drawn=drawn, levels=[], network=None, **SAYING)


@router.get("/maps/stakeholders", name="maps.stakeholders")
def show_stakeholders(request: Request, session: SessionDep, reader: Reader, seminar: SeminarDep) -> Response:
    """Stakeholders by influence and interest."""
    del reader
    page = planes.plane(session, seminar=seminar, roles=request.state.roles, kind=Kind.STAKEHOLDER)
    drawn, levels = plane_pictures.of(page), plane_pictures.levels(page)
    named = network.network(session, seminar=seminar)
    context: dict[str, Any] = {"page": page, "drawn": drawn, "levels": levels, "network": named}
    return render.page(request, "maps/plane.html", **context, **SAYING)


@router.get("/maps/network", name="maps.network")
def show_network(request: Request, session: SessionDep, reader: Reader, seminar: SeminarDep) -> Response:
    """Stakeholders, elements and the ways forward between them."""
    del reader
    page = network.network(session, seminar=seminar)
    drawn = register_pictures.of_network(page)
    return render.page(request, "maps/network.html", page=page, drawn=drawn, **SAYING)


@router.get("/maps/coverage", name="maps.coverage")
def show_coverage(request: Request, session: SessionDep, reader: Reader, seminar: SeminarDep) -> Response:
    """How far frameworks cover the elements of the mandate, and where gaps are."""
    del reader
    page = coverage.coverage(session, seminar=seminar, roles=request.state.roles)
    drawn = register_pictures.of_coverage(page)
    return render.page(request, "maps/coverage.html", page=page, drawn=drawn, **SAYING)


@router.get("/maps/traces", name="maps.traces")
def show_traces(request: Request, session: SessionDep, reader: Reader, seminar: SeminarDep) -> Response:
    """Every element of the mandate with what is tied to it."""
    del reader
    page = tracing.overview(session, seminar=seminar, roles=request.state.roles)
    return render.page(request, "maps/traces.html", page=page)


@router.get("/maps/traces/{code}", name="maps.trace")
def show_trace(
    request: Request, session: SessionDep, reader: Reader, seminar: SeminarDep, code: str
) -> Response:
    """Down from an element of the mandate, or up from a way forward."""
    del reader
    page = tracing.trace(session, seminar=seminar, roles=request.state.roles, code=code)
    if page is None:
        raise NotFound
    name = "maps/down.html" if isinstance(page, tracing.Down) else "maps/up.html"
    return render.page(request, name, page=page, words=words)


@router.get("/maps/figures/{name}.{form}", name="maps.figure")
def show_figure(
    request: Request,
    session: SessionDep,
    reader: Reader,
    seminar: SeminarDep,
    name: str,
    form: Drawn,
    theme: Theme = "light",
    width: Width = "wide",
) -> Response:
    """A figure as a picture, or its numbers."""
    del reader
    picture = figures.find(session, seminar=seminar, roles=request.state.roles, name=name)
    if form == "csv":
        figures.require_released(session, seminar=seminar, picture=picture)
    content = pictures.content(picture, form, Look(theme=theme, width=width))
    return Response(content, media_type=pictures.MEDIA[form])


@router.get("/maps/items/{code}", name="maps.item")
def show_item(
    request: Request,
    session: SessionDep,
    reader: Reader,
    person: CurrentPerson,
    seminar: SeminarDep,
    code: str,
) -> Response:
    """What has been published about an item: a part of its page, or a page of its own."""
    del reader
    roles = request.state.roles
    page = items.item_map(session, seminar=seminar, roles=roles, code=code, reader=person.id)
    if page is None:
        raise NotFound
    name = "maps/_item.html" if render.is_htmx(request) else "maps/item.html"
    return render.page(request, name, page=page, words=words)
