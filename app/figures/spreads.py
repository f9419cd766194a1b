"""The spread of views, row by row on two scales: where they divide, apart from where the median lies."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.figures.look import Caption, Figure, Look, text_width, wrap
from app.figures.plane_points import SHAPES, Axis, Spread
from app.figures.sheet import MARGIN, Layer, Sheet, draw, flow, lines, shapes, texts

Row = dict[str, Any]

TITLE, LEADING = 11.5, 13
HEAD = 30
LEFT = {"wide": 372, "narrow": MARGIN}
GAP = {"wide": 40, "narrow": 24}
SMALL, LINE, PATCH = 11, 18, 24


@dataclass(frozen=True, slots=True, kw_only=True)
class SpreadRow:
    """One item on both scales; where views divide, its mark is open on that scale."""

    title: str
    group: int
    x: Spread
    y: Spread
    x_divided: bool
    y_divided: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a heading."""

    heading: str
    rows: Sequence[SpreadRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the signs mean."""

    median: str
    divided: str
    spread: str
    groups: Sequence[str]


@dataclass(frozen=True, slots=True)
class Panel:
    """One of the two scales: where it begins and how wide it is."""

    axis: Axis
    start: float
    width: float

    def at(self, value: float) -> float:
        """Where a value lies."""
        step = self.width / (self.axis.high - self.axis.low)
        return self.start + (value - self.axis.low) * step


def figure(
    groups: Sequence[Group], *, x: Axis, y: Axis, words: Words, caption: Caption, look: Look
) -> Figure:
    """A bar for the middle half of the ratings and a mark on the median, on each of the two scales."""
    heads, placed, height = _placed(groups, look)
    inset = 10
    room = look.total - look.fitted(LEFT[look.width]) - 2 * MARGIN
    width = (room - GAP[look.width] - 2 * inset) / 2
    panels = (
        Panel(x, float(inset), width),
        Panel(y, inset + width + GAP[look.width], width),
    )
    legend, above = _legend(groups, words, look)
    sheet = Sheet(
        look=look,
        left=look.fitted(LEFT[look.width]),
        right=2 * MARGIN,
        height=round(height + 4),
        axis=round(above + 40),
    )
    layers = [
        *_scales(panels, height, look),
        *_bars(placed, panels, look),
        *_words(heads, placed, sheet),
        *legend,
    ]
    return draw(sheet, caption, layers)


def _placed(
    groups: Sequence[Group], look: Look
) -> tuple[list[tuple[str, float]], list[tuple[SpreadRow, list[str], float, float]], float]:
    """The headings, and each row with its title's lines, where these begin, and the middle of its bars."""
    wide, top = look.width == "wide", 0.0
    room = look.fitted(LEFT["wide"]) - 30 if wide else look.total - 2 * MARGIN
    heads: list[tuple[str, float]] = []
    placed = []
    for group in groups:
        if group.rows and group.heading:
            top += HEAD - LEADING
            for line in wrap(group.heading, look.total / 2, 12.5, bold=True):
                heads.append((line, top))
                top += LEADING + 2
        for row in group.rows:
            said = wrap(row.title, room, TITLE)
            if wide:
                high = max(19.0, LEADING * len(said) + 5)
                text, middle = top + (high - LEADING * (len(said) - 1)) / 2, top + high / 2
            else:
                high = LEADING * len(said) + 25.0
                text, middle = top + 9, top + high - 14
            placed.append((row, said, text, middle))
            top += high
    return heads, placed, top


def _scales(panels: tuple[Panel, Panel], height: float, look: Look) -> list[Layer]:
    palette = look.palette
    grid, numbers, titles = [], [], []
    for panel in panels:
        for value in panel.axis.ticks:
            at = panel.at(value)
            grid.append({"x": at, "x2": at, "y": 0, "y2": height})
            numbers.append({"x": at, "y": -9, "text": str(value), "colour": palette.soft})
        for number, line in enumerate(wrap(panel.axis.title, panel.width + 12, SMALL)[:2][::-1]):
            row = {"x": panel.start - 4, "y": -25 - 12 * number, "text": line}
            titles.append(row | {"colour": palette.ink})
    return [
        lines(grid, colour=palette.line),
        texts(numbers, align="center", fontSize=SMALL),
        texts(titles, fontSize=SMALL, fontWeight="bold"),
    ]


def _bars(
    placed: list[tuple[SpreadRow, list[str], float, float]], panels: tuple[Panel, Panel], look: Look
) -> list[Layer]:
    palette = look.palette
    bars: list[Row] = []
    signs: list[Row] = []
    for row, _, _, y in placed:
        for panel, spread, divided in zip(
            panels, (row.x, row.y), (row.x_divided, row.y_divided), strict=True
        ):
            bars.append({"x": panel.at(spread.q1), "x2": panel.at(spread.q3), "y": y, "y2": y})
            colour = palette.groups[row.group]
            signs.append(
                {
                    "x": panel.at(spread.median),
                    "y": y,
                    "shape": SHAPES[row.group],
                    "fill": palette.ground if divided else colour,
                    "stroke": colour,
                }
            )
    return [lines(bars, colour=palette.range, strokeWidth=6, strokeCap="round"), shapes(signs, size=9)]


def _words(
    heads: list[tuple[str, float]], placed: list[tuple[SpreadRow, list[str], float, float]], sheet: Sheet
) -> list[Layer]:
    palette, start = sheet.look.palette, MARGIN - sheet.left
    titles = [
        {"x": start, "y": text + LEADING * number, "text": line, "colour": palette.ink}
        for _, said, text, _ in placed
        for number, line in enumerate(said)
    ]
    headings = [{"x": start, "y": y, "text": text, "colour": palette.ink} for text, y in heads]
    return [texts(titles, fontSize=TITLE), texts(headings, fontSize=12.5, fontWeight="bold")]


def _legend(groups: Sequence[Group], words: Words, look: Look) -> tuple[list[Layer], float]:
    """What the signs mean, in lines above the scales, and how much room they take."""
    palette = look.palette
    used = sorted({row.group for group in groups for row in group.rows}) if words.groups else []
    said = [words.median, words.divided, words.spread, *(words.groups[group] for group in used)]
    places = flow([PATCH + text_width(text, SMALL) for text in said], room=look.total - 2 * MARGIN, gap=12)
    above, start = LINE * (1 + max(line for _, line in places)) + 4.0, MARGIN - LEFT[look.width]
    spots = [(start + at, line * LINE - above - 40 + LINE / 2) for at, line in places]
    named = [
        {"x": x + PATCH, "y": y, "text": text, "colour": palette.soft}
        for (x, y), text in zip(spots, said, strict=True)
    ]
    fills = (palette.soft, palette.ground)
    signs = [
        {"x": x + 9, "y": y, "shape": "circle", "fill": fill, "stroke": palette.soft}
        for (x, y), fill in zip(spots[:2], fills, strict=True)
    ]
    for (x, y), group in zip(spots[3:], used, strict=True):
        colour = palette.groups[group]
        signs.append({"x": x + 9, "y": y, "shape": SHAPES[group], "fill": colour, "stroke": colour})
    x, y = spots[2]
    bar = {"x": x + 4, "x2": x + 16, "y": y, "y2": y}
    return [
        lines([bar], colour=palette.range, strokeWidth=6, strokeCap="round"),
        shapes(signs, size=9),
        texts(named, fontSize=SMALL),
    ], above
