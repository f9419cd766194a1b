"""From what is published alone every type of question gives its numbers again; the rest is told."""

import json
from typing import Any

import pytest

from app.questions.allocate import Allocate
from app.questions.compare import Compare
from app.questions.rank import Rank
from app.questions.weigh import Weigh
from app.results import again, allotting, comparing, placing, snapshot, weighing
from app.results.again import TOLD, NotCountable, Published
from app.results.answers import by_content
from app.results.poll import Poll
from app.results.tally import CARDS, CARDS_1, RateTally
from app.results.turnout import Entry, Facts
from tests.results.panels import by_option, panel, wording

FACTS = Facts(invited=20, enrolled=18, quorum_share=0.6)
CODES = ["W01", "W02", "W03"]
POLLS: dict[str, tuple[Any, Any, dict[str, Any], list[list[Any]]]] = {
    "rank": (Rank(ties=False), placing, {"ties": False}, [[1, 2, 3], [2, 1, "cannot_say"], [1, 3, 2]] * 3),
    "allocate": (Allocate(), allotting, {"points": 100}, [[50, 30, 20], [10, 80, 10], [60, 40, None]] * 3),
    "compare": (Compare(), comparing, {}, [[1, 1, -1], [0, 1, "cannot_say"], [-1, None, 1]] * 3),
    "weigh": (Weigh("pairwise"), weighing, {"method": "pairwise"}, [[2, 4, 2], [0, 1, 1], [8, -8, 8]] * 3),
}
UNFIT = {"rank": [1, 1, 2], "allocate": [50, 60, 70]}
RATED = by_option(
    W01=[[7, 8, 9, 3, 2, 7], [6, 6, 5, 5, 7, 8], [5, 4, 6, 7, 8, 2]],
    W02=[[2, 3, 1, 9, 8, "cannot_say"], [4, 4, 5, 5, None, 6], [5, 6, 6, 7, 7, 3]],
)
PAIRS = [((7, 2), (7, 2)), ((5, 3), (8, 3)), ((9, 1), (9, 1)), ((3, 9), (3, 9)), ((2, 8), (2, 8))]


def plain(numbers):
    return json.loads(json.dumps(numbers))


@pytest.mark.parametrize("type_", POLLS)
def test_a_poll_is_counted_again_with_ballots_that_could_not_have_been_submitted(type_):
    question, counting, settings, given = POLLS[type_]
    unfit = [UNFIT[type_]] if type_ in UNFIT else []
    nothing = [None] * len(given[0])
    reasons = {"W01": ("It is cheap.",)}
    ballots = Poll(
        round_number=2,
        question="Q1",
        method=f"colloquy-{type_}-1",
        subjects=tuple(Entry(code=code, title=f"Option {code}", version=1) for code in CODES),
        columns=tuple(question.columns(CODES)),
        rows=tuple(sorted((tuple(row) for row in [*given, *(nothing for _ in unfit)]), key=by_content)),
        rationales=reasons,
        unfit=len(unfit),
        settings=settings,
        salt="secret",
    )
    frozen = plain(counting.tally(ballots, FACTS).as_numbers())
    found = again.count(
        Published(
            type=type_,
            settings=settings,
            numbers=frozen,
            wording={},
            columns=question.columns(CODES),
            rows=[*given, *unfit],
        )
    )
    assert found.pop("rationales") == {}
    del frozen["rationales"]
    assert plain(found) == frozen


@pytest.mark.parametrize("method", [CARDS, CARDS_1])
def test_a_rating_is_counted_again_but_for_what_is_told(method):
    said = [("W01", "It exists.", "for"), ("W02", "Too dear.", "against")]
    made = panel(RATED, count=2, pairs=PAIRS, rationales=said, salt="salt", method=method)
    frozen = snapshot.tally(made, **FACTS.as_keywords())
    assert any(option.movement for option in frozen.options)
    shown = plain(RateTally.without_sides(frozen).as_numbers())
    found = plain(again.count(rating(shown)))
    for numbers in (found, shown):
        for name in TOLD:
            numbers.pop(name, None)
        for option in numbers["options"]:
            del option["movement"]
    assert found == shown


def rating(numbers, rows=None):
    columns = [f"W0{n}.{code}" for n in (1, 2) for code in ("OV", "C1", "C2")]
    rows = rows or [[cell for cells in ballot for cell in cells] for ballot in RATED]
    return Published(type="rate", settings={}, numbers=numbers, wording=wording(), columns=columns, rows=rows)


def test_ballots_that_the_question_cannot_have_taken_are_not_counted():
    frozen = plain(snapshot.tally(panel(RATED, count=2), **FACTS.as_keywords()).as_numbers())
    with pytest.raises(NotCountable, match=r"ballot 1 says 10 in W01\.OV"):
        again.count(rating(frozen, [[10, 1, 1, 1, 1, 1]]))
