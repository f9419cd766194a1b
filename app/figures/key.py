"""The key under a figure: numbered names under their headings, in columns of nearly equal height."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from app.figures.look import text_width, wrap

SIZE, LINE, ABOVE = 11, 16, 8
SIGN = 22  # the room of the mark before a name
LONG = 0.15  # at most so many names may take more than a line


@dataclass(frozen=True, slots=True)
class Entry:
    """One name with the number of its point."""

    point: int
    name: str


@dataclass(frozen=True, slots=True)
class Section:
    """Names under a heading; a key that is not divided has one section without."""

    heading: str
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the key: of a heading, the first of a point's name, or another of it."""

    text: str
    point: int | None
    heads: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line in its place."""

    line: Line
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Key:
    """The key laid out."""

    rows: list[Row]
    height: float


def lay_out(sections: Sequence[Section], *, width: float, most: int, gap: float) -> Key:
    """The sections one after the other, in as many columns as their names allow.

    A heading never parts from its first entry.
    """
    names = [text_width(entry.name, SIZE) for section in sections for entry in section.entries]
    columns = next(
        count
        for count in range(most, 0, -1)
        if count == 1 or sum(name > _column(width, count, gap) - SIGN for name in names) <= LONG * len(names)
    )
    column = _column(width, columns, gap)
    blocks = [block for section in sections for block in _blocks(section, column)]
    total = sum(_height(block) for block in blocks)
    limit = total / columns
    while True:
        rows, deepest, used = _flow(blocks, limit, column + gap)
        if used <= columns:
            return Key(rows, deepest)
        limit += LINE / 2


def _column(width: float, columns: int, gap: float) -> float:
    return (width - gap * (columns - 1)) / columns


def _blocks(section: Section, column: float) -> list[list[Line]]:
    """Lines that stay together: the heading with the first entry, then each entry."""
    heads = wrap(section.heading, column, SIZE, bold=True) if section.heading else []
    blocks = [_lines(entry, column) for entry in section.entries]
    return [[*(Line(head, None, heads=True) for head in heads), *blocks[0]], *blocks[1:]] if blocks else []


def _lines(entry: Entry, column: float) -> list[Line]:
    first, *more = wrap(entry.name, column - SIGN, SIZE)
    return [Line(first, entry.point), *(Line(line, None) for line in more)]


def _height(block: list[Line]) -> float:
    return LINE * len(block) + (ABOVE if block[0].heads else 0)


def _flow(blocks: list[list[Line]], limit: float, step: float) -> tuple[list[Row], float, int]:
    rows: list[Row] = []
    column, top, deepest = 0, 0.0, 0.0
    for block in blocks:
        if top and top + _height(block) > ceil(limit):
            column, top = column + 1, 0.0
        if top and block[0].heads:
            top += ABOVE
        for line in block:
            rows.append(Row(line, column * step, top + LINE / 2))
            top += LINE
        deepest = max(deepest, top)
    return rows, deepest, column + 1
