"""Coverage as a heat map: how far each framework reaches, how sure the panel is, and where it disagrees."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from app.figures.look import Caption, Figure, Look, text_width, wrap
from app.figures.sheet import MARGIN, Layer, Sheet, draw, flow, lines, rectangles, shapes, texts

Grade = Literal["none", "partial", "full"]
Row = dict[str, Any]

TITLE = {"wide": 11.5, "narrow": 11.0}
LEADING = 13
# a column is as wide as that, or as all columns together have room for
COLUMN = {"wide": 50.0, "narrow": 28.0}
TOGETHER = {"wide": 600, "narrow": 352}
TILE = 0.76, 17.0  # the share of the column, and pixels down
# how much of its cell a tile fills, by how sure the panel is: not sure, fairly sure, sure
SURE = (0.5, 0.75, 1.0)
DIAMOND = "M0,-1L1,0L0,1L-1,0Z"
LETTERS = 2.1  # how many times its height a code such as E01 is wide
HEAD_ROOM = 128
REPEATED = 10  # on a narrow picture the columns are headed again after so many rows
SMALL, LINE = 11, 18
PATCH = 22


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What the panel says of one framework and one element; without a grade nobody could say.

    `sure` is 0 to 2, `dont_know` the share of those asked who could not say, and `divided` whether
    views divide, whatever the grade.
    """

    grade: Grade | None
    sure: int | None
    dont_know: float
    divided: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """A row."""

    title: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A column: whether the panel sees a gap there, and how wide, in words that fit below it."""

    code: str
    title: str
    gap: bool
    extent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the signs mean."""

    full: str
    partial: str
    none: str
    divided: str
    unsure: str
    dont_know: str
    gap: str
    extent: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A row in its place: its title above or beside, and the middle of its cells."""

    row: Framework
    lines: list[str]
    text: float
    middle: float
    end: float


def figure(
    rows: Sequence[Framework], elements: Sequence[Element], *, words: Words, caption: Caption, look: Look
) -> Figure:
    """A tile for each cell: darker the further a framework reaches, smaller the less sure the panel is.

    Disagreement is a sign of its own on the tile, and a gap one under the element.
    """
    wide = look.width == "wide"
    left = round(look.total - _column(elements, look) * len(elements) - 2 * MARGIN) if wide else MARGIN
    placed, heads, height = _placed(rows, left, look)
    legend, above = _legend(words, left, look)
    key = [] if wide else _key(elements, look)
    sheet = Sheet(
        look=look,
        left=left,
        right=MARGIN * 2 if wide else MARGIN,
        height=round(height + 46 + LINE * len(key)),
        axis=round(above + (HEAD_ROOM if wide else 24)),
    )
    return draw(
        sheet,
        caption,
        [
            *_rows(placed, sheet),
            *_heads(elements, heads, sheet),
            *_cells(placed, sheet),
            *_foot(elements, height, words, sheet),
            *_key_written(key, height + 46, sheet),
            *legend,
        ],
    )


def _placed(rows: Sequence[Framework], left: int, look: Look) -> tuple[list[Placed], list[float], float]:
    """Every row in its place, and where the columns are headed."""
    wide, top = look.width == "wide", 0.0
    room = (left - 16 if wide else look.total - 2 * MARGIN) - MARGIN
    placed, heads = [], [-9.0]
    for number, row in enumerate(rows):
        if not wide and number and number % REPEATED == 0:
            heads.append(top + 11)
            top += 20
        said = wrap(row.title, room, TITLE[look.width])
        if wide:
            height = max(22.0, LEADING * len(said) + 8)
            text, middle = top + (height - LEADING * (len(said) - 1)) / 2, top + height / 2
        else:
            height = LEADING * len(said) + 28
            text, middle = top + 10, top + height - 14
        top += height
        placed.append(Placed(row, said, text, middle, top))
    return placed, heads, top


def _rows(placed: list[Placed], sheet: Sheet) -> list[Layer]:
    palette, start = sheet.look.palette, MARGIN - sheet.left
    end = sheet.plot + sheet.right - MARGIN
    said = [
        {"x": start, "y": row.text + LEADING * number, "text": line, "colour": palette.ink}
        for row in placed
        for number, line in enumerate(row.lines)
    ]
    between = [{"x": start, "x2": end, "y": row.end, "y2": row.end} for row in placed]
    return [lines(between, colour=palette.line), texts(said, fontSize=TITLE[sheet.look.width])]


def _heads(elements: Sequence[Element], at: list[float], sheet: Sheet) -> list[Layer]:
    """The codes over the columns, and on a wide picture the titles upright above them."""
    palette, width = sheet.look.palette, _column(elements, sheet.look)
    codes = [
        {"x": (column + 0.5) * width, "y": y, "text": element.code, "colour": palette.ink}
        for y in at
        for column, element in enumerate(elements)
    ]
    layers = [texts(codes, align="center", fontSize=min(SMALL - 1, width / LETTERS), fontWeight="bold")]
    if sheet.look.width == "wide":
        titles = []
        for column, element in enumerate(elements):
            said = wrap(element.title, HEAD_ROOM - 24, SMALL)
            titles += [
                {
                    "x": (column + 0.5) * width + 12 * (number - (len(said) - 1) / 2),
                    "y": -20,
                    "text": line,
                    "colour": palette.soft,
                }
                for number, line in enumerate(said)
            ]
        layers.append(texts(titles, fontSize=SMALL, angle=270))
    return layers


def _column(columns: Sequence[object], look: Look) -> float:
    return min(COLUMN[look.width], look.fitted(TOGETHER[look.width]) / max(len(columns), 1))


def _cells(placed: list[Placed], sheet: Sheet) -> list[Layer]:
    palette, column_width = sheet.look.palette, _column(placed[0].row.cells if placed else (), sheet.look)
    wide, high = TILE[0] * column_width, TILE[1]
    tiles: list[Row] = []
    dashes: list[Row] = []
    unknown: list[Row] = []
    divided: list[Row] = []
    for row in placed:
        for column, cell in enumerate(row.row.cells):
            x, y = (column + 0.5) * column_width, row.middle
            fill = 1.0 if cell.sure is None else SURE[cell.sure]
            if cell.grade in {"full", "partial"}:
                tiles.append(_tile(x, y, wide * fill, high * fill, _colour(cell.grade, sheet.look)))
            elif cell.grade == "none":
                reach = 6 * fill
                dashes.append({"x": x - reach, "x2": x + reach, "y": y, "y2": y})
            if cell.dont_know:
                start = x - wide / 2
                unknown.append({"x": start, "x2": start + wide * cell.dont_know, "y": y + 10, "y2": y + 10})
            if cell.divided:
                divided.append(_diamond(x, y, sheet.look))
    return [
        rectangles(tiles, cornerRadius=2),
        lines(dashes, colour=palette.soft, strokeWidth=1.5),
        lines(unknown, colour=palette.doubt, strokeWidth=2),
        shapes(divided, size=11),
    ]


def _colour(grade: Grade | None, look: Look) -> str:
    return look.palette.favourable if grade == "full" else look.palette.range


def _tile(x: float, y: float, wide: float, high: float, colour: str) -> Row:
    return {
        "x": x - wide / 2,
        "x2": x + wide / 2,
        "top": y - high / 2,
        "bottom": y + high / 2,
        "colour": colour,
    }


def _diamond(x: float, y: float, look: Look) -> Row:
    return {"x": x, "y": y, "shape": DIAMOND, "fill": look.palette.ground, "stroke": look.palette.ink}


def _square(x: float, y: float, look: Look) -> Row:
    return {"x": x, "y": y, "shape": "square", "fill": look.palette.ground, "stroke": look.palette.doubt}


def _foot(elements: Sequence[Element], top: float, words: Words, sheet: Sheet) -> list[Layer]:
    """Under each element how wide its gap is, with the sign of a gap where there is one."""
    palette, wide, width = sheet.look.palette, sheet.look.width == "wide", _column(elements, sheet.look)
    y = top + (16 if wide else 32)
    extents = [
        {"x": (column + 0.5) * width, "y": y, "text": element.extent, "colour": palette.ink}
        for column, element in enumerate(elements)
    ]
    gaps = [
        _square((column + 0.5) * width, y + 17 if wide else y - 17, sheet.look)
        for column, element in enumerate(elements)
        if element.gap
    ]
    layers = [
        texts(extents, align="center", fontSize=min(SMALL if wide else 9, width / (LETTERS + 0.5))),
        shapes(gaps, size=10, strokeWidth=2.5),
    ]
    if wide:
        name = [{"x": MARGIN - sheet.left, "y": y, "text": words.extent, "colour": palette.ink}]
        layers.append(texts(name, fontSize=SMALL, fontWeight="bold"))
    return layers


def _key(elements: Sequence[Element], look: Look) -> list[tuple[str, str]]:
    """On a narrow picture, what the codes stand for, line by line."""
    found = []
    for element in elements:
        first, *more = wrap(element.title, look.total - 2 * MARGIN - 36, SMALL)
        found += [(element.code, first), *(("", line) for line in more)]
    return found


def _key_written(key: list[tuple[str, str]], top: float, sheet: Sheet) -> list[Layer]:
    codes, titles = [], []
    for number, (code, title) in enumerate(key):
        y = top + LINE * (number + 0.5)
        codes.append({"x": MARGIN - sheet.left, "y": y, "text": code, "colour": sheet.look.palette.ink})
        titles.append(
            {"x": MARGIN - sheet.left + 36, "y": y, "text": title, "colour": sheet.look.palette.ink}
        )
    return [texts(codes, fontSize=SMALL, fontWeight="bold"), texts(titles, fontSize=SMALL)] if key else []


def _legend(words: Words, left: int, look: Look) -> tuple[list[Layer], float]:
    """What the signs mean, in lines above the columns' heads, and how much room they take."""
    said = [words.full, words.partial, words.none, words.unsure, words.dont_know, words.divided, words.gap]
    if look.width == "narrow":
        said.append(f"{words.extent}: %")
    room = look.total - 2 * MARGIN
    places = flow([PATCH + text_width(text, SMALL) for text in said], room=room, gap=12)
    above = LINE * (1 + max(line for _, line in places)) + 4.0
    head = HEAD_ROOM if look.width == "wide" else 24
    spots = [(MARGIN - left + at, line * LINE - above - head + LINE / 2) for at, line in places]
    named = [
        {"x": x + PATCH, "y": y, "text": text, "colour": look.palette.soft}
        for (x, y), text in zip(spots, said, strict=True)
    ]
    return [*_legend_signs([(x + 8, y) for x, y in spots], look), texts(named, fontSize=SMALL)], above


def _legend_signs(at: list[tuple[float, float]], look: Look) -> list[Layer]:
    palette = look.palette
    full, partial, none, unsure, unknown, divided, gap, *_ = at
    tiles = [
        _tile(*full, 16, 13, palette.favourable),
        _tile(*partial, 16, 13, palette.range),
        _tile(*unsure, 8, 6.5, palette.favourable),
    ]
    dash = {"x": none[0] - 6, "x2": none[0] + 6, "y": none[1], "y2": none[1]}
    share = {"x": unknown[0] - 8, "x2": unknown[0] + 4, "y": unknown[1] + 4, "y2": unknown[1] + 4}
    return [
        rectangles(tiles, cornerRadius=2),
        lines([dash], colour=palette.soft, strokeWidth=1.5),
        lines([share], colour=palette.doubt, strokeWidth=2),
        shapes([_diamond(*divided, look)], size=11),
        shapes([_square(*gap, look)], size=10, strokeWidth=2.5),
    ]
