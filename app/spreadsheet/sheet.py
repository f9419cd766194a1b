"""The cells of a file, CSV or XLSX, by the rows that a spreadsheet shows."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from unicodedata import normalize

from app.spreadsheet import opening
from app.spreadsheet.faults import BrokenSheet, Fault

# Where two would do, the one that stands in no rating.
DELIMITERS = "\t;,"
# What Excel writes and reads as a first line to name the delimiter.
NAMED_DELIMITER = re.compile(r"sep=(.)", re.IGNORECASE)
LOOKED_AT = 50
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
OLD_KIND = "this is a workbook of the old kind or has a password; please save it as .xlsx or “CSV UTF-8”"

Rows = list[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows that hold something, with their numbers, and what about the reading may be doubted."""

    rows: Rows
    doubts: list[str] = field(default_factory=list)


def read(content: bytes) -> Sheet:
    """The file's cells as texts; BrokenSheet if it is no table."""
    if content.startswith(OLD_EXCEL):
        raise BrokenSheet([Fault(0, "", OLD_KIND)])
    if content.startswith(ZIP):
        rows, doubts = opening.cells(content)
    else:
        rows, doubts = _csv(_decode(content)), []
    kept = [(number, [normalize("NFC", cell.strip()) for cell in cells]) for number, cells in rows]
    return Sheet([(number, cells) for number, cells in kept if any(cells)], doubts)


def _decode(content: bytes) -> str:
    encoding = "utf-16" if content.startswith(UTF_16) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as broken:
        row = content.count(b"\n", 0, broken.start) + 1
        raise BrokenSheet(
            [Fault(row, "", "this is not UTF-8; please save the file as “CSV UTF-8”")]
        ) from None
    if "\0" in text:
        fault = "this is no text in UTF-8; please save the file as “CSV UTF-8”"
        raise BrokenSheet([Fault(text[: text.index("\0")].count("\n") + 1, "", fault)])
    return text


def _csv(text: str) -> Rows:
    named = NAMED_DELIMITER.fullmatch(text.lstrip().partition("\n")[0].strip())
    delimiter = named[1] if named else max(DELIMITERS, key=lambda one: _fit(text, one))
    rows = _parsed(text, delimiter)
    return rows[1:] if named else rows


def _fit(text: str, delimiter: str) -> tuple[bool, int, int]:
    """How well this parts the cells: into more than one, into as many below the first row as in it."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        widths = [len(row) for row in islice(reader, LOOKED_AT) if any(row)]
    except csv.Error:
        return False, 0, 0
    first = widths[0] if widths else 0
    return first > 1, widths.count(first), first


def _parsed(text: str, delimiter: str) -> Rows:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: Rows = []
    try:
        rows.extend(enumerate(reader, start=1))
    except csv.Error:
        fault = "from here on the file cannot be read; please check its quotation marks"
        raise BrokenSheet([Fault(len(rows) + 1, "", fault)]) from None
    return rows


def header(number: int, cells: Sequence[str]) -> list[str]:
    """The names of the columns, without empty ones at the end; BrokenSheet if one lacks or stands twice."""
    names = list(cells)
    while not names[-1]:
        names.pop()
    faults = [
        Fault(number, "", f"the {place}. column has no name")
        for place, name in enumerate(names, start=1)
        if place > 1 and not name
    ]
    faults += twice(number, [name for name in names if name])
    if faults:
        raise BrokenSheet(faults)
    return names


def twice(number: int, names: Sequence[str]) -> list[Fault]:
    """A fault for each name that has stood there before."""
    seen: set[str] = set()
    faults = []
    for name in names:
        if name in seen:
            faults.append(Fault(number, name, "this column stands there twice"))
        seen.add(name)
    return faults
