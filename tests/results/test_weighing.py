"""From points, swings and pairs to the panel's weights: the mean of the experts' own, and how they spread."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import aggregation
from app.questions.weigh import Weigh, matrix_of
from app.results.poll import Poll
from app.results.turnout import Entry, Facts
from app.results.weigh_tally import METHOD, WeighTally
from app.results.weighing import tally

FACTS = Facts(invited=20, enrolled=18, quorum_share=0.6)
CODES = ["C1", "C2", "C3"]


def counted(rows, told_by="points"):
    ballots = Poll(
        round_number=2,
        question="Q1",
        method=METHOD,
        subjects=tuple(Entry(code=code, title=f"Criterion {code}", version=1) for code in CODES),
        columns=tuple(Weigh(told_by).columns(CODES)),
        rows=tuple(tuple(row) for row in rows),
        settings={"method": told_by},
    )
    return tally(ballots, FACTS)


def test_the_panels_weight_is_the_mean_of_the_experts_own():
    rows = [[50, 30, 20], [10, 80, 10], [60, 40, None]]
    found = counted(rows)
    assert found.weights == pytest.approx({"C1": 0.4, "C2": 0.5, "C3": 0.1})
    assert found.weighings == 3
    assert [one.rank for one in found.criteria] == [2, 1, 3]
    assert [one.code for one in found.in_order] == ["C2", "C1", "C3"]
    assert found.criteria[0].median == 0.5
    assert (found.criteria[0].q1, found.criteria[0].q3) == (0.3, 0.55)
    assert found.criteria[0].spread == pytest.approx(0.25)
    assert found.consistent is None


def test_swings_count_by_what_they_are_worth_next_to_each_other():
    found = counted([[100, 60, 40]] * 6, "swing")
    assert found.weights == pytest.approx({"C1": 0.5, "C2": 0.3, "C3": 0.2})
    assert found.criteria[0].mean_low == pytest.approx(0.5)
    assert found.criteria[0].sd == pytest.approx(0)


def test_pairs_count_as_the_core_counts_them():
    rows = [[2, 4, 2], [0, 1, 1], [8, -8, 8]]
    found = counted(rows, "pairwise")
    matrices = [matrix for row in rows if (matrix := matrix_of(row, CODES)) is not None]
    each = [aggregation.ahp(matrix) for matrix in matrices]
    mean = np.mean([one.weights for one in each], axis=0)
    assert list(found.weights.values()) == pytest.approx(mean.tolist(), abs=1e-9)
    assert found.consistent == 2
    assert found.consistent_share == pytest.approx(2 / 3)
    assert found.ratio == pytest.approx(float(np.median([one.consistency_ratio for one in each])), abs=1e-9)


def test_what_is_not_complete_is_left_out_and_said():
    found = counted([[2, None, 2], [2, 4, 2], [None] * 3], "pairwise")
    assert (found.weighings, found.incomplete, found.submitted) == (1, 1, 3)
    swung = counted([[100, None, 40], [None] * 3], "swing")
    assert (swung.weighings, swung.incomplete) == (0, 1)
    assert swung.weights == {}
    assert swung.raters("C1") == 0


def test_nobody_weighed():
    for told_by in ("points", "swing", "pairwise"):
        found = counted([], told_by)
        assert found.weights == {}
        assert [one.rank for one in found.criteria] == [None] * 3
        assert found.ratio is None
        assert found.consistent_share is None
        assert found.tables()[0].rows


def test_of_few_no_interval_is_told():
    assert counted([[50, 30, 20]] * 4).criteria[0].mean_low is None
    assert counted([[50, 30, 20]] * 4).replicates == 0
    assert counted([[50, 30, 20]]).criteria[0].sd is None


hundred = st.integers(0, 100).flatmap(lambda a: st.integers(0, 100 - a).map(lambda b: [a, b, 100 - a - b]))


@settings(max_examples=30, deadline=None)
@given(st.lists(hundred, min_size=5, max_size=12))
def test_weights_sum_to_one_lie_within_and_survive_freezing(rows):
    found = counted(rows)
    assert sum(found.weights.values()) == pytest.approx(1)
    for place, one in enumerate(found.criteria):
        own = [row[place] / 100 for row in rows]
        assert min(own) - 1e-9 <= one.q1 <= one.median <= one.q3 <= max(own) + 1e-9
        assert min(own) - 1e-9 <= one.mean_low <= one.mean_high <= max(own) + 1e-9
    assert WeighTally.from_numbers(json.loads(json.dumps(found.as_numbers()))) == found
    assert all(len(row) == len(table.columns) for table in found.tables() for row in table.rows)
