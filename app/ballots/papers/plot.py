"""The points that an expert has placed on a plane, drawn so that none hides another."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from math import ceil, sqrt

from app.questions.scales import is_long, stretches

# In units of the drawing: a cell for each pair of points, and what fits into it.
CELL = 100
LINES, LINE, LETTERS = 5, 18, 8
LARGEST = 9.0
# so many stretches of a scale that is too long to be drawn point by point
STRETCHES = 5

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Dot:
    """One subject in its place; a short name is written beside it where there is room for it."""

    code: str
    x: float
    y: float
    r: float
    written: str
    latest: bool


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing of the plane; `across` and `upwards` are the points, or stretches, of its two scales."""

    across: list[Stretch]
    upwards: list[Stretch]
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

    @staticmethod
    def ticks(scale: list[Stretch]) -> list[tuple[int, int]]:
        """Where the numbers of a scale stand: a point in the middle of its cell, a stretch between two.

        Examples
        --------
        >>> Plot.ticks([(1, 1), (2, 2)]), Plot.ticks([(0, 49), (50, 100)])
        ([(50, 1), (150, 2)], [(0, 0), (100, 50), (200, 100)])
        """
        if all(low == high for low, high in scale):
            return [(CELL * place + CELL // 2, low) for place, (low, _high) in enumerate(scale)]
        ends = [low for low, _high in scale] + [scale[-1][1]]
        return [(CELL * place, end) for place, end in enumerate(ends)]


def draw(
    points: Mapping[str, tuple[int, int]], across: range, upwards: range, latest: str | None = None
) -> Plot:
    """Every point in the cell of its two numbers, a few as a list of codes, more as a field of dots.

    Where a scale is long, every point stands where its numbers are, and those at one place below each other.

    Examples
    --------
    >>> [(dot.x, dot.y) for dot in draw({"T01": (1, 5)}, range(1, 6), range(1, 6)).dots]
    [(14.0, 50.0)]
    >>> [(dot.x, dot.y) for dot in draw({"T01": (100, 0)}, range(101), range(101)).dots]
    [(500.0, 500.0)]
    """
    columns, rows = (stretches(scale[0], scale[-1], STRETCHES) for scale in (across, upwards))
    if is_long(across[0], across[-1]) or is_long(upwards[0], upwards[-1]):
        return Plot(columns, rows, _exact(points, (across, columns), (upwards, rows), latest))
    cells: dict[tuple[int, int], list[str]] = {}
    for code, point in points.items():
        cells.setdefault(point, []).append(code)
    names = _short(points)
    dots: list[Dot] = []
    for (x, y), codes in sorted(cells.items()):
        left, top = CELL * (x - across.start), CELL * (upwards.stop - 1 - y)
        fits = len(codes) <= LINES and max(len(names[code]) for code in codes) <= LETTERS
        places = _listed(len(codes)) if fits else _packed(len(codes))
        dots += [
            Dot(
                code,
                round(left + aside, 2),
                round(top + down, 2),
                round(r, 2),
                written=names[code] if fits else "",
                latest=code == latest,
            )
            for code, (aside, down, r) in zip(codes, places, strict=True)
        ]
    return Plot(columns, rows, dots)


def _exact(
    points: Mapping[str, tuple[int, int]],
    across: tuple[range, list[Stretch]],
    upwards: tuple[range, list[Stretch]],
    latest: str | None,
) -> list[Dot]:
    names, taken, dots = _short(points), Counter[tuple[float, float]](), []
    for code, (x, y) in points.items():
        spot = _at(x, *across), CELL * len(upwards[1]) - _at(y, *upwards)
        down = spot[1] + LINE * taken[spot]
        taken[spot] += 1
        written = names[code] if len(names[code]) <= LETTERS else ""
        dots.append(Dot(code, spot[0], down, LARGEST - 2, written=written, latest=code == latest))
    return dots


def _at(number: int, scale: range, cells: list[Stretch]) -> float:
    """How far along its scale a number stands: of a short one in the middle of its cell."""
    if not is_long(scale[0], scale[-1]):
        return CELL * (number - scale[0]) + CELL / 2
    return round(CELL * len(cells) * (number - scale[0]) / (scale[-1] - scale[0]), 2)


def _short(codes: Collection[str]) -> dict[str, str]:
    """Each code without the word before its hyphen, where that is the same for all of them."""
    heads = {code.partition("-")[0] for code in codes}
    return {code: code.partition("-")[2] if len(heads) == 1 and "-" in code else code for code in codes}


def _listed(count: int) -> Iterator[tuple[float, float, float]]:
    first = CELL / 2 - LINE * (count - 1) / 2
    return ((14.0, first + LINE * line, LARGEST - 2) for line in range(count))


def _packed(count: int) -> Iterator[tuple[float, float, float]]:
    side = ceil(sqrt(count))
    step = CELL / (side + 0.5)
    r = min(LARGEST, step * 0.38)
    down = (CELL - step * (ceil(count / side) - 1)) / 2
    aside = (CELL - step * (side - 1)) / 2
    return ((aside + step * (place % side), down + step * (place // side), r) for place in range(count))
