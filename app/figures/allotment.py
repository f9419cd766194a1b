"""What each subject is given: a bar for the mean, and across it the middle half of the experts."""

from dataclasses import dataclass
from typing import Any

from app.figures.look import Caption, Figure, Look, text_width
from app.figures.sheet import MARGIN, Layer, Sheet, draw, lines, rectangles, rules, texts, words

ROW = {"wide": 32, "narrow": 66}
BAR = 14
MIDDLE = {"wide": 16, "narrow": 47}
CODE = 38
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
MOST_TICKS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class AllotmentRow:
    """One subject: its mean and quartiles in points, and what is said beside it."""

    code: str
    title: str
    mean: float
    written: str
    q1: float
    q3: float
    said: str


def figure(rows: list[AllotmentRow], *, caption: Caption, axis: str, said: str, look: Look) -> Figure:
    """Rows from the greatest mean on; `axis` names the scale, `said` heads the words on the right."""
    wide = look.width == "wide"
    sheet = Sheet(
        look=look,
        left=look.fitted(452) if wide else MARGIN + 4,
        right=244 if wide else 48,
        height=ROW[look.width] * max(len(rows), 1),
        axis=40,
    )
    reach = max([1.0, *(max(row.mean, row.q3) for row in rows)])
    placed = [(row, ROW[look.width] * place) for place, row in enumerate(rows)]
    return draw(
        sheet,
        caption,
        [
            *_axis(sheet, reach, axis),
            rules(
                [{"line": top + ROW[look.width]} for _row, top in placed],
                x=MARGIN - sheet.left,
                x2=sheet.plot + sheet.right - MARGIN,
                colour=look.palette.line,
            ),
            *_bars(sheet, placed, reach),
            *_words(sheet, placed, said),
        ],
    )


def _axis(sheet: Sheet, reach: float, title: str) -> list[Layer]:
    palette = sheet.look.palette
    step = next((step for step in STEPS if reach / step <= MOST_TICKS), STEPS[-1])
    ticks = [step * place for place in range(int(reach / step) + 1)]
    numbers = [
        {"x": sheet.plot * tick / reach, "y": -10.0, "text": str(tick), "colour": palette.soft}
        for tick in ticks
    ]
    grid = [{"x": one["x"], "x2": one["x"], "y": 0, "y2": sheet.height} for one in numbers]
    head = {"x": 0.0, "y": -28.0, "text": title, "colour": palette.soft}
    return [
        lines(grid, colour=palette.line),
        texts(numbers, fontSize=11, align="center"),
        texts([head], fontSize=11),
    ]


def _bars(sheet: Sheet, placed: list[tuple[AllotmentRow, int]], reach: float) -> list[Layer]:
    palette, middle = sheet.look.palette, MIDDLE[sheet.look.width]
    bars: list[dict[str, Any]] = []
    halves: list[dict[str, Any]] = []
    for row, top in placed:
        y = top + middle
        bars.append(
            {
                "x": 0,
                "x2": sheet.plot * row.mean / reach,
                "top": y - BAR / 2,
                "bottom": y + BAR / 2,
                "colour": palette.range,
            }
        )
        low, high = sheet.plot * row.q1 / reach, sheet.plot * row.q3 / reach
        halves.append({"x": low, "x2": high, "y": y, "y2": y})
        halves += [{"x": end, "x2": end, "y": y - 4, "y2": y + 4} for end in (low, high)]
    return [rectangles(bars), lines(halves, colour=palette.accent, strokeWidth=2)]


def _words(sheet: Sheet, placed: list[tuple[AllotmentRow, int]], said: str) -> list[Layer]:
    palette, start, wide = sheet.look.palette, MARGIN - sheet.left, sheet.look.width == "wide"
    values: list[dict[str, Any]] = [
        {
            "code": row.code,
            "title": row.title,
            "written": row.written,
            "said": row.said,
            "y": top + (MIDDLE["wide"] if wide else 13),
        }
        for row, top in placed
    ]
    room = sheet.left - CODE - 24 if wide else sheet.look.total - 2 * MARGIN - CODE
    layers = [
        words(values, field="code", x=start, colour=palette.ink, fontWeight="bold"),
        words(values, field="title", x=start + CODE, colour=palette.ink, limit=room),
    ]
    if not wide:
        below, beside = _at(values, placed, 30), _at(values, placed, MIDDLE["narrow"])
        end = sheet.plot + sheet.right - MARGIN
        return [
            *layers,
            words(below, field="said", x=start + CODE, colour=palette.soft, fontSize=11),
            words(beside, field="written", x=end, colour=palette.ink, align="right"),
        ]
    column = sheet.plot + 24 + max([0.0, *(text_width(row.written, 12) for row, _top in placed)]) + 18
    heads = [{"y": -10.0, "text": said}]
    return [
        *layers,
        words(values, field="written", x=sheet.plot + 18, colour=palette.ink, fontWeight="bold"),
        words(
            values,
            field="said",
            x=column,
            colour=palette.soft,
            limit=sheet.plot + sheet.right - column - MARGIN,
        ),
        words(heads, field="text", x=column, colour=palette.soft, fontSize=11),
    ]


def _at(
    values: list[dict[str, Any]], placed: list[tuple[AllotmentRow, int]], down: int
) -> list[dict[str, Any]]:
    """The same, so far below the top of each row."""
    return [value | {"y": top + down} for value, (_row, top) in zip(values, placed, strict=True)]
