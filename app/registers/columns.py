"""The columns of a register as a spreadsheet, and what stands in them for an item."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from app.models.registers import Kind, LinkKind
from app.registers import kinds
from app.registers.queries import ItemView

Part = Literal["code", "title", "text", "field", "link", "grade", "status"]

SEPARATOR = ";"
GRADED = ":"
YES, NO = "yes", "no"
# signs that steer a terminal or a printer; XLSX cannot hold most of them
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: which part of an item it holds; `ref` names the field, the kind of link or the element."""

    name: str
    part: Part
    ref: str = ""


def columns_of(kind: Kind, elements: Iterable[str]) -> list[Column]:
    """The columns of a register in their order; coverage has one for each element of the mandate."""
    found = [Column("code", "code"), Column("title", "title"), Column("text", "text")]
    found += [Column(name, "field", name) for name in kinds.FIELDS[kind].model_fields]
    for word, _others in kinds.link_choices(kind):
        if kinds.graded(word):
            found += [Column(f"{word.value}{GRADED}{code}", "grade", code) for code in elements]
        else:
            found.append(Column(word.value, "link", word.value))
    return [*found, Column("status", "status")]


def cells_of(view: ItemView, columns: Sequence[Column]) -> dict[str, str]:
    """What stands in each column for an item."""
    grades = {link.code: link.value or "" for link in view.linked(LinkKind.COVERS)}
    return {column.name: _cell(view, column, grades) for column in columns}


def _cell(view: ItemView, column: Column, grades: Mapping[str, str]) -> str:
    match column.part:
        case "code":
            return view.code
        case "title":
            return view.title
        case "text":
            return view.text
        case "status":
            return view.status.value
        case "field":
            return field_cell(view.fields.get(column.ref))
        case "grade":
            return grades.get(column.ref, "")
        case "link":
            return SEPARATOR.join(link.code for link in view.linked(LinkKind(column.ref)))


def field_cell(value: Any) -> str:
    """A field's value as it stands in a cell."""
    if isinstance(value, bool):
        return YES if value else NO
    return "" if value is None else str(value)


def plain(cell: str) -> str:
    """A cell without what a spreadsheet may add or lose: ends of lines, spaces around it, control signs."""
    text = cell.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", CONTROL.sub("", text)).strip()


def codes_in(cell: str) -> list[str]:
    """The codes in a cell, each once."""
    return list(dict.fromkeys(code for part in cell.split(SEPARATOR) if (code := part.strip())))


def same(column: Column, one: str, other: str) -> bool:
    """Whether two cells of a column say the same."""
    if one == other:
        return True
    if column.part == "link":
        return set(codes_in(one)) == set(codes_in(other))
    if column.part == "title":
        return plain(one).split() == plain(other).split()
    return plain(one) == plain(other)
