"""The points that an expert has placed on a plane, drawn so that none hides another."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, sqrt

# In units of the drawing: a cell for each pair of points, and what fits into it.
CELL = 100
LINES, LINE, LETTERS = 4, 22, 9
LARGEST = 9.0


@dataclass(frozen=True, slots=True)
class Dot:
    """One subject in its place; its code is written beside it where there is room for it."""

    code: str
    x: float
    y: float
    r: float
    written: bool
    latest: bool


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing of the plane; `across` and `upwards` are the points of its two scales."""

    across: range
    upwards: range
    dots: list[Dot]

    @property
    def width(self) -> int:
        """How wide it is."""
        return CELL * len(self.across)

    @property
    def height(self) -> int:
        """How high it is."""
        return CELL * len(self.upwards)

    @property
    def rules(self) -> list[tuple[int, int, int, int]]:
        """The lines between its cells, from where to where."""
        upright = [(CELL * n, 0, CELL * n, self.height) for n in range(len(self.across) + 1)]
        return upright + [(0, CELL * n, self.width, CELL * n) for n in range(len(self.upwards) + 1)]

    def middle(self, place: int) -> int:
        """The middle of the so manieth cell, from nought."""
        return CELL * place + CELL // 2


def draw(
    points: Mapping[str, tuple[int, int]], across: range, upwards: range, latest: str | None = None
) -> Plot:
    """Every point in the cell of its two numbers, a few as a list of codes, more as a field of dots.

    Examples
    --------
    >>> [(dot.x, dot.y) for dot in draw({"T01": (1, 5)}, range(1, 6), range(1, 6)).dots]
    [(14.0, 50.0)]
    """
    cells: dict[tuple[int, int], list[str]] = {}
    for code, point in points.items():
        cells.setdefault(point, []).append(code)
    dots: list[Dot] = []
    for (x, y), codes in sorted(cells.items()):
        left, top = CELL * (x - across.start), CELL * (upwards.stop - 1 - y)
        dots += _listed(codes, left, top, latest) if _fits(codes) else _packed(codes, left, top, latest)
    return Plot(across, upwards, dots)


def _fits(codes: list[str]) -> bool:
    return len(codes) <= LINES and max(map(len, codes)) <= LETTERS


def _listed(codes: list[str], left: int, top: int, latest: str | None) -> list[Dot]:
    first = top + CELL / 2 - LINE * (len(codes) - 1) / 2
    return [
        Dot(code, left + 14.0, first + LINE * line, LARGEST - 2, written=True, latest=code == latest)
        for line, code in enumerate(codes)
    ]


def _packed(codes: list[str], left: int, top: int, latest: str | None) -> list[Dot]:
    side = ceil(sqrt(len(codes)))
    step = CELL / (side + 0.5)
    r = round(min(LARGEST, step * 0.38), 2)
    rows = ceil(len(codes) / side)
    up = (CELL - step * (rows - 1)) / 2
    aside = (CELL - step * (side - 1)) / 2
    return [
        Dot(
            code,
            round(left + aside + step * (place % side), 2),
            round(top + up + step * (place // side), 2),
            r,
            written=False,
            latest=code == latest,
        )
        for place, code in enumerate(codes)
    ]
