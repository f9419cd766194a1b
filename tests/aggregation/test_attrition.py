"""Leavers beside stayers: distance from the panel, means by item, and p-values of shuffles."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from app.aggregation import attrition

PANELS = arrays.arrays(
    np.float64,
    st.tuples(st.integers(2, 9), st.integers(1, 4)),
    elements=st.sampled_from([1.0, 2.0, 5.0, 8.0, 9.0, np.nan]),
)


def every_shuffle(values, left):
    """The exact p-value: the difference of means under every way to say who left."""

    def difference(chosen):
        mask = np.zeros(len(values), dtype=bool)
        mask[list(chosen)] = True
        return abs(values[mask].mean() - values[~mask].mean())

    observed = difference(np.flatnonzero(left))
    ways = list(itertools.combinations(range(len(values)), sum(left)))
    return sum(difference(way) >= observed - 1e-9 for way in ways) / len(ways)


def test_p_values_come_near_those_of_all_shuffles():
    rng = np.random.default_rng(3)
    ratings = rng.integers(1, 10, size=(10, 1)).astype(float)
    left = [True] * 4 + [False] * 6
    assert attrition(ratings, left).p[0] == pytest.approx(every_shuffle(ratings[:, 0], left), abs=0.03)


def test_leavers_of_the_minority_are_found_and_leavers_at_random_are_not():
    rng = np.random.default_rng(1)
    ratings = np.clip(rng.normal(7, 1, size=(40, 12)).round(), 1, 9)
    left = np.arange(40) < 12
    assert attrition(ratings, left).distance_p > 0.05
    ratings[left] = np.clip(rng.normal(3, 1, size=(12, 12)).round(), 1, 9)
    found = attrition(ratings, left)
    assert found.distance_p < 0.001
    assert found.distance_left > 2 * found.distance_stayed
    assert (found.p < 0.05).all()
    assert (found.mean_left < found.mean_stayed).all()


def test_who_rated_nothing_belongs_to_neither_group():
    found = attrition([[5.0], [6.0], [np.nan], [np.nan]], [True, False, True, False])
    assert (found.left, found.stayed) == (1, 1)
    assert found.n_left.tolist() == [1]


@pytest.mark.parametrize("left", [[True] * 3, [False] * 3])
def test_without_a_second_group_there_is_no_comparison(left):
    found = attrition([[1, 2], [3, 4], [5, 6]], left)
    assert np.isnan(found.distance_p)
    assert np.isnan(found.p).all()


def test_nobody_at_all():
    found = attrition(np.empty((0, 3)), [])
    assert (found.left, found.stayed) == (0, 0)
    assert np.isnan(found.mean_left).all()


def test_a_wrong_length_is_named():
    with pytest.raises(ValueError, match="one value for each of the 2 experts"):
        attrition([[1], [2]], [True])


@given(PANELS, st.data())
def test_the_order_of_experts_and_a_shift_of_the_scale_change_no_difference(ratings, data):
    left = np.array(data.draw(st.lists(st.booleans(), min_size=len(ratings), max_size=len(ratings))))
    found, order = attrition(ratings, left), data.draw(st.permutations(range(len(ratings))))
    again = attrition(ratings[order] + 10, left[order])
    np.testing.assert_allclose(again.mean_left - again.mean_stayed, found.mean_left - found.mean_stayed)
    np.testing.assert_allclose(again.distance_left, found.distance_left)
    p = found.p[~np.isnan(found.p)]
    assert ((p > 0) & (p <= 1)).all()


def test_the_same_seed_gives_the_same_numbers():
    ratings = np.arange(24.0).reshape(8, 3) % 7
    left = np.arange(8) % 3 == 0
    assert attrition(ratings, left, seed=5).p.tolist() == attrition(ratings, left, seed=5).p.tolist()
