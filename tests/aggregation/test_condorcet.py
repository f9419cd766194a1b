"""Schulze's paths and ranked pairs: the published cycle, all paths gone through, equal majorities."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.aggregation import pairwise_matrix, ranked_pairs, schulze
from app.aggregation.condorcet import strongest_paths
from tests.aggregation.orders import ballots_of, weights_for
from tests.aggregation.panels import sixty
from tests.reference.published import SCHULZE_45, SCHULZE_45_PATHS, ballots


def test_the_strongest_paths_of_the_45_voters():
    """Schulze (2011), example 1: by winning votes, and the order E, A, C, B, D."""
    ranks, weights = ballots(SCHULZE_45, 5)
    above = pairwise_matrix(ranks, weights)
    paths = strongest_paths(np.where(above > above.T, above, 0))
    np.fill_diagonal(paths, 0)  # as in the paper; nothing depends on the paths from an option to itself
    assert paths.tolist() == SCHULZE_45_PATHS
    for strength in ("margins", "winning_votes"):
        assert schulze(ranks, weights, strength).rank.tolist() == [2, 4, 3, 5, 1]


def test_ranked_pairs_of_the_45_voters():
    """By hand, in the order of the margins: BD 21, ED 17, AD 15, CB 13, and DC 11 closes a circle;
    AC 7, EB 9 and the rest put A before C, C before E, E before B."""
    ranks, weights = ballots(SCHULZE_45, 5)
    assert ranked_pairs(ranks, weights).rank.tolist() == [1, 4, 2, 5, 3]
    assert _one_by_one(ranks, weights) == [1, 4, 2, 5, 3]


def _one_by_one(ranks, weights):
    """Tideman's procedure where no two majorities are equal in margin and minority."""
    above = pairwise_matrix(ranks, weights)
    pairs = [(i, j) for i, j in itertools.permutations(range(len(above)), 2) if above[i, j] > above[j, i]]
    pairs.sort(key=lambda pair: (above[pair[::-1]] - above[pair], above[pair[::-1]]))
    locked = np.zeros(above.shape, dtype=bool)
    for pair in pairs:
        trial = locked.copy()
        trial[pair] = True
        for via in range(len(trial)):
            trial |= trial[:, [via]] & trial[via]
        if not trial.diagonal().any():
            locked = trial
    return (1 + locked.sum(axis=0)).tolist()


def _distinct(ranks, weights):
    above = pairwise_matrix(ranks, weights)
    upper = np.triu_indices(len(above), 1)
    margins = np.abs(above - above.T)[upper]
    return len(set(margins.tolist())) == len(margins) and (margins > 0).all()


@sixty
@given(st.lists(st.permutations(range(5)), min_size=5, max_size=9), st.randoms(use_true_random=False))
def test_ranked_pairs_where_no_two_majorities_are_equal(orders, random):
    weights = [2 ** random.randint(0, 8) + random.random() for _ in orders]
    if _distinct(orders, weights):
        assert ranked_pairs(orders, weights).rank.tolist() == _one_by_one(np.array(orders), weights)


@pytest.mark.parametrize("strength", ["margins", "winning_votes"])
@sixty
@given(ranks=ballots_of(options=(2, 5), missing=False), data=st.data())
def test_paths_are_the_strongest_of_all(strength, ranks, data):
    """Every path without a circle gone through; rank 1 are those whom nobody beats."""
    weights = data.draw(weights_for(ranks))
    above = pairwise_matrix(ranks, weights)
    won = np.where(above > above.T, above - above.T if strength == "margins" else above, 0)
    options = range(len(won))
    best = np.zeros(won.shape)
    for i, j in itertools.permutations(options, 2):
        inner = [k for k in options if k not in (i, j)]
        ways = (p for size in range(len(inner) + 1) for p in itertools.permutations(inner, size))
        best[i, j] = max(min(won[a, b] for a, b in itertools.pairwise((i, *way, j))) for way in ways)
    result = schulze(ranks, weights, strength)
    beats = best > best.T
    np.testing.assert_array_equal(result.score, len(won) - 1 - beats.sum(axis=0))
    assert set(np.flatnonzero(result.rank == 1)) == set(np.flatnonzero(~beats.any(axis=0)))
    assert (result.rank[:, None] < result.rank)[beats].all()


def test_both_strengths_can_differ_where_ballots_have_ties():
    """A beats B by 3 to 0, B beats C by 4 to 2, C beats A by 5 to 3: margins 3, 2, 2, votes 3, 4, 5."""
    cycle = [[1, 2, np.nan]] * 3 + [[np.nan, 1, 2]] * 4 + [[np.nan, 2, 1]] * 2 + [[2, np.nan, 1]] * 5
    cycle += [[1, np.nan, 2]] * 3
    assert schulze(cycle, unranked="abstain").rank.tolist() == [1, 3, 1]
    assert schulze(cycle, strength="winning_votes", unranked="abstain").rank.tolist() == [3, 1, 2]


def test_equal_majorities_that_contradict_each_other_are_dropped_together():
    cycle = [[1, 2, 3], [3, 1, 2], [2, 3, 1]]
    assert ranked_pairs(cycle).rank.tolist() == [1, 1, 1]
    # a fourth option that everybody puts last stays there
    assert ranked_pairs([[*row, 4] for row in cycle]).rank.tolist() == [1, 1, 1, 4]


def test_the_greater_majority_of_a_cycle_stands():
    ranks = [[1, 2, 3], [3, 1, 2], [2, 3, 1]]
    assert ranked_pairs(ranks, [9, 8, 5]).rank.tolist() == [1, 2, 3]


def test_forty_options_in_the_widest_circle():
    """Each ballot the same order begun at another place: nothing tells the options apart."""
    n = 40
    ranks = (np.arange(n) + np.arange(n)[:, None]) % n
    assert schulze(ranks).rank.tolist() == [1] * n
    assert ranked_pairs(ranks).rank.tolist() == [1] * n
