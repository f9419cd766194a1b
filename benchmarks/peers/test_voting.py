"""Voting rules beside pref_voting, which also brings the definition of each of them."""

import numpy as np
import pytest
from numpy.typing import NDArray
from pref_voting.c1_methods import copeland as peer_copeland
from pref_voting.c1_methods import copeland_ranking
from pref_voting.grade_methods import majority_judgement as peer_judgment
from pref_voting.grade_profiles import GradeProfile
from pref_voting.margin_based_methods import beat_path
from pref_voting.margin_based_methods import ranked_pairs as peer_pairs
from pref_voting.other_methods import kemeny_young, kemeny_young_rankings
from pref_voting.profiles import Profile
from pref_voting.profiles_with_ties import ProfileWithTies
from pref_voting.scoring_methods import borda_for_profile_with_ties

from app.aggregation import borda, copeland, kemeny, majority_judgment, pairwise_matrix, ranked_pairs, schulze

pytestmark = pytest.mark.bench
SEEDS = range(30)
GRADES = range(1, 10)

Floats = NDArray[np.float64]


def orders(seed: int, options: int) -> tuple[Floats, Profile]:
    """Strict ballots, an odd number of them so that no majority is a tie; the same for the peer."""
    rng = np.random.default_rng(seed)
    noisy = np.arange(options) * 0.2 + rng.normal(0, 1, (2 * int(rng.integers(3, 20)) + 1, options))
    ranks = noisy.argsort(axis=1).argsort(axis=1) + 1.0
    return ranks, Profile([list(map(int, row)) for row in ranks.argsort(axis=1)])


def tied(seed: int, options: int) -> tuple[Floats, NDArray[np.int64], ProfileWithTies]:
    """Ballots with ties and options left out, each counting several times; the same for the peer."""
    rng = np.random.default_rng(seed)
    ranks = rng.integers(1, 5, (int(rng.integers(3, 15)), options)).astype(float)
    ranks[rng.random(ranks.shape) < 0.2] = np.nan  # noqa: PLR2004 - a fifth is left out
    ranks[:, 0] = np.where(np.isnan(ranks).all(axis=1), 1, ranks[:, 0])
    counts = rng.integers(1, 6, len(ranks))
    ballots = [{int(i): int(row[i]) for i in np.flatnonzero(~np.isnan(row))} for row in ranks]
    peer = ProfileWithTies(ballots, [int(count) for count in counts], candidates=list(range(options)))
    peer.use_extended_strict_preference()
    return ranks, counts, peer


def winners(rank: Floats) -> list[int]:
    return np.flatnonzero(rank == 1).tolist()


@pytest.mark.parametrize("seed", SEEDS)
def test_pairs_are_counted_alike(seed: int) -> None:
    ranks, profile = orders(seed, 8)
    ours = pairwise_matrix(ranks)
    np.testing.assert_array_equal(ours - ours.T, profile.margin_matrix)


@pytest.mark.parametrize("seed", SEEDS)
def test_pairs_are_counted_alike_with_ties_gaps_and_weights(seed: int) -> None:
    ranks, counts, profile = tied(seed, 6)
    peer = [[profile.support(i, j) if i != j else 0 for j in range(6)] for i in range(6)]
    np.testing.assert_array_equal(pairwise_matrix(ranks, counts), peer)


@pytest.mark.parametrize("seed", SEEDS)
def test_borda(seed: int) -> None:
    ranks, profile = orders(seed, 8)
    peer = profile.borda_scores()
    np.testing.assert_allclose(borda(ranks).score, [peer[option] for option in range(8)], atol=1e-9)
    ranks, counts, profile_with_ties = tied(seed, 6)
    assert winners(borda(ranks, counts).rank) == borda_for_profile_with_ties(profile_with_ties)


@pytest.mark.parametrize("seed", SEEDS)
def test_copeland(seed: int) -> None:
    ranks, profile = orders(seed, 8)
    peer, ours = copeland_ranking(profile), copeland(ranks).rank
    assert winners(ours) == peer_copeland(profile)
    for above in range(8):
        for below in range(8):
            assert bool(peer.strict_pref(above, below)) == (ours[above] < ours[below])
    ranks, counts, profile_with_ties = tied(seed, 6)
    assert winners(copeland(ranks, counts).rank) == peer_copeland(profile_with_ties)


@pytest.mark.parametrize("seed", SEEDS)
def test_schulze(seed: int) -> None:
    ranks, profile = orders(seed, 8)
    assert winners(schulze(ranks).rank) == beat_path(profile)
    ranks, counts, profile_with_ties = tied(seed, 6)
    assert winners(schulze(ranks, counts).rank) == beat_path(profile_with_ties)
    by_votes = beat_path(profile_with_ties, strength_function=profile_with_ties.support)
    assert winners(schulze(ranks, counts, "winning_votes").rank) == by_votes


@pytest.mark.parametrize("seed", SEEDS)
def test_ranked_pairs_where_no_two_majorities_are_equal(seed: int) -> None:
    rng = np.random.default_rng(seed)
    ranks = rng.random((9, 5)).argsort(axis=1).argsort(axis=1) + 1.0
    # powers of two: the weight of no set of ballots is that of another, and no two majorities are equal
    # unless the same ballots make them
    weights = 2 ** np.arange(9)
    profile = Profile(
        [list(map(int, row)) for row in ranks.argsort(axis=1)], [int(weight) for weight in weights]
    )
    ours, peer = winners(ranked_pairs(ranks, weights).rank), peer_pairs(profile)
    assert set(ours) <= set(peer)
    assert len(ours) == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_kemeny(seed: int) -> None:
    ranks, profile = orders(seed, 6)
    ours = kemeny(ranks)
    best, distance = kemeny_young_rankings(profile)
    assert (ours.optimal, ours.distance) == (True, distance)
    places = np.array([[order.index(option) for option in range(6)] for order in best]).mean(axis=0)
    np.testing.assert_array_equal(ours.rank, [1 + (places < place - 1e-9).sum() for place in places])
    if len(best) == 1:
        assert winners(ours.rank) == kemeny_young(profile)


@pytest.mark.parametrize("seed", SEEDS)
def test_majority_judgment(seed: int) -> None:
    rng = np.random.default_rng(seed)
    grades = rng.integers(1, 10, (31, 5)).astype(float)
    profile = GradeProfile([{i: int(row[i]) for i in range(5)} for row in grades], list(GRADES))
    # the peer compares the shares above and below the median only, and may tie where ours looks on
    assert set(winners(majority_judgment(grades).rank)) <= set(peer_judgment(profile))
