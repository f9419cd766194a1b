"""Rank acceptability by every method: against the rules themselves on all panels that can be drawn."""

import gzip
import itertools
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.aggregation import (
    _ballot_scores,
    borda,
    copeland,
    rank_acceptability,
    schulze,
    topsis,
    weighted_sum,
)
from tests.aggregation.panels import panel, panels_of_shape, sixty
from tests.reference.published import shared

nan = np.nan
RULES: dict[str, Any] = {"borda": borda, "copeland": copeland, "schulze": schulze}
PANEL = np.array(
    [
        [[7, 5], [6, 6], [9, 1], [2, nan]],
        [[8, 2], [6, 6], [nan, 4], [2, 3]],
        [[3, 5], [6, nan], [5, 8], [nan, 3]],
        [[6, 6], [5, 7], [4, 4], [9, 3]],
    ]
)


def ranking_of(ratings, weights, method, benefit=None):
    """The ranking of one panel by the public functions, experts' weighted sums as ballots."""
    if method in RULES:
        ballots = np.array([-weighted_sum(one, weights, benefit).score for one in ratings])
        return RULES[method](np.round(ballots, 9), unranked="abstain").rank
    means = [
        [x[~np.isnan(x)].mean() if (~np.isnan(x)).any() else nan for x in item.T]
        for item in ratings.swapaxes(0, 1)
    ]
    return topsis(means, weights, benefit).rank


def shares_of(ranks):
    """Share of every rank; who has none is tied for the last places."""
    items = ranks.shape[1]
    share = np.zeros((items, items))
    for rank in np.where(np.isnan(ranks), items + 1, ranks):
        for item, own in enumerate(rank):
            above, tied = (rank < own).sum(), (rank == own).sum()
            share[item, above : above + tied] += 1 / tied / len(ranks)
    return share


@pytest.mark.parametrize("method", ["topsis", *RULES])
def test_shares_are_those_of_all_panels_that_can_be_drawn(method):
    draws = itertools.product(range(4), repeat=4)
    ranks = np.array([ranking_of(PANEL[list(drawn)], [0.6, 0.4], method) for drawn in draws])
    result = rank_acceptability(PANEL, [3, 2], method=method, replicates=20_000)
    np.testing.assert_allclose(result.share, shares_of(ranks), atol=5 * np.sqrt(0.25 / 20_000))


@st.composite
def panels_with_criteria(draw):
    shape = st.tuples(st.integers(1, 6), st.integers(1, 5), st.integers(1, 3))
    return draw(panels_of_shape(shape))


@pytest.mark.parametrize("method", ["topsis", *RULES])
@sixty
@given(ratings=panels_with_criteria())
def test_without_uncertainty_the_rule_itself_is_left(method, ratings):
    weights, benefit = np.arange(1, ratings.shape[2] + 1), np.arange(ratings.shape[2]) != 1
    result = rank_acceptability(ratings, weights, benefit=benefit, method=method, resample_experts=False)
    rank = ranking_of(ratings, weights, method, benefit)
    tied = (rank[:, None] == rank).sum(axis=1)
    np.testing.assert_allclose(result.expected_rank, rank + (tied - 1) / 2, atol=1e-9)


@pytest.mark.parametrize("method", RULES)
def test_other_weights_make_other_ballots(method):
    """Half of the experts have each item better on one criterion: a weight of a half turns all round."""
    ratings = [[[9, 1], [1, 8]], [[9, 1], [1, 8]]]
    result = rank_acceptability(
        ratings, [1, 1], method=method, weight_concentration=2, resample_experts=False, replicates=20_000
    )
    # the first item is above where 8 w > 7 (1 - w), w uniform
    assert result.p_best[0] == pytest.approx(8 / 15, abs=5 * np.sqrt(0.25 / 20_000))


@pytest.mark.parametrize("method", RULES)
def test_weights_that_vary_little_change_nothing_else(method):
    """The two ways of counting ballots, for weights all the same and for each replicate its own."""
    same = rank_acceptability(PANEL, [3, 2], method=method, replicates=300)
    nearly = rank_acceptability(PANEL, [3, 2], method=method, replicates=300, weight_concentration=1e9)
    np.testing.assert_allclose(same.share, nearly.share, atol=1e-12)


@pytest.mark.parametrize("method", RULES)
def test_parts_of_any_size_give_the_same_bits(monkeypatch, method):
    whole = rank_acceptability(PANEL, [1, 1], method=method, replicates=101)
    monkeypatch.setattr(_ballot_scores, "CACHE_BYTES", 300)
    monkeypatch.setattr(_ballot_scores, "BALLOT_BYTES", 40)
    parts = rank_acceptability(PANEL, [1, 1], method=method, replicates=101)
    np.testing.assert_array_equal(whole.share, parts.share)
    np.testing.assert_array_equal(whole.beats, parts.beats)


@pytest.mark.parametrize("method", RULES)
def test_an_item_that_nobody_rated_in_full_has_no_ballot(method):
    ratings = panel([1, 2], [nan, 3]), panel([4, nan], [2, 2])
    result = rank_acceptability(np.array(ratings), [1, 1], method=method)
    np.testing.assert_array_equal(np.isnan(result.expected_rank), [False, False])
    gone = np.array([panel([1, 2], [nan, 3]), panel([4, 1], [2, nan])])
    result = rank_acceptability(gone, [1, 1], method=method)
    np.testing.assert_array_equal(np.isnan(result.share), [[False, False], [True, True]])
    assert result.p_best[0] == 1


def test_two_treatments_for_thrombosis_without_preferences():
    """Van Valkenhoef et al. (2012), R smaa: 10,000 sets of measurements with a set of weights each.

    SMAA varies the measurements and we the panel; the weighted sum of every set and the share of
    every rank are the same. The columns are criterion by criterion, each with both treatments.
    """
    with gzip.open(shared("smaa_thrombo.csv.gz"), "rt") as lines:
        rows = np.loadtxt(lines, delimiter=",")
    case = json.loads(shared("smaa_thrombo_nopref.json").read_text())
    scores, weights = rows[:, :6].reshape(-1, 3, 2).swapaxes(1, 2), rows[:, 6:]
    ranks = np.array([weighted_sum(x, w).rank for x, w in zip(scores, weights, strict=True)])
    np.testing.assert_allclose(shares_of(ranks), case["expected"]["rank_acceptability"], atol=1e-9)
