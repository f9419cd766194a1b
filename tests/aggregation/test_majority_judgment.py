"""Majority judgment: medians removed one by one, unequal numbers of grades, the edges."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.aggregation import majority_judgment
from tests.aggregation.panels import panel, panels, sixty

nan = np.nan


def majority_value(grades):
    """Balinski & Laraki (2007): the lower median, removed again and again."""
    left, value = sorted(grades), []
    while left:
        value.append(left.pop((len(left) - 1) // 2))
    return value


@sixty
@given(panels(1, 5, experts=(1, 9), items=(1, 6), missing=False))
def test_medians_are_removed_one_by_one(ratings):
    values = [majority_value(column) for column in ratings.T.tolist()]
    assert majority_judgment(ratings).rank.tolist() == [1 + sum(v > own for v in values) for own in values]


@sixty
@given(panels(1, 4, experts=(1, 7), items=(1, 5)))
def test_unequal_numbers_are_made_equal(ratings):
    """Every grade as often as makes the numbers of grades the same."""
    columns = [[x for x in column if not math.isnan(x)] for column in ratings.T.tolist()]
    common = math.lcm(*(len(column) for column in columns if column))
    values = [majority_value(column * (common // len(column))) if column else None for column in columns]
    rank = majority_judgment(ratings).rank
    for own, place in zip(values, rank, strict=True):
        if own is None:
            assert np.isnan(place)
        else:
            assert place == 1 + sum(v is not None and v > own for v in values)


def test_the_gauge():
    """Same median 4: more above than below comes before neither, and that before more below."""
    more_above, as_many, more_below = [4, 4, 4, 5, 5], [3, 4, 4, 4, 5], [3, 3, 4, 4, 5]
    result = majority_judgment(np.array([more_below, as_many, more_above], dtype=float).T)
    assert result.rank.tolist() == [3, 2, 1]


def test_the_lower_of_two_medians_is_the_grade():
    assert majority_judgment([[1, 3], [9, 4]]).rank.tolist() == [2, 1]


@sixty
@given(panels(1, 5), st.randoms(use_true_random=False))
def test_experts_have_no_order_items_keep_theirs_and_only_the_order_of_grades_counts(ratings, random):
    experts, items = (random.sample(range(size), size) for size in ratings.shape)
    straight = majority_judgment(ratings)
    shuffled = majority_judgment(ratings[experts][:, items])
    np.testing.assert_array_equal(straight.rank[items], shuffled.rank)
    np.testing.assert_array_equal(straight.score[items], shuffled.score)
    np.testing.assert_array_equal(majority_judgment(ratings**3 - 7).rank, straight.rank)


def test_the_same_shares_tie_whatever_their_number():
    result = majority_judgment(panel([1, 1, 2], [2, 2, 2], [1, nan, 2], [2, nan, 2]))
    assert result.rank.tolist() == [2, 2, 1]
    assert result.score.tolist() == [0.5, 0.5, 2]


def test_edges():
    assert majority_judgment([[3, 9, 3]]).rank.tolist() == [2, 1, 2]
    assert majority_judgment([[3], [4]]).rank.tolist() == [1]
    assert majority_judgment(np.full((3, 2), 6)).rank.tolist() == [1, 1]
    np.testing.assert_array_equal(majority_judgment(panel([nan, 5])).rank, [nan, 1])
    assert np.isnan(majority_judgment(np.full((2, 2), nan)).score).all()
    assert np.isnan(majority_judgment(np.ones((0, 2))).rank).all()
    assert majority_judgment(np.ones((2, 0))).rank.tolist() == []


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="ratings must have two axes"):
        majority_judgment([1, 2])
    with pytest.raises(ValueError, match="ratings must be finite"):
        majority_judgment([[np.inf]])
