"""The numbers of a closed `compare` question: how strong each subject is, and how firm the order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from app.results.reasoned import Reasoned
from app.spreadsheet.tabular import Cell, Table

METHOD = "colloquy-compare-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One subject.

    `n` experts compared it with another, in `won + tied + lost` pairs; in `unsure` pairs somebody could
    not say. `strength` is Bradley and Terry's, the logarithm of odds, 0 in the middle of all; `share` says
    how often it is expected to come first in comparisons with the others, each once. `low` and `high` are
    the ends of its interval. Without a rank, it was not compared with all of them in any way.
    """

    code: str
    n: int
    won: int
    tied: int
    lost: int
    unsure: int
    strength: float | None
    share: float | None
    low: float | None
    high: float | None
    rank: int | None
    rank_low: int | None
    rank_high: int | None
    p_best: float | None
    p_top3: float | None

    @property
    def compared(self) -> int:
        """In how many pairs somebody said something of it."""
        return self.won + self.tied + self.lost

    @property
    def is_firm(self) -> bool:
        """Whether its rank has an interval."""
        return self.rank is not None and self.rank_low is not None and self.rank_high is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareTally(Reasoned):
    """The frozen result of a `compare` question; `options` stand in the order of their rank.

    `comparing` ballots say something of `comparisons` pairs. `above` has how often the first was put
    before the second, `equal` how often both were about equal, by the first code of a pair. `parts` are
    the groups that comparisons join: of more than one there is no order. `prior` is the precision of what
    is supposed before any comparison.
    """

    options: list[Compared]
    comparing: int
    comparisons: int
    above: dict[str, dict[str, int]]
    equal: dict[str, dict[str, int]]
    parts: list[list[str]]
    prior: float
    replicates: int
    seed: int

    MEANINGS: ClassVar[Mapping[str, str]] = {
        "rank": "Rank by the strength. 1 is best; equal ones share the smaller number.",
        "share": "Share of comparisons with the others, each once, in which it is expected to come first.",
        "low": "Lower end of the central 95 per cent of that share, if other experts had been drawn.",
        "high": "Upper end of these. No confidence set.",
        "strength": "Logarithm of its odds by the model of Bradley and Terry; 0 is the mean of all.",
        "n": "How many experts compared it with another.",
        "won": "In how many pairs it was put first; tied: about equal, half to each; lost: second.",
        "unsure": "In how many pairs somebody could not say, for whatever reason.",
        "rank_low": "First rank of the central 95 per cent, if other experts of the panel had been drawn.",
        "rank_high": "Last of these. No confidence set.",
        "p_best": "How often it is first among these; p_top3: how often among the first three.",
        "above": "How many experts put the one of the row before the one of the column.",
        "equal": "How many experts found the two of a pair about equal.",
        "Answers": "1: the first of the pair comes first; -1: the second does; 0: about equal.",
    }

    def raters(self, code: str) -> int:
        """How many compared it with another."""
        return next((option.n for option in self.options if option.code == code), 0)

    @property
    def is_joined(self) -> bool:
        """Whether comparisons join all that was compared, so that there is one order of it."""
        return len([part for part in self.parts if len(part) > 1]) == 1

    @property
    def ranked(self) -> list[Compared]:
        """The options that have a place in the order."""
        return [option for option in self.options if option.rank is not None]

    @property
    def unranked(self) -> list[Compared]:
        """The others."""
        return [option for option in self.options if option.rank is None]

    @property
    def leaders(self) -> list[Compared]:
        """Who is first; several, if they are tied."""
        return [option for option in self.options if option.rank == 1]

    @property
    def has_intervals(self) -> bool:
        """Whether enough experts compared to see how firmly the order stands."""
        return bool(self.ranked) and all(option.is_firm for option in self.ranked)

    def tables(self) -> list[Table]:
        """The order, and what was said of every pair."""
        return [self._order(), self._pairs()]

    def _order(self) -> Table:
        names = ["rank", "share", "low", "high", "strength", "n", "won", "tied", "lost", "unsure"]
        names += ["rank_low", "rank_high", "p_best", "p_top3"]
        about = {subject.code: subject for subject in self.subjects}
        rows: list[list[Cell]] = [
            [
                *(option.code, about[option.code].title, about[option.code].version),
                *(getattr(option, name) for name in names),
            ]
            for option in self.options
        ]
        return Table("Strengths", ["code", "title", "version", *names], rows)

    def _pairs(self) -> Table:
        rows: list[list[Cell]] = [
            [one, other, count, self.above[other][one], self.equal[one][other]]
            for one, row in sorted(self.above.items())
            for other, count in sorted(row.items())
            if one < other
        ]
        return Table("Pairs", ["first", "second", "first_above", "second_above", "equal"], rows)

    @classmethod
    def from_numbers(cls, numbers: dict[str, Any]) -> Self:
        """The tally that was frozen."""
        return cls.of_parts(numbers, options=[Compared(**one) for one in numbers["options"]])
