"""Coverage as a reader may see it: what the panel found, or else the register's starting hypothesis."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from app.models import Seminar
from app.models.registers import Kind, LinkKind
from app.policy import Role
from app.questions.cover import GRADES
from app.registers import queries as registers
from app.registers.queries import ItemView, LinkView
from app.results import disclosure
from app.results.cover_tally import CoverCell, CoverTally
from app.results.disclosure import Released
from app.results.turnout import Entry
from app.results.words import Verdict, of_cell, of_element

NEAREST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRow:
    """A gap or an opportunity of the register with the ways forward that address it or build on it."""

    item: ItemView
    options: list[LinkView]


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementRow:
    """An element: whether the panel sees a gap there, what comes nearest, and what would address it.

    `verdict` is the panel's; a hypothesis has none.
    """

    entry: Entry
    score: float | None
    is_gap: bool
    verdict: Verdict | None
    full: int
    partial: int
    nearest: list[tuple[Entry, CoverCell]]
    divided: list[Entry]
    gaps: list[GapRow]
    options: list[LinkView]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverMap:
    """The whole of it; `tally` holds the hypothesis where there is no released result."""

    seminar: Seminar
    released: Released[CoverTally] | None
    tally: CoverTally
    rows: list[ElementRow]
    idle_options: list[ItemView]
    open_gaps: list[ItemView]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not (self.tally.frameworks and self.tally.elements)

    @property
    def gaps(self) -> list[ElementRow]:
        """The elements that no framework covers in full."""
        return [row for row in self.rows if row.is_gap]

    @property
    def least_covered(self) -> ElementRow | None:
        """The element of which the largest share is not covered."""
        return max(self.graded, key=lambda row: row.score or 0.0, default=None)

    @property
    def graded(self) -> list[ElementRow]:
        """The elements on which some framework has a grade: of the others nothing is known."""
        return [row for row in self.rows if row.score is not None]

    @property
    def graded_cells(self) -> list[CoverCell]:
        """All that have a grade, but for those of the instrument that counts nowhere."""
        return [
            cell
            for framework, cells in self.tally.cells.items()
            for cell in cells.values()
            if framework != self.tally.own and cell.grade
        ]

    @property
    def divided_cells(self) -> int:
        """On how many of these views divide."""
        return sum(cell.divided for cell in self.graded_cells)

    @property
    def frameworks(self) -> list[Entry]:
        """The frameworks, those first that cover most."""
        cells = self.tally.cells

        def covered(entry: Entry) -> float:
            return -sum(cell.median or 0.0 for cell in cells[entry.code].values())

        return sorted(self.tally.frameworks, key=covered)

    def said(self, framework: Entry, element: Entry) -> Verdict:
        """What the panel says of a cell."""
        return of_cell(self.tally.cell(framework.code, element.code))


def coverage(session: Session, *, seminar: Seminar, roles: Collection[Role]) -> CoverMap:
    """The latest coverage that these roles may see."""
    found = disclosure.latest_of(session, seminar=seminar, roles=roles, type="cover")
    elements = registers.items(session, seminar=seminar, kind=Kind.ELEMENT)
    frameworks = registers.items(session, seminar=seminar, kind=Kind.FRAMEWORK)
    gaps = registers.items(session, seminar=seminar, kind=Kind.GAP)
    options = registers.items(session, seminar=seminar, kind=Kind.OPTION)
    tally = found.tally if found else hypothesis(seminar, frameworks, elements)
    by_code = {element.code: element for element in elements}
    return CoverMap(
        seminar=seminar,
        released=found,
        tally=tally,
        rows=[
            _row(tally, entry, by_code.get(entry.code), gaps, is_panels=found is not None)
            for entry in tally.elements
        ],
        idle_options=[option for option in options if not option.linked(LinkKind.ADDRESSES)],
        open_gaps=[gap for gap in gaps if not gap.linking(LinkKind.ADDRESSES)],
    )


def hypothesis(seminar: Seminar, frameworks: Sequence[ItemView], elements: Sequence[ItemView]) -> CoverTally:
    """The grades of the register in the form of a tally that nobody has answered."""
    return CoverTally(
        round_number=0,
        question="",
        invited=0,
        submitted=0,
        method="",
        input_digest="",
        frameworks=[_entry(framework) for framework in frameworks],
        elements=[_entry(element) for element in elements],
        cells={
            framework.code: _supposed({link.code: link.value for link in _grades(framework)}, elements)
            for framework in frameworks
        },
        own=seminar.mandate.get("resolution", {}).get("id"),
    )


def _grades(framework: ItemView) -> list[LinkView]:
    return framework.linked(LinkKind.COVERS)


def _supposed(grades: dict[str, str | None], elements: Sequence[ItemView]) -> dict[str, CoverCell]:
    return {element.code: _cell(grades.get(element.code)) for element in elements}


def _cell(grade: str | None) -> CoverCell:
    index = GRADES.index(grade) if grade in GRADES else None
    median = None if index is None else float(index)
    return CoverCell(
        n=0,
        counts=[0] * len(GRADES),
        dont_know=0,
        median=median,
        q1=median,
        q3=median,
        mean=median,
        agreement=None,
        sure=None,
        hypothesis=index,
    )


def _entry(item: ItemView) -> Entry:
    return Entry(code=item.code, title=item.title, version=item.version)


def _row(
    tally: CoverTally, entry: Entry, item: ItemView | None, gaps: Sequence[ItemView], *, is_panels: bool
) -> ElementRow:
    code = entry.code
    others = [one for one in tally.frameworks if one.code != tally.own]
    grades = [tally.cell(one.code, code).grade for one in others]
    return ElementRow(
        entry=entry,
        score=tally.gap_score(code),
        is_gap=tally.is_gap(code),
        verdict=of_element(tally, code) if is_panels else None,
        full=grades.count("full"),
        partial=grades.count("partial"),
        nearest=[(one, tally.cell(one.code, code)) for one in tally.nearest(code, NEAREST)],
        divided=tally.divided(code),
        gaps=[
            GapRow(item=gap, options=gap.linking(LinkKind.ADDRESSES))
            for gap in gaps
            if any(link.code == code for link in gap.linked(LinkKind.CONCERNS))
        ],
        options=item.linking(LinkKind.SERVES, Kind.OPTION) if item else [],
    )
