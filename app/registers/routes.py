"""The mandate, the registers, their items and the glossary; registers as spreadsheets, out and in."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.errors import Invalid, NotFound
from app.models import Membership
from app.policy import Permission
from app.registers import import_pages, item_pages, pages, words
from app.registers.deps import KindDep
from app.registers.uploads import UploadDep
from app.seminars.deps import SeminarDep, member_who_may
from app.web import render
from app.web.session import SessionDep, only_reads

router = APIRouter(prefix="/seminars/{seminar_slug}")

Reader = Annotated[Membership, Depends(member_who_may(Permission.READ))]
Importer = Annotated[Membership, Depends(member_who_may(Permission.IMPORT))]


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
    wanted = request.query_params
    page = pages.register(session, seminar=seminar, kind=kind, wanted=wanted)
    tabs = pages.tabs(session, seminar=seminar)
    done = wanted.get("done", "")
    return render.page(request, "registers/register.html", page=page, tabs=tabs, words=words, done=done)


@router.get("/registers/{kind}/export.{form}", name="registers.export")
def export(
    session: SessionDep, seminar: SeminarDep, reader: Reader, kind: KindDep, form: Literal["csv", "xlsx"]
) -> Response:
    """The register as a spreadsheet, which can be imported again."""
    del reader
    return import_pages.download(session, seminar=seminar, kind=kind, form=form)


@router.get("/registers/{kind}/import", name="registers.import_register")
def import_register(
    request: Request, session: SessionDep, seminar: SeminarDep, importer: Importer, kind: KindDep
) -> Response:
    """Where a spreadsheet is chosen."""
    del importer
    return import_pages.choose(request, session, seminar=seminar, kind=kind)


@router.post("/registers/{kind}/import", name="registers.preview_import")
@only_reads
def preview_import(
    request: Request,
    session: SessionDep,
    seminar: SeminarDep,
    importer: Importer,
    kind: KindDep,
    upload: UploadDep,
) -> Response:
    """What the spreadsheet would do, row by row; nothing is done yet."""
    del importer
    try:
        return import_pages.preview(request, session, seminar=seminar, kind=kind, upload=upload)
    except Invalid as refused:
        return import_pages.choose(request, session, seminar=seminar, kind=kind, refused=refused)


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
