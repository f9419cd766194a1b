"""Ratings in a CSV file, one row an answer (long) or one row an expert (wide), as an array."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.spreadsheet.faults import BrokenSheet, Fault
from app.spreadsheet.scale import Scale

EXPERT, ITEM, CRITERION, RATING = LONG = ("expert", "item", "criterion", "rating")
HEADER_ROW = 1
DELIMITERS = ",;\t"
# W01.C1: an item and a criterion, both of them codes; a title with a stop in it is none
PAIR = re.compile(r"([^\s.]+)\.([^\s.]+)")
NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
ONE_CRITERION = "rating"

Rows = list[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Answer:
    """One rating, and the cell in which it stands."""

    row: int
    column: str
    expert: str
    item: str
    criterion: str
    value: float


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Ratings (experts, items, criteria) in the order of the file; nan is an answer not given."""

    experts: list[str]
    items: list[str]
    criteria: list[str]
    ratings: NDArray[np.float64]


def read(content: bytes, scale: Scale) -> Panel:
    """The ratings in the file; BrokenSheet with all faults if there is one."""
    rows = _rows(_decode(content))
    if not rows:
        raise BrokenSheet([Fault(0, "", "there is nothing in it")])
    names = _names(rows[0][1])
    lower = [name.lower() for name in names]
    if ITEM in lower or RATING in lower:
        panel = _long(lower, rows[1:], scale)
    else:
        panel = _wide(names, rows[1:], scale)
    if np.isnan(panel.ratings).all():
        raise BrokenSheet([Fault(0, "", "no rating stands below the first row")])
    return panel


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        row = content.count(b"\n", 0, fault.start) + 1
        raise BrokenSheet(
            [Fault(row, "", "this is not UTF-8; please save the file as “CSV UTF-8”")]
        ) from None


def _rows(text: str) -> Rows:
    """The rows that hold something, with their numbers as a spreadsheet shows them."""
    header = text.lstrip().partition("\n")[0]
    delimiter = max(DELIMITERS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: Rows = []
    number = 0
    try:
        for number, cells in enumerate(reader, start=HEADER_ROW):
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                rows.append((number, stripped))
    except csv.Error:
        fault = "from here on the file cannot be read; please check its quotation marks"
        raise BrokenSheet([Fault(number + 1, "", fault)]) from None
    return rows


def _names(cells: Sequence[str]) -> list[str]:
    names = list(cells)
    while not names[-1]:
        names.pop()
    faults = [
        Fault(HEADER_ROW, "", f"the {number}. column has no name")
        for number, name in enumerate(names, start=1)
        if number > 1 and not name
    ]
    faults += [Fault(HEADER_ROW, name, "this column stands there twice") for name in _twice(names) if name]
    if faults:
        raise BrokenSheet(faults)
    return names


def _twice(names: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    return [name for name in names if name in seen or seen.add(name)]  # type: ignore[func-returns-value]


def _long(names: Sequence[str], rows: Rows, scale: Scale) -> Panel:
    """One row an answer, the columns in any order."""
    faults = [
        Fault(HEADER_ROW, name, "there is no such column; they are: expert, item, criterion, rating")
        for name in names
        if name not in LONG
    ]
    faults += [
        Fault(HEADER_ROW, name, "this column is missing: a file with one row for each answer needs it")
        for name in (EXPERT, ITEM, RATING)
        if name not in names
    ]
    faults += [Fault(HEADER_ROW, name, "this column stands there twice") for name in _twice(names)]
    if faults:
        raise BrokenSheet(faults)
    answers: list[Answer] = []
    for number, cells in rows:
        faults += _too_many(number, cells, names)
        row = dict(zip(names, cells, strict=False))
        needed = [name for name in (EXPERT, ITEM, CRITERION) if name in names]
        empty = [name for name in needed if not row.get(name)]
        faults += [Fault(number, name, "this cell must not be empty") for name in empty]
        value = _number(row.get(RATING, ""), scale, (number, RATING), faults)
        if not empty:
            criterion = row.get(CRITERION, ONE_CRITERION)
            answers.append(Answer(number, RATING, row[EXPERT], row[ITEM], criterion, value))
    return _panel(answers, faults)


def _wide(names: Sequence[str], rows: Rows, scale: Scale) -> Panel:
    """One row an expert: her name in the first column, then one column for each item."""
    columns = _columns(names[1:])
    faults: list[Fault] = []
    answers: list[Answer] = []
    first: dict[str, int] = {}
    for number, cells in rows:
        faults += _too_many(number, cells, names)
        expert = cells[0]
        if not expert:
            faults.append(Fault(number, names[0], "the first cell must say who answers"))
        elif first.setdefault(expert, number) != number:
            faults.append(Fault(number, names[0], f"“{expert}” stands in row {first[expert]} already"))
            continue
        given = cells[1:] + [""] * (len(names) - len(cells))
        for name, (item, criterion), cell in zip(names[1:], columns, given, strict=False):
            value = _number(cell, scale, (number, name), faults)
            answers.append(Answer(number, name, expert, item, criterion, value))
    return _panel(answers, faults)


def _columns(names: Sequence[str]) -> list[tuple[str, str]]:
    """Item and criterion of each column; without codes like W01.C1 there is one criterion."""
    if not names:
        raise BrokenSheet(
            [Fault(HEADER_ROW, "", "there must be a column for the experts, and one for each item")]
        )
    pairs = [PAIR.fullmatch(name) for name in names]
    if not any(pairs):
        return [(name, ONE_CRITERION) for name in names]
    faults = [
        Fault(HEADER_ROW, name, "other columns name an item and a criterion, as in W01.C1; this one does not")
        for name, pair in zip(names, pairs, strict=True)
        if not pair
    ]
    if faults:
        raise BrokenSheet(faults)
    return [(pair[1], pair[2]) for pair in pairs if pair]


def _too_many(number: int, cells: Sequence[str], names: Sequence[str]) -> list[Fault]:
    over = any(cells[len(names) :])
    return [Fault(number, "", "this row has more cells than there are columns")] if over else []


def _number(cell: str, scale: Scale, place: tuple[int, str], faults: list[Fault]) -> float:
    """The rating in a cell, nan if it is empty; what does not fit is added to the faults."""
    if not cell:
        return np.nan
    if not NUMBER.fullmatch(cell):
        faults.append(Fault(*place, f"“{cell[:40]}” is no number; where there is no answer, leave it empty"))
        return np.nan
    value = float(cell.replace(",", "."))
    if not scale.holds(value):
        faults.append(Fault(*place, f"{cell} is not on the scale, {scale}; say another with --scale"))
        return np.nan
    return value


def _panel(answers: Sequence[Answer], faults: list[Fault]) -> Panel:
    """The array; an expert who answers the same question twice is a fault."""
    experts, items, criteria = (
        {name: place for place, name in enumerate(dict.fromkeys(names))}
        for names in (
            (answer.expert for answer in answers),
            (answer.item for answer in answers),
            (answer.criterion for answer in answers),
        )
    )
    ratings = np.full((len(experts), len(items), len(criteria)), np.nan)
    first: dict[tuple[int, int, int], int] = {}
    for answer in answers:
        cell = experts[answer.expert], items[answer.item], criteria[answer.criterion]
        if first.setdefault(cell, answer.row) != answer.row:
            fault = f"“{answer.expert}” rates this in row {first[cell]} already"
            faults.append(Fault(answer.row, answer.column, fault))
        ratings[cell] = answer.value
    if faults:
        raise BrokenSheet(sorted(faults, key=lambda fault: fault.row))
    if not answers:
        raise BrokenSheet([Fault(0, "", "no rating stands below the first row")])
    return Panel(list(experts), list(items), list(criteria), ratings)
