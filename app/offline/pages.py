"""The pages of forms: the expert's own, the form clerk's list, the organizer's, and what was read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from app.ballots.addresses import of_round, path_of
from app.errors import AppError
from app.models import Seminar
from app.offline import building, queries, word, workbook
from app.offline import mailing as by_mail
from app.offline.cells import Reading
from app.offline.codebook import Paper
from app.offline.deps import Desk, Preview
from app.offline.entries import UNDECIDED, Entry, blanks, unpack
from app.offline.sheet import Cell, Row, Section
from app.registers.history import difference
from app.web import render

WRITERS: dict[str, ModuleType] = {"docx": word, "xlsx": workbook}


@dataclass(frozen=True, slots=True)
class Line:
    """One cell as a preview shows it; `value` stands in its field, if it has one."""

    cell: Cell
    label: str
    reading: Reading
    editable: bool
    value: str

    @property
    def said(self) -> str:
        """What it says, in words."""
        return self.cell.shown(self.reading.value)


@dataclass(frozen=True, slots=True)
class Group:
    """The cells of one subject, or of a list."""

    title: str
    lines: list[Line]


def own(request: Request, session: Session, desk: Desk, **said: Any) -> Response:
    """The expert's page: download her form, and send it back."""
    assert desk.panellist is not None
    assert desk.membership is not None
    paper = queries.form_of(session, desk.book, round_=desk.round_, panellist=desk.panellist)
    waiting = queries.waiting(session, paper.row, by_clerk=False) if paper else None
    said |= {"by_mail": by_mail.is_wanted(desk.seminar, desk.membership)}
    return render.page(request, "offline/form.html", waiting=waiting, **_around(request, desk), **said)


def clerk(request: Request, session: Session, desk: Desk, **said: Any) -> Response:
    """The form clerk's page: send what came back, and the codes of what did."""
    came = queries.came_back(session, desk.book, desk.round_)
    return render.page(request, "offline/forms.html", came=came, **_around(request, desk), **said)


def people(request: Request, session: Session, desk: Desk, **said: Any) -> Response:
    """The organizer's page: who is to get a form, by name."""
    experts = queries.recipients(session, desk.round_)
    return render.page(request, "offline/people.html", experts=experts, **_around(request, desk), **said)


def mailing(request: Request, session: Session, seminar: Seminar) -> Response:
    """The organizer's page: who gets forms by mail, by name."""
    experts = queries.invited(session, seminar.id)
    done = request.query_params.get("done", "")
    return render.page(request, "offline/mailing.html", experts=experts, done=done)


def _around(request: Request, desk: Desk) -> dict[str, Any]:
    return {
        "round": desk.round_,
        "path": of_round(desk.seminar, desk.round_),
        "closes_at": desk.closes_at,
        "done": request.query_params.get("done", ""),
    }


def preview(
    request: Request,
    shown: Preview,
    *,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, AppError] | None = None,
    refused: AppError | None = None,
    status: int = 200,
) -> Response:
    """What was read, cell by cell, and what somebody must say about it."""
    entry, desk = unpack(shown.kept.content), shown.desk
    return render.page(
        request,
        "offline/preview.html",
        status=status,
        round=desk.round_,
        path=of_round(desk.seminar, desk.round_),
        by_clerk=desk.by_clerk,
        action=address_of(request, desk, shown.paper, shown.kept.number),
        form=shown.form,
        entry=entry,
        edited=[(one.subject, difference(one.printed, one.found)) for one in entry.edited],
        undecided=UNDECIDED,
        sections=[(one, list(_groups(one, entry, typed or {}))) for one in shown.form.sections],
        open_cells=entry.open_cells(shown.form),
        blank=len(blanks(shown.form.cells.values(), entry)),
        errors={f"c.{key}": error for key, error in (errors or {}).items()},
        refused=refused,
    )


def _groups(section: Section, entry: Entry, typed: Mapping[str, str]) -> Iterator[Group]:
    """The cells that say something, or of which something is to be said, subject by subject."""
    for block in section.blocks:
        cells = [(row, cell) for grid in block.grids for row in grid.rows for cell in row.cells]
        lines = [_line(row, cell, entry, typed) for row, cell in cells]
        if shown := [one for one in lines if one.reading.value or one.editable or one.cell.required]:
            yield Group(" ".join(filter(None, (block.code, block.title))), shown)


def _line(row: Row, cell: Cell, entry: Entry, typed: Mapping[str, str]) -> Line:
    reading = entry.reading(cell)
    value = _value(cell, reading, typed)
    return Line(cell, _label(row.wording, cell), reading, entry.is_editable(cell), value)


def _label(wording: str, cell: Cell) -> str:
    first = " \N{MIDDLE DOT} ".join(line for line in wording.splitlines()[:2] if line)
    return first if cell.head in first else f"{first} \N{MIDDLE DOT} {cell.head}"


def _value(cell: Cell, reading: Reading, typed: Mapping[str, str]) -> str:
    if cell.key in typed:
        return typed[cell.key]
    if reading.is_open:
        return reading.raw if cell.is_text else UNDECIDED
    return reading.value


def address_of(request: Request, desk: Desk, paper: Paper, number: int) -> str:
    """Where a form that came back is looked at and entered."""
    if desk.by_clerk:
        more = {"form_code": paper.code, "number": str(number)}
        return path_of(request, desk.seminar, desk.round_, "offline.entry", **more)
    return path_of(request, desk.seminar, desk.round_, "offline.check", number=str(number))


def way_back(request: Request, desk: Desk, done: str) -> str:
    """The page from which forms are sent, with what was done last."""
    route = "offline.forms" if desk.by_clerk else "offline.form"
    return f"{path_of(request, desk.seminar, desk.round_, route)}?done={done}"


def file(request: Request, session: Session, desk: Desk, paper: Paper, kind: str) -> Response:
    """The expert's own form, with what she has answered so far."""
    form = building.build(
        session,
        seminar=desk.seminar,
        round_=desk.round_,
        asked=desk.asked,
        paper=paper,
        own=True,
        closes_at=desk.closes_at,
        zone=request.state.zone,
        origin=request.app.state.settings.origin,
    )
    writer = WRITERS[kind]
    return attachment(writer.write(form), f"{form.name}.{kind}", writer.MEDIA)


def attachment(content: bytes, name: str, media: str) -> Response:
    """A file to keep."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media, headers=headers)
