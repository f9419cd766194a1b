"""Begin a report, write its sections, see what has changed, keep versions, approve it."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.errors import Conflict, Invalid, NotFound
from app.figures import render as drawing
from app.identity.deps import CurrentPerson
from app.models import ReportSection, Seminar
from app.report import approving, pages, service
from app.report.deps import Approver, CommentDep, Editor, ReportDep, SectionDep, SomeReport, VersionDep
from app.report.forms import SentDep
from app.report.sources import Sources
from app.report.speech import speaking
from app.seminars.deps import SeminarDep
from app.web import render
from app.web.session import SessionDep

router = APIRouter(prefix="/seminars/{seminar_slug}/report")
ONE = "/sections/{section_key}"


@router.get("", name="report.report")
def show(request: Request, session: SessionDep, seminar: SeminarDep, report: SomeReport) -> Response:
    """The report at a glance."""
    return pages.index(request, session, seminar, report)


@router.post("", name="report.begin")
def begin(
    request: Request, session: SessionDep, seminar: SeminarDep, editor: Editor, person: CurrentPerson
) -> Response:
    """Draft every section from what is published."""
    del editor
    service.begin(session, seminar=seminar, by=person)
    return _to_report(request, seminar, "begun")


@router.post("/settings", name="report.configure")
def configure(
    request: Request,
    session: SessionDep,
    seminar: SeminarDep,
    report: ReportDep,
    person: CurrentPerson,
    sent: SentDep,
) -> Response:
    """Its title, language, paper, and what may be quoted."""
    try:
        settings: dict[str, Any] = sent.settings()
        service.configure(session, seminar=seminar, report=report, **settings, by=person)
    except (Invalid, service.IsApproved) as refused:
        return pages.index(request, session, seminar, report, values=sent.values, **_said(refused))
    return _to_report(request, seminar, "configured")


@router.post("/renew", name="report.renew")
def renew(
    request: Request, session: SessionDep, seminar: SeminarDep, report: ReportDep, person: CurrentPerson
) -> Response:
    """Draft anew what nobody has edited."""
    service.renew(session, seminar=seminar, report=report, by=person)
    return _to_report(request, seminar, "renewed")


@router.post("/versions", name="report.keep")
def keep(
    request: Request,
    session: SessionDep,
    seminar: SeminarDep,
    report: ReportDep,
    person: CurrentPerson,
    sent: SentDep,
) -> Response:
    """Keep the report as it stands."""
    try:
        service.keep(session, report=report, note=sent.note(), by=person)
    except Invalid as refused:
        return pages.index(request, session, seminar, report, **_said(refused))
    return _to_report(request, seminar, "kept")


@router.get("/versions/{version_number}", name="report.version")
def show_version(request: Request, session: SessionDep, report: ReportDep, version: VersionDep) -> Response:
    """What a version says, and what it changed."""
    return pages.version(request, session, report, version)


@router.post("/approve", name="report.approve")
def approve(
    request: Request,
    session: SessionDep,
    seminar: SeminarDep,
    approver: Approver,
    report: ReportDep,
    person: CurrentPerson,
) -> Response:
    """It stands as it is."""
    del approver
    try:
        approving.approve(session, seminar=seminar, report=report, by=person)
    except approving.Unsettled as refused:
        return pages.index(request, session, seminar, report, refused=refused)
    return _to_report(request, seminar, "approved")


@router.post("/take-up", name="report.take_up")
def take_up(
    request: Request,
    session: SessionDep,
    seminar: SeminarDep,
    approver: Approver,
    report: ReportDep,
    person: CurrentPerson,
) -> Response:
    """It is a draft again."""
    del approver
    approving.take_up(session, report=report, by=person)
    return _to_report(request, seminar, "taken_up")


@router.get("/figures/{figure_name}.svg", name="report.figure")
def figure(session: SessionDep, seminar: SeminarDep, report: ReportDep, figure_name: str) -> Response:
    """A figure as it is printed."""
    with speaking(report.language):
        found = Sources(session, seminar).figure(figure_name)
        if found is None:
            raise NotFound
        return Response(drawing.svg(found.drawing), media_type="image/svg+xml")


@router.post("/preview", name="report.preview")
def preview(
    request: Request, session: SessionDep, seminar: SeminarDep, report: ReportDep, sent: SentDep
) -> Response:
    """How a text would read."""
    return pages.preview(request, session, seminar, report, sent.body)


@router.get(ONE, name="report.section")
def show_section(
    request: Request, session: SessionDep, seminar: SeminarDep, report: ReportDep, section: SectionDep
) -> Response:
    """One section, to be written."""
    return pages.section(request, session, seminar, report, section)


@router.post(ONE, name="report.save")
def save(
    request: Request,
    session: SessionDep,
    seminar: SeminarDep,
    report: ReportDep,
    section: SectionDep,
    person: CurrentPerson,
    sent: SentDep,
) -> Response:
    """Keep what was written, unless somebody else has written meanwhile: then both are shown."""
    about: dict[str, Any] = {"seminar": seminar, "report": report, "section": section}
    try:
        words: dict[str, Any] = sent.section()
        service.save(session, **about, **words, by=person)
    except (Invalid, service.ChangedMeanwhile, service.IsApproved) as refused:
        return pages.section(request, session, **about, values=sent.values, **_said(refused))
    return _to_section(request, seminar, section, "saved")


@router.post(f"{ONE}/confirm", name="report.confirm")
def confirm(
    request: Request,
    session: SessionDep,
    seminar: SeminarDep,
    report: ReportDep,
    section: SectionDep,
    person: CurrentPerson,
    sent: SentDep,
) -> Response:
    """The section was read with the data as they are now."""
    about: dict[str, Any] = {"seminar": seminar, "report": report, "section": section}
    try:
        service.confirm(session, **about, version=sent.seen, by=person)
    except (service.ChangedMeanwhile, service.IsApproved) as refused:
        return pages.section(request, session, **about, refused=refused)
    return _to_section(request, seminar, section, "confirmed")


@router.post(f"{ONE}/draft", name="report.take")
def take(
    request: Request,
    session: SessionDep,
    seminar: SeminarDep,
    report: ReportDep,
    section: SectionDep,
    person: CurrentPerson,
    sent: SentDep,
) -> Response:
    """The new draft stands instead; what stood there is kept as a version."""
    about: dict[str, Any] = {"seminar": seminar, "report": report, "section": section}
    try:
        service.take(session, **about, version=sent.seen, by=person)
    except (service.ChangedMeanwhile, service.IsApproved) as refused:
        return pages.section(request, session, **about, refused=refused)
    return _to_section(request, seminar, section, "drafted")


@router.post(f"{ONE}/comments", name="report.comment")
def comment(
    request: Request,
    session: SessionDep,
    seminar: SeminarDep,
    report: ReportDep,
    section: SectionDep,
    person: CurrentPerson,
    sent: SentDep,
) -> Response:
    """Say something of the section to the others who write."""
    try:
        approving.comment(session, section=section, text=sent.comment(), by=person)
    except Invalid as refused:
        typed = pages.words(section) | sent.values
        return pages.section(request, session, seminar, report, section, values=typed, **_said(refused))
    return _to_section(request, seminar, section, "commented")


@router.post(f"{ONE}/comments/{{number}}", name="report.resolve")
def resolve(
    request: Request, session: SessionDep, seminar: SeminarDep, section: SectionDep, comment: CommentDep
) -> Response:
    """What was said is done, or open again."""
    approving.resolve_comment(session, comment)
    return _to_section(request, seminar, section, "")


def _said(refused: Invalid | Conflict) -> dict[str, Any]:
    return {"errors": refused.errors} if isinstance(refused, Invalid) else {"refused": refused}


def _to_report(request: Request, seminar: Seminar, done: str) -> Response:
    path = request.app.url_path_for("report.report", seminar_slug=seminar.slug)
    return render.redirect(f"{path}?done={done}")


def _to_section(request: Request, seminar: Seminar, section: ReportSection, done: str) -> Response:
    place = {"seminar_slug": seminar.slug, "section_key": section.key}
    path = request.app.url_path_for("report.section", **place)
    return render.redirect(f"{path}?done={done}" if done else f"{path}#comments")
