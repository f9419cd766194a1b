"""What stands on a plane, and the measures of the plane."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from math import ceil

from app.figures.labels import Box
from app.figures.look import Look, wrap
from app.figures.sheet import MARGIN, Sheet
from app.figures.stacks import Stack

# Signs with room for a number: a group is told by its shape as well as by its colour.
SHAPES = (
    "circle",
    "M-1,0L-0.55,-0.95L0.55,-0.95L1,0L0.55,0.95L-0.55,0.95Z",
    "M-0.88,-0.88L0.88,-0.88L0.88,0.88L-0.88,0.88Z",
    "M0,-1.2L1.2,0L0,1.2L-1.2,0Z",
    "M0,-1.15L1.05,-0.4L0.75,0.85L-0.75,0.85L-1.05,-0.4Z",
)
MARK = {"wide": 17.0, "narrow": 14.0}
PITCH = {"wide": 20.5, "narrow": 16.5}
LEFT = {"wide": 30, "narrow": 18}
NAME, LEADING = 11, 13
LEGEND, LEGEND_LINE = 11, 18
FOOT = 46
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

# a scale is ruled so many times at most
RULES = 10


@dataclass(frozen=True, slots=True)
class Spread:
    """A median with its quartiles."""

    median: float
    q1: float
    q3: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One item: the sign in its mark, its group by number, and where the panel sees it.

    `divided` says that views divide on it, wherever its median lies; `section` heads it in the key.
    """

    sign: str
    name: str
    group: int
    x: Spread
    y: Spread
    divided: bool
    section: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One scale: its name with the words at its ends, and its first and last point."""

    title: str
    low: int
    high: int

    def lines(self, mark: str, look: Look) -> list[str]:
        """The title behind an arrow, in as many lines as it takes."""
        return wrap(f"{mark} {self.title}", look.total - 2 * MARGIN, LEGEND, bold=True)

    def cells(self) -> int:
        """How many places there are for medians: where it is ruled, and halfway between."""
        return 2 * (len(self.ticks) - 1) + 1

    @property
    def step(self) -> int:
        """How far apart the rules of a scale are: a point, or about a tenth of one of more than eleven."""
        return ceil((self.high - self.low) / RULES)

    @property
    def ticks(self) -> list[int]:
        """Where it is ruled: at every point, or some ten times over a long scale.

        Examples
        --------
        >>> Axis(title="", low=1, high=5).ticks, Axis(title="", low=0, high=100).ticks[-2:]
        ([1, 2, 3, 4, 5], [90, 100])
        """
        return list(range(self.low, self.high + 1, self.step))

    def place(self, value: float) -> float:
        """The nearest place for a median: of a short scale, itself."""
        return self.low + round((value - self.low) / self.step * 2) / 2 * self.step


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the signs mean."""

    groups: Sequence[str]
    agreed: str
    divided: str
    spread: str
    together: str


@dataclass(frozen=True, slots=True)
class Plot:
    """The measures of the plane."""

    sheet: Sheet
    x: Axis
    y: Axis
    cell: tuple[float, float]

    def across(self, value: float) -> float:
        """Where a value lies across."""
        return ((value - self.x.low) / self.x.step * 2 + 0.5) * self.cell[0]

    def down(self, value: float) -> float:
        """Where a value lies down: the higher, the further up."""
        return ((self.y.ticks[-1] - value) / self.y.step * 2 + 0.5) * self.cell[1]

    @property
    def bottom(self) -> float:
        """Where the plane ends and what stands below it begins."""
        return self.y.cells() * self.cell[1]

    @property
    def foot(self) -> float:
        """Where the key begins, below the title of the level scale."""
        return self.bottom + FOOT + LEADING * (len(self.x.lines("→", self.sheet.look)) - 1)


def tile_of(stack: Stack, look: Look) -> Box:
    """The tile under marks that share a position, or the one that stands for all of a crowd."""
    spots = stack.spots or ((stack.x, stack.y),)
    reach = PITCH[look.width] / 2 if stack.spots else 16
    return Box(
        min(x for x, _ in spots) - reach,
        min(y for _, y in spots) - reach,
        max(x for x, _ in spots) + reach,
        max(y for _, y in spots) + reach,
    )


def letters() -> Iterator[str]:
    """A to Z, then A1 to Z1 and so on."""
    return (f"{letter}{turn or ''}" for turn in count() for letter in LETTERS)
