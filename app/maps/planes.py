"""A plane as a reader may see it: where the panel puts each item, where views divide, what sectors say."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session

from app.i18n import gettext
from app.models import Criterion, Sector, Seminar
from app.models.registers import Kind
from app.policy import Role
from app.registers import queries as registers
from app.registers import words
from app.registers.queries import ItemView
from app.results import disclosure
from app.results.disclosure import Released
from app.results.spread import is_divided
from app.results.tally import Distribution, GroupCell, GroupTally, OptionTally, RateTally, Scale
from app.results.words import Verdict, of_point
from app.rounds import queries as rounds
from app.rounds.queries import SubjectView
from app.wording.maps import Third, thirds

# the groups of stakeholders, in the order of their signs
LEVELS = tuple(words.WORDS["level"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One scale of a plane with the words at its ends."""

    scale: Scale
    first: str
    last: str

    @property
    def title(self) -> str:
        """The scale in words."""
        said = {"criterion": self.scale.label, "low": self.scale.low, "high": self.scale.high}
        if not (self.first and self.last):
            return gettext("%(criterion)s, from %(low)s to %(high)s") % said
        ends = {"first": self.first, "last": self.last}
        words = gettext("%(criterion)s, from %(low)s (%(first)s) to %(high)s (%(last)s)")
        return words % (said | ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An item as the panel rated it on both scales; what nobody rated on one of them has no position."""

    number: str
    code: str
    title: str
    short: str
    level: int
    sector: str
    x: Distribution
    y: Distribution
    thirds: tuple[Third, ...] | None
    verdict: Verdict

    @property
    def is_placed(self) -> bool:
        """Whether it has a median on both scales."""
        return self.x.median is not None and self.y.median is not None

    @property
    def x_divided(self) -> bool:
        """Whether views divide on the first scale."""
        return is_divided(self.x.counts)

    @property
    def y_divided(self) -> bool:
        """Whether views divide on the second scale."""
        return is_divided(self.y.counts)

    @property
    def divided(self) -> bool:
        """Whether views divide on either scale; this says nothing about the position."""
        return self.x_divided or self.y_divided

    @property
    def is_high(self) -> bool:
        """Whether its median lies in the upper third of both scales."""
        return self.thirds == ("high", "high")


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorRow:
    """What the sectors say of one item: on each scale a cell, or None where it is withheld."""

    seen: Seen
    cells: list[tuple[GroupCell | None, GroupCell | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaneMap:
    """A plane and what surrounds it; without a released result there are only the items of the register."""

    seminar: Seminar
    kind: Kind
    released: Released[RateTally] | None
    axes: tuple[Axis, Axis] | None
    seen: list[Seen]
    items: list[ItemView]
    sectors: list[Sector]

    @property
    def placed(self) -> list[Seen]:
        """The items that have a position."""
        return [one for one in self.seen if one.is_placed]

    @property
    def unplaced(self) -> list[Seen]:
        """The items that nobody, or nobody on one of the scales, rated."""
        return [one for one in self.seen if not one.is_placed]

    @property
    def divided(self) -> list[Seen]:
        """The items on which views divide."""
        return [one for one in self.placed if one.divided]

    @property
    def groups(self) -> list[GroupTally]:
        """The sectors of which anything may be told."""
        groups = self.released.tally.groups if self.released else []
        return [group for group in groups if any(group.by_item.values())]

    @property
    def by_sector(self) -> list[SectorRow]:
        """Every item with what the sectors say of it."""
        if self.axes is None or not self.groups:
            return []
        x, y = (axis.scale.code for axis in self.axes)
        return [
            SectorRow(
                seen=one,
                cells=[(group.cell(one.code, x), group.cell(one.code, y)) for group in self.groups],
            )
            for one in self.placed
        ]

    @property
    def empty_sectors(self) -> list[Sector]:
        """The sectors to which no stakeholder of the register belongs."""
        used = {item.fields.get("sector") for item in self.items}
        return [sector for sector in self.sectors if sector.code not in used]


def plane(session: Session, *, seminar: Seminar, roles: Collection[Role], kind: Kind) -> PlaneMap:
    """The latest plane of that kind of items that these roles may see."""
    found = disclosure.latest_of(
        session, seminar=seminar, roles=roles, type="rate", about=kind, layout="plane"
    )
    sectors = registers.sectors(session, seminar=seminar)
    known = {criterion.code: criterion for criterion in rounds.criteria(session, seminar)}
    return PlaneMap(
        seminar=seminar,
        kind=kind,
        released=found,
        axes=_axes(found.tally, known) if found else None,
        seen=_seen(found.tally, rounds.subjects(session, found.question), sectors) if found else [],
        items=registers.items(session, seminar=seminar, kind=kind),
        sectors=sectors,
    )


def _axes(tally: RateTally, known: dict[str, Criterion]) -> tuple[Axis, Axis]:
    x, y = (_axis(scale, known) for scale in tally.scales[:2])
    return x, y


def _axis(scale: Scale, known: dict[str, Criterion]) -> Axis:
    anchors = known[scale.code].anchors if scale.code in known else {}
    return Axis(scale=scale, first=anchors.get(str(scale.low), ""), last=anchors.get(str(scale.high), ""))


def _seen(tally: RateTally, subjects: list[SubjectView], sectors: list[Sector]) -> list[Seen]:
    """The items in the order of the sectors and of the register, numbered in it."""
    fields = {subject.code: subject.fields for subject in subjects}
    order = {subject.code: place for place, subject in enumerate(subjects)}
    labels = {sector.code: sector.label for sector in sectors}
    ranks = {sector.code: place for place, sector in enumerate(sectors)}

    def place(option: OptionTally) -> tuple[int, int]:
        sector = fields.get(option.code, {}).get("sector", "")
        return ranks.get(sector, len(ranks)), order.get(option.code, len(order))

    options = sorted(tally.options, key=place)
    numbers = _numbers([option.code for option in options])
    return [
        _one(tally, option, number, fields.get(option.code, {}), labels)
        for option, number in zip(options, numbers, strict=True)
    ]


def _numbers(codes: list[str]) -> list[str]:
    """The number in each code, where all have one of their own, as in T07; else their places."""
    own = [code[1:] if code[:1].isalpha() and code[1:].isdecimal() else "" for code in codes]
    if all(own) and len(set(own)) == len(own) and max(map(len, own), default=0) <= len("99"):
        return own
    return [str(place) for place in range(1, len(codes) + 1)]


def _one(
    tally: RateTally, option: OptionTally, number: str, fields: dict[str, str], labels: dict[str, str]
) -> Seen:
    level, sector = fields.get("level", ""), fields.get("sector", "")
    axes = tally.scales[:2]
    x, y = (option.by_criterion[scale.code] for scale in axes)
    return Seen(
        number=number,
        code=option.code,
        title=option.title,
        short=fields.get("short") or option.title,
        level=LEVELS.index(level) if level in LEVELS else 0,
        sector=labels.get(sector, sector),
        x=x,
        y=y,
        thirds=thirds([x.median, y.median], [(scale.low, scale.high) for scale in axes]),
        verdict=of_point(tally, option),
    )
