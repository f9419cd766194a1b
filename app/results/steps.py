"""From one step of a real-time round to the next: what has changed in enough ballots, and nothing else.

Where each ballot that comes moved the figures, two looks at them would tell what it said. So a part of
the answers, as of one subject by one criterion, stays as it was until at least the minimum group of
ballots differ in it, and then all of them go on at once.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, TypeAlias
from uuid import UUID

from app.questions.answers import RATIONALE, Answer
from app.questions.cover import SOURCE, SURE

Sheet: TypeAlias = Mapping[str, Answer]
Sheets: TypeAlias = Mapping[UUID, Sheet]
Unit: TypeAlias = tuple[str, ...]

# Of these types each judgement stands by itself; of all others the whole answer is one.
SINGLY = frozenset({"rate", "cover", "comment"})


class Place(NamedTuple):
    """Where on a ballot something is said."""

    code: str
    name: str
    is_text: bool


Said: TypeAlias = dict[Place, int | str]


def next_step(before: Sheets, now: Sheets, least: int, *, singly: bool) -> dict[UUID, Sheet]:
    """The answers that may be counted now: of each unit those of now, or still those of before.

    A unit goes on where at least so many ballots differ in it, and where it then rests on at least so
    many, or on none.
    """
    unit_of = _each if singly else _whole
    then, today = _by_unit(before, unit_of), _by_unit(now, unit_of)
    said: dict[UUID, Said] = defaultdict(dict)
    for unit in {*then, *today}:
        old, new = then.get(unit, {}), today.get(unit, {})
        differing = sum(old.get(ballot) != new.get(ballot) for ballot in {*old, *new})
        goes_on = differing >= least and (not new or len(new) >= least)
        for ballot, fields in (new if goes_on else old).items():
            said[ballot] |= fields
    return {ballot: _sheet(fields) for ballot, fields in said.items()}


def written(sheets: Sheets) -> list[str]:
    """The answers as lines, one a ballot, to be kept until the next step."""
    return sorted(
        json.dumps([str(ballot), [[*place, value] for place, value in sorted(_said(sheet).items())]])
        for ballot, sheet in sheets.items()
    )


def read(lines: Iterable[str]) -> dict[UUID, Sheet]:
    """The same again."""
    rows = (json.loads(line) for line in lines)
    return {UUID(ballot): _sheet({Place(*field[:3]): field[3] for field in said}) for ballot, said in rows}


def _by_unit(sheets: Sheets, unit_of: Callable[[Place], Unit]) -> dict[Unit, dict[UUID, Said]]:
    found: dict[Unit, dict[UUID, Said]] = defaultdict(lambda: defaultdict(dict))
    for ballot, sheet in sheets.items():
        for place, value in _said(sheet).items():
            found[unit_of(place)][ballot][place] = value
    return {unit: dict(ballots) for unit, ballots in found.items()}


def _said(sheet: Sheet) -> Said:
    said: Said = {}
    for code, answer in sheet.items():
        said |= {Place(code, name, False): value for name, value in answer.judgements.items()}
        texts = {RATIONALE: answer.rationale} | answer.texts
        said |= {Place(code, name, True): text for name, text in texts.items() if text}
    return said


def _sheet(said: Said) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    for code in sorted({place.code for place in said}):
        mine = [(place, value) for place, value in said.items() if place.code == code]
        texts = {place.name: str(value) for place, value in mine if place.is_text}
        judgements = {place.name: value for place, value in mine if not place.is_text}
        found[code] = Answer(judgements, texts.pop(RATIONALE, ""), texts)
    return found


def _each(place: Place) -> Unit:
    # how sure somebody is of a grade, and its source, go with the grade
    return place.code, place.name.removesuffix(SURE).removesuffix(SOURCE)


def _whole(_place: Place) -> Unit:
    return ()
