"""How firmly a ranking stands, and where the panel is of two minds: frozen since colloquy-rate-3."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

# Two camps at the ends of the scale; a wide panel without two camps; neither.
POLARISED, SPREAD, NO_DISSENT = "polarised", "spread", ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Robust:
    """What the place of one option hangs on; None where there is no rank or too few experts.

    `set_low` and `set_high` are the ranks that cannot be excluded, for all options at once, and
    `surely_above` are the codes of those that it stands above for sure; options of different `tier` can be
    told apart. The other ranges describe: `weights_low` to `weights_high` if the weights had been somewhat
    others, `rule_low` to `rule_high` over the methods of `by_method`, `without_low` to `without_high`
    whichever sector is left out. `dissent` is of overall support.
    """

    set_low: int | None = None
    set_high: int | None = None
    tier: int | None = None
    surely_above: list[str] = field(default_factory=list)
    weights_low: int | None = None
    weights_high: int | None = None
    rule_low: int | None = None
    rule_high: int | None = None
    by_method: dict[str, int | None] = field(default_factory=dict)
    without_low: int | None = None
    without_high: int | None = None
    dissent: str = NO_DISSENT

    @property
    def is_polarised(self) -> bool:
        """Whether the panel stands in two camps."""
        return self.dissent == POLARISED

    @property
    def is_spread(self) -> bool:
        """Whether the panel is wide apart without two camps."""
        return self.dissent == SPREAD

    def surely_among_first(self, k: int) -> bool:
        """Whether the option is among the first so many for sure: by its rank set, and by nothing else."""
        return self.set_high is not None and self.set_high <= k


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodTally:
    """One method of ranking beside the ranking: Kendall's tau-b, and whether the first three are the same."""

    code: str
    tau: float | None
    same_first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutSectors:
    """What is told of leaving out one sector at a time: never which, and no rank that one of them gives.

    `sizes` are those of the sectors that were tried. `hold` says whether all of them leave the ranks within
    what as many experts drawn by lot do in most draws; None where even that would say too much.
    """

    sizes: list[int]
    hold: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An option on which a group differs from the others: the medians of both on overall support.

    `z` is by how many standard errors more of the group favour it, negative for fewer.
    """

    code: str
    median: float
    median_others: float
    z: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionGroup:
    """Experts who rate alike: how many, and what marks them, the most telling first."""

    size: int
    marks: list[Mark]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionTally:
    """Groups of experts who rate alike on overall support, the largest first; none where the panel is one.

    `agreed` is group-informed agreement by option: near 1 only where every group favours it. `favoured` are
    the codes that more than half of every group favour, the most agreed first.
    """

    silhouette: float | None
    groups: list[OpinionGroup]
    agreed: dict[str, float]
    favoured: list[str]

    @classmethod
    def from_numbers(cls, numbers: Mapping[str, Any]) -> Self:
        """The groups that were frozen."""
        groups = [
            OpinionGroup(size=group["size"], marks=[Mark(**mark) for mark in group["marks"]])
            for group in numbers["groups"]
        ]
        rest = {name: numbers[name] for name in ("silhouette", "agreed", "favoured")}
        return cls(groups=groups, **rest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Robustness:
    """What is told of the ranking as a whole.

    `level` is that of the rank sets, `concentration` how closely other weights were drawn around those
    given. `methods` stand in the order of `results.methods.METHODS`. No `opinion` is told of too few
    experts, nor where a group would be small.
    """

    level: float
    concentration: float
    methods: list[MethodTally]
    without_sectors: WithoutSectors | None
    opinion: OpinionTally | None

    @property
    def alike(self) -> int:
        """Under how many of the methods the first three are the same."""
        return sum(method.same_first for method in self.methods)

    @classmethod
    def from_numbers(cls, numbers: Mapping[str, Any]) -> Self:
        """What was frozen."""
        without, opinion = numbers["without_sectors"], numbers["opinion"]
        return cls(
            level=numbers["level"],
            concentration=numbers["concentration"],
            methods=[MethodTally(**method) for method in numbers["methods"]],
            without_sectors=WithoutSectors(**without) if without else None,
            opinion=OpinionTally.from_numbers(opinion) if opinion else None,
        )
