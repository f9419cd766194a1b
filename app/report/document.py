"""The whole report as it is printed: its sections resolved, and paragraphs, tables and figures numbered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from app.i18n import day, gettext
from app.models import Report, ReportSection, Seminar
from app.models.reports import Paper, ReportState
from app.report import drafting, queries
from app.report.blocks import Block, FigureBlock, Note, Paragraph, TableBlock
from app.report.resolving import Resolved, resolve
from app.report.sources import Sources
from app.report.speech import speaking

ANNEXES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One section as it is printed, with its number or its letter."""

    key: str
    title: str
    mark: str
    annex: bool
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """All that a printed report says; `own` is the language of the seminar's own words."""

    title: str
    seminar: str
    language: str
    own: str
    paper: Paper
    is_draft: bool
    synthetic: bool
    attribution: str
    at: datetime
    on: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A report and its sections, as they are kept or as they would be drafted now."""

    report: Report
    sections: Sequence[ReportSection]


def written(session: Session, seminar: Seminar, sources: Sources) -> Written:
    """What is kept; where nobody has begun a report yet, what the platform would draft."""
    report = queries.report_of(session, seminar)
    if report is not None:
        return Written(report=report, sections=queries.sections(session, report))
    report = new_report(seminar)
    return Written(report=report, sections=new_sections(report, sources))


def new_report(seminar: Seminar) -> Report:
    """The report that is begun for a seminar, not yet kept."""
    with speaking(seminar.language):
        title = gettext("Summary by the organizers")
    return Report(
        seminar_id=seminar.id,
        title=title,
        language=seminar.language,
        attribution=seminar.attribution,
    )


def new_sections(report: Report, sources: Sources) -> list[ReportSection]:
    """A draft of every section, not yet kept; what stands in the places counts as confirmed by nobody."""
    with speaking(report.language):
        drafts = [drafting.draft(sources.material, one) for one in drafting.SECTIONS]
    return [
        ReportSection(
            report_id=report.id,
            key=one.key,
            position=place,
            title=one.title,
            body=one.body,
            included=one.included,
            annex=one.annex,
            reason=one.reason,
            drafted=one.digest,
        )
        for place, one in enumerate(drafts)
    ]


def document(session: Session, seminar: Seminar) -> Document:
    """The report as it would be printed today."""
    sources = Sources(session, seminar)
    found = written(session, seminar, sources)
    with speaking(found.report.language):
        return assemble(seminar, found, sources)


def assemble(seminar: Seminar, found: Written, sources: Sources) -> Document:
    """The printed report, in the language that is spoken."""
    report = found.report
    numbering, parts = _Numbering(), []
    main, annexes = 0, 0
    for section in found.sections:
        if not section.included:
            continue
        main, annexes = (main, annexes + 1) if section.annex else (main + 1, annexes)
        mark = ANNEXES[annexes - 1] if section.annex else str(main)
        resolved: Resolved = resolve(section, sources)
        parts.append(
            Part(
                key=section.key,
                title=section.title,
                mark=mark,
                annex=section.annex,
                blocks=tuple(numbering.of(resolved.blocks, annex=section.annex)),
            )
        )
    at = _moment(found, sources)
    return Document(
        title=report.title,
        seminar=seminar.title,
        language=report.language,
        own=seminar.language,
        paper=report.paper,
        is_draft=report.state is not ReportState.APPROVED,
        synthetic=seminar.synthetic,
        attribution=report.attribution,
        at=at,
        on=day(at, seminar.timezone),
        parts=tuple(parts),
    )


def _moment(found: Written, sources: Sources) -> datetime:
    """When the report came to read as it does: of one that does not change, the file does not either."""
    if found.report.approved_at is not None:
        return found.report.approved_at
    edited = [section.edited_at for section in found.sections]
    published = [round_.published_at for round_ in sources.material.plan]
    return max((at for at in (*edited, *published) if at is not None), default=found.report.created_at)


class _Numbering:
    """Paragraphs of the main sections, tables and figures, each counted through the whole report."""

    def __init__(self) -> None:
        self.paragraphs = self.tables = self.figures = 0

    def of(self, blocks: Sequence[Block], *, annex: bool) -> Iterator[Block]:
        """The blocks with their numbers; what is for editors alone is not printed."""
        for block in blocks:
            match block:
                case Paragraph() if not annex:
                    self.paragraphs += 1
                    yield replace(block, number=self.paragraphs)
                case TableBlock():
                    self.tables += 1
                    yield replace(block, number=self.tables)
                case FigureBlock():
                    self.figures += 1
                    yield replace(block, number=self.figures)
                case Note():
                    continue
                case _:
                    yield block
