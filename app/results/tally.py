"""The numbers of a closed `rate` question: what is frozen, and what every page and export reads."""

from dataclasses import asdict, dataclass, field
from typing import Any

from app.rounds import quorum


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

    `changed_share` counts any change, `moved_share` a change of two points or more;
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

    Without a score there is no rank: nobody rated it on some criterion that carries weight.
    Labels are ids of `RateTally.labels`, empty where the seminar has fixed no rules. Without a movement,
    nobody rated it in both rounds; of fewer than the minimum group `results.disclosure` releases none.
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

    @property
    def evolving(self) -> bool:
        """Whether views were still evolving: the label is printed with that addition."""
        return self.movement is not None and not self.movement.stable

    @property
    def label_may_change(self) -> bool:
        """Whether another label would apply if the thresholds on shares moved by five points."""
        return not self.label == self.label_if_stricter == self.label_if_looser


@dataclass(frozen=True, slots=True, kw_only=True)
class RateTally:
    """The frozen result of a `rate` question; `options` stand in the order of their rank.

    `ranked_by` names the criteria whose weighted sum is the score. `rationales` of an option stand
    in an order that says nothing. `inputs` has a digest for each part of what the numbers were
    made from, and `input_digest` is theirs. `withheld` names the options whose rationales are not
    released; it is filled by `results.disclosure` and never frozen.
    """

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
    enrolled: int = 0
    quorum_share: float = 0.0
    ranked_by: list[str] = field(default_factory=list)
    kendall_raters: int = 0
    inputs: dict[str, str] = field(default_factory=dict)
    withheld: list[str] = field(default_factory=list)

    def option(self, code: str) -> OptionTally | None:
        """The option of that code."""
        return next((option for option in self.options if option.code == code), None)

    @property
    def overall(self) -> Scale | None:
        """The criterion that sums up: the basis of the labels."""
        return next((scale for scale in self.scales if scale.overall), None)

    @property
    def labels_that_may_change(self) -> int:
        """How many labels change if the thresholds on shares move by five points."""
        return sum(option.label_may_change for option in self.options)

    @property
    def quorum_reached(self) -> bool:
        """Whether enough of the panel had submitted."""
        return quorum.is_reached(self.submitted, share=self.quorum_share, joined=self.enrolled)

    def as_numbers(self) -> dict[str, Any]:
        """Plain numbers and words, to be frozen as JSON."""
        numbers = asdict(self)
        del numbers["withheld"]
        return numbers

    @classmethod
    def from_numbers(cls, numbers: dict[str, Any]) -> "RateTally":
        """The tally that was frozen."""
        plain = dict(numbers)
        plain["scales"] = [Scale(**scale) for scale in numbers["scales"]]
        plain["options"] = [_option(option) for option in numbers["options"]]
        return cls(**plain)


def _option(numbers: dict[str, Any]) -> OptionTally:
    plain = dict(numbers)
    plain["by_criterion"] = {code: Distribution(**one) for code, one in numbers["by_criterion"].items()}
    plain["movement"] = Movement(**numbers["movement"]) if numbers["movement"] else None
    return OptionTally(**plain)
