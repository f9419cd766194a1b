"""Strengths from comparisons: published leagues, the top of the likelihood, where there is none."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from app.aggregation import bradley_terry, next_pairs
from tests.aggregation.panels import sixty
from tests.reference.published import (
    AGRESTI_2002,
    AGRESTI_2002_STRENGTHS,
    DAVIDSON_1970,
    DAVIDSON_1970_WORTH,
)


def test_the_american_league_east():
    """Agresti (2002), table 10.11, relative to Baltimore."""
    strength = bradley_terry(AGRESTI_2002).log_strength
    np.testing.assert_allclose(strength - strength[0], AGRESTI_2002_STRENGTHS, atol=0.005)
    assert strength.sum() == pytest.approx(0, abs=1e-12)


def test_chocolate_puddings_with_ties_as_half_victories():
    """Davidson (1970): his model of ties gives the same order, and strengths further apart."""
    wins = np.zeros((6, 6))
    for i, j, _, for_i, for_j, ties in DAVIDSON_1970:
        wins[i - 1, j - 1], wins[j - 1, i - 1] = for_i + ties / 2, for_j + ties / 2
    half, davidson = bradley_terry(wins).log_strength, np.log(DAVIDSON_1970_WORTH)
    assert np.argsort(half).tolist() == np.argsort(davidson).tolist()
    assert np.corrcoef(half, davidson)[0, 1] > 0.999
    assert np.ptp(half) < np.ptp(davidson)


tables = st.integers(2, 6).flatmap(lambda n: npst.arrays(np.int64, (n, n), elements=st.integers(0, 5)))


def leagues(table):
    wins = table.astype(float)
    np.fill_diagonal(wins, 0)
    reach = np.linalg.matrix_power((wins > 0) + np.eye(len(wins)), len(wins))
    assume((reach > 0).all())
    return wins


@sixty
@given(tables)
def test_victories_are_as_many_as_expected(table):
    """At the top of the likelihood every item has won as often as its strength predicts."""
    wins = leagues(table)
    result = bradley_terry(wins)
    p = 1 / (1 + np.exp(result.log_strength - result.log_strength[:, None]))
    expected = ((wins + wins.T) * p).sum(axis=1)
    np.testing.assert_allclose(expected, wins.sum(axis=1), atol=1e-6)
    weight = (wins + wins.T) * p * (1 - p)
    covariance = np.linalg.pinv(np.diag(weight.sum(axis=1)) - weight)
    np.testing.assert_allclose(result.standard_error, np.sqrt(np.diag(covariance)), rtol=1e-6)


@sixty
@given(tables, st.randoms(use_true_random=False))
def test_items_keep_their_strengths_and_a_reversal_turns_them_round(table, random):
    wins = leagues(table)
    order = random.sample(range(len(wins)), len(wins))
    straight, shuffled = bradley_terry(wins), bradley_terry(wins[order][:, order])
    np.testing.assert_allclose(straight.log_strength[order], shuffled.log_strength, atol=1e-7)
    np.testing.assert_allclose(bradley_terry(wins.T).log_strength, -straight.log_strength, atol=1e-7)
    tenfold = bradley_terry(10 * wins)
    np.testing.assert_allclose(tenfold.log_strength, straight.log_strength, atol=1e-7)
    np.testing.assert_allclose(tenfold.standard_error, straight.standard_error / np.sqrt(10), rtol=1e-6)


def test_two_items_by_hand():
    """3 to 1: odds of 3, and the standard error of a logit, sqrt(1/3 + 1), halved by the centring."""
    result = bradley_terry([[0, 3], [1, 0]])
    np.testing.assert_allclose(result.log_strength, [np.log(3) / 2, -np.log(3) / 2])
    np.testing.assert_allclose(result.standard_error, np.sqrt(1 / 3 + 1) / 2)


def test_strengths_far_apart_are_reached():
    result = bradley_terry([[0.0, 1e9], [1.0, 0.0]])
    assert np.ptp(result.log_strength) == pytest.approx(np.log(1e9))
    chain = np.zeros((30, 30))
    chain[np.arange(29), np.arange(1, 30)], chain[np.arange(1, 30), np.arange(29)] = 5, 1
    np.testing.assert_allclose(-np.diff(bradley_terry(chain).log_strength), np.log(5), rtol=1e-7)


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        ([(0, 1), (1, 0)], r"never compared: \[0, 1\] and \[2\] and \[3\]"),
        ([(0, 2), (2, 0), (1, 3), (3, 1)], r"never compared: \[0, 2\] and \[1, 3\]"),
        ([(0, 1), (1, 2), (2, 3), (3, 1)], r"never lost to a later one: \[0\] and \[1, 2, 3\]"),
        ([(0, 1), (1, 0), (0, 2), (2, 3), (3, 2)], r"never lost to a later one: \[0, 1\] and \[2, 3\]"),
        ([(3, 2), (2, 1), (1, 0)], r"never lost to a later one: \[3\] and \[2\] and \[1\] and \[0\]"),
    ],
)
def test_where_no_finite_strengths_exist_the_parts_are_named(pairs, message):
    wins = np.zeros((4, 4))
    for winner, loser in pairs:
        wins[winner, loser] = 1
    with pytest.raises(ValueError, match=message):
        bradley_terry(wins)


def test_edges():
    one = bradley_terry([[0]])
    assert one.log_strength.tolist() == [0]
    assert np.isnan(one.standard_error).all()
    assert bradley_terry(np.zeros((0, 0))).log_strength.size == 0
    all_tied = bradley_terry(np.ones((4, 4)) - np.eye(4))
    np.testing.assert_allclose(all_tied.log_strength, 0, atol=1e-12)


@pytest.mark.parametrize("rule", [bradley_terry, lambda wins: next_pairs(wins, 1)])
@pytest.mark.parametrize(
    ("wins", "message"),
    [
        ([1, 2], r"wins must have two axes \(items, items\)"),
        ([[0, 1, 2]], "wins must be a square matrix"),
        ([[0, -1], [1, 0]], "wins must be numbers from 0 upwards"),
        ([[0, np.nan], [1, 0]], "wins must be numbers from 0 upwards"),
        ([[1, 1], [1, 0]], "wins must be 0 on the diagonal"),
        ([[0, np.inf], [1, 0]], "wins must be finite"),
    ],
)
def test_bad_input_is_named(rule, wins, message):
    with pytest.raises(ValueError, match=message):
        rule(wins)


def test_the_next_pairs_join_what_was_never_compared():
    wins = np.zeros((6, 6))
    wins[0, 1] = wins[1, 0] = wins[2, 3] = wins[3, 2] = 4
    pairs = next_pairs(wins, 3)
    parts = [{0, 1}, {2, 3}, {4}, {5}]
    for i, j in pairs.tolist():
        of_i, of_j = (next(part for part in parts if item in part) for item in (i, j))
        assert of_i is not of_j
        parts.remove(of_j)
        of_i |= of_j
    assert len(parts) == 1


def test_the_next_pair_is_the_uncertain_and_close_one():
    """All compared ten times but the middle two, once; the last item is far behind."""
    wins = 5 * (np.ones((4, 4)) - np.eye(4))
    wins[1, 2] = wins[2, 1] = 0.5
    wins[3, :3], wins[:3, 3] = 1, 9
    assert next_pairs(wins, 1).tolist() == [[1, 2]]


def test_what_is_chosen_lowers_what_is_left_to_learn():
    """Among equals every item gets its turn before one is asked for again."""
    pairs = next_pairs(np.ones((6, 6)) - np.eye(6), 3)
    assert sorted(pairs.ravel().tolist()) == list(range(6))


@sixty
@given(tables, st.data())
def test_pairs_are_different_and_in_order(table, data):
    wins = table.astype(float)
    np.fill_diagonal(wins, 0)
    n = len(wins)
    pairs = next_pairs(wins, data.draw(st.integers(1, n * (n - 1) // 2)))
    assert (pairs[:, 0] < pairs[:, 1]).all()
    assert len(np.unique(pairs, axis=0)) == len(pairs)


def test_as_many_pairs_as_there_are():
    assert len(next_pairs(np.zeros((4, 4)), 6)) == 6
    for k in (0, 7):
        with pytest.raises(ValueError, match="k must be"):
            next_pairs(np.zeros((4, 4)), k)
    with pytest.raises(ValueError, match="k must be at most 0, the number of pairs"):
        next_pairs([[0]], 1)


@sixty
@given(tables)
def test_with_a_prior_there_are_strengths_whatever_was_compared(table):
    """They are centred, in finite distance, and at the top of the posterior."""
    wins = table.astype(float)
    np.fill_diagonal(wins, 0)
    result = bradley_terry(wins, prior=0.25)
    strength = result.log_strength
    assert np.isfinite(strength).all()
    assert strength.sum() == pytest.approx(0, abs=1e-9)
    p = 1 / (1 + np.exp(strength - strength[:, None]))
    slope = wins.sum(axis=1) - ((wins + wins.T) * p).sum(axis=1) - 0.25 * strength
    np.testing.assert_allclose(slope, 0, atol=1e-6)
    assert (result.standard_error >= 0).all()


def test_a_faint_prior_changes_nothing_that_can_be_seen():
    plain, faint = bradley_terry(AGRESTI_2002), bradley_terry(AGRESTI_2002, prior=1e-7)
    np.testing.assert_allclose(faint.log_strength, plain.log_strength, atol=1e-5)
    np.testing.assert_allclose(faint.standard_error, plain.standard_error, atol=1e-5)


def test_what_nobody_compared_stands_in_the_middle_and_is_most_uncertain():
    result = bradley_terry([[0, 3, 0], [0, 0, 0], [0, 0, 0]], prior=0.25)
    assert result.log_strength[0] > result.log_strength[2] > result.log_strength[1]
    assert result.log_strength[2] == pytest.approx(0)
    assert result.standard_error.argmax() == 2


@pytest.mark.parametrize("prior", [-1.0, np.nan, np.inf])
def test_a_prior_is_a_precision(prior):
    with pytest.raises(ValueError, match="prior must be a number from 0 upwards"):
        bradley_terry([[0, 1], [1, 0]], prior=prior)


@sixty
@given(tables, st.data())
def test_barred_pairs_are_not_asked_for(table, data):
    wins = table.astype(float)
    np.fill_diagonal(wins, 0)
    barred = data.draw(npst.arrays(np.bool_, wins.shape))
    free = np.triu(~(barred | barred.T), 1).sum()
    assume(free > 0)
    for i, j in next_pairs(wins, int(free), barred).tolist():
        assert not barred[i, j]
        assert not barred[j, i]
    with pytest.raises(ValueError, match="k must be at most"):
        next_pairs(wins, int(free) + 1, barred)


def test_what_is_barred_has_the_shape_of_what_was_won():
    with pytest.raises(ValueError, match="barred must have the shape"):
        next_pairs(np.zeros((3, 3)), 1, [[True]])
