"""Rank acceptability: against all panels that could be drawn, its symmetries, its edges."""

import itertools
import tracemalloc
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats  # type: ignore[import-untyped]

from app.aggregation import _blocks, _group_values, _replicates, rank_acceptability, weighted_sum
from tests.aggregation.panels import panel, panels_of_shape, sixty

FIELDS = ["share", "expected_rank", "low", "high", "p_best", "beats"]
BALLOTS = ["borda", "copeland", "schulze"]
METHODS = ["weighted_sum", "median", "topsis", *BALLOTS]
nan = np.nan


@st.composite
def panels_with_criteria(draw, *, experts=(1, 8), items=(1, 5), missing=True):
    shape = st.tuples(st.integers(*experts), st.integers(*items), st.integers(1, 3))
    return draw(panels_of_shape(shape, missing=missing))


def assert_same(one, other):
    for field in FIELDS:
        np.testing.assert_array_equal(getattr(one, field), getattr(other, field), err_msg=field)


def every_panel(ratings, weights, location, experts_drawn=None):
    """Share of every rank and of every victory over all panels that can be drawn, each equally likely."""
    experts, items, _ = ratings.shape
    share, beats = np.zeros((items, items)), np.zeros((items, items))
    draws = list(experts_drawn or itertools.product(range(experts), repeat=experts))
    for drawn in draws:
        score = []
        for item in range(items):
            answers = [x[~np.isnan(x)] for x in ratings[list(drawn), item].T]
            known = all(x.size for x in answers)
            value = sum(w * location(x) for w, x in zip(weights, answers, strict=True)) if known else -np.inf
            score.append(round(value, 9))
        for i, j in itertools.product(range(items), repeat=2):
            beats[i, j] += (score[i] > score[j]) + (score[i] == score[j]) / 2
        for i in range(items):
            above, tied = sum(s > score[i] for s in score), score.count(score[i])
            share[i, above : above + tied] += 1 / tied
    np.fill_diagonal(beats, nan)
    return share / len(draws), beats / len(draws)


SMALL = np.array(
    [
        [[7, 5], [6, 6], [9, 1], [2, nan]],
        [[8, 2], [6, 6], [nan, 4], [2, 3]],
        [[3, 5], [6, nan], [5, 8], [nan, 3]],
        [[6, 6], [5, 7], [4, 4], [9, 3]],
    ]
)


@pytest.mark.parametrize(("method", "location"), [("weighted_sum", np.mean), ("median", np.median)])
def test_shares_are_those_of_all_panels_that_can_be_drawn(method, location):
    """Four experts make 256 panels; 20,000 replicates stay within five standard errors of them all."""
    share, beats = every_panel(SMALL, [0.6, 0.4], location)
    result = rank_acceptability(SMALL, [3, 2], method=method, replicates=20_000)
    tolerance = 5 * np.sqrt(0.25 / 20_000)
    np.testing.assert_allclose(result.share, share, atol=tolerance)
    np.testing.assert_allclose(result.beats, beats, atol=tolerance)
    np.testing.assert_allclose(result.expected_rank, share @ [1, 2, 3, 4], atol=4 * tolerance)


def test_strata_keep_their_size():
    """Two groups of two experts: 16 panels, each with two of either group."""
    pairs = list(itertools.product((0, 2), repeat=2)), list(itertools.product((1, 3), repeat=2))
    share, _ = every_panel(SMALL, [0.5, 0.5], np.mean, [a + b for a in pairs[0] for b in pairs[1]])
    result = rank_acceptability(SMALL, [1, 1], groups=["N", "S", "N", "S"], replicates=20_000)
    np.testing.assert_allclose(result.share, share, atol=5 * np.sqrt(0.25 / 20_000))


def test_an_expert_is_drawn_with_all_ratings_together():
    """Everybody puts the first item one point above the second, at levels of their own."""
    level = np.array([1.0, 3.0, 5.0, 8.0])
    result = rank_acceptability(np.column_stack([level + 1, level]), [1])
    assert result.beats[0, 1] == 1


def test_weights_are_drawn_around_the_given_ones():
    """Two items, each best on one criterion: the first wins if its criterion weighs more than half."""
    result = rank_acceptability(
        [[[1, 0], [0, 1]]], [3, 2], weight_concentration=10, resample_experts=False, replicates=20_000
    )
    assert result.p_best[0] == pytest.approx(stats.beta(6, 4).sf(0.5), abs=5 * np.sqrt(0.25 / 20_000))


def test_the_same_experts_are_drawn_with_uncertain_weights():
    """With one criterion weights are certain whatever their distribution."""
    ratings = SMALL[:, :, :1]
    assert_same(rank_acceptability(ratings, [1]), rank_acceptability(ratings, [1], weight_concentration=3))
    both = rank_acceptability(SMALL, [1, 0]), rank_acceptability(SMALL, [1, 0], weight_concentration=3)
    assert_same(*both)


def test_a_criterion_without_its_axis_is_the_only_one():
    assert_same(rank_acceptability(SMALL[:, :, 0], [1]), rank_acceptability(SMALL[:, :, :1], [1]))


@pytest.mark.parametrize("method", METHODS)
@sixty
@given(ratings=panels_with_criteria(), data=st.data())
def test_shares_sum_to_1_by_row_and_column(method, ratings, data):
    result = rank_acceptability(
        ratings,
        np.ones(ratings.shape[2]),
        method=method,
        replicates=40,
        weight_concentration=data.draw(st.sampled_from([None, 5.0])),
    )
    missing = np.isnan(ratings)
    in_full = ~missing.any(axis=2).all(axis=0)
    scored = in_full if method in BALLOTS else ~missing.all(axis=0).any(axis=1)
    places = scored.sum()
    assert np.isnan(result.share[~scored]).all()
    np.testing.assert_allclose(result.share[scored].sum(axis=1), 1, atol=1e-12)
    np.testing.assert_allclose(result.share[scored].sum(axis=0)[:places], 1, atol=1e-12)
    assert (result.share[scored][:, places:] == 0).all(), "there are as many ranks as items with a score"
    assert (result.share[scored] >= 0).all()
    off = ~np.eye(len(scored), dtype=bool)
    both = result.beats + result.beats.T
    np.testing.assert_allclose(both[np.outer(scored, scored) & off], 1, atol=1e-12)
    assert np.isnan(np.diag(result.beats)).all()
    # 1 + how many others are above, counting ties half, is the mean of the ranks a tie occupies
    above = np.nansum(result.beats, axis=0)
    np.testing.assert_allclose(result.expected_rank[scored], 1 + above[scored], atol=1e-9)
    inside = (result.low <= result.high) & (result.low >= 1) & (result.high <= places)
    np.testing.assert_array_equal(inside, scored)


@pytest.mark.parametrize("method", METHODS)
@sixty
@given(ratings=panels_with_criteria(), random=st.randoms(use_true_random=False))
def test_permuting_items_permutes_the_result(method, ratings, random):
    order = random.sample(range(ratings.shape[1]), ratings.shape[1])
    weights = np.arange(1, ratings.shape[2] + 1)
    straight, shuffled = (
        rank_acceptability(r, weights, method=method, replicates=30) for r in (ratings, ratings[:, order])
    )
    np.testing.assert_array_equal(straight.share[order], shuffled.share)
    np.testing.assert_array_equal(straight.beats[order][:, order], shuffled.beats)
    for field in ("expected_rank", "low", "high", "p_best"):
        np.testing.assert_array_equal(getattr(straight, field)[order], getattr(shuffled, field))


@pytest.mark.parametrize("method", METHODS)
@sixty
@given(ratings=panels_with_criteria(), random=st.randoms(use_true_random=False))
def test_permuting_experts_changes_nothing_if_none_are_drawn(method, ratings, random):
    order = random.sample(range(ratings.shape[0]), ratings.shape[0])
    weights = np.arange(1, ratings.shape[2] + 1)
    keywords = {"method": method, "resample_experts": False, "weight_concentration": 8, "replicates": 30}
    assert_same(
        rank_acceptability(ratings, weights, **keywords),
        rank_acceptability(ratings[order], weights, **keywords),
    )


def test_permuting_experts_leaves_the_distribution_if_they_are_drawn():
    one, other = (rank_acceptability(r, [1, 1], replicates=20_000) for r in (SMALL, SMALL[::-1]))
    np.testing.assert_allclose(one.share, other.share, atol=5 * np.sqrt(0.5 / 20_000))


@sixty
@given(panels_with_criteria(), st.sampled_from([1 / 3, 7.0, 1e-20, 1e20]))
def test_scaled_weights_give_the_same(ratings, factor):
    weights = np.arange(1, ratings.shape[2] + 1)
    assert_same(
        rank_acceptability(ratings, weights, replicates=30),
        rank_acceptability(ratings, weights * factor, replicates=30),
    )


@sixty
@given(panels_with_criteria(missing=False))
def test_without_uncertainty_the_ranking_itself_is_left(ratings):
    weights, benefit = np.arange(1, ratings.shape[2] + 1), np.arange(ratings.shape[2]) != 1
    result = rank_acceptability(ratings, weights, benefit=benefit, resample_experts=False)
    ranking = weighted_sum(ratings.mean(axis=0), weights, benefit)
    tied = (ranking.rank[:, None] == ranking.rank).sum(axis=1)
    np.testing.assert_allclose(result.expected_rank, ranking.rank + (tied - 1) / 2, atol=1e-9)
    np.testing.assert_allclose(result.p_best, (ranking.rank == 1) / tied, atol=1e-12)
    np.testing.assert_array_equal([result.low, result.high], [ranking.rank, ranking.rank + tied - 1])


def test_the_same_seed_gives_the_same_bits_and_another_one_others():
    one, again, other = (rank_acceptability(SMALL, [1, 1], seed=seed) for seed in (5, 5, 6))
    assert_same(one, again)
    assert (one.share != other.share).any()


@pytest.mark.parametrize("method", METHODS)
def test_blocks_of_any_size_give_the_same_bits(monkeypatch, method):
    keywords = {"method": method, "groups": [1, 1, 2, 2], "weight_concentration": 4, "replicates": 101}
    whole = rank_acceptability(SMALL, [1, 1], **keywords)
    for module, name in (
        (_replicates, "BLOCK_BYTES"),
        (_blocks, "CACHE_BYTES"),
        (_blocks, "SMALL_PRODUCT"),
        (_group_values, "SMALL_PRODUCT"),
    ):
        monkeypatch.setattr(module, name, 300)
    assert_same(whole, rank_acceptability(SMALL, [1, 1], **keywords))


def test_memory_is_bounded():
    """One array of counts for all replicates would take 64 MB, and four of them are needed at a time."""
    ratings = np.ones((4000, 3))
    tracemalloc.start()
    rank_acceptability(ratings, [1], replicates=2000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 * _replicates.BLOCK_BYTES


@pytest.mark.parametrize("ratings", [SMALL, np.where(np.arange(4) % 2, 3.5, 2.25)[:, None, None] * SMALL])
def test_a_scale_of_many_points_has_the_same_medians(monkeypatch, ratings):
    counted = rank_acceptability(ratings, [1, 1], method="median")
    monkeypatch.setattr(_group_values, "MOST_LEVELS", 0)
    assert_same(counted, rank_acceptability(ratings, [1, 1], method="median"))


def test_fractions_are_not_rounded_to_short_numbers():
    """1 + 1e-9 and 1 are one number in float32."""
    assert rank_acceptability([[1 + 1e-9, 1.0]] * 3, [1]).p_best.tolist() == [1, 0]
    assert rank_acceptability([[2.0**25 + 1, 2.0**25]] * 3, [1]).p_best.tolist() == [1, 0]


def test_costs_count_against():
    ratings = [[[5, 1], [5, 9]], [[5, 2], [5, 8]]]
    assert rank_acceptability(ratings, [1, 1]).p_best.tolist() == [0, 1]
    assert rank_acceptability(ratings, [1, 1], benefit=[True, False]).p_best.tolist() == [1, 0]


def test_an_item_that_a_replicate_leaves_without_a_rating_is_last_in_it():
    """Only the first of three experts rated the first item: it is missing from 8 panels of 27."""
    result = rank_acceptability(panel([9, 1], [nan, 1], [nan, 1]), [1], replicates=20_000)
    assert result.p_best[0] == pytest.approx(19 / 27, abs=5 * np.sqrt(0.25 / 20_000))
    np.testing.assert_allclose(result.share.sum(axis=0), 1)


def test_an_item_that_nobody_rated_takes_no_rank():
    result = rank_acceptability(panel([9, nan, 1], [8, nan, 2]), [1])
    assert np.isnan(result.share[1]).all()
    assert np.isnan([result.expected_rank[1], result.low[1], result.high[1], result.p_best[1]]).all()
    assert np.isnan(result.beats[1]).all()
    assert np.isnan(result.beats[:, 1]).all()
    assert result.share[[0, 2]].tolist() == [[1, 0, 0], [0, 1, 0]]
    assert result.high[[0, 2]].tolist() == [1, 2]
    assert np.isnan(result.p_top(2)).tolist() == [False, True, False]


@pytest.mark.parametrize("method", METHODS)
def test_nobody_rated_anything(method):
    for ratings in (np.full((3, 2), nan), np.ones((0, 2))):
        result = rank_acceptability(ratings, [1], method=method)
        for field in FIELDS:
            assert np.isnan(getattr(result, field)).all()


def test_no_items():
    result = rank_acceptability(np.ones((3, 0)), [1])
    assert result.share.shape == result.beats.shape == (0, 0)


@pytest.mark.parametrize("method", METHODS)
def test_all_tied_share_all_ranks(method):
    result = rank_acceptability(np.full((5, 4, 2), 6), [1, 2], method=method)
    assert (result.share == 0.25).all()
    assert result.expected_rank.tolist() == [2.5] * 4
    assert (result.low.tolist(), result.high.tolist()) == ([1] * 4, [4] * 4)
    assert (result.beats[~np.eye(4, dtype=bool)] == 0.5).all()
    np.testing.assert_allclose(result.p_top(3), 0.75)


def test_one_expert_can_be_drawn_in_one_way():
    result = rank_acceptability([[2, 9, 5]], [1])
    assert result.share.tolist() == [[0, 0, 1], [1, 0, 0], [0, 1, 0]]
    assert result.low.tolist() == result.high.tolist() == [3, 1, 2]


def test_one_item_has_rank_1():
    result = rank_acceptability([[5], [7]], [1])
    assert (result.share.tolist(), result.expected_rank.tolist()) == ([[1]], [1])
    assert np.isnan(result.beats).all()


def test_the_interval_leaves_two_and_a_half_per_cent_on_either_side():
    """An item that is rarely first: of two experts the panel with the friend twice is one of four."""
    ratings = np.array([[9.0, 1.0]] + [[1.0, 9.0]] * 3)
    result = rank_acceptability(ratings, [1], replicates=4000)
    exact = stats.binom(4, 0.25)
    first, tied = exact.sf(2), exact.pmf(2)
    assert result.p_best[0] == pytest.approx(first + tied / 2, abs=5 * np.sqrt(0.25 / 4000))
    assert (result.low[0], result.high[0]) == (1, 2)
    ten = np.array([[9.0, 1.0]] * 2 + [[1.0, 9.0]] * 10)
    assert stats.binom(12, 1 / 6).sf(5.5) < 0.025
    assert rank_acceptability(ten, [1], replicates=4000).low[0] == 2


def test_a_share_of_exactly_two_and_a_half_per_cent_is_reached():
    """Forty tied items: 1/40 at each rank, of which 39 sum to a little less than .975 in floating point."""
    result = rank_acceptability(np.ones((2, 40)), [1], replicates=3)
    assert set(result.low) == {1}
    assert set(result.high) == {39}


def test_the_top_sums_the_first_ranks():
    result = rank_acceptability(SMALL, [1, 1])
    np.testing.assert_array_equal(result.p_top(1), result.p_best)
    np.testing.assert_allclose(result.p_top(3), result.share[:, :3].sum(axis=1))
    np.testing.assert_allclose(result.p_top(4), 1)
    places: list[Any] = [0, 5, 1.5, True]
    for k in places:
        with pytest.raises(ValueError, match="k must be"):
            result.p_top(k)


def test_the_callers_array_is_left_alone():
    ratings = SMALL.copy()
    rank_acceptability(ratings, [1, 1], weight_concentration=2)
    np.testing.assert_array_equal(ratings, SMALL)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"ratings": [1, 2]}, r"ratings must have the axes \(experts, items\[, criteria\]\)"),
        ({"ratings": [[np.inf]]}, "ratings must be finite"),
        ({"weights": [1, 1]}, r"weights must have the shape \(1,\)"),
        ({"weights": [-1]}, "weights must be numbers from 0 upwards"),
        ({"weights": [0]}, "weights must not all be zero"),
        ({"benefit": [True, False]}, "benefit must be one True or False per criterion"),
        (
            {"method": "mode"},
            "method must be one of weighted_sum, median, topsis, borda, copeland, schulze, not 'mode'",
        ),
        ({"replicates": 0}, "replicates must be a whole number of at least 1, not 0"),
        ({"replicates": 10.5}, "replicates must be a whole number"),
        ({"seed": -1}, "seed must be a whole number of at least 0"),
        ({"seed": None}, "seed must be a whole number"),
        ({"weight_concentration": 0}, "weight_concentration must be above 0"),
        ({"weight_concentration": np.nan}, "weight_concentration must be one finite number"),
        ({"groups": ["N"]}, r"groups must have the shape \(2,\), one label per expert"),
        ({"groups": ["N", None]}, "groups must name a group for every expert; expert 1 has none"),
        ({"groups": [nan, 1.0]}, "groups must name a group for every expert; expert 0 has none"),
    ],
)
def test_bad_input_is_named(changed, message):
    arguments = {"ratings": [[5, 7], [6, 2]], "weights": [1]} | changed
    ratings, weights = arguments.pop("ratings"), arguments.pop("weights")
    with pytest.raises(ValueError, match=message):
        rank_acceptability(ratings, weights, **arguments)
