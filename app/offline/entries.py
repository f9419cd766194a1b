"""What was read from a form, as it is kept until somebody says that it is right."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.errors import AppError, Invalid
from app.offline.cells import Fault, Reading, written
from app.offline.returned import Edited
from app.offline.sheet import Cell, Form, Section
from app.questions.answers import TextTooLong

UNDECIDED = "?"
TYPED = "typed"


class NotSettled(AppError):
    """A cell of which nobody has said what is meant."""

    message = "%(cell)s: please say what is meant, or leave it blank."


class NotOffered(AppError):
    """Something that cannot stand in the cell."""

    message = "Please choose one of the answers that are offered."


@dataclass(frozen=True, slots=True)
class Entry:
    """A form that came back: of which kind it was, what its cells say, and where its wording was changed."""

    kind: str
    readings: Mapping[str, Reading] = field(default_factory=dict)
    edited: Sequence[Edited] = ()

    def reading(self, cell: Cell) -> Reading:
        """What a cell says."""
        return self.readings.get(cell.key, Reading())

    def is_editable(self, cell: Cell) -> bool:
        """Whether a person decides on it: it could not be read, or the whole form is typed in by hand."""
        return self.kind == TYPED or self.reading(cell).fault is not Fault.NONE

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all is said."""
        return not any(reading.value for reading in self.readings.values())

    def open_cells(self, form: Form) -> list[Cell]:
        """The cells that wait for a decision."""
        return [cell for cell in form.cells.values() if self.reading(cell).is_open]

    def pack(self) -> dict[str, Any]:
        """As JSON; cells that are blank without question leave no trace."""
        cells = {
            key: [one.value, one.raw, one.fault.value, one.settled]
            for key, one in self.readings.items()
            if one != Reading()
        }
        return {
            "kind": self.kind,
            "cells": cells,
            "edited": [[one.subject, one.printed, one.found] for one in self.edited],
        }


def unpack(content: Mapping[str, Any]) -> Entry:
    """What was kept; what was emptied says nothing."""
    readings = {
        key: Reading(value, raw, Fault(fault), settled)
        for key, (value, raw, fault, settled) in content.get("cells", {}).items()
    }
    edited = [Edited(*one) for one in content.get("edited", [])]
    return Entry(content.get("kind", ""), readings, edited)


def settled(form: Form, entry: Entry, decisions: Mapping[str, str], *, all_of_them: bool) -> Entry:
    """The entry with what was decided about its cells; refused if something does not fit.

    With `all_of_them`, nothing may be left undecided.
    """
    errors: dict[str, AppError] = {}
    readings = dict(entry.readings)
    for cell in form.cells.values():
        if not entry.is_editable(cell):
            continue
        before = entry.reading(cell)
        said = decisions.get(cell.key, UNDECIDED)
        if said == UNDECIDED and not (cell.is_text and cell.key in decisions):
            if all_of_them and before.is_open:
                errors[cell.key] = NotSettled(cell=cell.called)
            continue
        try:
            readings[cell.key] = _decided(cell, before, said)
        except AppError as error:
            errors[cell.key] = error
    if errors:
        raise Invalid(errors)
    return replace(entry, readings=readings)


def _decided(cell: Cell, before: Reading, said: str) -> Reading:
    if cell.limit is not None:
        found = written(cell, said)
        if found.fault is Fault.LONG:
            raise TextTooLong(limit=cell.limit, length=len(found.raw))
        value = found.value
    elif said and said not in {option.value for option in cell.choices}:
        raise NotOffered
    else:
        value = said
    return replace(before, value=value, settled=True)


def fields(section: Section, entry: Entry) -> dict[str, list[str]]:
    """What the form says of one question, as the ballot's own form would send it.

    A cell that is blank changes nothing, unless the question's answers stand together: then what the form
    says of it takes the place of all that was said before.
    """
    said = {cell.field: entry.reading(cell).value for cell in section.cells}
    if section.whole and any(said.values()):
        return {name: [value] for name, value in said.items()}
    return {name: [value] for name, value in said.items() if value}


def blanks(cells: Iterable[Cell], entry: Entry) -> list[Cell]:
    """The cells that everyone is asked for and that are blank."""
    return [cell for cell in cells if cell.required and not entry.reading(cell).value]
