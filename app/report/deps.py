"""From the address to the report, its section, its version or what was said of it."""

from typing import Annotated

from fastapi import Depends

from app.errors import NotFound
from app.models import Membership, Report, ReportComment, ReportSection, ReportVersion
from app.policy import Permission
from app.report import approving, queries
from app.seminars.deps import SeminarDep, member_who_may
from app.web.session import SessionDep

Editor = Annotated[Membership, Depends(member_who_may(Permission.WRITE_REPORT))]
Approver = Annotated[Membership, Depends(member_who_may(Permission.APPROVE_REPORT))]


def some_report(session: SessionDep, seminar: SeminarDep, editor: Editor) -> Report | None:
    """The seminar's report, if one was begun."""
    del editor
    return queries.report_of(session, seminar)


SomeReport = Annotated[Report | None, Depends(some_report)]


def report_of(report: SomeReport) -> Report:
    """The report that was begun; else there is nothing to edit."""
    if report is None:
        raise NotFound
    return report


ReportDep = Annotated[Report, Depends(report_of)]


def section_of(session: SessionDep, report: ReportDep, section_key: str) -> ReportSection:
    """The section of that key."""
    found = queries.section(session, report, section_key)
    if found is None:
        raise NotFound
    return found


SectionDep = Annotated[ReportSection, Depends(section_of)]


def version_of(session: SessionDep, report: ReportDep, version_number: int) -> ReportVersion:
    """What was kept under that number."""
    found = next((one for one in queries.versions(session, report) if one.number == version_number), None)
    if found is None:
        raise NotFound
    return found


VersionDep = Annotated[ReportVersion, Depends(version_of)]


def comment_of(session: SessionDep, section: SectionDep, number: int) -> ReportComment:
    """What was said of the section."""
    found = approving.find_comment(session, section, number)
    if found is None:
        raise NotFound
    return found


CommentDep = Annotated[ReportComment, Depends(comment_of)]
