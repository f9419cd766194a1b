"""The numbers of a closed `cover` question: how far each framework covers each element of the mandate."""

from dataclasses import asdict, dataclass, field
from math import floor
from typing import Any

from app.questions.cover import GRADES
from app.results.spread import is_divided, is_few
from app.results.turnout import Entry, Turnout

# by the first method the digests of texts had no salt
METHOD, METHOD_1 = "colloquy-cover-2", "colloquy-cover-1"
FULL = len(GRADES) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverCell:
    """What the panel says of one framework and one element; grades are 0 none, 1 partial, 2 full.

    `counts` has one number for each grade. `dont_know` said that they do not know: no grade is made of
    that. `sure` is the median of how sure those were who said so, from 1 to 3. `hypothesis` is the
    grade that the register held at closing. `sources` stand in an order that says nothing.
    `sources_withheld` is filled by `results.disclosure` and never frozen.
    """

    n: int
    counts: list[int]
    dont_know: int
    median: float | None
    q1: float | None
    q3: float | None
    mean: float | None
    agreement: float | None
    sure: float | None
    hypothesis: int | None
    sources: list[str] = field(default_factory=list)
    sources_withheld: bool = False

    @property
    def grade_index(self) -> int | None:
        """The median as a grade; one that lies between two counts as the lower."""
        return None if self.median is None else floor(self.median)

    @property
    def grade(self) -> str | None:
        """`none`, `partial` or `full`; None if nobody graded."""
        return None if self.grade_index is None else GRADES[self.grade_index]

    @property
    def gap(self) -> bool:
        """Whether the panel finds nothing of the element there. This is no sign of disagreement."""
        return self.grade_index == 0

    @property
    def divided(self) -> bool:
        """Whether a third or more say `none` and a third or more say `full`. This is no sign of a gap."""
        return is_divided(self.counts)

    @property
    def few(self) -> bool:
        """Whether so few graded that neither agreement nor disagreement can be told."""
        return is_few(self.n)

    @property
    def dont_know_share(self) -> float | None:
        """The share of those who do not know, of all who answered."""
        answered = self.n + self.dont_know
        return self.dont_know / answered if answered else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverTally(Turnout):
    """The frozen result of a `cover` question; `cells` by framework and element.

    `own` is the code of the mandate's own instrument, from which the elements are taken: it covers them
    by its nature and counts nowhere. `rationales` are by framework, in an order that says nothing;
    `withheld` names the frameworks of which they are not released, and is never frozen. `agreement` is the
    rule, fixed before the round, by which a grade is settled (`results.accord`).
    """

    frameworks: list[Entry]
    elements: list[Entry]
    cells: dict[str, dict[str, CoverCell]]
    own: str | None = None
    rationales: dict[str, list[str]] = field(default_factory=dict)
    withheld: list[str] = field(default_factory=list)
    agreement: dict[str, Any] | None = None

    def cell(self, framework: str, element: str) -> CoverCell:
        """The cell of a framework and an element that were asked about."""
        return self.cells[framework][element]

    def gap_score(self, element: str) -> float | None:
        """How much of an element no framework covers, from 0 to 1; None if nobody graded any.

        One minus the mean, over the frameworks that were graded, of the panel's median as a share of full
        coverage: 0 if all of them cover it in full, 1 if none covers any of it.
        """
        medians = [cell.median for _, cell in self._others(element) if cell.median is not None]
        return 1 - sum(medians) / (FULL * len(medians)) if medians else None

    def nearest(self, element: str, k: int = 3) -> list[Entry]:
        """The frameworks that come nearest to covering the element, the nearest first.

        By the panel's median, then by its mean; those that it finds to cover nothing come near in nothing.
        """
        near = [
            (-(cell.median or 0.0), -(cell.mean or 0.0), framework.code, framework)
            for framework, cell in self._others(element)
            if cell.grade_index
        ]
        return [framework for *_, framework in sorted(near, key=lambda one: one[:3])[:k]]

    def is_gap(self, element: str) -> bool:
        """Whether frameworks were graded, and the panel finds none that covers the element in full."""
        return self.gap_score(element) is not None and not self.in_full(element)

    def in_full(self, element: str) -> int:
        """How many frameworks cover the element in full by the panel's median."""
        return sum(cell.grade_index == FULL for _, cell in self._others(element))

    def divided(self, element: str) -> list[Entry]:
        """The frameworks of which the panel is divided whether they cover the element."""
        return [framework for framework, cell in self._others(element) if cell.divided]

    def _others(self, element: str) -> list[tuple[Entry, CoverCell]]:
        return [(one, self.cells[one.code][element]) for one in self.frameworks if one.code != self.own]

    def as_numbers(self) -> dict[str, Any]:
        """Plain numbers and words, to be frozen as JSON."""
        numbers = asdict(self)
        del numbers["withheld"]
        if self.agreement is None:  # as it was frozen before there were any
            del numbers["agreement"]
        for cells in numbers["cells"].values():
            for cell in cells.values():
                del cell["sources_withheld"]
        return numbers

    @classmethod
    def from_numbers(cls, numbers: dict[str, Any]) -> "CoverTally":
        """The tally that was frozen."""
        plain = dict(numbers)
        plain["frameworks"] = [Entry(**one) for one in numbers["frameworks"]]
        plain["elements"] = [Entry(**one) for one in numbers["elements"]]
        plain["cells"] = {
            framework: {element: CoverCell(**cell) for element, cell in cells.items()}
            for framework, cells in numbers["cells"].items()
        }
        return cls(**plain)
