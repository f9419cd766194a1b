"""Rules of agreement without a scale: what is settled follows from the frozen numbers and the frozen rule."""

import json
from dataclasses import replace

import pytest

from app.questions.accord import is_one
from app.results import accord, tables
from app.results.cover_tally import CoverCell, CoverTally
from app.results.rank_tally import RankTally
from app.results.turnout import Entry
from app.rounds import agreement
from tests.results.polls import FACTS, Ballot, allocated, order, ranked

AMONG_TWO = {"rule": "first", "first": 2, "at_least": 0.7}
ALIKE = {"rule": "concordant", "at_least": 0.7}
GIVEN = {"rule": "given", "at_least": 0.51}
MODAL = {"rule": "modal", "at_least": 0.7}


def test_enough_put_it_among_their_first_and_who_leaves_it_out_does_not():
    orders = [order("W01", "W02", "W03")] * 6 + [order("W01", "W03"), order("W03", "W01")] * 2
    ballots: list[Ballot] = [*orders]
    tally = replace(ranked(ballots), agreement=AMONG_TWO)
    assert accord.settled(tally) == {"W01": True, "W02": False, "W03": False}
    # who abstains from it is not counted: 6 of 8
    abstained: list[Ballot] = [{**ballot, "W02": "cannot_say"} for ballot in ballots[-2:]]
    tally = replace(ranked(ballots[:-2] + abstained), agreement=AMONG_TWO)
    assert accord.settled(tally)["W02"] is True


@pytest.mark.parametrize(
    ("others", "whole"), [(order("W01", "W02", "W03"), True), (order("W03", "W02", "W01"), False)]
)
def test_the_order_is_settled_as_a_whole(others, whole):
    tally = replace(ranked([order("W01", "W02", "W03")] * 5 + [others] * 5), agreement=ALIKE)
    assert accord.is_concordant(tally) is whole
    assert set(accord.settled(tally).values()) == {whole}


def test_where_a_few_of_many_get_points_more_than_half_of_the_panel_must_give_some():
    tally = replace(allocated([{"W01": 100}] * 5 + [{"W01": 50, "W02": 50}] * 5), agreement=GIVEN)
    assert accord.settled(tally) == {"W01": True, "W02": False, "W03": False}
    assert [table.name for table in tables.of(tally, None)][-1] == "Settled"


def grade(*counts):
    return CoverCell(
        n=sum(counts),
        counts=list(counts),
        dont_know=1,
        median=None,
        q1=None,
        q3=None,
        mean=None,
        agreement=None,
        sure=None,
        hypothesis=None,
    )


def test_of_a_framework_every_grade_must_be_settled_that_anybody_gave():
    entries = [Entry(code=code, title=code, version=1) for code in ("A", "B", "C", "E1", "E2")]
    tally = CoverTally(
        round_number=1,
        question="Q1",
        submitted=10,
        frameworks=entries[:3],
        elements=entries[3:],
        cells={
            "A": {"E1": grade(7, 3, 0), "E2": grade(0, 0, 0)},
            "B": {"E1": grade(7, 3, 0), "E2": grade(4, 3, 3)},
            "C": {"E1": grade(0, 0, 0), "E2": grade(0, 0, 0)},
        },
        agreement=MODAL,
        method="colloquy-cover-2",
        inputs={},
        input_digest="",
        **FACTS.as_keywords(),
    )
    assert accord.settled(tally) == {"A": True, "B": False}
    assert accord.is_agreed(tally, tally.cell("C", "E1")) is None
    assert CoverTally.from_numbers(json.loads(json.dumps(tally.as_numbers()))) == tally


def test_without_a_rule_nothing_is_said_and_what_is_frozen_is_as_before():
    tally = ranked([order("W01", "W02", "W03")] * 6)
    assert accord.settled(tally) == {}
    assert "agreement" not in tally.as_numbers()
    ruled = replace(tally, agreement=AMONG_TWO)
    assert RankTally.from_numbers(json.loads(json.dumps(ruled.as_numbers()))) == ruled


@pytest.mark.parametrize("rule", [AMONG_TWO, ALIKE, GIVEN, MODAL], ids=lambda rule: rule["rule"])
def test_every_rule_is_said_in_words(rule):
    assert "settled" in agreement.sentence(rule)
    assert agreement.fits(rule, [])


@pytest.mark.parametrize(
    "rule",
    [
        {"rule": "first", "at_least": 0.7, "first": 0},
        {"rule": "first", "at_least": "7", "first": 1},
        {"rule": "modal"},
        {"rule": "modal", "at_least": 1.1},
        {"rule": "modal", "at_least": 0.7, "first": 2},
        {"rule": "iqr", "at_least": 0.7},
    ],
)
def test_what_cannot_be_a_rule_is_none(rule):
    assert not is_one(rule)
