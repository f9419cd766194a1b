"""A table of texts and numbers, and its CSV that spreadsheets open rightly and run nothing from."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from io import StringIO

Cell = str | int | float | None

# What a spreadsheet would take for the beginning of a formula.
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Table:
    """A named table; `wide` columns hold running text."""

    name: str
    columns: list[str]
    rows: list[list[Cell]]
    wide: frozenset[str] = field(default=frozenset({"title", "text", "rationale", "sentence", "meaning"}))


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The table in UTF-8 with the mark by which Excel knows it; texts like formulas get an apostrophe."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([harmless(column) for column in columns])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def harmless(cell: Cell) -> Cell:
    """The cell, if a text that could be taken for a formula then with an apostrophe before it."""
    if isinstance(cell, str) and cell.startswith(STARTS):
        return f"'{cell}"
    return "" if cell is None else cell
