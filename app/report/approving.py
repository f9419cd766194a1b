"""What is said of a draft, and how it is approved and taken up again."""

from sqlmodel import Session, col, select

from app import clock
from app.errors import Conflict
from app.models import Person, Report, ReportComment, ReportSection, Seminar
from app.models.reports import ReportState
from app.report import queries, service
from app.report.resolving import resolve
from app.report.sources import Sources
from app.report.speech import speaking


class Unsettled(Conflict):
    """Something stands in the report that nobody has read with the data as they are now."""

    message = (
        "These sections rest on data that have changed or are gone: %(sections)s. Read them again first."
    )


def unsettled(session: Session, seminar: Seminar, report: Report) -> list[ReportSection]:
    """The sections to be printed in which something has changed, or for which there are no data."""
    sources = Sources(session, seminar)
    with speaking(report.language):
        return [
            section
            for section in queries.sections(session, report)
            if section.included and not resolve(section, sources).is_settled
        ]


def approve(session: Session, *, seminar: Seminar, report: Report, by: Person | None) -> None:
    """The report stands as it is, under the number of a version; until somebody takes it up again."""
    report = service.hold(session, report)
    if report.state is ReportState.APPROVED:
        return
    if open_ones := unsettled(session, seminar, report):
        raise Unsettled(sections=", ".join(section.title for section in open_ones))
    version = service.keep(session, report=report, note="", by=by)
    report.state, report.approved_version, report.approved_at = (
        ReportState.APPROVED,
        version.number,
        clock.now(),
    )
    session.add(report)
    service.record(session, "report:report:approve", report, by, number=version.number)


def take_up(session: Session, *, report: Report, by: Person | None) -> None:
    """It is a draft again; the version that was approved stays what it was."""
    if report.state is ReportState.DRAFT:
        return
    report.state, report.approved_version, report.approved_at = ReportState.DRAFT, None, None
    session.add(report)
    service.record(session, "report:report:take_up", report, by)


def comments(session: Session, section: ReportSection) -> list[ReportComment]:
    """What was said of the section, the first first."""
    mine = ReportComment.section_id == section.id
    return list(
        session.exec(
            select(ReportComment).where(mine).order_by(col(ReportComment.created_at), col(ReportComment.id))
        )
    )


def comment(session: Session, *, section: ReportSection, text: str, by: Person | None) -> None:
    """Somebody says something of the section, to the others who write the report."""
    session.add(ReportComment(section_id=section.id, person_id=by.id if by else None, text=text))


def find_comment(session: Session, section: ReportSection, number: int) -> ReportComment | None:
    """What was said of the section, by its place among all that was."""
    said = comments(session, section)
    return said[number - 1] if 0 < number <= len(said) else None


def resolve_comment(session: Session, comment: ReportComment) -> None:
    """What was said is done, or it is open again."""
    comment.resolved = not comment.resolved
    session.add(comment)
