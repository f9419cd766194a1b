"""The numbers of a closed `rate` question: what is frozen, and what every page and export reads."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import product
from typing import Any

from app.questions import scales
from app.results.robustness import Robust, Robustness, WithoutSectors
from app.results.turnout import Turnout

# Changes whenever the same input would give other numbers. Of the earlier methods there are frozen results,
# which are shown and counted again as they were; nothing is counted anew by them.
CARDS, PLANE = "colloquy-rate-3", "colloquy-plane-2"
CARDS_2 = "colloquy-rate-2"
CARDS_1, PLANE_1 = "colloquy-rate-1", "colloquy-plane-1"
PLANES = frozenset({PLANE, PLANE_1})
FIRST_METHODS = frozenset({CARDS_1, PLANE_1})
# By these a move is one of two points, whatever the scale.
SHORT_MOVES = FIRST_METHODS | {CARDS_2}

FOR, AGAINST, NEITHER, UNTOLD = "for", "against", "neither", ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """One criterion as it was asked."""

    code: str
    label: str
    low: int
    high: int
    overall: bool
    benefit: bool
    weight: float

    @property
    def leap(self) -> int:
        """By how many points a rating differs that counts as having moved."""
        return scales.leap(self.low, self.high)

    @property
    def stretches(self) -> list[tuple[int, int]]:
        """Its points one by one, or ten stretches of a long scale, as pictures show it."""
        return scales.stretches(self.low, self.high)

    def heaped(self, counts: Sequence[int]) -> list[tuple[int, int, int]]:
        """These stretches with how many ratings lie in each, of counts that have a number for each point."""
        return scales.heaped(counts, self.low, self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """How the panel rated one option on one criterion.

    `counts` has one number for each point of the scale, from low to high; the quantiles are of
    Hyndman and Fan's type 7; `agreement` is Tastle and Wierman's. What nobody rated is None.
    `share_low` and `share_high` are of the unfavourable and the favourable band, a third of the
    points each: 1-3 and 7-9 on a scale from 1 to 9.
    """

    n: int
    counts: list[int]
    median: float | None
    q1: float | None
    q3: float | None
    mean: float | None
    share_low: float | None
    share_high: float | None
    agreement: float | None
    abstained: dict[str, int] = field(default_factory=dict)

    @property
    def iqr(self) -> float | None:
        """The interquartile range; None with fewer than two ratings."""
        return None if self.q1 is None or self.q3 is None or self.n < 2 else self.q3 - self.q1  # noqa: PLR2004 - as said


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """How paired experts moved on the overall criterion since the round before.

    `changed_share` counts any change, `moved_share` one of two points or more, on
    a scale of more than eleven points of a fifth of it or more;
    `median_before` is that of all who had rated then, paired or not: what the panel was shown.
    """

    paired: int
    changed_share: float
    moved_share: float
    toward_median_share: float | None
    median_before: float | None
    stable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionTally:
    """One way forward: its place, how sure the panel is of it, and what is said of it.

    Without a score there is no rank: nobody rated it on some criterion that carries weight. Labels are ids
    of `RateTally.labels`, empty where the seminar has fixed no rules. Without a movement, nobody rated it
    in both rounds; of fewer than the minimum group `results.disclosure` releases none. `settled` is what
    `RateTally.agreement` says of it, None where no such rule was fixed. `robust` is what its place hangs
    on, and where the panel is of two minds; earlier methods, and planes, have none.
    """

    code: str
    title: str
    version: int
    by_criterion: dict[str, Distribution]
    score: float | None
    rank: int | None
    rank_low: int | None
    rank_high: int | None
    expected_rank: float | None
    p_best: float | None
    p_top3: float | None
    rank_equal_weights: int | None
    rank_overall: int | None
    label: str
    label_if_stricter: str
    label_if_looser: str
    movement: Movement | None
    sentence: str = ""
    settled: bool | None = None
    robust: Robust | None = None

    @property
    def evolving(self) -> bool:
        """Whether views were still evolving: the label is printed with that addition."""
        return self.movement is not None and not self.movement.stable

    @property
    def label_may_change(self) -> bool:
        """Whether another label would apply if the thresholds on shares moved by five points."""
        return not self.label == self.label_if_stricter == self.label_if_looser


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCell:
    """How the experts of one sector rated one subject on one criterion; `counts` from low to high."""

    n: int
    counts: list[int]
    median: float
    q1: float
    q3: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTally:
    """What may be told of one sector, by subject and criterion; it has no code for those who stated none.

    A cell that is not there is withheld: so few of the sector rated there, or the cell would give another
    sector's away. Which of the two is not said, and what is withheld was never frozen.
    """

    code: str
    label: str
    by_item: dict[str, dict[str, GroupCell]]

    def cell(self, item: str, criterion: str) -> GroupCell | None:
        """The cell, or None if it is withheld."""
        return self.by_item.get(item, {}).get(criterion)


@dataclass(frozen=True, slots=True, kw_only=True)
class RateTally(Turnout):
    """The frozen result of a `rate` question; `options` stand in the order of their rank.

    `ranked_by` names the criteria whose weighted sum is the score. `rationales` of an option stand in an
    order that says nothing, and at the same places of `sides` whether the author's own overall rating is
    for it, against it or neither; a side that `results.disclosure` does not tell is empty. `agreement` is
    the rule, fixed before the round, by which options are `settled`. `groups` has the sectors of a plane
    that asks for them. `robust` is what is told of the ranking as a whole. `withheld` names the options
    whose rationales are not released; it is filled by `results.disclosure` and never frozen.

    In the layout of a plane nothing is ranked: the first scale runs across, the second upwards.
    """

    scales: list[Scale]
    options: list[OptionTally]
    rationales: dict[str, list[str]]
    kendall_w: float | None
    replicates: int
    seed: int
    labels: dict[str, str]
    ranked_by: list[str] = field(default_factory=list)
    kendall_raters: int = 0
    groups: list[GroupTally] = field(default_factory=list)
    withheld: list[str] = field(default_factory=list)
    sides: dict[str, list[str]] = field(default_factory=dict)
    agreement: dict[str, Any] | None = None
    robust: Robustness | None = None

    def option(self, code: str) -> OptionTally | None:
        """The option of that code."""
        return next((option for option in self.options if option.code == code), None)

    @property
    def overall(self) -> Scale | None:
        """The criterion that sums up: the basis of the labels."""
        return next((scale for scale in self.scales if scale.overall), None)

    @property
    def without_sectors(self) -> WithoutSectors | None:
        """What the day of closing tells of leaving out a sector; nobody may know it any more later on."""
        return self.robust.without_sectors if self.robust else None

    @property
    def is_plane(self) -> bool:
        """Whether the subjects are points of a plane, and not options in a ranking."""
        return self.method in PLANES

    def reasons(self, code: str) -> list[tuple[str, str]]:
        """The rationales of an option, each with its side; an empty one is not told."""
        texts = self.rationales.get(code, [])
        return list(zip(texts, self.sides.get(code) or [UNTOLD] * len(texts), strict=True))

    def without_sides(self) -> "RateTally":
        """As it stands beside single ballots: with a side, a text would be nearer to one of them."""
        return replace(self, sides={})

    def as_numbers(self) -> dict[str, Any]:
        """Plain numbers and words, to be frozen as JSON."""
        numbers = asdict(self)
        del numbers["withheld"]
        if not self.groups:  # as it was frozen before there were any
            del numbers["groups"]
        unsaid = {"sides", "agreement"} if self.method in FIRST_METHODS else set()
        unsaid_of_each = {"settled"} if self.method in FIRST_METHODS else set()
        if self.method != CARDS:
            unsaid, unsaid_of_each = unsaid | {"robust"}, unsaid_of_each | {"robust"}
        for part in unsaid:
            del numbers[part]
        for option, part in product(numbers["options"], unsaid_of_each):
            del option[part]
        return numbers

    @classmethod
    def from_numbers(cls, numbers: dict[str, Any]) -> "RateTally":
        """The tally that was frozen."""
        plain = dict(numbers)
        plain["scales"] = [Scale(**scale) for scale in numbers["scales"]]
        plain["options"] = [_option(option) for option in numbers["options"]]
        plain["groups"] = groups_of(numbers.get("groups", []))
        robust = numbers.get("robust")
        plain["robust"] = Robustness.from_numbers(robust) if robust else None
        return cls(**plain)


def groups_of(numbers: Sequence[dict[str, Any]]) -> list[GroupTally]:
    """The groups that were frozen."""
    return [
        GroupTally(
            code=group["code"],
            label=group["label"],
            by_item={
                item: {criterion: GroupCell(**cell) for criterion, cell in cells.items()}
                for item, cells in group["by_item"].items()
            },
        )
        for group in numbers
    ]


def _option(numbers: dict[str, Any]) -> OptionTally:
    plain = dict(numbers)
    plain["by_criterion"] = {code: Distribution(**one) for code, one in numbers["by_criterion"].items()}
    plain["movement"] = Movement(**numbers["movement"]) if numbers["movement"] else None
    plain["robust"] = Robust(**numbers["robust"]) if numbers.get("robust") else None
    return OptionTally(**plain)
