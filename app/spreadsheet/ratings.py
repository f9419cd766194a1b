"""Ratings in a table, one row an answer (long) or one row an expert (wide), as an array."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.spreadsheet import sheet
from app.spreadsheet.faults import BrokenSheet, Fault
from app.spreadsheet.scale import Scale
from app.spreadsheet.sheet import Sheet

EXPERT, ITEM, CRITERION, RATING = LONG = ("expert", "item", "criterion", "rating")
# W01.C1: an item and a criterion, both of them codes; a title with a stop in it is none
PAIR = re.compile(r"([^\s.]+)\.([^\s.]+)")
NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
ONE_CRITERION = "rating"
# Every item is compared with every other, in every resampled panel.
MOST_ITEMS = 1000


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
    """Ratings (experts, items, criteria) in the order of the file; nan is an answer not given.

    `doubts` are sentences about how the file was read.
    """

    experts: list[str]
    items: list[str]
    criteria: list[str]
    ratings: NDArray[np.float64]
    doubts: list[str] = field(default_factory=list)


def read(content: bytes, scale: Scale) -> Panel:
    """The ratings in the file; BrokenSheet with all faults if there is one."""
    table = sheet.read(content)
    if not table.rows:
        raise BrokenSheet([Fault(0, "", "there is nothing in it")])
    number, cells = table.rows[0]
    names = sheet.header(number, cells)
    lower = [name.lower() for name in names]
    table.doubts.extend(_no_names(names, scale))
    if ITEM in lower or RATING in lower:
        panel = _long(number, lower, table, scale)
    else:
        panel = _wide(number, names, table, scale)
    if np.isnan(panel.ratings).all():
        raise BrokenSheet([Fault(0, "", "no rating stands below the first row")])
    return panel


def _no_names(names: Sequence[str], scale: Scale) -> list[str]:
    """A doubt if the first row looks like ratings: numbers on the scale that do not count the items."""
    numbers = [float(name.replace(",", ".")) for name in names[1:] if NUMBER.fullmatch(name)]
    if len(numbers) < len(names) - 1 or not all(map(scale.holds, numbers)) or numbers == sorted(numbers):
        return []
    return ["The first row was read as the names of the items, but it looks like the ratings of an expert."]


def _long(header: int, names: Sequence[str], table: Sheet, scale: Scale) -> Panel:
    """One row an answer, the columns in any order."""
    faults = [
        Fault(header, name, "there is no such column; they are: expert, item, criterion, rating")
        for name in names
        if name not in LONG
    ]
    faults += [
        Fault(header, name, "this column is missing: a file with one row for each answer needs it")
        for name in (EXPERT, ITEM, RATING)
        if name not in names
    ]
    faults += sheet.twice(header, names)
    if faults:
        raise BrokenSheet(faults)
    answers: list[Answer] = []
    for number, cells in table.rows[1:]:
        faults += _too_many(number, cells, names)
        row = dict(zip(names, cells, strict=False))
        needed = [name for name in (EXPERT, ITEM, CRITERION) if name in names]
        empty = [name for name in needed if not row.get(name)]
        faults += [Fault(number, name, "this cell must not be empty") for name in empty]
        value = _number(row.get(RATING, ""), scale, (number, RATING), faults)
        if not empty:
            criterion = row.get(CRITERION, ONE_CRITERION)
            answers.append(Answer(number, RATING, row[EXPERT], row[ITEM], criterion, value))
    return _panel(answers, faults, table.doubts)


def _wide(header: int, names: Sequence[str], table: Sheet, scale: Scale) -> Panel:
    """One row an expert: her name in the first column, then one column for each item."""
    columns = _columns(header, names[1:])
    faults: list[Fault] = []
    answers: list[Answer] = []
    first: dict[str, int] = {}
    for number, cells in table.rows[1:]:
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
    return _panel(answers, faults, table.doubts)


def _columns(header: int, names: Sequence[str]) -> list[tuple[str, str]]:
    """Item and criterion of each column; without codes like W01.C1 there is one criterion."""
    if not names:
        raise BrokenSheet(
            [Fault(header, "", "there must be a column for the experts, and one for each item")]
        )
    pairs = [PAIR.fullmatch(name) for name in names]
    if not any(pairs):
        return [(name, ONE_CRITERION) for name in names]
    faults = [
        Fault(header, name, "other columns name an item and a criterion, as in W01.C1; this one does not")
        for name, pair in zip(names, pairs, strict=True)
        if not pair
    ]
    if faults:
        raise BrokenSheet(faults)
    return [(pair[1], pair[2]) for pair in pairs if pair]


def _too_many(number: int, cells: Sequence[str], names: Sequence[str]) -> list[Fault]:
    over = any(cells[len(names) :])
    fault = "this row has more cells than there are columns; a decimal comma must stand in quotation marks"
    return [Fault(number, "", fault)] if over else []


def _number(cell: str, scale: Scale, place: tuple[int, str], faults: list[Fault]) -> float:
    """The rating in a cell, nan if it is empty; what does not fit is added to the faults."""
    if not cell:
        return np.nan
    if not NUMBER.fullmatch(cell):
        faults.append(Fault(*place, f"“{cell[:40]}” is no number; where there is no answer, leave it empty"))
        return np.nan
    value = float(cell.replace(",", "."))
    if not scale.holds(value):
        faults.append(Fault(*place, f"{cell[:40]} is not on the scale, {scale}; say another with --scale"))
        return np.nan
    return value


def _panel(answers: Sequence[Answer], faults: list[Fault], doubts: list[str]) -> Panel:
    """The array; an expert who answers the same question twice is a fault."""
    experts, items, criteria = (
        {name: place for place, name in enumerate(dict.fromkeys(names))}
        for names in (
            (answer.expert for answer in answers),
            (answer.item for answer in answers),
            (answer.criterion for answer in answers),
        )
    )
    if len(items) > MOST_ITEMS:
        raise BrokenSheet([Fault(0, "", f"it has {len(items)} items; at most {MOST_ITEMS} can be ranked")])
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
    return Panel(list(experts), list(items), list(criteria), ratings, doubts)
