"""How far a panel has come, day by day: steps for those who opened, started and submitted, and the quorum."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from app.figures.look import Caption, Figure, Look, text_width
from app.figures.sheet import MARGIN, Layer, Sheet, draw, flow, lines, texts

Row = dict[str, Any]

HEIGHT = {"wide": 260, "narrow": 220}
LEFT, RIGHT = 34, 14
SMALL, LINE, PATCH = 11, 18, 30
INSET = 8
# so close two days may be named without their names touching
DAY_ROOM = 64
DASHES: tuple[list[int], ...] = ([1, 0], [7, 3], [2, 3])
WIDTHS = (3, 2, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One count by day, never falling; `label` says what is counted."""

    label: str
    counts: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A level that is wanted, in words."""

    label: str
    at: int


def figure(
    steps: Sequence[Line], *, days: Sequence[str], top: int, mark: Mark, caption: Caption, look: Look
) -> Figure:
    """Up to three lines over the same days, the most important first; `top` is the whole panel."""
    legend, above = _legend([step.label for step in steps], mark.label, look)
    sheet = Sheet(look=look, left=LEFT, right=RIGHT, height=HEIGHT[look.width] + 22, axis=round(above))
    place = _Place(sheet.plot, HEIGHT[look.width], len(days), max(top, mark.at, 1))
    return draw(
        sheet,
        caption,
        [
            *_grid(place, look),
            *_days(place, days, look),
            lines([_level(place, mark.at)], colour=look.palette.doubt, strokeWidth=1.5, strokeDash=[4, 3]),
            *(
                lines(_steps(place, step.counts), colour=colour, strokeWidth=width, strokeDash=dash)
                for step, colour, width, dash in reversed(
                    list(zip(steps, _colours(look), WIDTHS, DASHES, strict=False))
                )
            ),
            *legend,
        ],
    )


def _colours(look: Look) -> tuple[str, str, str]:
    return look.palette.accent, look.palette.groups[1], look.palette.soft


@dataclass(frozen=True, slots=True)
class _Place:
    """From a day and a count to pixels."""

    width: int
    height: int
    days: int
    top: int

    def x(self, day: float) -> float:
        room = self.width - 2 * INSET
        return INSET + room * day / max(self.days - 1, 1)

    def y(self, count: float) -> float:
        return self.height - (self.height - INSET) * count / self.top


def _grid(place: _Place, look: Look) -> list[Layer]:
    levels = _levels(place.top)
    grid = [{"x": 0, "x2": place.width, "y": place.y(level), "y2": place.y(level)} for level in levels]
    numbers = [
        {"x": -8, "y": place.y(level), "text": str(level), "colour": look.palette.soft} for level in levels
    ]
    return [lines(grid, colour=look.palette.line), texts(numbers, align="right", fontSize=SMALL)]


def _levels(top: int) -> list[int]:
    """Nothing, everybody, and some round numbers between, none too close to the last.

    Examples
    --------
    >>> _levels(20), _levels(3), _levels(41)
    ([0, 5, 10, 15, 20], [0, 1, 2, 3], [0, 10, 20, 30, 41])
    """
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10**9) if top <= 4 * step + 3)
    return [*(level for level in range(0, top, step) if top - level >= 0.6 * step), top]


def _days(place: _Place, days: Sequence[str], look: Look) -> list[Layer]:
    """The first day, the last, and as many between as there is room for."""
    every = max(1, -(-len(days) * DAY_ROOM // max(place.width, 1)))
    last = len(days) - 1
    named = [number for number in range(0, len(days), every) if last - number >= every] + [last]
    row = {"y": place.height + 14, "colour": look.palette.soft}
    middle: list[Row] = []
    ends: list[Row] = []
    for number in named:
        spot = row | {"x": place.x(number), "text": days[number]}
        (ends if number in {0, last} else middle).append(spot)
    first = [spot | {"x": 0} for spot in ends[:1]]
    final = [spot | {"x": place.width} for spot in ends[1:]]
    return [
        texts(first, fontSize=SMALL),
        texts(middle, align="center", fontSize=SMALL),
        texts(final, align="right", fontSize=SMALL),
    ]


def _level(place: _Place, at: int) -> Row:
    return {"x": 0, "x2": place.width, "y": place.y(at), "y2": place.y(at)}


def _steps(place: _Place, counts: Sequence[int]) -> list[Row]:
    """Along each day, then up to the next."""
    ends = list(enumerate(counts))
    if len(ends) == 1:
        return [_level(place, counts[0])]
    rows: list[Row] = []
    for (day, count), (after, more) in pairwise(ends):
        rows.append({"x": place.x(day), "x2": place.x(after), "y": place.y(count), "y2": place.y(count)})
        if more != count:
            rows.append({"x": place.x(after), "x2": place.x(after), "y": place.y(count), "y2": place.y(more)})
    return rows


def _legend(labels: Sequence[str], mark: str, look: Look) -> tuple[list[Layer], float]:
    """What each line counts, in lines above the plot, and how much room they take."""
    palette = look.palette
    said = [*labels, mark]
    places = flow([PATCH + text_width(text, SMALL) for text in said], room=look.total - 2 * MARGIN, gap=14)
    above, start = LINE * (1 + max(line for _, line in places)) + 6.0, MARGIN - LEFT
    spots = [(start + at, line * LINE - above + LINE / 2) for at, line in places]
    named = [
        {"x": x + PATCH, "y": y, "text": text, "colour": palette.ink}
        for (x, y), text in zip(spots, said, strict=True)
    ]
    drawn = list(zip(_colours(look), WIDTHS, DASHES, strict=True))[: len(labels)]
    strokes = [*drawn, (palette.doubt, 1.5, [4, 3])]
    patches = [
        lines([{"x": x, "x2": x + 22, "y": y, "y2": y}], colour=colour, strokeWidth=width, strokeDash=dash)
        for (x, y), (colour, width, dash) in zip(spots, strokes, strict=True)
    ]
    return [*patches, texts(named, fontSize=SMALL)], above
