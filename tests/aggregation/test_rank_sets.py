"""Simultaneous rank sets: how often they hold the truth, what is sure, tiers, groups left out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.aggregation import (
    RankSets,
    _replicates,
    leave_one_group_out,
    rank_acceptability,
    rank_confidence_sets,
    weighted_sum,
)
from tests.aggregation.panels import panel, panels, panels_of_shape, sixty

nan = np.nan


@st.composite
def panels_with_criteria(draw):
    shape = st.tuples(st.integers(1, 9), st.integers(1, 6), st.integers(1, 3))
    return draw(panels_of_shape(shape))


def test_the_sets_hold_all_true_ranks_at_once():
    """After Mogstad et al. (2024): half of twelve items are tied. At 90 per cent, with 150 panels, all
    sets hold jointly in more than 85 per cent; the percentile intervals of single ranks do not."""
    truth = np.array([5.0] * 6 + [5.2, 5.6, 6.0, 6.4, 7.0, 8.0])
    first, last = 1 + (truth > truth[:, None]).sum(axis=1), (truth >= truth[:, None]).sum(axis=1)
    rng = np.random.default_rng(11)
    held = described = 0
    for seed in range(150):
        ratings = truth + rng.normal(0, 1.5, (15, 12))
        sets = rank_confidence_sets(ratings, [1], replicates=200, seed=seed)
        shares = rank_acceptability(ratings, [1], replicates=200, seed=seed)
        held += (sets.low <= first).all() and (last <= sets.high).all()
        described += (shares.low <= last).all() and (first <= shares.high).all()
    assert held / 150 > 0.85
    assert described < held


@sixty
@given(panels_with_criteria(), st.sampled_from([0.5, 0.9, 0.99]))
def test_what_is_sure_is_an_order(ratings, level):
    weights = np.arange(1, ratings.shape[2] + 1)
    result = rank_confidence_sets(ratings, weights, replicates=50, level=level)
    rated = ~np.isnan(ratings).all(axis=0).any(axis=1)
    above = result.above
    assert not (above & above.T).any()
    assert (above | ~((above.astype(int) @ above.astype(int)) > 0)).all(), "above is transitive"
    assert not above[~rated].any()
    assert not above[:, ~rated].any()
    np.testing.assert_array_equal(np.isnan(result.low), ~rated)
    np.testing.assert_array_equal(result.low[rated], 1 + above.sum(axis=0)[rated])
    np.testing.assert_array_equal(result.high[rated], rated.sum() - above.sum(axis=1)[rated])
    assert (result.low[rated] <= result.high[rated]).all()
    with np.errstate(invalid="ignore"):
        means = np.array(
            [[np.nanmean(c) if (~np.isnan(c)).any() else nan for c in i.T] for i in ratings.swapaxes(0, 1)]
        )
    score = weighted_sum(means, weights).score
    winners, losers = np.nonzero(above)
    assert (score[winners] > score[losers]).all()


@sixty
@given(panels_with_criteria())
def test_of_two_tiers_all_of_one_are_above_all_of_the_other(ratings):
    result = rank_confidence_sets(ratings, np.ones(ratings.shape[2]), replicates=50, level=0.5)
    tiers = result.tiers()
    np.testing.assert_array_equal(np.isnan(tiers), np.isnan(result.low))
    rated = ~np.isnan(tiers)
    if rated.any():
        assert sorted(set(tiers[rated])) == list(range(1, int(tiers[rated].max()) + 1))
    earlier = tiers[:, None] < tiers
    assert result.above[earlier].all()
    alone = (tiers[:, None] == tiers).sum(axis=1) == 1
    np.testing.assert_array_equal((result.low == result.high)[alone & rated], True)


def test_tiers_are_linked_by_what_cannot_be_told_apart():
    above = np.zeros((5, 5), dtype=bool)
    above[[0, 0, 0, 1, 1, 2, 2], [2, 3, 4, 3, 4, 3, 4]] = True  # 0-1-2 in a chain, 3-4 below
    sets = RankSets(1.0 + above.sum(axis=0), 5.0 - above.sum(axis=1), above)
    assert sets.tiers().tolist() == [1, 1, 1, 2, 2]
    everyone = RankSets(np.ones(3), np.full(3, 3.0), np.zeros((3, 3), dtype=bool))
    assert everyone.tiers().tolist() == [1, 1, 1]


def test_a_clear_order_is_sure():
    rng = np.random.default_rng(3)
    ratings = np.array([8.0, 2.0, 5.0]) + rng.normal(0, 0.5, (30, 3))
    result = rank_confidence_sets(ratings, [1])
    assert result.low.tolist() == result.high.tolist() == [1, 3, 2]
    assert result.tiers().tolist() == [1, 3, 2]
    turned = rank_confidence_sets(ratings, [1], benefit=[False])
    assert turned.low.tolist() == turned.high.tolist() == [3, 1, 2]


def test_an_expert_is_drawn_with_all_ratings_together():
    """The levels of experts differ widely, their differences hardly: that is no uncertainty."""
    rng = np.random.default_rng(3)
    level = rng.uniform(1, 8, (20, 1))
    result = rank_confidence_sets(np.hstack([level + 1, level]) + rng.normal(0, 0.1, (20, 2)), [1])
    assert result.above[0, 1]


def test_unanimity_of_enough_experts_is_sure():
    """Everybody sees the same difference: a sign test of n unanimous experts has p = 2^(1 - n)."""
    for experts, sure in ((2, False), (4, False), (5, True), (9, True)):
        assert rank_confidence_sets([[7, 4]] * experts, [1]).above[0, 1] == sure
    assert not rank_confidence_sets([[7, 4]] * 5, [1], level=0.99).above[0, 1]
    assert rank_confidence_sets([[9, 5, 1]] * 12, [1]).tiers().tolist() == [1, 2, 3]


def test_few_answers_to_one_item_are_unsure_of_it_alone():
    rng = np.random.default_rng(3)
    ratings = np.array([9.0, 5.0, 1.0]) + rng.normal(0, 0.3, (20, 3))
    ratings[1:, 0] = nan
    result = rank_confidence_sets(ratings, [1])
    assert result.above[1, 2]
    assert not result.above[0].any()
    assert result.low.tolist() == [1, 1, 2]


def test_who_answers_less_is_surer_of_less():
    rng = np.random.default_rng(4)
    ratings = np.array([6.0, 5.0]) + rng.normal(0, 1, (40, 2))
    assert rank_confidence_sets(ratings, [1]).above[0, 1]
    ratings[6:, 0] = nan
    assert not rank_confidence_sets(ratings, [1]).above[0, 1]


@sixty
@given(panels_with_criteria(), st.randoms(use_true_random=False), st.sampled_from([1 / 3, 1e20]))
def test_items_keep_their_sets_and_weights_their_ratios(ratings, random, factor):
    order = random.sample(range(ratings.shape[1]), ratings.shape[1])
    weights = np.arange(1, ratings.shape[2] + 1)
    straight = rank_confidence_sets(ratings, weights, replicates=40)
    shuffled = rank_confidence_sets(ratings[:, order], weights * factor, replicates=40)
    np.testing.assert_array_equal(straight.above[order][:, order], shuffled.above)
    np.testing.assert_array_equal(straight.tiers()[order], shuffled.tiers())


def test_blocks_of_any_size_give_the_same(monkeypatch):
    ratings = np.random.default_rng(5).normal([6, 5, 4], 1, (20, 3))
    whole = rank_confidence_sets(ratings, [1], replicates=101)
    monkeypatch.setattr(_replicates, "BLOCK_BYTES", 3000)
    np.testing.assert_array_equal(rank_confidence_sets(ratings, [1], replicates=101).above, whole.above)


def test_edges():
    one = rank_confidence_sets([[5], [7]], [1])
    assert (one.low.tolist(), one.high.tolist(), one.tiers().tolist()) == ([1], [1], [1])
    single = rank_confidence_sets([[9, 1, 5]], [1])
    assert (single.low.tolist(), single.high.tolist()) == ([1] * 3, [3] * 3), "one expert is sure of nothing"
    tied = rank_confidence_sets(np.full((9, 3), 6), [1])
    assert not tied.above.any()
    for ratings in (np.full((3, 2), nan), np.ones((0, 2))):
        nobody = rank_confidence_sets(ratings, [1])
        assert np.isnan(nobody.low).all()
        assert np.isnan(nobody.tiers()).all()
    assert rank_confidence_sets(np.ones((3, 0)), [1]).tiers().tolist() == []
    unrated = rank_confidence_sets(panel(*[[9, nan, 1]] * 9), [1])
    np.testing.assert_array_equal(unrated.high, [1, nan, 2])


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"ratings": [1, 2]}, r"ratings must have the axes \(experts, items\[, criteria\]\)"),
        ({"weights": [1, 1]}, r"weights must have the shape \(1,\)"),
        ({"benefit": [True, False]}, "benefit must be one True or False per criterion"),
        ({"level": 1}, "level must lie between 0 and 1, not 1"),
        ({"level": nan}, "level must be one finite number"),
        ({"replicates": 0}, "replicates must be a whole number of at least 1"),
        ({"seed": -1}, "seed must be a whole number of at least 0"),
    ],
)
def test_bad_input_is_named(changed, message):
    arguments = {"ratings": [[5, 7], [6, 2]], "weights": [1]} | changed
    with pytest.raises(ValueError, match=message):
        rank_confidence_sets(arguments.pop("ratings"), arguments.pop("weights"), **arguments)


@sixty
@given(panels(experts=(1, 8), items=(1, 5)), st.data())
def test_a_group_left_out_is_a_panel_without_it(ratings, data):
    groups = np.array(data.draw(st.lists(st.integers(8, 11), min_size=len(ratings), max_size=len(ratings))))
    result = leave_one_group_out(ratings, [1], groups)
    labels = np.unique(groups)
    assert result.shape == (labels.size, ratings.shape[1])
    for rank, label in zip(result, labels, strict=True):
        rest = ratings[groups != label]
        means = [x[~np.isnan(x)].mean() if (~np.isnan(x)).any() else nan for x in rest.T]
        np.testing.assert_array_equal(rank, weighted_sum(np.reshape(means, (-1, 1)), [1]).rank)


def test_groups_left_out_at_their_edges():
    ratings = [[[9, 1], [5, 5]], [[2, 1], [6, 5]]]
    assert leave_one_group_out(ratings, [1, 1], ["b", "a"]).tolist() == [[1, 1], [2, 1]]
    assert leave_one_group_out(ratings, [1, 1], ["b", "a"], [True, False]).tolist() == [[1, 2], [1, 1]]
    assert np.isnan(leave_one_group_out(ratings, [1, 1], ["a", "a"])).all(), "nobody is left"
    mixed = np.array([1, "a"], dtype=object)
    assert leave_one_group_out(ratings, [1, 1], mixed).shape == (2, 2)
    assert leave_one_group_out(np.ones((0, 3)), [1], []).shape == (0, 3)
    with pytest.raises(ValueError, match="groups must have the shape"):
        leave_one_group_out(ratings, [1, 1], ["a"])
    with pytest.raises(ValueError, match="groups must name a group for every expert; expert 1 has none"):
        leave_one_group_out(ratings, [1, 1], np.array(["a", None]))
