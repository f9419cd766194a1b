"""The catalogue of what can be placed in a report: numbers, footnotes, words, figures and tables, by name."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlmodel import Session

from app.models import Seminar
from app.report import figures, numbers, rests, tables, words
from app.report.blocks import Block, FigureBlock, Footnote, TableBlock
from app.report.markup import Place
from app.report.material import Material
from app.report.numbers import Number

DIGEST = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that can be placed, for a list to choose from."""

    place: Place
    label: str


class Sources:
    """What is there is known at once; each is made when it is first asked for, and then kept."""

    def __init__(self, session: Session, seminar: Seminar) -> None:
        self.material = Material(session, seminar)
        self._made: dict[Place, Any] = {}

    @cached_property
    def numbers(self) -> dict[str, Number]:
        """The numbers by name."""
        return numbers.all_of(self.material)

    @cached_property
    def _builders(self) -> dict[str, dict[str, Any]]:
        return {
            "figure": figures.all_of(self.material),
            "table": dict(tables.all_of(self.material)),
            "words": words.all_of(self.material),
            "rests": rests.all_of(self.material, self.numbers),
        }

    def figure(self, name: str) -> FigureBlock | None:
        """The figure of that name, or None."""
        made: FigureBlock | None = self._make(Place("figure", name))
        return made

    def table(self, name: str) -> TableBlock | None:
        """The table of that name, or None where there is none or nothing in it."""
        made: TableBlock | None = self._make(Place("table", name))
        return made

    def words(self, name: str) -> Sequence[Block] | None:
        """The words of that name, or None."""
        made: Sequence[Block] | None = self._make(Place("words", name))
        return made

    def footnote(self, name: str) -> Footnote | None:
        """The footnote of that name, or None."""
        runs = self._make(Place("rests", name))
        return Footnote(runs) if runs else None

    def has(self, place: Place) -> bool:
        """Whether there is anything to put in the place."""
        return place.name in self.numbers if place.kind == "number" else self._make(place) is not None

    def value(self, place: Place) -> str | None:
        """What stands there now, as it is kept to see whether it changes; None where there is nothing."""
        if place.kind == "number":
            number = self.numbers.get(place.name)
            return number.text if number else None
        made = self._make(place)
        if made is None:
            return None
        content = made.table if isinstance(made, FigureBlock) else made
        return hashlib.sha256(repr(content).encode()).hexdigest()[:DIGEST]

    def values(self, places: Sequence[Place]) -> dict[str, str]:
        """The same of all places that have something, by their keys: what a person confirms."""
        found = {place.key: self.value(place) for place in places}
        return {key: value for key, value in found.items() if value is not None}

    def catalogue(self) -> list[Entry]:
        """Everything that can be placed, figures and tables by their captions, numbers by what they are."""
        found = [
            Entry(place=Place("figure", name), label=figure.caption)
            for name in self._builders["figure"]
            if (figure := self.figure(name))
        ]
        found += [
            Entry(place=Place("table", name), label=table.caption)
            for name in self._builders["table"]
            if (table := self.table(name))
        ]
        found += [Entry(place=Place("words", name), label=name) for name in self._builders["words"]]
        found += [Entry(place=Place("number", one.name), label=one.label) for one in self.numbers.values()]
        return found + [Entry(place=Place("rests", name), label=name) for name in self._builders["rests"]]

    def _make(self, place: Place) -> Any:
        if place not in self._made:
            build = self._builders.get(place.kind, {}).get(place.name)
            self._made[place] = build() if build else None
        return self._made[place]
