"""The pages of an import: where a file is chosen, what it would do, and the file that an export gives."""

from typing import Literal

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from app.errors import AppError, Invalid
from app.models import Person, Seminar
from app.models.registers import Kind
from app.registers import bulk, columns, history, links, pages, sheets, uploads, words
from app.registers.history import Piece
from app.registers.importing import Plan, Register
from app.registers.sheets import BrokenFile, Sheet
from app.registers.uploads import Upload
from app.web import render

MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# What a page can bear to show; how many there are beyond is said.
MOST_SHOWN = 500
# signs
MOST_COMPARED = 300_000


def choose(
    request: Request,
    session: Session,
    *,
    seminar: Seminar,
    kind: Kind,
    minor: bool = False,
    refused: AppError | None = None,
) -> Response:
    """Where a file is chosen, with what was wrong with the last one."""
    errors = refused.errors if isinstance(refused, Invalid) else {}
    return render.page(
        request,
        "registers/import.html",
        status=422 if errors else 200,
        kind=kind,
        words=words,
        tabs=pages.tabs(session, seminar=seminar),
        columns=bulk.register(session, seminar=seminar, kind=kind).columns,
        limit=sheets.MOST_ROWS,
        megabytes=request.app.state.settings.max_body_bytes // 1024**2,
        minor=minor,
        errors=errors,
    )


def preview(request: Request, session: Session, *, seminar: Seminar, kind: Kind, upload: Upload) -> Response:
    """What the file would do, row by row."""
    found = bulk.register(session, seminar=seminar, kind=kind)
    sheet = _sheet(found, upload)
    plan = bulk.preview(session, found, sheet, minor=upload.minor)
    return _show(request, session, seminar, plan, sheet)


def again(
    request: Request,
    session: Session,
    *,
    seminar: Seminar,
    kind: Kind,
    upload: Upload,
    refused: AppError,
) -> Response:
    """The preview as it is now, with why nothing was done."""
    if isinstance(refused, BrokenFile):
        return choose(request, session, seminar=seminar, kind=kind, minor=upload.minor, refused=refused)
    found = bulk.register(session, seminar=seminar, kind=kind)
    sheet = _sheet(found, upload)
    plan = bulk.preview(session, found, sheet, minor=upload.minor)
    return _show(request, session, seminar, plan, sheet, refused=refused, reason=upload.reason)


def apply(session: Session, *, seminar: Seminar, kind: Kind, upload: Upload, by: Person) -> None:
    """Do what the preview showed."""
    found = bulk.register(session, seminar=seminar, kind=kind)
    bulk.apply(
        session,
        found,
        _sheet(found, upload),
        seminar=seminar,
        minor=upload.minor,
        seen=upload.seen,
        reason=upload.reason,
        by=by,
    )


def download(session: Session, *, seminar: Seminar, kind: Kind, form: Literal["csv", "xlsx"]) -> Response:
    """The register as a file."""
    found = bulk.register(session, seminar=seminar, kind=kind)
    content = bulk.as_csv(found) if form == "csv" else bulk.as_xlsx(found, title=seminar.title)
    name = f"{seminar.slug}-{kind.value}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=MEDIA[form], headers=headers)


def _sheet(found: Register, upload: Upload) -> Sheet:
    return upload.sheet({column.name.casefold() for column in found.columns})


def _show(
    request: Request,
    session: Session,
    seminar: Seminar,
    plan: Plan,
    sheet: Sheet,
    *,
    refused: AppError | None = None,
    reason: str = "",
) -> Response:
    errors = refused.errors if isinstance(refused, Invalid) else {}
    status = 200 if refused is None else 422 if errors else 409
    return render.page(
        request,
        "registers/import_preview.html",
        status=status,
        plan=plan,
        kind=plan.kind,
        words=words,
        tabs=pages.tabs(session, seminar=seminar),
        most=MOST_SHOWN,
        differing=_Differing(),
        pieces=uploads.pack(sheet),
        refused=refused,
        values={"reason": reason},
        errors=errors,
    )


class _Differing:
    """What differs in one cell after the other; of very much, the rest is shown one after the other."""

    def __init__(self) -> None:
        self.left = MOST_COMPARED

    def __call__(self, column: str, before: str, after: str) -> list[Piece]:
        """The cell word by word; codes are words of their own."""
        if column in links.KINDS:
            before, after = (
                cell.replace(columns.SEPARATOR, f"{columns.SEPARATOR} ") for cell in (before, after)
            )
        self.left -= len(before) + len(after)
        if self.left < 0:
            return [piece for piece in (Piece("removed", before), Piece("added", after)) if piece.text]
        return history.difference(before, after)
