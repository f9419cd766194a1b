"""Weights of criteria: published weights, their definitions, what cannot be weighed."""

import itertools

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from app.aggregation import ahp, best_worst, points, rank_order_centroid, swing
from tests.aggregation.panels import panel, panels, sixty
from tests.reference.published import (
    REZAEI_2015,
    REZAEI_2015_NONLINEAR,
    SAATY_2008,
    SAATY_2008_WEIGHTS,
)

nan = np.nan


def test_consumption_of_drinks():
    """Saaty (2008), to three digits."""
    result = ahp(SAATY_2008)
    assert result.weights.round(3).tolist() == SAATY_2008_WEIGHTS
    assert round(result.consistency_ratio, 3) == 0.022


@sixty
@given(npst.arrays(np.float64, st.integers(1, 9), elements=st.floats(0.1, 10)))
def test_consistent_comparisons_return_the_weights(weights):
    result = ahp(weights[:, None] / weights)
    np.testing.assert_allclose(result.weights, weights / weights.sum(), rtol=1e-9)
    assert result.lambda_max == pytest.approx(len(weights))
    if len(weights) > 2:
        assert result.consistency_ratio == pytest.approx(0, abs=1e-9)
    else:
        assert np.isnan(result.consistency_ratio), "two criteria cannot contradict each other"


@sixty
@given(st.integers(3, 9), st.integers(0, 10**6))
def test_the_weights_are_the_principal_eigenvector(n, seed):
    rng = np.random.default_rng(seed)
    a = np.triu(rng.choice([1 / 9, 1 / 5, 1 / 3, 1 / 2, 1, 2, 3, 5, 9], (n, n)), 1)
    a = a + np.eye(n) + np.divide(1, a.T, where=a.T > 0, out=np.zeros((n, n)))
    result = ahp(a)
    np.testing.assert_allclose(a @ result.weights, result.lambda_max * result.weights, rtol=1e-7)
    assert (result.weights > 0).all()
    assert result.lambda_max >= n - 1e-9
    order = rng.permutation(n)
    np.testing.assert_allclose(ahp(a[order][:, order]).weights, result.weights[order], rtol=1e-7)


def test_experts_comparisons_are_averaged_geometrically():
    one, other = [[1.0, 4.0], [1 / 4, 1.0]], [[1.0, 1.0], [1.0, 1.0]]
    np.testing.assert_allclose(ahp(np.array([one, other])).weights, [2 / 3, 1 / 3])


def test_comparisons_rounded_as_they_are_printed():
    result = ahp([[1.0, 3.0, 8.0], [0.33, 1.0, 3.0], [0.13, 0.33, 1.0]])
    assert result.weights.sum() == pytest.approx(1)
    assert np.isnan(ahp(np.ones((16, 16))).consistency_ratio), "no random index is published"


@pytest.mark.parametrize(
    ("pairwise", "message"),
    [
        ([[1, 2, 3]], "pairwise must be a square matrix"),
        (np.ones((0, 0)), "pairwise must be a square matrix"),
        ([1, 2], "pairwise must be a square matrix"),
        ([[1, nan], [1, 1]], "pairwise must be numbers above 0"),
        ([[1, 0], [1, 1]], "pairwise must be numbers above 0"),
        ([[1, -2], [-0.5, 1]], "pairwise must be numbers above 0"),
        ([[1, 2], [2, 1]], "pairwise must have 1 on the diagonal and reciprocals"),
        ([[1.01, 2], [0.5, 1]], "pairwise must have 1 on the diagonal and reciprocals"),
    ],
)
def test_comparisons_that_cannot_be(pairwise, message):
    with pytest.raises(ValueError, match=message):
        ahp(pairwise)


def test_modes_of_transport_by_the_linear_model():
    """Rezaei (2015) prints the nonlinear model; the linear one of 2016 bounds other deviations.

    By hand: with 8 wL = wC at the worst of xi, wC - 2 wA = xi and 5 wL - wA = xi leave
    wL = 1/14, wA = 9/28, wC = 17/28 and xi = 1/28.
    """
    result = best_worst(**REZAEI_2015)
    np.testing.assert_allclose(result.weights, [2 / 28, 9 / 28, 17 / 28], atol=1e-9)
    assert result.xi == pytest.approx(1 / 28)
    assert abs(result.weights - REZAEI_2015_NONLINEAR).max() > 0.01


@st.composite
def comparisons(draw):
    n = draw(st.integers(2, 6))
    best, worst = draw(st.permutations(range(n)))[:2]
    greatest = draw(st.integers(2, 9))
    a_b, a_w = (np.array(draw(st.lists(st.integers(1, greatest), min_size=n, max_size=n))) for _ in range(2))
    a_b[best] = a_w[worst] = 1
    a_b[worst] = a_w[best] = greatest
    return a_b, a_w, best, worst


def deviation(w, a_b, a_w, best, worst):
    return max(np.abs(w[best] - a_b * w).max(), np.abs(w - a_w * w[worst]).max())


@sixty
@given(comparisons(), st.integers(0, 10**6))
def test_no_weights_deviate_less(said, seed):
    result = best_worst(*said)
    assert result.weights.sum() == pytest.approx(1)
    assert (result.weights >= 0).all()
    assert deviation(result.weights, *said) == pytest.approx(result.xi, abs=1e-9)
    rng = np.random.default_rng(seed)
    for scale in (1e-3, 1e-2, 1e-1):
        other = np.abs(result.weights + scale * rng.normal(size=result.weights.size))
        assert deviation(other / other.sum(), *said) >= result.xi - 1e-9


@sixty
@given(comparisons(), st.randoms(use_true_random=False))
def test_permuting_criteria_permutes_the_weights(said, random):
    a_b, a_w, best, worst = said
    order = random.sample(range(len(a_b)), len(a_b))
    shuffled = best_worst(a_b[order], a_w[order], order.index(best), order.index(worst))
    np.testing.assert_allclose(shuffled.weights, best_worst(*said).weights[order], atol=1e-7)


@sixty
@given(st.lists(st.sampled_from([1, 2, 4, 8]), min_size=2, max_size=6))
def test_consistent_comparisons_have_no_deviation(importance):
    w = np.array(importance, dtype=float)
    best, worst = int(w.argmax()), int(w.argmin())
    assume(best != worst)
    result = best_worst(w[best] / w, w / w[worst], best, worst)
    np.testing.assert_allclose(result.weights, w / w.sum(), atol=1e-9)
    assert result.xi == pytest.approx(0, abs=1e-9)


def test_a_single_criterion_has_all_the_weight():
    result = best_worst([1], [1], 0, 0)
    assert (result.weights.tolist(), result.xi) == ([1], 0)
    assert ahp([[1]]).weights.tolist() == [1]
    for found in (points([7]), swing([100]), rank_order_centroid([1])):
        assert found.tolist() == [1]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"best_to_others": [8, 2]}, "others_to_worst must hold one number per criterion"),
        ({"best_to_others": [[8, 2, 1]]}, "best_to_others must hold one number per criterion"),
        ({"best_to_others": [8, 0.5, 1]}, "best_to_others must be numbers from 1 upwards"),
        ({"others_to_worst": [1, nan, 8]}, "others_to_worst must be numbers from 1 upwards"),
        ({"best": 3}, "best must be a position from 0 to 2, not 3"),
        ({"worst": -1}, "worst must be a whole number of at least 0"),
        ({"worst": 2}, "best and worst must be two criteria, not both 2"),
        ({"best": 1}, "best_to_others must be 1 for the best itself"),
        ({"others_to_worst": [1, 5, 7]}, "must say the same of the best and the worst: 8 and 7"),
    ],
)
def test_comparisons_with_the_best_and_the_worst_that_cannot_be(changed, message):
    with pytest.raises(ValueError, match=message):
        best_worst(**(REZAEI_2015 | changed))


def test_points_and_swings_are_shares():
    assert points([50, 30, 20]).tolist() == [0.5, 0.3, 0.2]
    assert swing([100, 60, 40]).tolist() == [0.5, 0.3, 0.2]
    assert points([5, 3, 2]).tolist() == [0.5, 0.3, 0.2]


@pytest.mark.parametrize("rule", [points, swing])
def test_every_expert_counts_the_same(rule):
    np.testing.assert_allclose(rule([[50, 50], [1, 3]]), [0.375, 0.625])
    np.testing.assert_allclose(rule(panel([50, 50], [1, nan])), [0.5, 0.5])
    assert np.isnan(rule(panel([1, nan], [nan, 1]))).all()
    assert np.isnan(rule([nan, 1])).all()
    assert np.isnan(rule(np.ones((0, 3)))).tolist() == [True] * 3


@pytest.mark.parametrize(("rule", "name"), [(points, "allocations"), (swing, "ratings")])
def test_what_cannot_be_shared(rule, name):
    with pytest.raises(ValueError, match=f"{name} must be numbers from 0 upwards, not -1"):
        rule([1, -1])
    with pytest.raises(ValueError, match=f"{name} must not all be zero for an expert"):
        rule([[1, 1], [0, 0]])
    with pytest.raises(ValueError, match=f"{name} must have the axes"):
        rule(3)


def test_centroids_of_four_criteria():
    """Barron & Barrett (1996), table 1."""
    np.testing.assert_allclose(rank_order_centroid([1, 2, 3, 4]), [0.5208, 0.2708, 0.1458, 0.0625], atol=5e-5)


@sixty
@given(panels(1, 5, experts=(1, 1), items=(1, 5), missing=False))
def test_a_centroid_is_the_mean_of_the_corners(ranks):
    """Of all weights in an order, the corners are equal weights of the first, the first two and so on."""
    order, n = ranks[0], ranks.shape[1]
    linear = [p for p in itertools.permutations(range(n)) if (np.diff(order[list(p)]) >= 0).all()]
    mean = np.zeros(n)
    for permutation in linear:
        for size in range(1, n + 1):
            mean[list(permutation[:size])] += 1 / size / n / len(linear)
    np.testing.assert_allclose(rank_order_centroid(order), mean, atol=1e-9)


def test_orders_of_several_experts():
    np.testing.assert_allclose(rank_order_centroid([[1, 2], [2, 1]]), [0.5, 0.5])
    np.testing.assert_allclose(rank_order_centroid(panel([1, 2], [1, nan])), [0.75, 0.25])
    assert np.isnan(rank_order_centroid([1, nan])).all()
    with pytest.raises(ValueError, match="order must have the axes"):
        rank_order_centroid(1)
