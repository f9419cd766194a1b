"""Three bands of overall support per option, grouped by what is said of it."""

from dataclasses import dataclass
from typing import Any

from app.figures.look import Caption, Figure, Look, text_width
from app.figures.sheet import MARGIN, Layer, Sheet, draw, pixels, words

ROW = {"wide": 25, "narrow": 46}
BAR = {"wide": 17, "narrow": 17}
HEAD = 34
CODE = 38
PATCH = 11
LEGEND = 11
# a number needs this share of the bar to stand inside its band
ROOM = {"wide": 0.06, "narrow": 0.11}
BANDS = ("favourable", "undecided", "unfavourable")


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportRow:
    """One option: the shares of its valid ratings in the three bands, and how many these are."""

    code: str
    title: str
    favourable: float
    undecided: float
    unfavourable: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportGroup:
    """The options of which the same is said."""

    verdict: str
    rows: list[SupportRow]


def figure(
    groups: list[SupportGroup], *, caption: Caption, bands: tuple[str, str, str], n: str, look: Look
) -> Figure:
    """Bars of equal length; favourable ratings grow from the left edge, unfavourable from the right.

    `bands` are the names of the three bands in that order; `n` heads the numbers of ratings.
    """
    wide = look.width == "wide"
    rows = sum(len(group.rows) for group in groups)
    sheet = Sheet(
        look=look,
        left=look.fitted(452) if wide else MARGIN,
        right=52 if wide else 40,
        height=ROW[look.width] * rows + HEAD * len(groups),
        axis=26,
    )
    heads, values = _placed(groups, look)
    return draw(
        sheet,
        caption,
        [*_legend(sheet, bands, n), *_bars(sheet, values), *_words(sheet, heads, values)],
    )


def _placed(groups: list[SupportGroup], look: Look) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    heads: list[dict[str, Any]] = []
    values: list[dict[str, Any]] = []
    top, height = 0.0, ROW[look.width]
    for group in groups:
        heads.append({"verdict": f"{group.verdict}  ({len(group.rows)})", "y": top + HEAD - 12})
        top += HEAD
        for row in group.rows:
            middle = top + (height / 2 if look.width == "wide" else height - BAR["narrow"] / 2 - 5)
            values.append(
                {
                    "code": row.code,
                    "title": row.title,
                    "n": str(row.n),
                    "y": middle,
                    "above": top + 11,
                    "row": row,
                }
            )
            top += height
    return heads, values


def _legend(sheet: Sheet, bands: tuple[str, str, str], n: str) -> list[Layer]:
    """A patch of each band's colour with its name, in the order of the bars, and the numbers' heading."""
    palette, patches, names, at = sheet.look.palette, [], [], 0.0
    for name, band in zip(bands, BANDS, strict=True):
        colour = getattr(palette, band)
        patches.append({"x": at, "x2": at + PATCH, "top": -17, "bottom": -6, "colour": colour})
        names.append((at + PATCH + 5, name))
        at += PATCH + 5 + text_width(name, LEGEND) + 12
    head = [{"y": -11, "text": n}]
    end = sheet.plot + sheet.right - MARGIN
    return [
        _rectangles(sheet, patches),
        *(
            words([{"y": -11, "text": name}], field="text", x=x, colour=palette.soft, fontSize=LEGEND)
            for x, name in names
        ),
        words(head, field="text", x=end, colour=palette.soft, align="right", fontSize=LEGEND),
    ]


def _rectangles(sheet: Sheet, pieces: list[dict[str, Any]]) -> Layer:
    return {
        "data": {"values": pieces},
        "mark": {"type": "rect", "stroke": sheet.look.palette.ground, "strokeWidth": 1},
        "encoding": {
            "x": pixels("x"),
            "x2": {"field": "x2"},
            "y": pixels("top"),
            "y2": {"field": "bottom"},
            "fill": {"field": "colour", "type": "nominal", "scale": None},
        },
    }


def _bars(sheet: Sheet, values: list[dict[str, Any]]) -> list[Layer]:
    palette, height = sheet.look.palette, BAR[sheet.look.width]
    pieces = []
    for value in values:
        start = 0.0
        for band in BANDS:
            share = getattr(value["row"], band)
            pieces.append(
                {
                    "x": start * sheet.plot,
                    "x2": (start + share) * sheet.plot,
                    "middle": (start + share / 2) * sheet.plot,
                    "y": value["y"],
                    "top": value["y"] - height / 2,
                    "bottom": value["y"] + height / 2,
                    "colour": getattr(palette, band),
                    "ink": getattr(palette, f"on_{band}"),
                    "text": f"{round(100 * share)}" if share >= ROOM[sheet.look.width] else "",
                }
            )
            start += share
    number = {
        "data": {"values": [piece for piece in pieces if piece["text"]]},
        "mark": {"type": "text", "baseline": "middle", "fontSize": 11},
        "encoding": {
            "x": pixels("middle"),
            "y": pixels("y"),
            "text": {"field": "text"},
            "color": {"field": "ink", "type": "nominal", "scale": None},
        },
    }
    return [_rectangles(sheet, pieces), number]


def _words(sheet: Sheet, heads: list[dict[str, Any]], values: list[dict[str, Any]]) -> list[Layer]:
    palette, start = sheet.look.palette, MARGIN - sheet.left
    plain = [{key: value[key] for key in ("code", "title", "n", "y", "above")} for value in values]
    layers = [
        words(heads, field="verdict", x=start, colour=palette.ink, fontWeight="bold", fontSize=12.5),
        words(plain, field="n", x=sheet.plot + sheet.right - MARGIN, colour=palette.soft, align="right"),
    ]
    if sheet.look.width == "narrow":
        above = [value | {"y": value["above"]} for value in plain]
        room = sheet.look.total - 2 * MARGIN - CODE
    else:
        above, room = plain, sheet.left - CODE - 24
    return [
        *layers,
        words(above, field="code", x=start, colour=palette.ink, fontWeight="bold"),
        words(above, field="title", x=start + CODE, colour=palette.ink, limit=room),
    ]
