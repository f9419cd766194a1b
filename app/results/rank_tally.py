"""The numbers of a closed `rank` question: where the panel puts each subject, and how firmly it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from app.results.reasoned import Reasoned
from app.spreadsheet.tabular import Cell, Table

METHOD = "colloquy-rank-1"
# Ranks by other rules than the one that orders the list.
RULES = ("rank_copeland", "rank_schulze", "rank_kemeny")
FIRMNESS = ("rank_low", "rank_high", "expected_rank", "p_best", "p_top3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """One subject.

    `n` experts gave it a place, `unranked` ranked others and left it out, `abstained` said why not.
    Places are those of an expert's own order, counted through: `places` has how many gave it each,
    those that are tied sharing the first, and `mean`, `median` and quartiles take the middle of a tie.
    `score` is the share of the comparisons with others that it won, a tie counting half; its order is
    `rank`. The other ranks are by other rules, Kemeny's only where it is proved.
    """

    code: str
    n: int
    unranked: int
    abstained: dict[str, int]
    places: list[int]
    mean: float | None
    median: float | None
    q1: float | None
    q3: float | None
    score: float | None
    rank: int | None
    rank_low: int | None
    rank_high: int | None
    expected_rank: float | None
    p_best: float | None
    p_top3: float | None
    rank_copeland: int | None
    rank_schulze: int | None
    rank_kemeny: int | None

    @property
    def first(self) -> int:
        """How many put it first, alone or tied."""
        return self.places[0] if self.places else 0

    @property
    def is_firm(self) -> bool:
        """Whether its rank has an interval."""
        return self.rank is not None and self.rank_low is not None and self.rank_high is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class RankTally(Reasoned):
    """The frozen result of a `rank` question; `options` stand in the order of their rank.

    `rankings` ballots rank anything. `above` has how many put the first subject above the second.
    `condorcet` is who is above every other for more experts than below it, if there is one. `alike` is
    how often two experts who both tell two subjects apart put them in the same order; `kendall_w` rests
    on those alone who ranked everything.
    """

    options: list[Placed]
    rankings: int
    above: dict[str, dict[str, int]]
    condorcet: str | None
    alike: float | None
    kendall_w: float | None
    kendall_raters: int
    replicates: int
    seed: int

    MEANINGS: ClassVar[Mapping[str, str]] = {
        "rank": "Rank by Borda's rule: by the score. 1 is best; equal ones share the smaller number.",
        "score": "Share of the comparisons with others that it won, from 0 to 1; a tie counts half.",
        "n": "How many gave it a place.",
        "unranked": "How many ranked others and left it out. That says nothing of it.",
        "mean": "Mean of its places, each in the order of its own ballot, ties in the middle.",
        "median": "Their median (type 7); q1 and q3 are the quartiles.",
        "rank_low": "First rank of the central 95 per cent, if other experts of the panel had been drawn.",
        "rank_high": "Last of these. No confidence set.",
        "expected_rank": "Mean of those ranks; p_best and p_top3: how often first, and among three.",
        "rank_copeland": "Rank by the number of others that it beats by majority.",
        "rank_schulze": "Rank by the strongest paths of majorities.",
        "rank_kemeny": "Rank in the order that contradicts the ballots least; empty if it is not proved.",
        "placed_1": "How many put it in place 1 of their own order; the other places alike.",
        "above": "How many experts put the one of the row above the one of the column.",
    }

    def raters(self, code: str) -> int:
        """How many gave it a place."""
        return next((option.n for option in self.options if option.code == code), 0)

    @property
    def ranked(self) -> list[Placed]:
        """The options that somebody ranked."""
        return [option for option in self.options if option.rank is not None]

    @property
    def leaders(self) -> list[Placed]:
        """Who is first; several, if they are tied."""
        return [option for option in self.options if option.rank == 1]

    @property
    def has_intervals(self) -> bool:
        """Whether enough experts ranked to see how firmly the order stands."""
        return bool(self.ranked) and all(option.is_firm for option in self.ranked)

    @property
    def rules_agree(self) -> bool:
        """Whether every rule puts the same first."""
        first = {option.code for option in self.leaders}
        return all(
            {option.code for option in self.options if getattr(option, rule) == 1} in (first, set())
            for rule in RULES
        )

    def tables(self) -> list[Table]:
        """The order, and who is above whom."""
        return [self._ranking(), self._pairs()]

    def _ranking(self) -> Table:
        columns = ["code", "title", "version", "rank", "score", "n", "unranked"]
        columns += ["mean", "median", "q1", "q3", *FIRMNESS, *RULES]
        columns += [f"placed_{place}" for place in range(1, len(self.subjects) + 1)]
        about = {subject.code: subject for subject in self.subjects}
        rows: list[list[Cell]] = [
            [
                *(option.code, about[option.code].title, about[option.code].version),
                *(getattr(option, name) for name in columns[3 : -len(self.subjects)]),
                *option.places,
            ]
            for option in self.options
        ]
        return Table("Ranking", columns, rows)

    def _pairs(self) -> Table:
        codes = [option.code for option in self.options]
        rows: list[list[Cell]] = [
            [code, *(self.above[code].get(other) for other in codes)] for code in codes if code in self.above
        ]
        return Table("Above", ["above", *codes], rows)

    @classmethod
    def from_numbers(cls, numbers: dict[str, Any]) -> Self:
        """The tally that was frozen."""
        return cls.of_parts(numbers, options=[Placed(**one) for one in numbers["options"]])
