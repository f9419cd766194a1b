"""The pages on which a report is written: all of it at a glance, one section, one version."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from app import i18n
from app.errors import AppError
from app.models import Person, Report, ReportSection, ReportVersion, Seminar
from app.models.reports import ReportState
from app.registers.history import Piece, difference
from app.report import approving, queries, service
from app.report.markup import Place
from app.report.resolving import Resolved, resolve
from app.report.sources import Entry, Sources
from app.report.speech import speaking
from app.web import render
from app.web.errors import status_of

Errors = Mapping[str, AppError]
KINDS = ("figure", "table", "number", "words", "rests")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A section in the list: whether a person wrote in it, and what waits for one."""

    section: ReportSection
    is_edited: bool
    changed: int
    lost: int
    has_new_draft: bool
    open_comments: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A place whose data have changed; numbers as they were and are, of figures and tables the name alone."""

    place: Place
    was: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How a section differs between a version and the one before it."""

    title: str
    pieces: list[Piece]


def index(
    request: Request,
    session: Session,
    seminar: Seminar,
    report: Report | None,
    *,
    values: Mapping[str, str] | None = None,
    errors: Errors | None = None,
    refused: AppError | None = None,
) -> Response:
    """The report at a glance; before it is begun, what beginning does."""
    if report is None:
        return render.page(request, "report/begin.html", status=status_of(refused) if refused else 200)
    lines = _lines(session, seminar, report)
    return render.page(
        request,
        "report/report.html",
        status=422 if errors else status_of(refused) if refused else 200,
        report=report,
        lines=lines,
        versions=queries.versions(session, report),
        is_approved=report.state is ReportState.APPROVED,
        languages=[(code, i18n.language_name(code)) for code in i18n.LANGUAGES],
        values=_settings(report) | dict(values or {}),
        errors=errors or {},
        refused=refused,
        done=request.query_params.get("done", ""),
    )


def section(
    request: Request,
    session: Session,
    seminar: Seminar,
    report: Report,
    section: ReportSection,
    *,
    values: Mapping[str, str] | None = None,
    errors: Errors | None = None,
    refused: AppError | None = None,
) -> Response:
    """One section: its text, how it reads, what has changed, a new draft, and what was said of it."""
    sources, is_approved = Sources(session, seminar), report.state is ReportState.APPROVED
    with speaking(report.language):
        resolved = resolve(section, sources)
        changes = [_change(section, sources, place) for place in resolved.changed]
        # what was approved is read and not written: there is nothing to place in it, and no draft to take
        catalogue = {} if is_approved else _catalogue(sources)
    return render.page(
        request,
        "report/section.html",
        status=422 if errors else status_of(refused) if refused else 200,
        report=report,
        section=section,
        resolved=resolved,
        changes=changes,
        offer=None if is_approved else service.offer(sources, report, section),
        is_edited=service.is_edited(section),
        is_approved=is_approved,
        catalogue=catalogue,
        comments=_comments(session, section),
        values=values or words(section),
        errors=errors or {},
        refused=refused,
        done=request.query_params.get("done", ""),
    )


def preview(request: Request, session: Session, seminar: Seminar, report: Report, body: str) -> Response:
    """How a text would read, with everything in its place; nothing is kept."""
    text = ReportSection(report_id=report.id, key="preview", title="", body=body)
    with speaking(report.language):
        resolved: Resolved = resolve(text, Sources(session, seminar))
    return render.page(request, "report/_reads.html", report=report, resolved=resolved)


def version(request: Request, session: Session, report: Report, version: ReportVersion) -> Response:
    """What a version changed, section by section, and what it says."""
    kept = queries.versions(session, report)
    before = next((one for one in kept if one.number < version.number), None)
    return render.page(
        request,
        "report/version.html",
        report=report,
        version=version,
        before=before,
        by=session.get(Person, version.person_id) if version.person_id else None,
        differences=differences(before, version) if before else [],
    )


def differences(before: ReportVersion, version: ReportVersion) -> list[Difference]:
    """What differs between two versions, section by section; none where they say the same."""
    then = {one["key"]: one for one in before.content["sections"] if one["included"]}
    now = {one["key"]: one for one in version.content["sections"] if one["included"]}
    found = []
    for key in [*now, *(key for key in then if key not in now)]:
        old, new = _whole(then.get(key)), _whole(now.get(key))
        if old != new:
            title = str((now.get(key) or then[key])["title"])
            found.append(Difference(title=title, pieces=difference(old, new)))
    return found


def _whole(section: Mapping[str, Any] | None) -> str:
    return f"{section['title']}\n\n{section['body']}" if section else ""


def _lines(session: Session, seminar: Seminar, report: Report) -> list[Line]:
    sources = Sources(session, seminar)
    found = []
    for one in queries.sections(session, report):
        with speaking(report.language):
            resolved = resolve(one, sources)
        found.append(
            Line(
                section=one,
                is_edited=service.is_edited(one),
                changed=len(resolved.changed),
                lost=len(resolved.lost),
                has_new_draft=service.offer(sources, report, one) is not None,
                open_comments=sum(not said.resolved for said in approving.comments(session, one)),
            )
        )
    return found


def _change(section: ReportSection, sources: Sources, place: Place) -> Change:
    is_number = place.kind == "number"
    return Change(
        place=place,
        was=section.bound[place.key] if is_number else "",
        now=(sources.value(place) or "") if is_number else "",
    )


def _catalogue(sources: Sources) -> dict[str, list[Entry]]:
    entries = sources.catalogue()
    return {kind: [one for one in entries if one.place.kind == kind] for kind in KINDS}


def _comments(session: Session, section: ReportSection) -> list[tuple[Any, str]]:
    """What was said, with the name of who said it."""
    return [
        (one, person.name if one.person_id and (person := session.get(Person, one.person_id)) else "")
        for one in approving.comments(session, section)
    ]


def _settings(report: Report) -> dict[str, str]:
    return {
        "title": report.title,
        "language": report.language,
        "paper": report.paper.value,
        "attribution": report.attribution,
    }


def words(section: ReportSection) -> dict[str, str]:
    """A section as its form holds it."""
    included = "yes" if section.included else ""
    return {"title": section.title, "body": section.body, "included": included, "seen": str(section.version)}
