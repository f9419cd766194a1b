"""Count a published result again from nothing but what was published: its numbers, its ballots, the rules.

This is for a sceptic, who has no database. What the numbers follow from and is not published is taken as it
is told: `TOLD` says what that is, and why.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from app.questions.answers import Answer
from app.questions.catalogue import type_of
from app.results import allotting, comparing, coverage, placing, snapshot, tallies, weighing
from app.results.answers import by_content
from app.results.cover_tally import CoverTally
from app.results.coverage import Coverage, Told
from app.results.panel import Panel
from app.results.poll import Poll
from app.results.reasoned import Reasoned
from app.results.tallies import Tally
from app.results.tally import FIRST_METHODS, RateTally
from app.results.turnout import Entry, Facts

Cell: TypeAlias = int | str | None

# By the name under which it stands, wherever that is in a result.
TOLD = {
    **dict.fromkeys(("invited", "enrolled", "quorum_share"), "who was invited and had joined at closing"),
    "movement": "how views moved between rounds, which takes each expert's ballots side by side",
    **dict.fromkeys(("rationales", "sources", "arguments", "sides"), "texts that experts wrote"),
    "before": "digests of what is not in the file",
    "without_sectors": "whether the ranking holds without any one sector, which the ballots do not tell",
    "opinion": "groups of opinion, which are not told where one is small",
    **dict.fromkeys(("hypothesis", "own", "elements"), "what the registers said at closing"),
}
# Digests of parts that a result is made from, and that are not published as they were counted.
UNPUBLISHED = frozenset({"rationales", "sources", "arguments", "before"})

# No scale is wider; of a wider one in a hostile file the counts alone would fill the memory.
WIDEST = 100

POLLS: dict[str, Callable[[Poll, Facts], Tally]] = {
    "rank": placing.tally,
    "allocate": allotting.tally,
    "compare": comparing.tally,
    "weigh": weighing.tally,
}


class NotCountable(ValueError):
    """The ballots are not those of the question, or cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One question as a file tells it; `columns` and `rows` are those of its ballots, not numbered."""

    type: str
    settings: Mapping[str, Any]
    numbers: Mapping[str, Any]
    wording: Mapping[str, Any]
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Panel(Panel):
    """A panel of which some digests are told."""

    told: Mapping[str, str] = field(default_factory=dict)

    def inputs(self) -> dict[str, str]:
        return _with_told(Panel.inputs(self), self.told)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Poll(Poll):
    told_inputs: Mapping[str, str] = field(default_factory=dict)

    def inputs(self) -> dict[str, str]:
        return _with_told(Poll.inputs(self), self.told_inputs)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Coverage(Coverage):
    told: Mapping[str, str] = field(default_factory=dict)

    def inputs(self) -> dict[str, str]:
        return _with_told(Coverage.inputs(self), self.told)


def _with_told(counted: Mapping[str, str], told: Mapping[str, str]) -> dict[str, str]:
    return {
        part: told.get(part, one) if part in UNPUBLISHED else one
        for part, one in counted.items()
        if part in told or part not in UNPUBLISHED
    }


def count(one: Published) -> dict[str, Any]:
    """The numbers of the result, counted from its ballots; `NotCountable` if these cannot be."""
    frozen = tallies.read(one.numbers["method"], dict(one.numbers))
    match frozen:
        case RateTally():
            again: Tally = _rated(one, frozen)
        case CoverTally():
            again = _covered(one, frozen)
        case Reasoned():
            again = _polled(one, frozen)
        case _:
            raise NotCountable("of texts and proposals nothing is counted")
    return again.as_numbers()


def _rated(one: Published, frozen: RateTally) -> RateTally:
    codes = list(dict.fromkeys(column.partition(".")[0] for column in one.columns))
    if list(one.columns) != [f"{code}.{scale.code}" for code in codes for scale in frozen.scales]:
        raise NotCountable("the columns are not those of the question")
    if any(scale.high - scale.low > WIDEST for scale in frozen.scales):
        raise NotCountable("a scale has more points than any that is asked on")
    width = len(frozen.scales)
    panel = _Panel.of(
        round_number=frozen.round_number,
        question=frozen.question,
        options=tuple(_entry(frozen, code) for code in codes),
        scales=tuple(frozen.scales),
        wording=one.wording,
        agreement=None if frozen.method in FIRST_METHODS else frozen.agreement,
        method=frozen.method,
        ballots=[
            tuple(tuple(row[start : start + width]) for start in range(0, len(row), width))
            for row in one.rows
        ],
        rationales=(),
        pairs=None,
        told=frozen.inputs,
    )
    _check_scores(one, frozen)
    return snapshot.tally(panel, without=frozen.without_sectors, **frozen.facts.as_keywords())


def _entry(frozen: RateTally, code: str) -> Entry:
    option = frozen.option(code)
    if option is None:
        raise NotCountable(f"there are ballots on {code}, and no result")
    return Entry(code=code, title=option.title, version=option.version)


def _check_scores(one: Published, frozen: RateTally) -> None:
    ends = [(scale.low, scale.high) for scale in frozen.scales]
    for number, row in enumerate(one.rows, 1):
        for place, cell in enumerate(row):
            low, high = ends[place % len(ends)]
            if isinstance(cell, int) and not low <= cell <= high:
                raise NotCountable(f"ballot {number} says {cell} in {one.columns[place]}, off the scale")


def _covered(one: Published, frozen: CoverTally) -> CoverTally:
    elements = tuple(element.code for element in frozen.elements)
    sheets = [_sheet(one, row) for row in one.rows]
    places = [(framework.code, element) for framework in frozen.frameworks for element in elements]
    return coverage.tally(
        _Coverage(
            round_number=frozen.round_number,
            question=frozen.question,
            frameworks=tuple(frozen.frameworks),
            elements=elements,
            cells={place: coverage.cells_of(sheets, place) for place in places},
            sources={},
            rationales={},
            submitted=len(sheets),
            method=frozen.method,
            told=frozen.inputs,
        ),
        frozen.facts,
        Told.by(frozen),
    )


def _polled(one: Published, frozen: Reasoned) -> Tally:
    type_ = type_of(one.type, one.settings, {})
    codes = [subject.code for subject in frozen.subjects]
    if list(one.columns) != type_.columns(codes):
        raise NotCountable("the columns are not those of the question")
    fit = [tuple(row) for row in one.rows if type_.unfit(_sheet(one, row)) is None]
    unfit = len(one.rows) - len(fit)
    nothing = [tuple(type_.cells({}, codes))] * unfit
    ballots = _Poll(
        round_number=frozen.round_number,
        question=frozen.question,
        method=frozen.method,
        subjects=tuple(frozen.subjects),
        columns=tuple(one.columns),
        rows=tuple(sorted([*fit, *nothing], key=by_content)),
        unfit=unfit,
        settings=one.settings,
        told_inputs=frozen.inputs,
    )
    return POLLS[one.type](ballots, frozen.facts)


def _sheet(one: Published, row: Sequence[Cell]) -> dict[str, Answer]:
    """The ballot by subject; the part of a column's name after its first point is what was asked there."""
    said: dict[str, dict[str, int | str]] = {}
    for column, cell in zip(one.columns, row, strict=True):
        code, _, part = column.partition(".")
        if cell is not None:
            said.setdefault(code, {})[part] = cell
    return {code: Answer(judgements) for code, judgements in said.items()}
