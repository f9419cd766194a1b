"""Begin a report, save and confirm its sections, draft them anew, and keep versions of the whole."""

from sqlmodel import Session, func, select

from app import audit, clock
from app.errors import Conflict, NotFound
from app.models import Person, Report, ReportSection, ReportVersion, Seminar
from app.models.reports import Paper, ReportState
from app.report import drafting, markup, queries
from app.report.document import new_report, new_sections
from app.report.drafting import Draft
from app.report.resolving import resolve
from app.report.sources import Sources
from app.report.speech import speaking


class BegunAlready(Conflict):
    """A seminar has one report."""

    message = "The report of this seminar has been begun already."


class ChangedMeanwhile(Conflict):
    """Somebody else saved the section after it was opened here."""

    message = "“%(title)s” has been changed by somebody else since you opened it."


class IsApproved(Conflict):
    """What was approved does not change."""

    message = "The report has been approved: take it up again before you change it."


class NoDraft(NotFound):
    """A section of the editors' own, of which the platform knows nothing."""

    message = "The platform has no draft of this section."


def begin(session: Session, *, seminar: Seminar, by: Person | None) -> Report:
    """The report with a draft of every section; bound to the data as they are now."""
    if queries.report_of(session, seminar) is not None:
        raise BegunAlready
    sources, report = Sources(session, seminar), new_report(seminar)
    session.add(report)
    session.flush()
    with speaking(report.language):
        for section in new_sections(report, sources):
            section.bound = sources.values(markup.places(section.body))
            session.add(section)
    record(session, "report:report:begin", report, by)
    return report


def configure(
    session: Session,
    *,
    seminar: Seminar,
    report: Report,
    title: str,
    language: str,
    paper: Paper,
    attribution: str,
    by: Person | None,
) -> None:
    """The report has these settings; in another language all that nobody has edited is drafted anew."""
    _require_open(session, report)
    turned = language != report.language
    unread = _unread(session, seminar, report) if turned else {}
    report.title, report.language, report.paper = title, language, paper
    report.attribution = attribution
    session.add(report)
    if turned:
        sources = Sources(session, seminar)
        for section in queries.sections(session, report):
            if not is_edited(section):
                _take(session, sources, report, section)
            else:
                _bind(sources, report, section)
                section.bound = section.bound | unread[section.key]
                session.add(section)
    session.flush()
    record(session, "report:report:change", report, by)


def save(
    session: Session,
    *,
    seminar: Seminar,
    report: Report,
    section: ReportSection,
    title: str,
    body: str,
    included: bool,
    version: int,
    by: Person | None,
) -> ReportSection:
    """The section reads so; places that are new count as confirmed as they stand now, others as before."""
    _require_open(session, report)
    section = _held(session, section, version)
    sources = Sources(session, seminar)
    with speaking(report.language):
        now = sources.values(markup.places(body))
    section.bound = {key: section.bound.get(key, value) for key, value in now.items()}
    section.title, section.body, section.included = title, body, included
    _changed(session, section)
    record(session, "report:section:save", report, by, section.key)
    return section


def confirm(
    session: Session,
    *,
    seminar: Seminar,
    report: Report,
    section: ReportSection,
    version: int,
    by: Person | None,
) -> ReportSection:
    """The person has read the section with the data as they are now."""
    _require_open(session, report)
    section = _held(session, section, version)
    _bind(Sources(session, seminar), report, section)
    _changed(session, section)
    record(session, "report:section:confirm", report, by, section.key)
    return section


def is_edited(section: ReportSection) -> bool:
    """Whether a person has changed what the platform drafted."""
    return drafting.digest(section.body) != section.drafted


def offer(sources: Sources, report: Report, section: ReportSection) -> Draft | None:
    """The section as it would be drafted now; None where that is what stands, or there is no such draft."""
    if section.key not in drafting.BY_KEY:
        return None
    with speaking(report.language):
        new = drafting.draft(sources.material, drafting.BY_KEY[section.key])
    return None if new.body == section.body else new


def take(
    session: Session,
    *,
    seminar: Seminar,
    report: Report,
    section: ReportSection,
    version: int,
    by: Person | None,
) -> ReportSection:
    """The new draft stands instead; what a person had written is kept as a version before."""
    _require_open(session, report)
    if section.key not in drafting.BY_KEY:
        raise NoDraft
    section = _held(session, section, version)
    if is_edited(section):
        keep(session, report=report, note="", by=by)
    _take(session, Sources(session, seminar), report, section)
    record(session, "report:section:draft", report, by, section.key)
    return section


def renew(session: Session, *, seminar: Seminar, report: Report, by: Person | None) -> list[str]:
    """All that nobody has edited is drafted anew; the keys of edited sections that have a new draft."""
    _require_open(session, report)
    sources, offered = Sources(session, seminar), []
    for section in queries.sections(session, report):
        if offer(sources, report, section) is None:
            continue
        if is_edited(section):
            offered.append(section.key)
        else:
            _take(session, sources, report, section)
    record(session, "report:report:renew", report, by)
    return offered


def keep(session: Session, *, report: Report, note: str, by: Person | None) -> ReportVersion:
    """The report as it stands now is kept under the next number."""
    hold(session, report)
    last = session.exec(
        select(func.max(ReportVersion.number)).where(ReportVersion.report_id == report.id)
    ).one()
    version = ReportVersion(
        report_id=report.id,
        number=(last or 0) + 1,
        note=note,
        content=content(session, report),
        person_id=by.id if by else None,
    )
    session.add(version)
    session.flush()
    record(session, "report:version:keep", report, by, number=version.number)
    return version


def content(session: Session, report: Report) -> dict[str, object]:
    """The report in plain words, as a version holds it."""
    fields = {"key", "title", "body", "included", "annex", "position", "bound"}
    return {
        "title": report.title,
        "language": report.language,
        "paper": report.paper.value,
        "attribution": report.attribution,
        "sections": [one.model_dump(include=fields) for one in queries.sections(session, report)],
    }


def record(
    session: Session, action: str, report: Report, by: Person | None, subject: str = "", **details: int
) -> None:
    """Who did what to the report; never what anybody wrote."""
    actor = by.id if by else None
    audit.record(session, action, actor=actor, seminar=report.seminar_id, subject=subject, **details)


def hold(session: Session, report: Report) -> Report:
    """The report as it is now, held until the transaction ends: nobody writes or approves meanwhile."""
    query = select(Report).where(Report.id == report.id).with_for_update()
    return session.exec(query.execution_options(populate_existing=True)).one()


def _require_open(session: Session, report: Report) -> None:
    if hold(session, report).state is ReportState.APPROVED:
        raise IsApproved


def _held(session: Session, section: ReportSection, version: int) -> ReportSection:
    """The section as it is now, held until the transaction ends; refused if it is not what was opened."""
    query = select(ReportSection).where(ReportSection.id == section.id).with_for_update()
    now = session.exec(query.execution_options(populate_existing=True)).one()
    if now.version != version:
        raise ChangedMeanwhile(title=now.title)
    return now


def _take(session: Session, sources: Sources, report: Report, section: ReportSection) -> None:
    if section.key not in drafting.BY_KEY:
        return
    with speaking(report.language):
        new = drafting.draft(sources.material, drafting.BY_KEY[section.key])
    appeared = bool(section.reason) and not new.reason
    section.title, section.body, section.reason, section.drafted = new.title, new.body, new.reason, new.digest
    section.included = new.included if appeared else section.included and not new.reason
    _bind(sources, report, section)
    section.edited_at, section.version = None, section.version + 1
    session.add(section)
    session.flush()


def _unread(session: Session, seminar: Seminar, report: Report) -> dict[str, dict[str, str]]:
    """What was confirmed of places whose data have changed since, by edited section: it still waits."""
    sources = Sources(session, seminar)
    with speaking(report.language):
        return {
            section.key: {place.key: section.bound[place.key] for place in resolve(section, sources).changed}
            for section in queries.sections(session, report)
            if is_edited(section)
        }


def _bind(sources: Sources, report: Report, section: ReportSection) -> None:
    with speaking(report.language):
        section.bound = sources.values(markup.places(section.body))


def _changed(session: Session, section: ReportSection) -> None:
    section.version, section.edited_at = section.version + 1, clock.now()
    session.add(section)
    session.flush()
