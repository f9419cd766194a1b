"""The numbers of a closed `allocate` question: how many points the panel gives each subject."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from app.results.reasoned import Reasoned
from app.spreadsheet.tabular import Cell, Table

METHOD = "colloquy-allocate-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allotted:
    """One subject.

    `n` experts spent their points, and had a choice to spend any here; who gave none gave 0. `given` of
    them gave something, with `mean_given` as the mean of what these gave. `abstained` said why they
    leave it out, and are not in `n`. `rank` is by the mean.
    """

    code: str
    n: int
    given: int
    abstained: dict[str, int]
    mean: float | None
    sd: float | None
    median: float | None
    q1: float | None
    q3: float | None
    most: int | None
    mean_given: float | None
    rank: int | None
    rank_low: int | None
    rank_high: int | None
    expected_rank: float | None
    p_best: float | None
    p_top3: float | None

    @property
    def share_given(self) -> float | None:
        """The share of those who gave it anything."""
        return self.given / self.n if self.n else None

    @property
    def is_firm(self) -> bool:
        """Whether its rank has an interval."""
        return self.rank is not None and self.rank_low is not None and self.rank_high is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocateTally(Reasoned):
    """The frozen result of an `allocate` question; `options` stand in the order of their mean.

    `allocations` ballots spend their `points`. `in_common` is how many of the points two experts spend
    alike on the average, `kendall_w` how far they order the subjects alike.
    """

    points: int
    options: list[Allotted]
    allocations: int
    in_common: float | None
    kendall_w: float | None
    kendall_raters: int
    replicates: int
    seed: int

    MEANINGS: ClassVar[Mapping[str, str]] = {
        "rank": "Rank by the mean. 1 is best; equal ones share the smaller number.",
        "mean": "Mean points of all who spent theirs; no points are 0.",
        "sd": "Their standard deviation (divisor n - 1).",
        "median": "Their median (type 7); q1 and q3 are the quartiles.",
        "most": "The most that anybody gave.",
        "n": "How many spent their points and did not abstain here.",
        "given": "How many of them gave it any points; share_given is their share.",
        "mean_given": "Mean of what these gave.",
        "rank_low": "First rank of the central 95 per cent, if other experts of the panel had been drawn.",
        "rank_high": "Last of these. No confidence set.",
        "expected_rank": "Mean of those ranks; p_best and p_top3: how often first, and among three.",
        "abstained": "How many abstained, for whatever reason.",
    }

    def raters(self, code: str) -> int:
        """How many gave it points: who says why it gets any is one of these."""
        return next((option.given for option in self.options if option.code == code), 0)

    @property
    def leaders(self) -> list[Allotted]:
        """Who has most; several, if they are tied."""
        return [option for option in self.options if option.rank == 1]

    @property
    def has_intervals(self) -> bool:
        """Whether enough experts spent their points to see how firmly the order stands."""
        return bool(self.options) and all(option.is_firm for option in self.options if option.rank)

    @property
    def upper_half(self) -> list[Allotted]:
        """The fewest subjects, from the first on, that together have half of all points or more."""
        taken, found = 0.0, []
        for option in self.options:
            if 2 * taken >= self.points:
                break
            taken += option.mean or 0.0
            found.append(option)
        return found

    def tables(self) -> list[Table]:
        """The points."""
        names = ["rank", "mean", "sd", "median", "q1", "q3", "most", "n", "given", "share_given"]
        names += ["mean_given", "rank_low", "rank_high", "expected_rank", "p_best", "p_top3"]
        about = {subject.code: subject for subject in self.subjects}
        rows: list[list[Cell]] = [
            [
                *(option.code, about[option.code].title, about[option.code].version),
                *(getattr(option, name) for name in names),
                sum(option.abstained.values()),
            ]
            for option in self.options
        ]
        return [Table("Points", ["code", "title", "version", *names, "abstained"], rows)]

    @classmethod
    def from_numbers(cls, numbers: dict[str, Any]) -> Self:
        """The tally that was frozen."""
        return cls.of_parts(numbers, options=[Allotted(**one) for one in numbers["options"]])
