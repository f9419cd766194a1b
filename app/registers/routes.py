"""The mandate, the registers, their items and the glossary, to be read."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.errors import NotFound
from app.models import Membership
from app.policy import Permission
from app.registers import item_pages, pages, words
from app.registers.deps import KindDep
from app.seminars.deps import SeminarDep, member_who_may
from app.web import render
from app.web.session import SessionDep

router = APIRouter(prefix="/seminars/{seminar_slug}")

Reader = Annotated[Membership, Depends(member_who_may(Permission.READ))]


@router.get("/mandate", name="registers.mandate")
def mandate(request: Request, session: SessionDep, seminar: SeminarDep, reader: Reader) -> Response:
    """The paragraph, its elements and what is tied to each."""
    del reader
    page = pages.mandate(session, seminar=seminar)
    tabs = pages.tabs(session, seminar=seminar)
    return render.page(request, "registers/mandate.html", page=page, tabs=tabs, words=words)


@router.get("/registers/{kind}", name="registers.register")
def register(
    request: Request, session: SessionDep, seminar: SeminarDep, reader: Reader, kind: KindDep
) -> Response:
    """A register as the address wants it."""
    del reader
    page = pages.register(session, seminar=seminar, kind=kind, wanted=request.query_params)
    tabs = pages.tabs(session, seminar=seminar)
    return render.page(request, "registers/register.html", page=page, tabs=tabs, words=words)


@router.get("/items/{code}", name="registers.item")
def item(request: Request, session: SessionDep, seminar: SeminarDep, reader: Reader, code: str) -> Response:
    """An item with its links both ways and its history."""
    del reader
    page = item_pages.item(session, seminar=seminar, code=code)
    if page is None:
        raise NotFound
    tabs = pages.tabs(session, seminar=seminar)
    return render.page(request, "registers/item.html", page=page, tabs=tabs, words=words)


@router.get("/glossary", name="registers.glossary")
def glossary(request: Request, session: SessionDep, seminar: SeminarDep, reader: Reader) -> Response:
    """The terms in the six languages."""
    del reader
    page = pages.glossary(session, seminar=seminar, wanted=request.query_params)
    tabs = pages.tabs(session, seminar=seminar)
    return render.page(request, "registers/glossary.html", page=page, tabs=tabs, words=words)
