"""A register as a file: CSV as spreadsheet programs save it, or the first sheet of an XLSX workbook.

What is read is bounded: the file by the body of a request, the workbook by its unpacked size,
the table by its rows and columns.
"""

import csv
import io
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from zipfile import BadZipFile
from zlib import error as BadStream  # noqa: N812 - it is an exception

from openpyxl import load_workbook

from app.errors import AppError, Invalid
from app.registers import packing
from app.spreadsheet.tabular import STARTS

MOST_ROWS = 5000
MOST_COLUMNS = 200
MOST_UNPACKED = 24 * 1024 * 1024
MOST_PARTS = 200
# rows that hold nothing are passed over, up to this one
LAST_ROW = 4 * MOST_ROWS
DELIMITERS = ",;\t"
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
APOSTROPHE = "'"
# What openpyxl raises where a file is not what it should be.
BROKEN = (
    *(BadZipFile, BadStream, EOFError, KeyError, IndexError, ValueError, TypeError, AttributeError),
    *(OverflowError, SyntaxError, RuntimeError, NotImplementedError, UnicodeError, OSError),
)


class NothingSent(AppError):
    """No file."""

    message = "Please choose a file."


class NoTable(AppError):
    """Neither CSV nor XLSX."""

    message = "This is neither a CSV file nor an XLSX workbook that can be read."


class OldWorkbook(AppError):
    """XLS, or a workbook with a password."""

    message = "This workbook is of the old kind or has a password. Please save it as XLSX."


class TooMuchInside(AppError):
    """A workbook that unpacks to more than is taken."""

    message = (
        "There is too much in this workbook: more than a quarter of a million cells, "
        "or it unpacks to more than %(limit)s megabytes."
    )


class TooManyRows(AppError):
    """More items than one import takes."""

    message = "Please import at most %(limit)s rows at once."


class TooManyColumns(AppError):
    """More columns than any register has."""

    message = "There are more than %(limit)s columns."


class NotACsv(AppError):
    """Broken quoting, most often."""

    message = "From row %(row)s on the file cannot be read. Please check its quotation marks."


class BrokenFile(Invalid):
    """The file cannot be read as a table."""

    message = "This file could not be read."

    def __init__(self, error: AppError) -> None:
        super().__init__({"file": error})


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows that hold something, with the numbers that a spreadsheet shows.

    `formulas` are the cells, by row and place, that hold a formula and no value of their own.
    """

    rows: list[tuple[int, list[str]]]
    formulas: list[tuple[int, int]] = field(default_factory=list)


def read(content: bytes, known: Collection[str]) -> Sheet:
    """The table in the file; of the delimiters that is taken which parts the names that are known."""
    if not content:
        raise BrokenFile(NothingSent())
    if content.startswith(OLD_EXCEL):
        raise BrokenFile(OldWorkbook())
    if content.startswith(ZIP):
        return _workbook(content)
    return Sheet(list(bounded(_csv(_decoded(content), known))))


def guarded(text: str, *, formulas: bool) -> str:
    """The text as it goes into a cell: one apostrophe more where reading takes one away.

    With `formulas` false the cell is a text whatever it begins with, as in a workbook.
    """
    starts = (APOSTROPHE, *STARTS) if formulas else (APOSTROPHE,)
    return APOSTROPHE + text if text.startswith(starts) else text


def unguarded(cell: str) -> str:
    """The text of a cell without the apostrophe that kept it from being a formula."""
    return cell[1:] if cell.startswith(APOSTROPHE) and cell[1:].startswith((APOSTROPHE, *STARTS)) else cell


def _decoded(content: bytes) -> str:
    encoding = next((name for mark, name in MARKS.items() if content.startswith(mark)), "")
    if not encoding and content[1:2] == b"\0":
        encoding = "utf-16-le"
    for name in [encoding] if encoding else ["utf-8", "windows-1252"]:
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BrokenFile(NoTable())


def _csv(text: str, known: Collection[str]) -> Iterator[tuple[int, list[str]]]:
    first, _, rest = text.partition("\n")
    named = first.strip().lower()
    skipped = 0
    if named.startswith("sep=") and len(named) == len("sep=,"):
        delimiter, text, skipped = named[-1], rest, 1
    else:
        delimiter = max(DELIMITERS, key=lambda one: _recognized(text, one, known))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = skipped
    try:
        for number, cells in enumerate(reader, 1 + skipped):
            yield number, [unguarded(cell) for cell in cells]
    except csv.Error:
        raise BrokenFile(NotACsv(row=number + 1)) from None


def _recognized(text: str, delimiter: str, known: Collection[str]) -> int:
    try:
        header = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return 0
    return len({cell.strip().lower() for cell in header} & set(known))


def bounded(rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold something, if they are not too many."""
    count = 0
    for number, cells in rows:
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            continue
        count += 1
        if len(cells) > MOST_COLUMNS:
            raise BrokenFile(TooManyColumns(limit=MOST_COLUMNS))
        if count > MOST_ROWS + 1 or number > LAST_ROW:
            raise BrokenFile(TooManyRows(limit=MOST_ROWS))
        yield number, cells


def _workbook(content: bytes) -> Sheet:
    formulas: list[tuple[int, int]] = []
    try:
        packing.check(content, most_bytes=MOST_UNPACKED, most_parts=MOST_PARTS, last_row=LAST_ROW)
        rows = list(bounded(_cells(content, formulas)))
    except packing.TooMuch:
        raise BrokenFile(TooMuchInside(limit=MOST_UNPACKED // 1024**2)) from None
    except packing.TooFar:
        raise BrokenFile(TooManyRows(limit=MOST_ROWS)) from None
    except BROKEN:
        raise BrokenFile(NoTable()) from None
    return Sheet(rows, formulas)


def _cells(content: bytes, formulas: list[tuple[int, int]]) -> Iterator[tuple[int, list[str]]]:
    book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    sheet = next((one for one in book.worksheets if one.sheet_state == "visible"), None)
    if sheet is None:
        return
    sheet.reset_dimensions()  # what the file says of its size may be a lie
    for number, row in enumerate(sheet.iter_rows(max_row=LAST_ROW, max_col=MOST_COLUMNS + 1), 1):
        formulas += [(number, place) for place, cell in enumerate(row) if cell.data_type == "f"]
        yield number, [unguarded(_text(cell.value)) for cell in row]


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:.15g}"
        case datetime() | date():
            return value.strftime("%Y-%m-%d")
        case _:
            return str(value)
