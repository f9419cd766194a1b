"""TOPSIS and PROMETHEE II: published results, their definitions pair by pair, costs, gaps, ties."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.aggregation import promethee_ii, topsis
from app.aggregation.decision import closeness
from app.aggregation.outranking import PREFERENCES
from tests.aggregation.panels import panel, panels, sixty
from tests.reference.published import (
    BRANS_1986,
    BRANS_1986_BENEFIT,
    BRANS_1986_PREFERENCES,
    BRANS_1986_THRESHOLDS,
    TZENG_HUANG_2011,
    TZENG_HUANG_2011_CLOSENESS,
    TZENG_HUANG_2011_WEIGHTS,
    shared,
)

nan = np.nan
RULES = [topsis, promethee_ii]


@st.composite
def decisions(draw, *, missing=True):
    scores = draw(panels(low=0, experts=(1, 7), items=(1, 4), missing=missing))
    size = scores.shape[1]
    weights = draw(st.lists(st.integers(1, 20), min_size=size, max_size=size))
    return scores, np.array(weights), np.array(draw(st.lists(st.booleans(), min_size=size, max_size=size)))


def test_tzeng_and_huang():
    """Tzeng & Huang (2011), vector normalisation."""
    result = topsis(TZENG_HUANG_2011, TZENG_HUANG_2011_WEIGHTS)
    np.testing.assert_allclose(result.score, TZENG_HUANG_2011_CLOSENESS, atol=1e-4)
    assert result.rank.tolist() == [3, 2, 1, 4]


def test_six_sites_for_hydroelectric_power():
    """Brans, Vincke & Mareschal (1986): the complete order, and the flows recomputed for the same data."""
    case = json.loads(shared("promethee_brans_hydro.json").read_text())["expected"]
    result = promethee_ii(
        BRANS_1986, [1] * 6, BRANS_1986_BENEFIT, BRANS_1986_PREFERENCES, **BRANS_1986_THRESHOLDS
    )
    assert result.rank.tolist() == case["rank_published"] == [6, 2, 5, 3, 1, 4]
    net = np.subtract(case["phi_plus_recomputed"], case["phi_minus_recomputed"])
    np.testing.assert_allclose(result.score, net, atol=2e-6)


@sixty
@given(decisions(missing=False))
def test_topsis_is_its_definition(decision):
    x, w, benefit = decision
    norm = np.sqrt((x**2).sum(axis=0))
    v = w / w.sum() * x / np.where(norm > 0, norm, 1)
    best = np.where(benefit, v.max(axis=0), v.min(axis=0))
    worst = np.where(benefit, v.min(axis=0), v.max(axis=0))
    plus, minus = (np.sqrt(((v - end) ** 2).sum(axis=1)) for end in (best, worst))
    expected = [m / (p + m) if p + m > 0 else 0.5 for p, m in zip(plus, minus, strict=True)]
    np.testing.assert_allclose(topsis(x, w, benefit).score, expected, atol=1e-9)


def preferred(kind, d, q, p, s):
    """The six functions of the paper, difference by difference."""
    if d <= 0:
        return 0
    return {
        "usual": 1,
        "u-shape": int(d > q),
        "v-shape": min(d / p, 1),
        "level": 0 if d <= q else 0.5 if d <= p else 1,
        "linear": 0 if d <= q else 1 if d > p else (d - q) / (p - q),
        "gaussian": 1 - np.exp(-(d**2) / (2 * s**2)),
    }[kind]


@pytest.mark.parametrize("kind", PREFERENCES)
@sixty
@given(
    decision=decisions(missing=False),
    q=st.sampled_from([0.0, 1.0, 2.5]),
    width=st.sampled_from([0.5, 1.0, 4.0]),
)
def test_flows_are_means_of_preferences(kind, decision, q, width):
    x, w, benefit = decision
    n, p, s = len(x), q + width, width
    flow = np.zeros(n)
    for a in range(n):
        for b in range(n):
            for c, share in enumerate(w / w.sum()):
                d = (x[a, c] - x[b, c]) * (1 if benefit[c] else -1)
                flow[a] += share * (preferred(kind, d, q, p, s) - preferred(kind, -d, q, p, s))
    result = promethee_ii(x, w, benefit, kind, q, p, s)
    np.testing.assert_allclose(result.score, flow / max(n - 1, 1), atol=1e-9)
    assert result.score.sum() == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("rule", RULES)
@sixty
@given(decision=decisions(), random=st.randoms(use_true_random=False), factor=st.sampled_from([1 / 3, 1e20]))
def test_items_keep_their_ranks_and_weights_their_ratios(rule, decision, random, factor):
    x, w, benefit = decision
    items, criteria = (random.sample(range(size), size) for size in x.shape)
    straight = rule(x, w, benefit)
    shuffled = rule(x[items][:, criteria], w[criteria] * factor, benefit[criteria])
    np.testing.assert_array_equal(straight.rank[items], shuffled.rank)
    np.testing.assert_allclose(straight.score[items], shuffled.score, atol=1e-9)


@pytest.mark.parametrize("rule", RULES)
@sixty
@given(decision=decisions(missing=False))
def test_an_item_better_on_every_criterion_is_above(rule, decision):
    x, w, benefit = decision
    better = x[0] + np.where(benefit, 1, -1)
    result = rule(np.vstack([x, better]), w, benefit)
    assert result.rank[-1] < result.rank[0]


@pytest.mark.parametrize("rule", RULES)
def test_an_item_with_a_gap_takes_no_part(rule):
    whole, gap = [[2, 3], [4, 1], [5, 5]], panel([2, 3], [nan, 90], [4, 1], [5, 5])
    expected, result = rule(whole, [1, 1]), rule(gap, [1, 1])
    np.testing.assert_array_equal(result.score[[0, 2, 3]], expected.score)
    assert np.isnan([result.score[1], result.rank[1]]).all()
    assert rule(gap, [0, 1]).rank.tolist() == rule(gap[:, 1:], [1]).rank.tolist()


@pytest.mark.parametrize("rule", RULES)
def test_edges(rule):
    assert rule([[7]], [1]).rank.tolist() == [1]
    assert rule([[4, 4], [4, 4], [4, 4]], [1, 2]).rank.tolist() == [1, 1, 1]
    assert rule([[0, 1], [0, 2]], [1, 1]).rank.tolist() == [2, 1]
    assert np.isnan(rule([[nan], [nan]], [1]).score).all()
    assert rule(np.ones((0, 2)), [1, 1]).rank.tolist() == []


def test_where_nothing_differs_an_item_is_half_way():
    assert topsis([[3, 0]], [1, 1]).score.tolist() == [0.5]
    assert topsis([[0, 0], [0, 0]], [1, 1]).score.tolist() == [0.5, 0.5]
    assert promethee_ii([[3, 0]], [1, 1]).score.tolist() == [0]


def test_many_matrices_at_once_are_as_one_by_one():
    rng = np.random.default_rng(2)
    x, w = rng.integers(1, 9, (5, 6, 3)).astype(float), rng.random((5, 3)) * [1, 1, -1]
    x[0, 2, 1] = nan
    for one, weights, score in zip(x, w, closeness(x, w), strict=True):
        np.testing.assert_allclose(score, closeness(one, weights), rtol=1e-12)


def test_thresholds_are_met_in_spite_of_rounding():
    """0.3 - 0.1 is a little less than 0.2 in floating point, 0.8 - 0.6 a little more."""
    x = [[0.8], [0.6], [0.3], [0.1]]
    assert promethee_ii(x[:2], [1], preference="u-shape", q=0.2).score.tolist() == [0, 0]
    assert promethee_ii(x[2:], [1], preference="level", q=0.1, p=0.2).score.tolist() == [0.5, -0.5]


def test_a_difference_of_noise_is_none_even_where_others_lie_between():
    """The first and the second differ by noise, the second and the third too, the first and third do not."""
    x = [[1.0], [1 - 7e-13], [1 - 14e-13], [0.5]]
    assert (promethee_ii(x, [1]).score * 3).round(9).tolist() == [2, 1, 0, -3]


def test_a_linear_preference_without_width_is_a_step():
    assert promethee_ii([[3], [2]], [1], None, "linear", 1, 1).score.tolist() == [0, 0]
    assert promethee_ii([[4], [2]], [1], None, "linear", 1, 1).score.tolist() == [1, -1]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    ("scores", "weights", "benefit", "message"),
    [
        ([1, 2], [1], None, r"scores must have two axes \(items, criteria\)"),
        ([[np.inf]], [1], None, "scores must be finite"),
        ([[1, 2]], [1], None, "weights must have the shape"),
        ([[1, 2]], [0, 0], None, "weights must not all be zero"),
        ([[1, 2]], [1, 1], [True], "benefit must be one True or False per criterion"),
    ],
)
def test_bad_input_is_named(rule, scores, weights, benefit, message):
    with pytest.raises(ValueError, match=message):
        rule(scores, weights, benefit)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"preference": "v"}, "preference must be one of usual, u-shape"),
        ({"preference": ["usual"]}, "preference must be one of usual, .* or one per criterion"),
        ({"q": [1, 2, 3]}, "q must be one number, or one per criterion"),
        ({"p": nan}, "p must be one number"),
        ({"preference": "u-shape", "q": -1}, "q must not be negative, as -1 is"),
        ({"preference": "level", "q": 2}, "p must not be below q: 1 < 2"),
        ({"preference": "linear", "q": 2}, "p must not be below q: 1 < 2"),
        ({"preference": "v-shape", "p": 0}, "p must be above 0 for a v-shape, not 0"),
        ({"preference": "gaussian", "s": 0}, "s must be above 0 for a gaussian, not 0"),
    ],
)
def test_preferences_that_can_mean_nothing_are_refused(changed, message):
    with pytest.raises(ValueError, match=message):
        promethee_ii([[1, 2], [2, 1]], [1, 1], **changed)


def test_a_threshold_that_is_not_in_use_is_not_looked_at():
    assert promethee_ii([[1], [2]], [1], preference="usual", q=-1, p=-2, s=0).rank.tolist() == [2, 1]
