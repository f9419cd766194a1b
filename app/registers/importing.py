"""What the rows of a spreadsheet would do to a register: which are new, changed, unchanged or refused.

A row is held against what an export would say of the item, cell by cell: what an export has said
changes nothing. Only what differs is read, and only then is the whole item checked.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.errors import AppError
from app.models.registers import ItemStatus, Kind, LinkKind
from app.registers import codes, columns, drafts, faults, kinds, links, words
from app.registers.columns import Column
from app.registers.drafts import Vocabularies, Wording
from app.registers.links import Tie
from app.registers.queries import ItemView
from app.registers.sheets import BrokenFile, Sheet

WORDED = frozenset({"title", "text", "field"})
LINKED = frozenset({"link", "grade"})


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Register:
    """A register as it stands, and what is needed to judge rows against it."""

    kind: Kind
    present: Mapping[str, ItemView]
    known: Mapping[str, tuple[Kind, ItemStatus]]
    elements: Sequence[str]
    vocabularies: Vocabularies
    asked: frozenset[UUID] = frozenset()

    @property
    def columns(self) -> list[Column]:
        """The columns that a spreadsheet of the register can have."""
        return columns.columns_of(self.kind, self.elements)


@dataclass(slots=True)
class Row:
    """A row of the spreadsheet and what it does; `before` and `after` hold the cells that differ."""

    number: int
    code: str
    title: str
    outcome: Outcome = Outcome.UNCHANGED
    faults: list[tuple[str, AppError]] = field(default_factory=list)
    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)
    view: ItemView | None = None
    wording: Wording | None = None
    ties: list[Tie] | None = None
    link_words: frozenset[LinkKind] = frozenset()
    retired: bool = False

    def refuse(self, column: str, error: AppError) -> None:
        """The row is left out, because of this."""
        self.outcome = Outcome.REFUSED
        self.faults.append((column, error))


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do, row by row."""

    kind: Kind
    rows: list[Row]
    minor: bool
    absent: int

    def of(self, outcome: str) -> list[Row]:
        """The rows with this outcome."""
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows have each outcome."""
        return {outcome.value: len(self.of(outcome)) for outcome in Outcome}

    @property
    def does_something(self) -> bool:
        """Whether anything is new or changed."""
        return any(row.outcome in {Outcome.NEW, Outcome.CHANGED} for row in self.rows)

    @property
    def digest(self) -> str:
        """A fingerprint of all that would be done, and to which wordings."""
        told = [
            [row.number, row.code, row.outcome, row.before, row.after, row.view.version if row.view else 0]
            for row in self.rows
        ]
        content = json.dumps([self.kind, self.minor, told], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(content.encode(errors="replace")).hexdigest()


def plan(register: Register, sheet: Sheet, *, minor: bool) -> Plan:
    """What the sheet would do to the register, its new wordings being minor ones or not."""
    header, names = _header(sheet, register.columns)
    reader = _Reader(register, names, minor=minor)
    formulas: dict[int, list[int]] = {}
    for number, place in sheet.formulas:
        formulas.setdefault(number, []).append(place)
    rows = [
        reader.row(number, cells, formulas.get(number, []))
        for number, cells in sheet.rows
        if number != header
    ]
    if not rows:
        raise BrokenFile(faults.NothingBelow())
    reader.coin(rows)
    standing = {code for code, view in register.present.items() if view.status is ItemStatus.ACCEPTED}
    return Plan(register.kind, rows, minor, len(standing - {row.code for row in rows}))


def _header(sheet: Sheet, known: Sequence[Column]) -> tuple[int, list[Column]]:
    """The number of the first row, and the columns that it names."""
    if not sheet.rows:
        raise BrokenFile(faults.ColumnMissing())
    by_name = {column.name.casefold(): column for column in known}
    number, cells = sheet.rows[0]
    found: list[Column] = []
    for cell in cells:
        column = by_name.get(columns.plain(cell).casefold())
        if column is None:
            raise BrokenFile(faults.UnknownColumn(column=cell.strip()[:60]))
        if column in found:
            raise BrokenFile(faults.ColumnTwice(column=column.name))
        found.append(column)
    if not {"code", "title"} & {column.part for column in found}:
        raise BrokenFile(faults.ColumnMissing())
    return number, found


class _Reader:
    """Reads row after row, and remembers which items it has seen."""

    def __init__(self, register: Register, names: list[Column], *, minor: bool) -> None:
        self.register = register
        self.names = names
        self.minor = minor
        self.seen: dict[str, int] = {}
        # what a word is called on the pages stands for it too
        offered = {**words.WORDS, **register.vocabularies}
        self.labels = {
            name: {said.casefold(): value for value, label in choices.items() for said in (label, value)}
            for name, choices in offered.items()
        }

    def row(self, number: int, cells: list[str], formulas: list[int]) -> Row:
        """What a row does; the code of a new one may be missing still."""
        padded = [*cells, *[""] * (len(self.names) - len(cells))]
        given = {
            column.name: self._meant(column, columns.plain(cell))
            for column, cell in zip(self.names, padded, strict=False)
        }
        row = Row(number, given.get("code", ""), given.get("title", ""))
        self._identify(row)
        if len(cells) > len(self.names):
            row.refuse("", faults.TooManyCells())
        for place in formulas:
            name = self.names[place].name if place < len(self.names) else ""
            row.refuse(name, faults.HoldsFormula())
        if row.outcome is not Outcome.REFUSED:
            self._compare(row, given)
        if row.outcome in {Outcome.NEW, Outcome.CHANGED}:
            self._check(row, given)
        return row

    def coin(self, rows: Sequence[Row]) -> None:
        """Codes for the new rows that have none, after all that are known or named in the file."""
        own = [code for code, (kind, _) in self.register.known.items() if kind is self.register.kind]
        taken = {*self.register.known, *self.seen}
        coiner = codes.Coiner(self.register.kind, [*own, *self.seen], taken)
        for row in rows:
            if row.outcome is Outcome.NEW and not row.code:
                row.code = coiner.coin(row.title)

    def _meant(self, column: Column, cell: str) -> str:
        """The value that a cell names, be it by its label."""
        if column.part != "field":
            return cell.casefold() if column.part in {"grade", "status"} else cell
        if cell in self.register.vocabularies.get(column.ref, {}):
            return cell
        return self.labels.get(column.ref, {}).get(cell.casefold(), cell)

    def _identify(self, row: Row) -> None:
        """Find the item that is meant; a row without a code, or with one that nobody has, is new."""
        if not row.code:
            row.outcome = Outcome.NEW
            return
        first = self.seen.setdefault(row.code, row.number)
        if first != row.number:
            row.refuse("code", faults.RowTwice(row=first))
            return
        row.view = self.register.present.get(row.code)
        if row.view is not None:
            return
        if row.code in self.register.known:
            row.refuse("code", faults.OtherRegister(code=row.code))
        elif not codes.is_code(row.code):
            row.refuse("code", faults.NotACode(limit=codes.LONGEST))
        else:
            row.outcome = Outcome.NEW

    def _compare(self, row: Row, given: Mapping[str, str]) -> None:
        """Note which cells differ from what an export would say."""
        new = dict.fromkeys(given, "") | {"status": ItemStatus.ACCEPTED.value}
        told = columns.cells_of(row.view, self.names) if row.view else new
        for column in self.names:
            before, after = told[column.name], given[column.name]
            # a code says which item is meant, and a status need not be said
            left_out = column.part == "code" or (column.part == "status" and not after)
            if not left_out and not columns.same(column, before, after):
                row.before[column.name], row.after[column.name] = before, after
        if row.view is None:
            self._status(row)
            return
        row.title = row.title or row.view.title
        if row.after:
            row.outcome = Outcome.CHANGED
            if row.view.status is not ItemStatus.ACCEPTED:
                row.refuse("status", faults.ForTheRecord())
            else:
                self._status(row)

    def _status(self, row: Row) -> None:
        """An item that stands can be withdrawn; nothing else becomes of one by its status."""
        if "status" not in row.after:
            return
        if row.view and row.after["status"] == ItemStatus.WITHDRAWN:
            row.retired = True
        else:
            row.refuse("status", faults.NotAStatus())

    def _check(self, row: Row, given: Mapping[str, str]) -> None:
        """Read what differs, and hold the whole item against what its kind asks for."""
        changed = [column for column in self.names if column.name in row.after]
        if row.view is None or any(column.part in WORDED for column in changed):
            self._wording(row, changed)
        if any(column.part in LINKED for column in changed):
            self._links(row, given)
        asked = row.view is not None and row.view.id in self.register.asked
        if asked and (row.retired or (row.wording and not self.minor)):
            row.refuse("", faults.AskedMeanwhile())

    def _wording(self, row: Row, changed: Sequence[Column]) -> None:
        view, kind = row.view, self.register.kind
        title = row.after.get("title", view.title if view else "")
        text = row.after.get("text", view.text if view else "")
        fields: dict[str, Any] = dict(view.fields) if view else {}
        fields |= {column.ref: row.after[column.name] for column in changed if column.part == "field"}
        wording, errors = drafts.check(kind, title, text, fields, self.register.vocabularies)
        for name, error in errors.items():
            row.refuse(name, error)
        row.wording = wording

    def _links(self, row: Row, given: Mapping[str, str]) -> None:
        """The links that the row names, kind by kind; a kind whose columns are missing stays as it is."""
        wanted: dict[str, list[str]] = {}
        for column in self.names:
            cell = given[column.name]
            if column.part == "link":
                wanted[column.ref] = columns.codes_in(cell)
            elif column.part == "grade":
                grades = wanted.setdefault(LinkKind.COVERS.value, self._other_grades(row))
                if cell and cell not in kinds.GRADES:
                    row.refuse(column.name, faults.NotAGrade(code=column.ref))
                elif cell:
                    grades.append(f"{column.ref}{links.GRADE}{cell}")
        ties, errors = links.read(self.register.kind, wanted, self.register.known)
        for name, error in errors.items():
            row.refuse(name, error)
        row.ties, row.link_words = ties, frozenset(LinkKind(word) for word in wanted)

    def _other_grades(self, row: Row) -> list[str]:
        """The grades of elements of which the sheet has no column."""
        told = {column.ref for column in self.names if column.part == "grade"}
        kept = row.view.linked(LinkKind.COVERS) if row.view else []
        return [f"{link.code}{links.GRADE}{link.value}" for link in kept if link.code not in told]
