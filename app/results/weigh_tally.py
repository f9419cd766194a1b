"""The numbers of a closed `weigh` question: how important the panel finds each criterion."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

from app.questions.answers import Answer
from app.questions.weigh import Weigh
from app.results.reasoned import Reasoned
from app.spreadsheet.tabular import Cell, Table

# by the first method nothing was told by sector
METHOD, METHOD_1 = "colloquy-weigh-2", "colloquy-weigh-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One criterion; weights are shares of 1, each expert's own of all criteria.

    `mean` is the panel's weight; `mean_low` and `mean_high` are the ends of its interval. `q1`, `median`
    and `q3` say how the experts' own weights spread.
    """

    code: str
    mean: float | None
    mean_low: float | None
    mean_high: float | None
    median: float | None
    q1: float | None
    q3: float | None
    sd: float | None
    rank: int | None

    @property
    def spread(self) -> float | None:
        """The interquartile range of the experts' own weights."""
        return None if self.q1 is None or self.q3 is None else self.q3 - self.q1


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorWeight:
    """What one criterion weighs for one sector: the mean of its experts' weights, and how these spread."""

    mean: float
    median: float
    q1: float
    q3: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorWeights:
    """What may be told of one sector, by criterion; it has no code for those who stated none.

    Without weights it is withheld: so few of the sector weighed, or its figures would give another
    sector's away. Which of the two is not said, nor how many they are, and neither was ever frozen.
    """

    code: str
    label: str
    n: int | None = None
    weights: dict[str, SectorWeight] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighTally(Reasoned):
    """The frozen result of a `weigh` question; `criteria` stand in the order of the question.

    `told_by` is the way in which importance was told: points, swing or pairwise. Of `weighings` ballots
    weights follow; `incomplete` ones say something, and no weights follow from it. Of comparisons in
    pairs, `consistent` ballots have a consistency ratio of .10 or less, `ratio` is the median of all.
    `groups` has the sectors, where the question asks for them.
    """

    told_by: str
    criteria: list[Weighed]
    weighings: int
    incomplete: int
    consistent: int | None
    ratio: float | None
    kendall_w: float | None
    replicates: int
    seed: int
    groups: list[SectorWeights] = field(default_factory=list)

    MEANINGS: ClassVar[Mapping[str, str]] = {
        "mean": "The panel's weight: mean of the experts' own, each of which sum to 1.",
        "mean_low": "Lower end of the central 95 per cent of that mean, if other experts had been drawn.",
        "mean_high": "Upper end of these. No confidence set.",
        "median": "Median of the experts' own weights (type 7); q1 and q3 are the quartiles.",
        "sd": "Standard deviation of the experts' own weights (divisor n - 1).",
        "rank": "Rank by the mean. 1 weighs most; equal ones share the smaller number.",
        "n": "How many experts' weights these are: of those who judged all that was asked.",
        "sector": "The sector; empty for those who stated none. A sector that is missing is withheld.",
        "Answers": "Points and swings from 0 to 100; of a pair, k: the first is k + 1 times as important,"
        " -k: the second is, 0: both are equally important (Saaty's scale).",
    }

    def raters(self, code: str) -> int:
        """How many weighed: whoever did so weighed every criterion."""
        return self.weighings if any(one.code == code for one in self.criteria) else 0

    @property
    def weights(self) -> dict[str, float]:
        """The panel's weights; empty if nobody weighed."""
        return {one.code: one.mean for one in self.criteria if one.mean is not None}

    def own_weights(self, own: Mapping[str, Answer]) -> dict[str, float]:
        """The weights that follow from one expert's answers; empty if none do."""
        type_ = Weigh.of({"method": self.told_by}, {})
        return type_.weights(own, [subject.code for subject in self.subjects]) or {}

    @property
    def in_order(self) -> list[Weighed]:
        """The criteria from the greatest weight on; those of one rank as the question has them."""
        return sorted(self.criteria, key=lambda one: one.rank or len(self.criteria) + 1)

    @property
    def consistent_share(self) -> float | None:
        """The share of the comparisons in pairs that fit together as well as Saaty asks for."""
        return None if self.consistent is None or not self.weighings else self.consistent / self.weighings

    def tables(self) -> list[Table]:
        """The weights."""
        names = ["rank", "mean", "mean_low", "mean_high", "median", "q1", "q3", "sd"]
        titles = {subject.code: subject.title for subject in self.subjects}
        rows: list[list[Cell]] = [
            [one.code, titles[one.code], *(getattr(one, name) for name in names), self.weighings]
            for one in self.criteria
        ]
        return [Table("Weights", ["code", "title", *names, "n"], rows), *self._sectors(), self._told()]

    def _sectors(self) -> list[Table]:
        names = ["mean", "median", "q1", "q3"]
        rows: list[list[Cell]] = [
            [group.code, group.label, code, *(getattr(weight, name) for name in names), group.n]
            for group in self.groups
            for code, weight in group.weights.items()
        ]
        return (
            [Table("Sectors", ["sector", "sector_label", "code", *names, "n"], rows)] if self.groups else []
        )

    def _told(self) -> Table:
        facts: dict[str, Cell] = {
            "told_by": self.told_by,
            "weighings": self.weighings,
            "incomplete": self.incomplete,
            "consistent": self.consistent,
            "consistency_ratio": self.ratio,
            "kendall_w": self.kendall_w,
        }
        return Table("Weighing", ["name", "value"], [[name, value] for name, value in facts.items()])

    def as_numbers(self) -> dict[str, Any]:
        """Plain numbers and words, to be frozen as JSON; without sectors, as it was before there were any."""
        numbers = super(WeighTally, self).as_numbers()
        if not self.groups:
            del numbers["groups"]
        return numbers

    @classmethod
    def from_numbers(cls, numbers: dict[str, Any]) -> Self:
        """The tally that was frozen."""
        return cls.of_parts(
            numbers,
            criteria=[Weighed(**one) for one in numbers["criteria"]],
            groups=[_sector(one) for one in numbers.get("groups", [])],
        )


def _sector(numbers: dict[str, Any]) -> SectorWeights:
    weights = {code: SectorWeight(**one) for code, one in numbers["weights"].items()}
    return SectorWeights(**numbers | {"weights": weights})
