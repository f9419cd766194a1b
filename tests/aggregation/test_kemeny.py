"""Kemeny's order: published rankings, all orders gone through, the program against the subsets."""

import itertools
import json
import math
from time import monotonic

import numpy as np
import pytest
import scipy.optimize  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from app.aggregation import borda, kemeny, pairwise_matrix
from app.aggregation._linear_ordering import best_order, mean_places
from app.aggregation.condorcet import strongest_paths
from tests.aggregation.orders import UNRANKED, ballots_of, counted, weights_for
from tests.aggregation.panels import sixty
from tests.reference.published import SCHULZE_45, TENNESSEE, ballots, shared


def table(name):
    rows = np.genfromtxt(shared(name), delimiter=",", skip_header=1)
    return rows[:, 1:], rows[:, 0]


def test_the_capital_of_tennessee():
    """Wikipedia: Nashville, Chattanooga, Knoxville, Memphis with the score 393 of 600."""
    result = kemeny(*ballots(TENNESSEE, 4))
    assert result.rank.tolist() == [4, 1, 2, 3]
    assert (result.distance, result.optimal) == (600 - 393, True)


def test_fifteen_objects_of_112_voters():
    """Emond & Mason (2002), R ConsRank EMD: the greatest agreement, where who is unranked abstains.

    The order of the reference file is one of two: the last two objects are above one another equally
    often, and tie here.
    """
    ranks, weights = table("kemeny_emond_mason_15.csv")
    result = kemeny(ranks, weights, unranked="abstain")
    above = pairwise_matrix(ranks, weights, "abstain")
    assert above.sum() - result.distance == 6151
    assert above[12, 14] == above[14, 12]
    order = np.array([4, 10, 5, 11, 2, 1, 9, 14, 3, 12, 8, 6, 7, 15, 13]) - 1
    assert result.rank[order].tolist() == [*range(1, 14), 14, 14]
    net = [77, -41, 55, 470, 163, 2, -190, -25, -8, 59, 245, -46, -440, 89, -410]
    assert (above.sum(axis=1) - above.sum(axis=0)).tolist() == net


@pytest.mark.parametrize("unranked", UNRANKED)
def test_four_political_goals(unranked):
    """Croon (1989), R ConsRank German: 2262 respondents."""
    ranks, weights = table("kemeny_german_goals.csv")
    result = kemeny(ranks, weights, unranked=unranked)
    above = pairwise_matrix(ranks, weights, unranked)
    assert above.sum() - result.distance == 8110
    assert result.rank.tolist() == [1, 2, 3, 4]
    assert (above.sum(axis=1) - above.sum(axis=0)).tolist() == [1408, 906, -786, -1528]


def all_orders(above):
    """Mean places over all best orders, and their cost."""
    n = len(above)
    costs = {
        order: sum(above[later, earlier] for earlier, later in itertools.combinations(order, 2))
        for order in itertools.permutations(range(n))
    }
    least = min(costs.values())
    best = [np.argsort(order) + 1 for order, cost in costs.items() if cost < least + 1e-9]
    return np.mean(best, axis=0), least


@pytest.mark.parametrize("unranked", UNRANKED)
@sixty
@given(ranks=ballots_of(options=(1, 5)), data=st.data())
def test_no_order_is_better(unranked, ranks, data):
    weights = data.draw(weights_for(ranks))
    known = ~np.isnan(ranks).all(axis=0) | ((unranked == "last") & ~np.isnan(ranks).all())
    result = kemeny(ranks, weights, unranked=unranked)
    assert result.optimal
    if known.any():
        place, least = all_orders(counted(ranks, weights, unranked)[np.ix_(known, known)])
        np.testing.assert_allclose(result.score[known], known.sum() - place, atol=1e-9)
        assert result.distance == pytest.approx(least)


@settings(sixty, max_examples=25)
@given(st.integers(3, 9), st.integers(0, 10**6), st.booleans())
def test_the_program_finds_what_the_subsets_find(n, seed, whole):
    rng = np.random.default_rng(seed)
    above = rng.integers(0, 9, (n, n)).astype(float) if whole else rng.random((n, n))
    np.fill_diagonal(above, 0)
    by_program, by_subsets = best_order(above, monotonic() + 60), mean_places(above)
    assert by_program.optimal
    assert by_program.cost == pytest.approx(by_subsets.cost)
    assert sorted(by_program.place) == list(range(1, n + 1))
    order = np.argsort(by_program.place)
    assert np.tril(above[np.ix_(order, order)]).sum() == pytest.approx(by_program.cost)


def test_a_knot_of_thirty_options_is_solved_and_proved():
    ranks = np.random.default_rng(5).random((9, 30))
    result = kemeny(ranks, time_limit=60)
    above = pairwise_matrix(ranks)
    order = np.argsort(result.rank)
    assert result.optimal
    assert sorted(result.rank) == list(range(1, 31))
    assert np.tril(above[np.ix_(order, order)]).sum() == result.distance
    assert result.distance >= np.minimum(above, above.T).sum() / 2


def test_out_of_time_it_gives_an_order_and_says_so():
    ranks = np.random.default_rng(5).random((9, 30))
    hurried = kemeny(ranks, time_limit=1e-9)
    assert not hurried.optimal
    assert sorted(hurried.rank) == list(range(1, 31))
    assert hurried.distance >= kemeny(ranks, time_limit=60).distance


def test_a_cycle_of_equal_majorities_ties():
    assert kemeny([[1, 2, 3], [3, 1, 2], [2, 3, 1]]).rank.tolist() == [1, 1, 1]


def test_forty_options_of_which_none_is_preferred_tie():
    order = np.arange(40)
    result = kemeny([order, order[::-1]])
    assert result.rank.tolist() == [1] * 40
    assert (result.distance, result.optimal) == (40 * 39 / 2, True)


def test_the_45_voters():
    """All 120 orders of Schulze's example gone through."""
    ranks, weights = ballots(SCHULZE_45, 5)
    place, least = all_orders(pairwise_matrix(ranks, weights))
    result = kemeny(ranks, weights)
    assert (result.score.tolist(), result.distance) == ((5 - place).tolist(), least)


def test_a_knot_of_120_options_is_untied_by_few_conditions_of_transitivity(monkeypatch):
    """Fifteen noisy voters: a few linear programs of one in a hundred triples prove the best order."""
    programs, solve = [], scipy.optimize.milp

    def counted_solve(*arguments, **keywords):
        programs.append((keywords["integrality"], np.shape(getattr(keywords["constraints"], "A", ()))))
        return solve(*arguments, **keywords)

    monkeypatch.setattr(scipy.optimize, "milp", counted_solve)
    truth, noise = np.arange(120) * 0.1, np.random.default_rng(0).normal(0, 5, (15, 120))
    ranks = (truth + noise).argsort(axis=1).argsort(axis=1) + 1.0
    above = pairwise_matrix(ranks)
    assert (strongest_paths((above >= above.T).astype(np.int8)) > 0).all(), "not one knot"
    result = kemeny(ranks, time_limit=600)
    assert result.optimal
    assert len(programs) <= 4
    assert not any(whole for whole, _ in programs)
    assert programs[-1][1][0] < math.comb(120, 3) / 50
    order = np.argsort(result.rank)
    assert result.distance == np.tril(above[np.ix_(order, order)]).sum()


def test_nothing_to_rank_has_no_distance():
    result = kemeny(np.full((2, 3), np.nan))
    assert np.isnan(result.distance)


def test_the_american_psychological_association_of_1980():
    """Diaconis (1988), page 96: 5738 full ballots, percentages of candidates at ranks as printed."""
    ranks, weights = table("apa1980_rankings.csv")
    share = [[weights[ranks[:, c] == place].sum() for place in range(1, 6)] for c in range(5)]
    assert weights.sum() == 5738
    printed = json.loads(shared("apa1980_diaconis.json").read_text())["expected"]["percent_candidate_x_rank"]
    np.testing.assert_allclose(100 * np.array(share) / 5738, printed, atol=1)
    # of Borda's points a candidate has 4 for every first place, 3 for every second and so on
    points = borda(ranks, weights)
    np.testing.assert_allclose(points.score, np.array(share) @ [4, 3, 2, 1, 0])
    np.testing.assert_allclose(points.score / 57.38, np.array(printed) @ [4, 3, 2, 1, 0], atol=6)
    result = kemeny(ranks, weights)
    place, least = all_orders(pairwise_matrix(ranks, weights))
    assert (result.rank.tolist(), result.distance) == (place.tolist(), least)
