"""The rank of every option as a dot on its rank interval: what the order is, and how firm."""

from dataclasses import dataclass
from typing import Any, Literal

from app.figures.look import Caption, Figure, Look
from app.figures.sheet import MARGIN, Layer, Sheet, draw, pixels, rules, words

Mark = Literal["circle", "square", "triangle", "ring", "diamond", "wedge", "cross"]

# Shape tells what colour cannot: support is filled, doubt is open. Each is a shape and whether it is filled.
SHAPES: dict[Mark, tuple[str, bool]] = {
    "circle": ("circle", True),
    "square": ("square", True),
    "triangle": ("triangle-up", True),
    "ring": ("circle", False),
    "diamond": ("diamond", False),
    "wedge": ("triangle-down", False),
    "cross": ("cross", False),
}
ROW = {"wide": 27, "narrow": 62}
CODE = 38
WORDS = 96


@dataclass(frozen=True, slots=True, kw_only=True)
class RankRow:
    """One option: its place, its interval, and what is said of it."""

    code: str
    title: str
    rank: int
    low: int
    high: int
    verdict: str
    mark: Mark


def figure(
    rows: list[RankRow], *, count: int, caption: Caption, axis: str, columns: tuple[str, str], look: Look
) -> Figure:
    """Rows from the first rank to the last; `count` options share the axis.

    `columns` are the headings of the numbers and of the words on the right.
    """
    wide = look.width == "wide"
    sheet = Sheet(
        look=look,
        left=look.fitted(452) if wide else MARGIN + 6,
        right=252 if wide else 76,
        height=ROW[look.width] * max(len(rows), 1),
        axis=40,
    )
    values = _values(rows, look)
    return draw(sheet, caption, [*_plot(sheet, values, count, axis), *_words(sheet, values, columns)])


def _values(rows: list[RankRow], look: Look) -> list[dict[str, Any]]:
    height = ROW[look.width]
    share = 0.5 if look.width == "wide" else 0.8
    return [
        {
            "code": row.code,
            "title": row.title,
            "rank": row.rank,
            "low": row.low,
            "high": row.high,
            "interval": f"{row.rank} ({row.low}–{row.high})",  # noqa: RUF001 - a range has an en dash
            "verdict": row.verdict,
            "shape": SHAPES[row.mark][0],
            "filled": SHAPES[row.mark][1],
            "y": (place + share) * height,
            "first": (place + 0.22) * height,
            "second": (place + 0.5) * height,
            "line": (place + 1) * height,
        }
        for place, row in enumerate(rows)
    ]


def ticks(count: int) -> list[int]:
    """1, every fifth rank, and the last, which takes the place of a fifth too close to it."""
    fifths = [rank for rank in range(5, count, 5) if count - rank > 1]
    return sorted({1, *fifths, max(count, 1)})


def _plot(sheet: Sheet, values: list[dict[str, Any]], count: int, axis: str) -> list[Layer]:
    palette = sheet.look.palette
    scale = {"domain": [0.5, max(count, 1) + 0.5], "range": [0, sheet.plot], "nice": False, "zero": False}
    across = {
        "type": "quantitative",
        "scale": scale,
        "axis": {
            "orient": "top",
            "values": ticks(count),
            "format": "d",
            "title": axis,
            "titleAnchor": "start",
            "titleAlign": "left",
            "titleFontSize": 11,
            "titleFontWeight": "normal",
            "titleColor": palette.soft,
            "titlePadding": 6,
            "labelFontSize": 11,
            "labelColor": palette.soft,
            "labelFlush": False,
            "domain": False,
            "ticks": False,
            "gridColor": palette.line,
        },
    }
    interval = {
        "data": {"values": values},
        "mark": {"type": "rule", "strokeWidth": 8, "strokeCap": "round", "color": palette.range},
        "encoding": {"x": across | {"field": "low"}, "x2": {"field": "high"}, "y": pixels("y")},
    }
    return [
        rules(values, x=MARGIN - sheet.left, x2=sheet.plot + sheet.right - MARGIN, colour=palette.line),
        interval,
        *(_dots(sheet, values, across, filled=filled) for filled in (True, False)),
    ]


def _dots(sheet: Sheet, values: list[dict[str, Any]], across: dict[str, Any], *, filled: bool) -> Layer:
    palette = sheet.look.palette
    return {
        "data": {"values": [value for value in values if value["filled"] is filled]},
        "mark": {
            "type": "point",
            "size": 84,
            "opacity": 1,
            "fill": palette.accent if filled else palette.ground,
            "stroke": palette.accent,
            "strokeWidth": 2,
        },
        "encoding": {
            "x": across | {"field": "rank"},
            "y": pixels("y"),
            "shape": {"field": "shape", "type": "nominal", "scale": None},
        },
    }


def _words(sheet: Sheet, values: list[dict[str, Any]], columns: tuple[str, str]) -> list[Layer]:
    palette, plot, right = sheet.look.palette, sheet.plot, sheet.right
    start = MARGIN - sheet.left
    if sheet.look.width == "narrow":
        first, second = ([value | {"y": value[line]} for value in values] for line in ("first", "second"))
        room = sheet.look.total - 2 * MARGIN - CODE
        return [
            words(first, field="code", x=start, colour=palette.ink, fontWeight="bold"),
            words(first, field="title", x=start + CODE, colour=palette.ink, limit=room),
            words(second, field="verdict", x=start + CODE, colour=palette.soft, fontSize=11, limit=room),
            words(values, field="interval", x=plot + right - MARGIN, colour=palette.ink, align="right"),
        ]
    heads = [{"y": -12.0, "text": text} for text in columns]
    return [
        words(values, field="code", x=start, colour=palette.ink, fontWeight="bold"),
        words(values, field="title", x=start + CODE, colour=palette.ink, limit=sheet.left - CODE - 24),
        words(values, field="interval", x=plot + 18, colour=palette.ink),
        words(values, field="verdict", x=plot + WORDS, colour=palette.soft, limit=right - WORDS - MARGIN),
        words(heads[:1], field="text", x=plot + 18, colour=palette.soft, fontSize=11),
        words(heads[1:], field="text", x=plot + WORDS, colour=palette.soft, fontSize=11),
    ]
