"""The report of a seminar and its parts, as they are kept."""

from sqlmodel import Session, col, select

from app.models import Report, ReportSection, ReportVersion, Seminar


def report_of(session: Session, seminar: Seminar) -> Report | None:
    """The seminar's report, if one was begun."""
    return session.exec(select(Report).where(Report.seminar_id == seminar.id)).one_or_none()


def sections(session: Session, report: Report) -> list[ReportSection]:
    """Its sections in their order, annexes last."""
    return list(
        session.exec(
            select(ReportSection)
            .where(ReportSection.report_id == report.id)
            .order_by(col(ReportSection.annex), col(ReportSection.position), col(ReportSection.key))
        )
    )


def section(session: Session, report: Report, key: str) -> ReportSection | None:
    """The section of that key."""
    return session.exec(
        select(ReportSection).where(ReportSection.report_id == report.id, ReportSection.key == key)
    ).one_or_none()


def versions(session: Session, report: Report) -> list[ReportVersion]:
    """What was kept of it, the latest first."""
    return list(
        session.exec(
            select(ReportVersion)
            .where(ReportVersion.report_id == report.id)
            .order_by(col(ReportVersion.number).desc())
        )
    )
