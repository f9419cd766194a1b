"""From any element of the mandate down to ways forward and their scores, and from a way forward back up."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session

from app.maps import coverage as covers
from app.maps import planes
from app.maps.coverage import CoverMap, ElementRow
from app.maps.planes import PlaneMap, Seen
from app.models import Round, Seminar
from app.models.registers import ItemStatus, Kind, LinkKind
from app.policy import Role
from app.registers import queries as registers
from app.registers.queries import ItemView, LinkView
from app.results import disclosure
from app.results.cover_tally import CoverCell
from app.results.disclosure import Released
from app.results.tally import OptionTally, RateTally
from app.results.turnout import Entry
from app.rounds import queries as rounds
from app.rounds.since import since


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A way forward with what came of it, if its rating has been released.

    `earlier` says that an earlier wording was rated, which meant something else.
    """

    code: str
    title: str
    option: OptionTally | None
    label: str
    is_ranked: bool
    earlier: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreatTrace:
    """A threat with what the panel says of it, or said of an `earlier` wording, if that has been released."""

    link: LinkView
    seen: Seen | None
    earlier: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingTrace:
    """A gap or an opportunity, what else it concerns, and the ways forward that answer it."""

    item: ItemView
    frameworks: list[LinkView]
    threats: list[LinkView]
    stakeholders: list[LinkView]
    options: list[Scored]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An element in the overview: how many items of each kind are tied to it, and its best ranks."""

    item: ItemView
    row: ElementRow | None
    threats: int
    gaps: int
    opportunities: int
    options: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Every element with what is tied to it."""

    steps: list[Step]
    is_hypothesis: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Down:
    """What an element leads to."""

    element: ItemView
    coverage: CoverMap
    row: ElementRow | None
    threats: list[ThreatTrace]
    full: list[tuple[Entry, CoverCell]]
    partial: list[tuple[Entry, CoverCell]]
    gaps: list[FindingTrace]
    opportunities: list[FindingTrace]
    options: list[Scored]
    round_: Round | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Up:
    """What a way forward goes back to."""

    option: ItemView
    scored: Scored
    gaps: list[FindingTrace]
    opportunities: list[FindingTrace]
    practices: list[LinkView]
    elements: list[ItemView]
    leads: list[LinkView]
    supporters: list[LinkView]
    round_: Round | None


class Scores:
    """The released rating of ways forward, asked for one after the other."""

    def __init__(self, session: Session, *, seminar: Seminar, roles: Collection[Role]) -> None:
        found = disclosure.latest_of(session, seminar=seminar, roles=roles, type="rate", layout="cards")
        self.round_: Round | None = found.round_ if found else None
        self.tally: RateTally | None = found.tally if found else None
        self.earlier = _earlier(session, seminar, found)

    def of(self, link: LinkView | ItemView) -> Scored:
        """What came of one way forward."""
        option = self.tally.option(link.code) if self.tally else None
        return Scored(
            code=link.code,
            title=link.title,
            option=option,
            label=self.tally.labels.get(option.label, "") if self.tally and option else "",
            is_ranked=bool(self.tally and self.tally.replicates and option and option.rank is not None),
            earlier=link.code in self.earlier,
        )

    def ordered(self, links: list[LinkView]) -> list[Scored]:
        """Those first that rank first; without ranks in the order of the register."""

        def place(one: Scored) -> float:
            return one.option.rank if one.is_ranked and one.option and one.option.rank else float("inf")

        return sorted((self.of(link) for link in links), key=place)


def overview(session: Session, *, seminar: Seminar, roles: Collection[Role]) -> Overview:
    """Every element, and how much is tied to it."""
    cover = covers.coverage(session, seminar=seminar, roles=roles)
    rows = {row.entry.code: row for row in cover.rows}
    return Overview(
        steps=[
            Step(
                item=element,
                row=rows.get(element.code),
                threats=len(element.linking(LinkKind.TOUCHES)),
                gaps=len(element.linking(LinkKind.CONCERNS, Kind.GAP)),
                opportunities=len(element.linking(LinkKind.CONCERNS, Kind.OPPORTUNITY)),
                options=len(element.linking(LinkKind.SERVES, Kind.OPTION)),
            )
            for element in registers.items(session, seminar=seminar, kind=Kind.ELEMENT)
        ],
        is_hypothesis=cover.released is None,
    )


def trace(session: Session, *, seminar: Seminar, roles: Collection[Role], code: str) -> Down | Up | None:
    """Down from the element, or up from the way forward of that code; None for any other."""
    item = registers.item(session, seminar=seminar, code=code)
    if item is None or item.status is not ItemStatus.ACCEPTED:
        return None
    if item.kind is Kind.ELEMENT:
        return _down(session, seminar, roles, item)
    return _up(session, seminar, roles, item) if item.kind is Kind.OPTION else None


def _down(session: Session, seminar: Seminar, roles: Collection[Role], element: ItemView) -> Down:
    cover = covers.coverage(session, seminar=seminar, roles=roles)
    threats = planes.plane(session, seminar=seminar, roles=roles, kind=Kind.THREAT)
    scores = Scores(session, seminar=seminar, roles=roles)
    row = next((row for row in cover.rows if row.entry.code == element.code), None)
    return Down(
        element=element,
        coverage=cover,
        row=row,
        threats=_threats(
            element.linking(LinkKind.TOUCHES), threats, _earlier(session, seminar, threats.released)
        ),
        full=_covering(cover, element, "full"),
        partial=_covering(cover, element, "partial"),
        gaps=_findings(session, seminar, Kind.GAP, element.linking(LinkKind.CONCERNS), scores),
        opportunities=_findings(
            session, seminar, Kind.OPPORTUNITY, element.linking(LinkKind.CONCERNS), scores
        ),
        options=scores.ordered(element.linking(LinkKind.SERVES, Kind.OPTION)),
        round_=scores.round_,
    )


def _up(session: Session, seminar: Seminar, roles: Collection[Role], option: ItemView) -> Up:
    scores = Scores(session, seminar=seminar, roles=roles)
    served = {link.code for link in option.linked(LinkKind.SERVES)}
    answered = [*option.linked(LinkKind.ADDRESSES), *option.linked(LinkKind.BUILDS_ON)]
    elements = registers.items(session, seminar=seminar, kind=Kind.ELEMENT)
    return Up(
        option=option,
        scored=scores.of(option),
        gaps=_findings(session, seminar, Kind.GAP, answered, scores),
        opportunities=_findings(session, seminar, Kind.OPPORTUNITY, answered, scores),
        practices=option.linked(LinkKind.BUILDS_ON, Kind.PRACTICE),
        elements=[element for element in elements if element.code in served],
        leads=option.linked(LinkKind.LED_BY),
        supporters=option.linked(LinkKind.SUPPORTED_BY),
        round_=scores.round_,
    )


def _earlier(session: Session, seminar: Seminar, released: Released[RateTally] | None) -> frozenset[str]:
    """The codes of what has been reworded since so that it means something else than what was rated."""
    if released is None:
        return frozenset()
    subjects = rounds.subjects(session, released.question)
    found = since(session, seminar=seminar, subjects=subjects)
    return frozenset(code for code, one in found.items() if one.is_earlier)


def _threats(links: list[LinkView], page: PlaneMap, earlier: Collection[str]) -> list[ThreatTrace]:
    seen = {one.code: one for one in page.seen}
    return [ThreatTrace(link=link, seen=seen.get(link.code), earlier=link.code in earlier) for link in links]


def _covering(cover: CoverMap, element: ItemView, grade: str) -> list[tuple[Entry, CoverCell]]:
    if element.code not in {entry.code for entry in cover.tally.elements}:
        return []
    cells = [(one, cover.tally.cell(one.code, element.code)) for one in cover.tally.frameworks]
    return [(one, cell) for one, cell in cells if cell.grade == grade]


def _findings(
    session: Session, seminar: Seminar, kind: Kind, links: list[LinkView], scores: Scores
) -> list[FindingTrace]:
    codes = {link.code for link in links if link.item_kind is kind}
    answers = LinkKind.ADDRESSES if kind is Kind.GAP else LinkKind.BUILDS_ON
    return [
        FindingTrace(
            item=item,
            frameworks=item.linked(LinkKind.CONCERNS, Kind.FRAMEWORK),
            threats=item.linked(LinkKind.CONCERNS, Kind.THREAT),
            stakeholders=item.linked(LinkKind.CONCERNS, Kind.STAKEHOLDER),
            options=scores.ordered(item.linking(answers, Kind.OPTION)),
        )
        for item in registers.items(session, seminar=seminar, kind=kind)
        if item.code in codes
    ]
