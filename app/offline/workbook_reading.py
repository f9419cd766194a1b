"""A form that came back as a workbook: its codes, and line by line what was put in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from app.offline import codes
from app.offline.cells import LONGEST_RAW, Fault, Reading, written
from app.offline.opening import LAST_ROW
from app.offline.returned import Finding, Found
from app.offline.sheet import Cell, Form
from app.offline.workbook import ABOUT, ANSWER, BEFORE, KEY, LISTS

Value = object


@dataclass(frozen=True, slots=True)
class Returned:
    """The file as it was parsed: its first sheet, and the lines of the others."""

    start: list[str]
    lines: list[list[tuple[Value, bool]]]

    @property
    def codes(self) -> list[str]:
        """What looks like a form's code on the first sheet."""
        return codes.found_in("\n".join(self.start))

    def find(self, form: Form) -> Found:
        """The cells of the form in it."""
        finding, cells, wordings = Finding(), form.cells, _wordings(form)
        for line in self.lines:
            cell = cells.get(_said(line[KEY - 1][0]))
            if cell is None:
                continue
            finding.readings[cell.key].append(_read(cell, *line[ANSWER - 1]))
            if cell.key in wordings:
                name, printed = wordings[cell.key]
                finding.compare(name, printed, _said(line[ABOUT - 1][0]))
        return finding.found


def parse(content: bytes) -> Returned:
    """The file, which has been held against every danger."""
    book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
    start: list[str] = []
    lines: list[list[tuple[Value, bool]]] = []
    for place, sheet in enumerate(book.worksheets):
        assert isinstance(sheet, ReadOnlyWorksheet)
        sheet.reset_dimensions()  # what the file says of its size may be a lie
        if place == 0:
            start = [_said(line[0][0]) for line in _rows(sheet, last=100)]
        elif sheet.title != LISTS:
            lines += _rows(sheet, last=LAST_ROW)
    return Returned(start, lines)


def _rows(sheet: ReadOnlyWorksheet, last: int) -> Iterator[list[tuple[Value, bool]]]:
    """The rows, each cell with whether it is a formula."""
    for row in sheet.iter_rows(max_row=last, max_col=BEFORE):  # type: ignore[misc]  # typed for the other kind
        cells: list[tuple[Value, bool]] = [(cell.value, cell.data_type == "f") for cell in row]
        yield cells + [(None, False)] * (BEFORE - len(cells))


def _read(cell: Cell, value: Value, formula: bool) -> Reading:  # noqa: FBT001 - one of a pair
    if formula:
        return Reading("", str(value)[:LONGEST_RAW], Fault.FORMULA)
    if isinstance(value, date | time | timedelta):
        # a spreadsheet makes a date of "7-8"
        return Reading("", str(value)[:LONGEST_RAW], Fault.UNCLEAR)
    return written(cell, _said(value))


def _said(value: Value) -> str:
    match value:
        case None:
            return ""
        case float():
            return f"{value:.15g}"
        case _:
            return str(value)


def _wordings(form: Form) -> dict[str, tuple[str, str]]:
    """By the first cell of each, the wording that is printed beside it and what it is of."""
    found: dict[str, tuple[str, str]] = {}
    for section in form.sections:
        for block in section.blocks:
            rows = [row for grid in block.grids for row in grid.rows]
            if block.lines:
                found[rows[0].cells[0].key] = f"{section.code}.{block.code}", "\n".join(block.lines)
            else:
                found |= {row.cells[0].key: (row.key, row.wording) for row in rows if row.worded}
    return found
