"""The cells of an XLSX workbook's first sheet as texts, as if they had been saved as CSV."""

from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from io import BytesIO
from itertools import chain
from zipfile import BadZipFile, ZipFile
from zlib import error as BadStream  # noqa: N812 - it is an exception

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from app.spreadsheet.faults import BrokenSheet, Fault

MOST_BYTES = 300_000_000
# as many as a sheet can have; more is a lie
MOST_ROWS = 1_048_576
# What openpyxl raises where a file is not what it should be, or the archive is not.
BROKEN = (
    *(BadZipFile, BadStream, InvalidFileException, SyntaxError, EOFError, OSError, LookupError),
    *(ValueError, TypeError, AttributeError, ArithmeticError, RuntimeError),
)
UNREADABLE = "this is no XLSX workbook, or a broken one; please save the file as .xlsx or “CSV UTF-8”"
TOO_LARGE = "this workbook unpacks to more than 300 MB"
NO_VALUE = "this formula was saved without its result; please open the file in a spreadsheet and save it"

Values = tuple[object, ...]
Rows = list[tuple[int, list[str]]]


def cells(content: bytes) -> tuple[Rows, list[str]]:
    """The rows with their numbers, and a doubt if there are sheets that are not read; or BrokenSheet."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
                raise BrokenSheet([Fault(0, "", TOO_LARGE)])
        book = _book(content)
        used = [sheet for sheet in _sheets(book) if any(True for _ in _filled(sheet))]
        if not used:
            return [], []
        rows = _rows(content, used[0])
    except BROKEN:
        raise BrokenSheet([Fault(0, "", UNREADABLE)]) from None
    others = ", ".join(f"“{sheet.title}”" for sheet in used[1:])
    return rows, [f"The sheet “{used[0].title}” is read, and none of the others: {others}."] if others else []


def _book(content: bytes, *, values: bool = False) -> Workbook:
    return load_workbook(BytesIO(content), read_only=True, data_only=values, keep_links=False)


def _sheets(book: Workbook) -> Iterable[ReadOnlyWorksheet]:
    for sheet in book.worksheets:
        assert isinstance(sheet, ReadOnlyWorksheet)
        if sheet.sheet_state == "visible":
            # what the file says of its size may be wrong, and huge
            sheet.reset_dimensions()
            yield sheet


def _filled(sheet: ReadOnlyWorksheet) -> Iterator[tuple[int, Values]]:
    """The rows that hold something, with their numbers."""
    rows = sheet.iter_rows(values_only=True)  # type: ignore[misc]  # typed for the other kind of sheet only
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise ValueError(number)
        if any(value is not None for value in row):
            yield number, row


def _rows(content: bytes, sheet: ReadOnlyWorksheet) -> Rows:
    """The texts of the cells; of a formula what it came to when the file was saved."""
    rows = dict(_filled(sheet))
    if any(map(_perhaps_formula, chain.from_iterable(rows.values()))):
        rows = _results(content, sheet.title, rows)
    return [(number, [_text(value) for value in row]) for number, row in rows.items()]


def _perhaps_formula(value: object) -> bool:
    return isinstance(value, ArrayFormula | DataTableFormula) or (isinstance(value, str) and value[:1] == "=")


def _results(content: bytes, title: str, rows: dict[int, Values]) -> dict[int, Values]:
    results = dict(_filled(next(one for one in _sheets(_book(content, values=True)) if one.title == title)))
    lost = [
        Fault(number, get_column_letter(place), NO_VALUE)
        for number, row in rows.items()
        for place, value in enumerate(row, start=1)
        if value is not None and _at(results, number, place) is None
    ]
    if lost:
        raise BrokenSheet(lost)
    return results


def _at(rows: dict[int, Values], number: int, place: int) -> object:
    row = rows.get(number, ())
    return row[place - 1] if place <= len(row) else None


def _text(value: object) -> str:
    """What a cell shows; a date, which a rating such as 7.5 may have become, as a date."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, date | time | timedelta):
        return f"{value} (a date or a time)"
    return str(value)
