"""From one step of a real-time round to the next, and to its result: no two of them differ in few ballots.

Where each ballot that comes moved the figures, two looks at them would tell what it said; and where all
that have come were shown, the last look beside the result would tell what the last few said. So a part of
the answers, as of one subject by one criterion, goes on only with at least the minimum group of new ones,
and as many of them, drawn by chance, are held back until the result. There they all count.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from secrets import SystemRandom
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
# what every ballot says of one unit
Part: TypeAlias = Mapping[UUID, Said]


class Step(NamedTuple):
    """How many ballots say something in the later of two counts of a unit that they did not in the earlier.

    `gone` is how many no longer say what they did: they say something else, or nothing.
    """

    new: int
    gone: int

    @classmethod
    def between(cls, before: Part, after: Part) -> "Step":
        """From the one to the other."""
        new = sum(before.get(ballot) != said for ballot, said in after.items())
        return cls(new, sum(after.get(ballot) != said for ballot, said in before.items()))

    def hides(self, least: int) -> bool:
        """Whether nobody learns from both what fewer than that many say or said."""
        return all(many == 0 or many >= least for many in self)

    def ends_well(self, least: int) -> bool:
        """The same of a step to a result, for which nobody's last word waits.

        A few who have taken another view since are hidden in what is new, and not in what is gone.
        """
        return self.new >= least or (self.new == 0 and self.hides(least))


def next_step(shown: Sequence[Sheets], now: Sheets, least: int, *, singly: bool) -> dict[UUID, Sheet]:
    """The answers that may be counted now, after all those that were: of each unit new ones, or the last.

    A unit goes on with at least so many new answers, while at least as many are held back; where it then
    rests on at least so many; and where nothing that was shown before differs from it in fewer.
    """
    unit_of = _each if singly else _whole
    ballots = sorted({*now, *(ballot for sheets in shown for ballot in sheets)})
    SystemRandom().shuffle(ballots)  # whom it holds back has nothing to do with when she came
    then, today = [_by_unit(sheets, unit_of) for sheets in shown], _by_unit(now, unit_of)
    said: dict[UUID, Said] = defaultdict(dict)
    for unit in {*today, *(unit for units in then for unit in units)}:
        steps = [units.get(unit, {}) for units in then]
        for ballot, fields in _next(steps, today.get(unit, {}), ballots, least).items():
            said[ballot] |= fields
    return {ballot: _sheet(fields) for ballot, fields in said.items()}


def left_out(shown: Sequence[Sheets], now: Sheets, least: int, *, singly: bool) -> dict[str, frozenset[UUID]]:
    """Whose answers the result cannot count, by unit, since beside what was shown they would stand alone.

    There are none as long as those that were held back have not been taken back.
    """
    unit_of = _each if singly else _whole
    then, today = [_by_unit(sheets, unit_of) for sheets in shown], _by_unit(now, unit_of)
    found: dict[str, frozenset[UUID]] = {}
    for unit in {*today, *(unit for units in then for unit in units)}:
        steps = [units[unit] for units in then if unit in units]
        part = today.get(unit, {})
        if out := frozenset(part) - _counted(steps, part, least):
            found[json.dumps(unit)] = out
    return found


def without(sheets: Sheets, out: Mapping[str, Collection[UUID]], *, singly: bool) -> dict[UUID, Sheet]:
    """The answers but for those; a ballot of which nothing is left says nothing."""
    unit_of = _each if singly else _whole
    return {
        ballot: _sheet(
            {
                place: value
                for place, value in _said(sheet).items()
                if ballot not in out.get(json.dumps(unit_of(place)), ())
            }
        )
        for ballot, sheet in sheets.items()
    }


def written(before: Sheets, after: Sheets) -> list[str]:
    """What a step changes, as lines, one a ballot: to be kept until the next one."""
    lines: list[str] = []
    for ballot in sorted({*before, *after}):
        then, now = _said(before.get(ballot, {})), _said(after.get(ballot, {}))
        changed = [
            [*place, now.get(place)] for place in sorted({*then, *now}) if then.get(place) != now.get(place)
        ]
        if changed:
            lines.append(json.dumps([str(ballot), changed], separators=(",", ":"), ensure_ascii=False))
    return lines


def read(before: Sheets, lines: Iterable[str]) -> dict[UUID, Sheet]:
    """The step again that was written so after the one before."""
    said = {ballot: _said(sheet) for ballot, sheet in before.items()}
    for line in lines:
        ballot, changed = json.loads(line)
        known = said.setdefault(UUID(ballot), {})
        known.update({Place(*field[:3]): field[3] for field in changed})
    kept = {
        ballot: {place: value for place, value in known.items() if value is not None}
        for ballot, known in said.items()
    }
    return {ballot: _sheet(known) for ballot, known in kept.items() if known}


def _next(shown: Sequence[Part], now: Part, ballots: Sequence[UUID], least: int) -> Part:
    last: Part = shown[-1] if shown else {}
    new = [ballot for ballot in ballots if ballot in now and last.get(ballot) != now[ballot]]
    first_words = [ballot for ballot in new if ballot not in last]
    others = len(new) - len(first_words)
    taken_back = {ballot for ballot in last if ballot not in now}
    for moving, gone in (
        (new[least:], taken_back),
        (first_words[max(0, least - others) :], set()),  # where few have changed their minds, they wait
    ):
        step = {ballot: said for ballot, said in last.items() if ballot not in gone}
        step |= {ballot: now[ballot] for ballot in moving}
        if (
            len(moving) >= least
            and Step.between(step, now).new >= least
            and len(step) >= least
            and all(Step.between(earlier, step).hides(least) for earlier in shown)
        ):
            return step
    return last


def _counted(shown: Sequence[Part], now: Part, least: int) -> frozenset[UUID]:
    """Which ballots the result counts: all, or else those that were shown and still say so, or none."""
    if all(Step.between(earlier, now).ends_well(least) for earlier in shown):
        return frozenset(now)
    last = shown[-1]
    kept = [ballot for ballot, said in last.items() if now.get(ballot) == said]
    SystemRandom().shuffle(kept)
    if len(kept) < len(last):  # that few are gone is not seen among as many who go with them
        kept = kept[: max(0, len(last) - least)]
    part = {ballot: now[ballot] for ballot in kept}
    whole = len(part) >= least and all(Step.between(earlier, part).ends_well(least) for earlier in shown)
    return frozenset(part) if whole else frozenset()


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
