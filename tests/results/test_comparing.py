"""From comparisons of pairs to strengths: who wins is first, what is not joined has no order."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.aggregation import bradley_terry
from app.questions import pairs
from app.questions.compare import Compare
from app.results.compare_tally import METHOD, CompareTally
from app.results.comparing import PRIOR, tally
from app.results.poll import Poll
from app.results.turnout import Entry, Facts

FACTS = Facts(invited=20, enrolled=18, quorum_share=0.6)


def poll(rows, count=4, **more):
    codes = [f"W{place:02}" for place in range(1, count + 1)]
    return Poll(
        round_number=2,
        question="Q1",
        method=METHOD,
        subjects=tuple(Entry(code=code, title=f"Option {code}", version=1) for code in codes),
        columns=tuple(Compare().columns(codes)),
        rows=tuple(tuple(row) for row in rows),
        **more,
    )


def counted(rows, count=4):
    return tally(poll(rows, count), FACTS)


def test_who_always_comes_first_is_first():
    found = counted([[1, 1, 1, 1, 1, 1]] * 8)  # W01 before all, W02 before W03 and W04, W03 before W04
    assert [option.code for option in found.options] == ["W01", "W02", "W03", "W04"]
    assert [option.rank for option in found.options] == [1, 2, 3, 4]
    assert [(o.rank_low, o.rank_high) for o in found.options] == [(1, 1), (2, 2), (3, 3), (4, 4)]
    assert found.options[0].p_best == 1
    assert (found.options[0].won, found.options[0].lost, found.options[0].n) == (24, 0, 8)
    assert found.comparisons == 48
    assert found.above["W01"] == {"W02": 8, "W03": 8, "W04": 8}


def test_strengths_are_those_of_the_core():
    said: list[list[Any]] = [[1, 1, None, -1, 0, 1], [1, -1, 1, None, 1, 0], [0, 1, 1, 1, -1, "cannot_say"]]
    rows = said * 2
    found = counted(rows)
    wins = np.zeros((4, 4))
    for row in rows:
        for (one, other), cell in zip(pairs.pairs(["0", "1", "2", "3"]), row, strict=True):
            if isinstance(cell, int):
                wins[int(one), int(other)] += (1 + cell) / 2
                wins[int(other), int(one)] += (1 - cell) / 2
    core = bradley_terry(wins, prior=PRIOR).log_strength
    by_code = {option.code: option.strength for option in found.options}
    assert [by_code[f"W{i:02}"] for i in range(1, 5)] == pytest.approx(core.tolist(), abs=1e-8)


def test_all_equal_is_one_place_for_all():
    found = counted([[0] * 6] * 6)
    assert [option.rank for option in found.options] == [1, 1, 1, 1]
    assert {option.share for option in found.options} == {0.5}
    assert found.equal["W01"]["W04"] == 6
    assert {(option.rank_low, option.rank_high) for option in found.options} == {(1, 1)}


def test_what_comparisons_do_not_join_has_no_order():
    """W01 with W02, and W03 with W04: nothing says how one pair stands beside the other."""
    found = counted([[1, None, None, None, None, 1]] * 6)
    assert found.parts == [["W01", "W02"], ["W03", "W04"]]
    assert not found.is_joined
    assert found.ranked == []
    assert all(option.strength is None for option in found.options)


def test_what_nobody_compared_stands_beside_the_order_of_the_others():
    found = counted([[1, 1, "cannot_say", 1, "cannot_say", "cannot_say"]] * 6)
    assert found.is_joined
    assert [option.code for option in found.ranked] == ["W01", "W02", "W03"]
    (alone,) = found.unranked
    assert (alone.code, alone.n, alone.unsure, alone.rank) == ("W04", 0, 18, None)
    assert found.raters("W04") == 0
    assert found.raters("W01") == 6


def test_of_few_experts_no_interval_is_told():
    found = counted([[1] * 6] * 4)
    assert found.options[0].rank == 1
    assert found.options[0].rank_low is None
    assert not found.has_intervals
    assert found.replicates == 0


def test_nobody_compared_anything():
    for found in (counted([]), counted([[None] * 6] * 5), counted([["cannot_say"] * 6])):
        assert found.ranked == []
        assert found.comparisons == 0
        assert found.leaders == []
        assert [option.n for option in found.options] == [0, 0, 0, 0]


def test_one_subject_alone_or_none_is_no_fault():
    assert counted([[]], count=1).ranked == []
    assert counted([], count=0).options == []


def test_an_interval_has_its_share_within():
    rows = [[1, 1, 1, -1, 0, 1], [1, -1, 1, None, 1, 0], [0, 1, 1, 1, -1, None], [-1, 1, None, 1, 1, 1]] * 3
    for option in counted(rows).options:
        assert option.low <= option.share <= option.high
        assert option.rank_low <= option.rank <= option.rank_high


cells = st.one_of(st.none(), st.sampled_from([1, 0, -1, "cannot_say"]))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(cells, min_size=6, max_size=6), max_size=7), st.randoms(use_true_random=False))
def test_numbers_add_up_and_survive_freezing(rows, random):
    found = counted(rows)
    assert sum(option.won for option in found.options) == sum(option.lost for option in found.options)
    assert sum(option.compared for option in found.options) == 2 * found.comparisons
    assert CompareTally.from_numbers(json.loads(json.dumps(found.as_numbers()))) == found
    shares = [option.share for option in found.ranked if option.share is not None]
    assert sum(shares) == pytest.approx(len(shares) / 2)
    tables = found.tables()
    assert all(len(row) == len(table.columns) for table in tables for row in table.rows)


def test_the_other_way_round_is_the_other_way_round():
    rows: list[list[Any]] = [[1, 1, 0, -1, 1, 1], [1, None, 1, 1, 1, 0]] * 3
    turned = [[-cell if cell else cell for cell in row] for row in rows]
    there, back = counted(rows), counted(turned)
    assert {o.code: o.strength for o in there.options} == pytest.approx(
        {o.code: -o.strength for o in back.options}, abs=1e-8
    )
