"""Where experts put each subject in their own orders, and the panel's rank of it on its interval."""

from dataclasses import dataclass
from typing import Any

from app.figures.look import Caption, Figure, Look
from app.figures.rank_intervals import ticks
from app.figures.sheet import MARGIN, Layer, Sheet, draw, pixels, rectangles, rules, texts, words

ROW = {"wide": 44, "narrow": 84}
# of a row, from above: the strip of bars, and under it the rank with its interval
STRIP, RANK = 22, 33
DOWN = {"wide": 0, "narrow": 40}
CODE = 38


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesRow:
    """One subject: how many put it in each place, its rank, and the rank's interval if there is one."""

    code: str
    title: str
    counts: list[int]
    rank: int
    low: int | None
    high: int | None
    said: str


def figure(
    rows: list[PlacesRow], *, count: int, caption: Caption, axis: str, said: str, look: Look
) -> Figure:
    """Rows from the first rank on; `count` places share the axis, `said` heads the words on the right."""
    wide = look.width == "wide"
    sheet = Sheet(
        look=look,
        left=look.fitted(452) if wide else MARGIN + 8,
        right=190 if wide else 12,
        height=ROW[look.width] * max(len(rows), 1),
        axis=40,
    )
    placed = [(row, ROW[look.width] * place) for place, row in enumerate(rows)]
    layers = [
        _axis(sheet, count, axis),
        rules(
            [{"line": top + ROW[look.width]} for _row, top in placed],
            x=MARGIN - sheet.left,
            x2=sheet.plot + sheet.right - MARGIN,
            colour=look.palette.line,
        ),
        _bars(sheet, placed, count),
        *_ranks(sheet, placed, count),
        *_words(sheet, placed, said),
    ]
    return draw(sheet, caption, layers)


def _across(sheet: Sheet, place: float, count: int) -> float:
    """The middle of a place, in pixels."""
    return sheet.plot * (place - 0.5) / max(count, 1)


def _axis(sheet: Sheet, count: int, title: str) -> Layer:
    palette = sheet.look.palette
    values = [
        {"x": _across(sheet, tick, count), "y": -10.0, "text": str(tick), "colour": palette.soft}
        for tick in ticks(count)
    ]
    head = {"x": 0.0, "y": -28.0, "text": title, "colour": palette.soft}
    return {
        "layer": [
            texts(values, fontSize=11, align="center"),
            texts([head], fontSize=11),
        ]
    }


def _bars(sheet: Sheet, placed: list[tuple[PlacesRow, int]], count: int) -> Layer:
    """One bar for each place, as high as the share of the subject's experts who put it there."""
    width, down = sheet.plot / max(count, 1), DOWN[sheet.look.width]
    pieces: list[dict[str, Any]] = []
    for row, top in placed:
        most, foot = max(row.counts, default=0) or 1, top + down + STRIP + 3
        pieces += [
            {
                "x": _across(sheet, place, count) - width * 0.42,
                "x2": _across(sheet, place, count) + width * 0.42,
                "top": foot - STRIP * number / most,
                "bottom": foot,
                "colour": sheet.look.palette.range,
            }
            for place, number in enumerate(row.counts, 1)
            if number
        ]
    return rectangles(pieces)


def _ranks(sheet: Sheet, placed: list[tuple[PlacesRow, int]], count: int) -> list[Layer]:
    palette, down = sheet.look.palette, DOWN[sheet.look.width]
    values = [
        {
            "x": _across(sheet, row.low or row.rank, count),
            "x2": _across(sheet, row.high or row.rank, count),
            "at": _across(sheet, row.rank, count),
            "y": top + down + RANK,
        }
        for row, top in placed
    ]
    interval = {
        "data": {"values": values},
        "mark": {"type": "rule", "strokeWidth": 3, "strokeCap": "round", "color": palette.accent},
        "encoding": {"x": pixels("x"), "x2": {"field": "x2"}, "y": pixels("y")},
    }
    dot = {
        "data": {"values": values},
        "mark": {
            "type": "point", "shape": "circle", "size": 84, "opacity": 1,
            "fill": palette.accent, "stroke": palette.ground, "strokeWidth": 1.5,
        },
        "encoding": {"x": pixels("at"), "y": pixels("y")},
    }  # fmt: skip
    return [interval, dot]


def _words(sheet: Sheet, placed: list[tuple[PlacesRow, int]], said: str) -> list[Layer]:
    palette, start, wide = sheet.look.palette, MARGIN - sheet.left, sheet.look.width == "wide"
    values: list[dict[str, Any]] = [
        {"code": row.code, "title": row.title, "said": row.said, "y": top + (22 if wide else 13)}
        for row, top in placed
    ]
    room = sheet.left - CODE - 24 if wide else sheet.look.total - 2 * MARGIN - CODE
    layers = [
        words(values, field="code", x=start, colour=palette.ink, fontWeight="bold"),
        words(values, field="title", x=start + CODE, colour=palette.ink, limit=room),
    ]
    if not wide:
        below = [value | {"y": value["y"] + 17} for value in values]
        return [*layers, words(below, field="said", x=start + CODE, colour=palette.soft, fontSize=11)]
    heads = [{"y": -10.0, "text": said}]
    return [
        *layers,
        words(values, field="said", x=sheet.plot + 18, colour=palette.soft, limit=sheet.right - 18 - MARGIN),
        words(heads, field="text", x=sheet.plot + 18, colour=palette.soft, fontSize=11),
    ]
