"""A list of people as CSV: read whole, or refused whole with every fault by row and column."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import AppError, Invalid
from app.seminars.invitees import FIELDS, Invitee, read

MOST_ROWS = 500
HEADER_ROW = 1
DELIMITERS = ",;\t"


class NotUtf8(AppError):
    """A file in an encoding that we cannot tell."""

    message = "This file is not in UTF-8. Please save it as “CSV UTF-8”."


class EmptyList(AppError):
    """Nothing to read."""

    message = "Please choose a file or paste a list."


class NoPeople(AppError):
    """A header and nothing under it."""

    message = "There is nobody in this list: a first row with the column names, then one row for each person."


class NotACsv(AppError):
    """Broken quoting, most often."""

    message = "From this row on the list cannot be read. Please check its quotation marks."


class TooManyRows(AppError):
    """More people than one list may hold."""

    message = "Please import at most %(limit)s people at once."


class UnknownColumn(AppError):
    """A column that means nothing here."""

    message = "There is no column “%(column)s”. The columns are: email, name, role, sector, region."


class ColumnTwice(AppError):
    """Two columns of one name."""

    message = "This column stands there twice."


class ColumnMissing(AppError):
    """No addresses."""

    message = "The first row must name the columns, and “email” must be among them."


class TooManyCells(AppError):
    """A row with more cells than there are columns."""

    message = "This row has more cells than there are columns."


class RowTwice(AppError):
    """The same person in the same role."""

    message = "This person stands in row %(row)s already."


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell, one row, or (row 0) the whole list."""

    row: int
    column: str
    error: AppError


@dataclass(frozen=True, slots=True)
class Line:
    """One person and the row in which she stands."""

    row: int
    invitee: Invitee


class BrokenList(Invalid):
    """The list has faults; nothing of it was imported."""

    message = "Nothing was imported, because the list has faults."

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__()
        self.faults = faults


def decode(content: bytes) -> str:
    """The text of an uploaded file, with or without a byte order mark."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BrokenList([Fault(0, "", NotUtf8())]) from None


def read_list(text: str, sectors: Mapping[str, str]) -> list[Line]:
    """The people in the list; BrokenList with all faults if there is one."""
    rows = _rows(text.removeprefix("\ufeff"))
    if not rows:
        raise BrokenList([Fault(0, "", EmptyList())])
    columns = _columns(rows[0][1])
    lines: list[Line] = []
    faults: list[Fault] = []
    for number, cells in rows[1:]:
        if any(cell.strip() for cell in cells[len(columns) :]):
            faults.append(Fault(number, "", TooManyCells()))
        invitee, errors = read(dict(zip(columns, cells, strict=False)), sectors)
        faults += [Fault(number, column, error) for column, error in errors.items()]
        if invitee:
            faults += _repeated(lines, number, invitee)
            lines.append(Line(number, invitee))
    if not faults and not lines:
        faults.append(Fault(0, "", NoPeople()))
    if faults:
        raise BrokenList(faults)
    return lines


def _rows(text: str) -> list[tuple[int, list[str]]]:
    header = text.lstrip().partition("\n")[0]
    delimiter = max(DELIMITERS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    number = 0
    try:
        for number, cells in enumerate(reader, start=HEADER_ROW):
            if any(cell.strip() for cell in cells):
                rows.append((number, cells))
            if len(rows) > MOST_ROWS + 1:
                raise BrokenList([Fault(0, "", TooManyRows(limit=MOST_ROWS))])
    except csv.Error:
        raise BrokenList([Fault(number + 1, "", NotACsv())]) from None
    return rows


def _columns(cells: list[str]) -> list[str]:
    columns = [cell.strip().lower() for cell in cells]
    while columns and not columns[-1]:
        columns.pop()
    faults = [
        Fault(HEADER_ROW, "", UnknownColumn(column=cell[:40])) for cell in columns if cell not in FIELDS
    ]
    faults += [Fault(HEADER_ROW, cell, ColumnTwice()) for cell in FIELDS if columns.count(cell) > 1]
    if "email" not in columns:
        faults.append(Fault(HEADER_ROW, "", ColumnMissing()))
    if faults:
        raise BrokenList(faults)
    return columns


def _repeated(lines: list[Line], number: int, invitee: Invitee) -> list[Fault]:
    same = (
        line for line in lines if (line.invitee.email, line.invitee.role) == (invitee.email, invitee.role)
    )
    first = next(same, None)
    return [Fault(number, "email", RowTwice(row=first.row))] if first else []
