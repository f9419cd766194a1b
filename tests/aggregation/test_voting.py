"""Rules on ballots: published elections, pairs counted one by one, what all rules have in common."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.aggregation import borda, copeland, kemeny, pairwise_matrix, ranked_pairs, schulze
from app.aggregation._contest import Contest
from tests.aggregation.orders import CONDORCET, RULES, UNRANKED, ballots_of, counted, weights_for
from tests.aggregation.panels import panel, sixty
from tests.reference.published import DEBIAN_2002, SCHULZE_45, TENNESSEE, ballots, shared

nan = np.nan


def test_the_capital_of_tennessee():
    """Wikipedia: pairwise counts, Borda's points and Copeland's victories; Nashville wins throughout."""
    ranks, weights = ballots(TENNESSEE, 4)
    matrix = [[0, 42, 42, 42], [58, 0, 68, 68], [58, 32, 0, 83], [58, 32, 17, 0]]
    assert pairwise_matrix(ranks, weights).tolist() == matrix
    assert borda(ranks, weights).score.tolist() == [126, 194, 173, 107]
    assert borda(ranks, weights).rank.tolist() == [3, 1, 2, 4]
    assert copeland(ranks, weights).score.tolist() == [0, 3, 2, 1]
    for rule in CONDORCET:
        assert rule(ranks, weights).rank.tolist() == [4, 1, 2, 3]


def test_the_45_voters():
    """Schulze (2011), example 1."""
    ranks, weights = ballots(SCHULZE_45, 5)
    assert pairwise_matrix(ranks, weights).tolist() == [
        [0, 20, 26, 30, 22],
        [25, 0, 16, 33, 18],
        [19, 29, 0, 17, 24],
        [15, 12, 28, 0, 14],
        [23, 27, 21, 31, 0],
    ]


@pytest.mark.parametrize(
    ("year", "matrix", "order"),
    [(2002, "pairwise_of_preflib_ballots", [2, 3, 1, 4]), (2010, "pairwise_recomputed", [1, 2, 4, 3, 5])],
)
def test_elections_of_the_debian_project_leader(year, matrix, order):
    """Ballots by PrefLib (Mattei & Walsh), who left out is last; official winners Garbee and Zacchiroli."""
    case = json.loads(shared(f"debian_dpl_{year}.json").read_text())
    ranks, weights = ballots(case["data"]["ballots"], len(case["data"]["candidates"]))
    assert sum(weights) == case["expected"]["n_ballots"]
    assert pairwise_matrix(ranks, weights).tolist() == case["expected"][matrix]
    for result in (*(rule(ranks, weights) for rule in CONDORCET), schulze(ranks, weights, "winning_votes")):
        assert result.rank.tolist() == order
        assert case["data"]["candidates"][result.rank.tolist().index(1)] == case["expected"]["winner"]


def test_the_official_matrix_of_debian_2002():
    """PrefLib lost the equal ranks of the ballots, and with them up to six votes a pair, but no rank."""
    pairs = [(i, j) for i in range(4) for j in range(4) if i != j]
    ranks = np.full((len(pairs), 4), nan)
    for row, (i, j) in zip(ranks, pairs, strict=True):
        row[[i, j]] = 1, 2
    weights = [DEBIAN_2002[i][j] for i, j in pairs]
    for rule in CONDORCET:
        assert rule(ranks, weights, unranked="abstain").rank.tolist() == [2, 3, 1, 4]


@pytest.mark.parametrize("unranked", UNRANKED)
@sixty
@given(ranks=ballots_of(), data=st.data())
def test_pairs_are_counted_one_by_one(unranked, ranks, data):
    weights = data.draw(weights_for(ranks))
    np.testing.assert_array_equal(
        pairwise_matrix(ranks, weights, unranked), counted(ranks, weights, unranked)
    )


@sixty
@given(ballots_of(), st.data())
def test_borda_gives_the_points_of_the_places(ranks, data):
    """On each ballot: how many are below, half of those it ties with; the unranked hold the places left."""
    weights, points = data.draw(weights_for(ranks)), 0.0
    for ballot, weight in zip(np.where(np.isnan(ranks), 99, ranks), weights, strict=True):
        below, tied = (ballot[:, None] < ballot).sum(axis=1), (ballot[:, None] == ballot).sum(axis=1)
        points += weight * (below + (tied - 1) / 2)
    if np.isnan(ranks).all():
        assert np.isnan(borda(ranks, weights).score).all()
    else:
        np.testing.assert_allclose(borda(ranks, weights).score, points)


def test_borda_does_not_reward_being_ranked_often():
    """The first option is always above the second, but only two of the nine compared them."""
    ranks = panel(*[[1, 2, nan]] * 2, *[[nan, 1, 2]] * 7)
    assert borda(ranks, unranked="abstain").rank.tolist() == [1, 2, 3]
    assert borda(ranks).rank.tolist() == [3, 1, 2]


@sixty
@given(ballots_of(), st.data())
def test_copeland_counts_victories(ranks, data):
    weights = data.draw(weights_for(ranks))
    above = counted(ranks, weights, "last")
    if not np.isnan(ranks).all():
        victories = (above > above.T).sum(axis=1) + ((above == above.T).sum(axis=1) - 1) / 2
        assert copeland(ranks, weights).score.tolist() == victories.tolist()


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("unranked", UNRANKED)
@sixty
@given(ranks=ballots_of(), random=st.randoms(use_true_random=False))
def test_ballots_have_no_order_and_options_keep_theirs(rule, unranked, ranks, random):
    rows, columns = (random.sample(range(size), size) for size in ranks.shape)
    straight = rule(ranks, unranked=unranked)
    shuffled = rule(ranks[rows][:, columns], unranked=unranked)
    np.testing.assert_array_equal(straight.rank[columns], shuffled.rank)
    np.testing.assert_allclose(straight.score[columns], shuffled.score, atol=1e-9)


@pytest.mark.parametrize("rule", RULES)
@sixty
@given(ranks=ballots_of(), data=st.data(), factor=st.sampled_from([1 / 3, 0.1, 7.0, 1e-20, 1e20]))
def test_scaled_weights_give_the_same_and_a_weight_is_as_many_ballots(rule, ranks, data, factor):
    weights = data.draw(weights_for(ranks))
    rank = rule(ranks, weights).rank
    np.testing.assert_array_equal(rule(ranks, np.array(weights) * factor).rank, rank)
    np.testing.assert_array_equal(rule(np.repeat(ranks, weights, axis=0)).rank, rank)


@pytest.mark.parametrize("rule", RULES)
@sixty
@given(order=st.lists(st.integers(1, 5), min_size=1, max_size=20), voters=st.integers(1, 5))
def test_a_unanimous_order_is_returned_with_its_ties(rule, order, voters):
    rank = [1 + sum(other < place for other in order) for place in order]
    assert rule([order] * voters).rank.tolist() == rank


@pytest.mark.parametrize("rule", CONDORCET)
@pytest.mark.parametrize("unranked", UNRANKED)
@sixty
@given(ranks=ballots_of(options=(2, 5)), data=st.data())
def test_who_beats_all_others_is_first_alone(rule, unranked, ranks, data):
    weights = data.draw(weights_for(ranks))
    above = counted(ranks, weights, unranked)
    beaten = (above > above.T).sum(axis=1)
    rank = rule(ranks, weights, unranked=unranked).rank
    if beaten.max() == len(beaten) - 1:
        assert np.flatnonzero(rank == 1).tolist() == [beaten.argmax()]
    loser = (above < above.T).sum(axis=1)
    if loser.max() == len(loser) - 1:
        assert rank[loser.argmax()] == len(loser)


@pytest.mark.parametrize("rule", RULES)
def test_an_option_that_nobody_ranks(rule):
    ranks = panel([1, 2, nan], [1, 2, nan])
    assert rule(ranks).rank.tolist() == [1, 2, 3]
    abstained = rule(ranks, unranked="abstain")
    np.testing.assert_array_equal(abstained.rank, [1, 2, nan])
    np.testing.assert_array_equal(np.isnan(abstained.score), [False, False, True])
    ignored = rule(panel([1, 2, nan], [3, 2, 1]), [1, 0], unranked="abstain")
    np.testing.assert_array_equal(ignored.rank, [1, 2, nan], err_msg="a ballot of weight 0 says nothing")


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("unranked", UNRANKED)
def test_edges(rule, unranked):
    for ranks in (np.full((3, 2), nan), np.ones((0, 2))):
        assert np.isnan(rule(ranks, unranked=unranked).rank).all()
        assert np.isnan(rule(ranks, unranked=unranked).score).all()
    assert rule([[7]], unranked=unranked).rank.tolist() == [1]
    assert rule([[2, 1]], unranked=unranked).rank.tolist() == [2, 1]
    assert rule([[1, 1, 1]], unranked=unranked).rank.tolist() == [1, 1, 1]
    assert rule(np.ones((3, 0)), unranked=unranked).rank.tolist() == []


@pytest.mark.parametrize("rule", RULES)
def test_rankings_have_the_better_score_first(rule):
    result = rule(*ballots(SCHULZE_45, 5))
    assert result.score[np.argsort(result.rank)].tolist() == sorted(result.score.tolist(), reverse=True)


def test_the_noise_of_fractional_weights_decides_nothing():
    """Three ballots of .1 are a little more than one of .3 in floating point."""
    ranks, weights = [[1, 2], [1, 2], [1, 2], [2, 1]], [0.1, 0.1, 0.1, 0.3]
    assert sum(weights[:3]) > weights[3]
    for rule in RULES:
        assert rule(ranks, weights).rank.tolist() == [1, 1]


def test_a_contest_counts_only_what_was_compared():
    contest = Contest(np.array([[0.0, 1], [0, 0]]), np.array([[0.0, 2], [2, 0]]), np.ones(2, dtype=bool), 4.0)
    assert contest.points().tolist() == [3, 1], "one of two above, the other a tie, on four ballots"


@pytest.mark.parametrize("rule", [pairwise_matrix, *RULES])
@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"ranks": [1, 2]}, r"ranks must have two axes \(ballots, options\)"),
        ({"ranks": [[1, np.inf]]}, "ranks must be finite"),
        ({"weights": [1, 2]}, r"weights must have the shape \(1,\), one per ballot, not \(2,\)"),
        ({"weights": [-1]}, "weights must be numbers from 0 upwards"),
        ({"weights": [nan]}, "weights must be numbers from 0 upwards"),
        ({"weights": [0]}, "weights must not all be zero"),
        ({"unranked": "first"}, "unranked must be one of last, abstain, not 'first'"),
    ],
)
def test_bad_input_is_named(rule, changed, message):
    with pytest.raises(ValueError, match=message):
        rule(**({"ranks": [[1, 2]]} | changed))


def test_what_only_one_rule_asks():
    with pytest.raises(ValueError, match="strength must be one of margins, winning_votes, not 'x'"):
        schulze([[1, 2]], strength="x")
    for limit in (0, -1, nan):
        with pytest.raises(ValueError, match="time_limit must be"):
            kemeny([[1, 2]], time_limit=limit)
    assert ranked_pairs([[1, 2]]).rank.tolist() == [1, 2]


@pytest.mark.parametrize("ballots", [1, 254, 255, 256, 600])
@pytest.mark.parametrize("options", [2, 3, 300])
def test_more_ballots_and_options_than_a_byte_can_count(ballots, options):
    """Of so many unanimous ballots, and one that turns them round."""
    ranks = np.tile(np.arange(1.0, options + 1), (ballots + 1, 1))
    ranks[-1] = ranks[-1, ::-1]
    expected = np.triu(np.full((options, options), float(ballots)), 1)
    expected += np.tril(np.ones((options, options)), -1)
    np.testing.assert_array_equal(pairwise_matrix(ranks), expected)
    half = pairwise_matrix(ranks, np.full(ballots + 1, 0.5))
    np.testing.assert_array_equal(half, expected / 2)
