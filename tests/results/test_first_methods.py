"""What earlier methods froze is shown as it was, and counted again by the method that froze it."""

import json
from pathlib import Path

import pytest

from app.db import transaction
from app.models import Question, Result, Round
from app.results import comments, coverage, matrix, snapshot, tallies
from app.results.comments import Comments
from app.results.coverage import Coverage, Told
from app.results.recount import recompute
from app.results.tally import CARDS_1, CARDS_2, PLANE_1, RateTally
from app.results.turnout import Entry, Facts
from app.rounds import queries as rounds
from tests.results import voting
from tests.results.panels import by_option, panel, scale

FROZEN = {
    method: numbers
    for name in ("first_methods.json", "second_method.json")
    for method, numbers in json.loads((Path(__file__).parent / "frozen" / name).read_text()).items()
}
FACTS = Facts(invited=9, enrolled=8, quorum_share=0.6)
PLACE = ("FW-01", "E01")


RATED = by_option(
    W01=[[7, 8, 9, 3, 2, 7], [6, 6, 5, 5, 7, 8], [5, 4, 6, 7, 8, 2]],
    W02=[[2, 3, 1, 9, 8, "cannot_say"], [4, 4, 5, 5, None, 6], [5, 6, 6, 7, 7, 3]],
)
PAIRS = [((7, 2), (7, 2)), ((5, 3), (8, 3)), ((9, 1), (9, 1)), ((3, 9), (3, 9)), ((2, 8), (2, 8))]


def cards():
    said = [("W01", "It exists."), ("W01", "A start."), ("W02", "Too dear.")]
    made = panel(RATED, count=2, pairs=PAIRS, rationales=said, method=CARDS_1)
    return snapshot.tally(made, **FACTS.as_keywords())


def cards_2():
    said = [("W01", "It exists.", "for"), ("W01", "A start.", "for"), ("W02", "Too dear.", "against")]
    rule = {"rule": "iqr", "at_most": 2}
    made = panel(RATED, count=2, pairs=PAIRS, rationales=said, agreement=rule, salt="salt", method=CARDS_2)
    return snapshot.tally(made, **FACTS.as_keywords())


def plane():
    made = panel(
        [((2, 4),), ((5, 1),), ((3, 3),), ((4, 4),), ((1, 5),)],
        count=1,
        scales=(scale("LIK", low=1, high=5), scale("IMP", low=1, high=5)),
        rules={},
        rationales=[("W01", "Seen twice.")],
        method=PLANE_1,
    )
    return snapshot.tally(made, **FACTS.as_keywords())


def comment():
    made = Comments(
        round_number=1,
        question="Q4",
        subjects=(Entry(code="G01", title="Gap 1", version=1),),
        arguments={"G01": {"for": ["True here."], "against": ["Not in every State."]}},
        submitted=6,
        method="colloquy-comment-1",
    )
    return comments.tally(made, FACTS)


def cover():
    made = Coverage(
        round_number=1,
        question="Q3",
        frameworks=(Entry(code="FW-01", title="Framework 1", version=1),),
        elements=("E01",),
        cells={PLACE: ((0, 1), (1, None), (2, 3), ("cannot_say", None), (1, 2), (1, 2))},
        sources={PLACE: ("Article 4",)},
        rationales={"FW-01": ("Its scope is narrow.",)},
        submitted=6,
        method="colloquy-cover-1",
    )
    elements = [Entry(code="E01", title="Element 1", version=1)]
    return coverage.tally(made, FACTS, Told(elements=elements, own=None, hypotheses={PLACE: 1}))


@pytest.mark.parametrize("count_again", [cards, cards_2, plane, comment, cover])
def test_the_same_input_still_gives_the_numbers_that_were_frozen(count_again):
    again = count_again()
    assert json.loads(json.dumps(again.as_numbers())) == FROZEN[again.method]


@pytest.mark.parametrize("method", sorted(FROZEN))
def test_a_frozen_result_is_read_and_written_as_it_was(method):
    tally = tallies.read(method, FROZEN[method])
    assert json.loads(json.dumps(tally.as_numbers())) == FROZEN[method]


def test_a_result_of_before_has_reasons_without_sides_and_nothing_settled():
    tally = tallies.read(CARDS_1, FROZEN[CARDS_1])
    assert isinstance(tally, RateTally)
    assert tally.reasons("W01") == [("A start.", ""), ("It exists.", "")]
    assert [option.settled for option in tally.options] == [None, None]
    plane = tallies.read(PLANE_1, FROZEN[PLANE_1])
    assert isinstance(plane, RateTally)
    assert plane.is_plane


@pytest.mark.parametrize("method", [CARDS_1, CARDS_2])
def test_a_stored_result_of_before_equals_its_recount(engine, make, method):
    _, round_ = voting.running(make, options=2, experts=6)
    ballots = [voting.alike(2, OV=n, C1=6, C2=5, why=f"For {n}.") for n in range(3, 9)]
    voting.cast(engine, round_, ballots)
    (result,) = voting.close(engine, round_)
    with transaction(engine) as session:
        question = rounds.rate_question(session, session.get_one(Round, round_.id))
        assert isinstance(question, Question)
        now = tallies.read(result.method, result.numbers)
        before = snapshot.tally(matrix.load(session, question, method), **now.facts.as_keywords())
        stored = session.get_one(Result, result.id)
        stored.method, stored.numbers = before.method, before.as_numbers()
        stored.input_digest = before.input_digest
    with transaction(engine, write=False) as session:
        assert recompute(session, session.get_one(Result, result.id)).faults == ()
