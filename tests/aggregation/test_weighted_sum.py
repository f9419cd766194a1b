"""Ranking by weighted sums: scores, costs, ties, missing scores."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.aggregation import weighted_sum
from tests.aggregation.panels import panel, panels, sixty


@st.composite
def decisions(draw, *, missing=True):
    scores = draw(panels(experts=(1, 8), items=(1, 5), missing=missing))
    weights = draw(st.lists(st.integers(1, 20), min_size=scores.shape[1], max_size=scores.shape[1]))
    return scores, weights


def test_the_sum_and_its_rank():
    result = weighted_sum([[7, 2], [8, 8], [6, 1]], [3, 1], benefit=[True, False])
    assert result.score.tolist() == [4.75, 4.0, 4.25]
    assert result.rank.tolist() == [1, 3, 2]


def test_ties_share_the_smaller_rank_and_leave_a_gap():
    assert weighted_sum([[5], [9], [5], [1]], [1]).rank.tolist() == [2, 1, 2, 4]
    assert weighted_sum([[5], [5], [5]], [1]).rank.tolist() == [1, 1, 1]


def test_the_same_terms_in_another_order_are_a_tie():
    """A third of 1, 2 and 3 sums to 2 in one direction and to 1.9999999999999998 in the other."""
    result = weighted_sum([[1, 2, 3], [3, 2, 1], [2, 2, 2]], [1, 1, 1])
    assert len(set(result.score.tolist())) > 1, "the example has lost its point"
    assert result.rank.tolist() == [1, 1, 1]


def test_scores_of_any_size_are_ranked():
    for size in (1e-300, 1e-9, 1e9, 1e99):
        assert weighted_sum(np.array([[1], [3], [2]]) * size, [1]).rank.tolist() == [3, 1, 2]
    assert weighted_sum([[0], [0]], [1]).rank.tolist() == [1, 1]
    assert weighted_sum([[-1], [-2]], [1]).rank.tolist() == [1, 2]


def test_an_item_without_a_score_takes_no_rank():
    result = weighted_sum(panel([np.nan, 9], [4, 4], [5, 5]), [1, 1])
    assert np.isnan([result.score[0], result.rank[0]]).all()
    assert result.rank[1:].tolist() == [2, 1]


def test_a_criterion_of_weight_zero_is_not_looked_at():
    assert weighted_sum(panel([np.nan, 9], [4, 4]), [0, 1]).rank.tolist() == [1, 2]


@sixty
@given(decisions(), st.sampled_from([1 / 3, 7.0, 1e-30, 1e30]))
def test_scaled_weights_give_the_same(decision, factor):
    scores, weights = decision
    one, other = weighted_sum(scores, weights), weighted_sum(scores, np.array(weights) * factor)
    np.testing.assert_allclose(one.score, other.score, rtol=1e-12)
    np.testing.assert_array_equal(one.rank, other.rank)


@sixty
@given(decisions(), st.randoms(use_true_random=False))
def test_permuting_items_permutes_the_ranking_and_criteria_do_not_matter(decision, random):
    scores, weights = decision
    items, criteria = (random.sample(range(size), size) for size in scores.shape)
    straight = weighted_sum(scores, weights)
    shuffled = weighted_sum(scores[items][:, criteria], np.array(weights)[criteria])
    np.testing.assert_array_equal(straight.rank[items], shuffled.rank)
    np.testing.assert_allclose(straight.score[items], shuffled.score, atol=1e-12)


@sixty
@given(decisions(missing=False))
def test_costs_are_negative_benefits(decision):
    scores, weights = decision
    costs = weighted_sum(scores, weights, benefit=[False] * len(weights))
    np.testing.assert_array_equal(costs.rank, weighted_sum(-scores, weights).rank)
    np.testing.assert_array_equal(costs.score, -weighted_sum(scores, weights).score)


@sixty
@given(decisions(missing=False))
def test_the_better_score_has_the_better_rank(decision):
    """In whole numbers, where there is no rounding: 1 + how many items are strictly better."""
    scores, weights = decision
    exact = scores @ np.array(weights)
    np.testing.assert_array_equal(weighted_sum(scores, weights).rank, [1 + (exact > e).sum() for e in exact])


def test_edges():
    assert weighted_sum([[5]], [2]).rank.tolist() == [1]
    assert weighted_sum(np.ones((0, 1)), [2]).rank.tolist() == []
    assert np.isnan(weighted_sum([[np.nan], [np.nan]], [1]).rank).all()


@pytest.mark.parametrize(
    ("scores", "weights", "benefit", "message"),
    [
        ([1, 2], [1], None, r"scores must have two axes \(items, criteria\)"),
        ([[np.inf]], [1], None, "scores must be finite"),
        ([[1, 2]], [1], None, r"weights must have the shape \(2,\), one per criterion, not \(1,\)"),
        ([[1, 2]], [[1, 2]], None, "weights must have the shape"),
        ([[1, 2]], [1, -1], None, "weights must be numbers from 0 upwards"),
        ([[1, 2]], [1, np.nan], None, "weights must be numbers from 0 upwards"),
        ([[1, 2]], [1, np.inf], None, "weights must be finite"),
        ([[1, 2]], [0, 0], None, "weights must not all be zero"),
        ([[1, 2]], [1, 1], [True], "benefit must be one True or False per criterion"),
        ([[1, 2]], [1, 1], [1, -1], "benefit must be one True or False per criterion"),
        ([[1, 2]], [1, 1], ["max", "min"], "benefit must be one True or False per criterion"),
    ],
)
def test_bad_input_is_named(scores, weights, benefit, message):
    with pytest.raises(ValueError, match=message):
        weighted_sum(scores, weights, benefit)
