"""The pages of the criteria: all of them with the library, one of them, and what removing it destroys."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from app.designer import criteria, criterion_form, library, revisions
from app.errors import AppError
from app.models import Criterion, Question, Round, Seminar
from app.rounds import queries as rounds
from app.web import render


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion with the questions that ask it."""

    criterion: Criterion
    used: list[tuple[Round, Question]]

    @property
    def is_frozen(self) -> bool:
        """Whether it stays as it is."""
        return criteria.is_frozen(self.used)


def listed(request: Request, session: Session, seminar: Seminar) -> Response:
    """All criteria, and the library from which others come."""
    used = criteria.uses(session, seminar)
    there = rounds.criteria(session, seminar)
    shelves = {
        label: [ready for ready in library.LIBRARY if ready.group == group]
        for group, label in library.GROUPS.items()
    }
    return render.page(
        request,
        "designer/criteria.html",
        lines=[Line(one, used.get(one.code, [])) for one in there],
        shelves=shelves,
        taken={one.code for one in there},
    )


def new(request: Request, *, values: Mapping[str, str], status: int = 200, **said: Any) -> Response:
    """The form of a criterion of one's own."""
    about: dict[str, Any] = {"criterion": None, "changed": None, "seen": "", "saved": {}}
    return _form(request, values=values, status=status, **about, **said)


def one(
    request: Request,
    session: Session,
    criterion: Criterion,
    *,
    values: Mapping[str, str] | None = None,
    changed: AppError | None = None,
    **said: Any,
) -> Response:
    """The form of one criterion, or what it says where it is frozen."""
    line = Line(criterion, criteria.uses(session, request.state.seminar).get(criterion.code, []))
    saved = criterion_form.values(criterion)
    if line.is_frozen:
        return render.page(request, "designer/criterion_frozen.html", line=line)
    about = {"criterion": criterion, "saved": saved, "seen": revisions.of_criterion(criterion)}
    return _form(request, values=saved if values is None else values, changed=changed, **about, **said)


def removing(request: Request, session: Session, criterion: Criterion) -> Response:
    """What goes with a criterion."""
    used = criteria.uses(session, request.state.seminar).get(criterion.code, [])
    return render.page(request, "designer/remove_criterion.html", criterion=criterion, used=used)


def address(request: Request, name: str, **path: str) -> str:
    """The path of one of these pages."""
    return str(request.app.url_path_for(name, seminar_slug=request.state.seminar.slug, **path))


def _form(request: Request, *, values: Mapping[str, str], **said: Any) -> Response:
    scales = dict(criterion_form.SCALES)
    criterion = said.get("criterion")
    if criterion:
        scales.setdefault(f"{criterion.low}-{criterion.high}", (criterion.low, criterion.high))
    points = sorted({*criterion_form.POINTS, *(point for ends in scales.values() for point in ends)})
    return render.page(
        request, "designer/criterion.html", values=values, scales=scales, points=points, **said
    )
