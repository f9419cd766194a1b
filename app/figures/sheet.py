"""The sheet on which a figure is drawn: title and subtitle above, rows of equal height, a note below."""

import unicodedata
from dataclasses import dataclass
from typing import Any

from app.figures.look import FONT, Caption, Figure, Look, wrap

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
MARGIN = 4
TITLE_SIZE = {"wide": 20, "narrow": 17}
SUBTITLE_SIZE = 13
NOTE_SIZE = 11
LEADING = 1.32
# Unicode's marks around a piece of text that runs from right to left
FROM_RIGHT, END = "\u2067", "\u2069"

Layer = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The measures of one figure: columns left and right of the plot, and the plot itself."""

    look: Look
    left: int
    right: int
    height: int
    axis: int

    @property
    def plot(self) -> int:
        """The width of the plot."""
        return self.look.total - self.left - self.right


def draw(sheet: Sheet, caption: Caption, layers: list[Layer]) -> Figure:
    """The layers on their sheet, with the words around them; no mark reaches beyond the picture."""
    look = sheet.look
    around, above, below = _around(sheet, caption)
    top, bottom = round(above) + sheet.axis, round(12 + below + MARGIN)
    spec = {
        "$schema": SCHEMA,
        "width": sheet.plot,
        "height": sheet.height,
        "autosize": {"type": "none"},
        "padding": {"left": sheet.left, "right": sheet.right, "top": top, "bottom": bottom},
        "background": look.palette.ground,
        "data": {"values": [{}]},
        "layer": [*layers, *around],
        "config": {"aria": False, "font": FONT, "view": {"stroke": None}, "text": {"font": FONT}},
    }
    return Figure(
        spec=spec,
        title=caption.title,
        description=caption.description,
        width=look.total,
        height=top + sheet.height + bottom,
        subtitle=caption.subtitle,
        note=caption.note,
    )


def _around(sheet: Sheet, caption: Caption) -> tuple[list[Layer], float, float]:
    """The words above and below, and how much room each takes; on paper they stand in the document."""
    look, room, size = sheet.look, sheet.look.total - 2 * MARGIN, TITLE_SIZE[sheet.look.width]
    if look.paper:
        return [], MARGIN, 0
    title = wrap(caption.title, room, size, bold=True)
    subtitle = wrap(caption.subtitle, room, SUBTITLE_SIZE)
    note = wrap(caption.note, room, NOTE_SIZE)
    second = len(title) * size * LEADING + 6
    above = MARGIN + second + len(subtitle) * SUBTITLE_SIZE * LEADING + 16
    top, palette = MARGIN - above - sheet.axis, look.palette
    layers = [
        *_lines(sheet, title, top=top, size=size, bold=True, colour=palette.ink),
        *_lines(sheet, subtitle, top=top + second, size=SUBTITLE_SIZE, colour=palette.soft),
        *_lines(sheet, note, top=sheet.height + 12, size=NOTE_SIZE, colour=palette.soft),
    ]
    return layers, above, len(note) * NOTE_SIZE * LEADING


def _lines(
    sheet: Sheet, lines: list[str], *, top: float, size: int, colour: str, bold: bool = False
) -> list[Layer]:
    mirrored = runs_from_right("".join(lines))
    # a picture's texts run from left to right unless a line says otherwise of itself
    mark = {
        "type": "text",
        "text": [f"{FROM_RIGHT}{line}{END}" for line in lines] if mirrored else lines,
        "align": "right" if mirrored else "left",
        "baseline": "top",
        "fontSize": size,
        "lineHeight": round(size * LEADING, 2),
        "fontWeight": "bold" if bold else "normal",
        "color": colour,
    }
    edge = sheet.look.total - MARGIN if mirrored else MARGIN
    place = {"x": {"value": edge - sheet.left}, "y": {"value": round(top, 2)}}
    return [{"mark": mark, "encoding": place}]


def runs_from_right(text: str) -> bool:
    """Whether the first letter of the text is of a script that is written from right to left.

    Examples
    --------
    >>> runs_from_right("12 عنصرا"), runs_from_right("12 elements"), runs_from_right("12")
    (True, False, False)
    """
    strong = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind != "L" for kind in strong if kind in {"L", "R", "AL"}), False)


def words(values: list[dict[str, Any]], *, field: str, x: float, colour: str, **mark: Any) -> Layer:
    """One text a row, at a fixed place across and at the row's `y` down; both in pixels."""
    settings = {"type": "text", "align": "left", "baseline": "middle", "fontSize": 12, "color": colour}
    return {
        "data": {"values": values},
        "mark": settings | mark,
        "encoding": {"x": {"value": x}, "y": pixels("y"), "text": {"field": field}},
    }


def rules(values: list[dict[str, Any]], *, x: float, x2: float, colour: str) -> Layer:
    """One hairline a row, across at the row's `line` down."""
    return {
        "data": {"values": values},
        "mark": {"type": "rule", "color": colour, "strokeWidth": 1},
        "encoding": {"x": {"value": x}, "x2": {"value": x2}, "y": pixels("line")},
    }


def pixels(field: str) -> dict[str, Any]:
    """A field that already holds pixels."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def lines(values: list[dict[str, Any]], *, colour: str, **mark: Any) -> Layer:
    """One straight line a row, from `x`, `y` to `x2`, `y2`; all in pixels."""
    return {
        "data": {"values": values},
        "mark": {"type": "rule", "color": colour, "strokeWidth": 1} | mark,
        "encoding": {"x": pixels("x"), "x2": {"field": "x2"}, "y": pixels("y"), "y2": {"field": "y2"}},
    }


def rectangles(values: list[dict[str, Any]], **mark: Any) -> Layer:
    """One rectangle a row, from `x`, `top` to `x2`, `bottom` in pixels; filled in its `colour`."""
    return {
        "data": {"values": values},
        "mark": {"type": "rect"} | mark,
        "encoding": {
            "x": pixels("x"),
            "x2": {"field": "x2"},
            "y": pixels("top"),
            "y2": {"field": "bottom"},
            "fill": {"field": "colour", "type": "nominal", "scale": None},
        },
    }


def shapes(values: list[dict[str, Any]], *, size: float, **mark: Any) -> Layer:
    """One sign a row at `x`, `y`, so many pixels wide, with a `shape`, a `fill` and a `stroke` of its own."""
    own = {name: {"field": name, "type": "nominal", "scale": None} for name in ("shape", "fill", "stroke")}
    return {
        "data": {"values": values},
        "mark": {"type": "point", "size": size * size, "opacity": 1, "strokeWidth": 1.5} | mark,
        "encoding": {"x": pixels("x"), "y": pixels("y"), **own},
    }


def texts(values: list[dict[str, Any]], *, field: str = "text", **mark: Any) -> Layer:
    """One text a row at `x`, `y` in the row's `colour`."""
    settings = {"type": "text", "align": "left", "baseline": "middle", "fontSize": 12}
    return {
        "data": {"values": values},
        "mark": settings | mark,
        "encoding": {
            "x": pixels("x"),
            "y": pixels("y"),
            "text": {"field": field, "type": "nominal"},
            "color": {"field": "colour", "type": "nominal", "scale": None},
        },
    }


def flow(widths: list[float], *, room: float, gap: float) -> list[tuple[float, int]]:
    """Where pieces of these widths begin, and on which line, when they follow each other like words."""
    at, line, places = 0.0, 0, []
    for width in widths:
        if at and at + width > room:
            at, line = 0.0, line + 1
        places.append((at, line))
        at += width + gap
    return places
