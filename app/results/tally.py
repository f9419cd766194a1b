"""The numbers of a closed `rate` question: what is frozen, and what every page and export reads."""

from dataclasses import dataclass, field
from typing import Any


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """How the panel rated one option on one criterion.

    `counts` has one number for each point of the scale, from low to high; the quantiles are of
    Hyndman and Fan's type 7; `agreement` is Tastle and Wierman's. What nobody rated is None.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """How paired experts moved on the overall criterion since the round before."""

    paired: int
    changed_share: float
    moved_share: float
    toward_median_share: float | None
    median_before: float | None
    stable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionTally:
    """One way forward: its place, how sure the panel is of it, and what is said of it."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class RateTally:
    """The frozen result of a `rate` question; `options` stand in the order of their rank."""

    round_number: int
    question: str
    invited: int
    submitted: int
    scales: list[Scale]
    options: list[OptionTally]
    rationales: dict[str, list[str]]
    kendall_w: float | None
    replicates: int
    seed: int
    labels: dict[str, str]
    method: str
    input_digest: str

    def option(self, code: str) -> OptionTally | None:
        """The option of that code."""
        return next((option for option in self.options if option.code == code), None)

    def as_numbers(self) -> dict[str, Any]:
        """Plain numbers and words, to be frozen as JSON."""
        raise NotImplementedError

    @classmethod
    def from_numbers(cls, numbers: dict[str, Any]) -> "RateTally":
        """The tally that was frozen."""
        raise NotImplementedError
