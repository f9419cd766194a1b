"""Stability between two rounds: published cross-tables, the wording rule, scipy as the judge."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats  # type: ignore[import-untyped]

from app.aggregation import stability
from tests.aggregation.panels import pairs_from, panel, panels, panels_of_shape, sixty
from tests.reference.published import (
    CHAFFIN_TALLEY_2A,
    CHAFFIN_TALLEY_3A,
    COHEN_1968,
    COHEN_1968_WEIGHTED_KAPPA,
    COHEN_1968_WEIGHTS,
    DARWIN_1876,
)

PER_ITEM = [
    "changed_share",
    "toward_median_share",
    "wilcoxon_p",
    "weighted_kappa",
    "delta_iqr",
    "delta_cv",
    "stable",
    "moved_share",
    "n",
]


@st.composite
def two_rounds(draw, *, missing=True):
    shape = draw(st.tuples(st.integers(1, 16), st.integers(1, 5)))
    return tuple(draw(panels_of_shape(st.just(shape), missing=missing)) for _ in range(2))


def pratt(differences):
    return stats.wilcoxon(differences, zero_method="pratt").pvalue


@pytest.mark.parametrize(
    ("crosstab", "unchanged", "moved"),
    [(CHAFFIN_TALLEY_2A, 113 / 122, 0), (CHAFFIN_TALLEY_3A, 55 / 122, 10 / 122)],
)
def test_two_tables_with_the_same_marginals(crosstab, unchanged, moved):
    """Chaffin & Talley (1980), tables 2a and 3a: alike as histograms, 92.6 and 45.1 per cent unchanged.

    Their chi-squared statistics of the tables are no part of this package; what the tables are made
    for is, that stability is a matter of persons.
    """
    result = stability(*pairs_from(crosstab))
    assert result.n.tolist() == [122]
    assert result.changed_share[0] == pytest.approx(1 - unchanged, abs=1e-15)
    assert result.moved_share[0] == pytest.approx(moved, abs=1e-15)
    assert result.stable[0]
    table = np.array(crosstab)
    squares = (np.arange(3)[:, None] - np.arange(3)) ** 2
    chance = np.outer(table.sum(axis=1), table.sum(axis=0)) / 122
    kappa = 1 - (squares * table).sum() / (squares * chance).sum()
    assert result.weighted_kappa[0] == pytest.approx(kappa, abs=1e-12)


def test_weighted_kappa_of_cohen():
    """Cohen (1968), table 1, weighted kappa .348, printed for weights that are not quadratic.

    Any weights whose roots obey the triangle inequality are squared distances between points in a
    plane, and squared distances add up over its two axes: 1 - (Dx + Dy) / (Ex + Ey), where the
    coefficient along one axis is 1 - D / E. So Cohen's number follows from two quadratic kappas.
    """
    far, near = np.array(COHEN_1968_WEIGHTS)[0, [2, 1]]
    x3 = (near + far - COHEN_1968_WEIGHTS[1][2]) / (2 * np.sqrt(near))
    axes = [[0, np.sqrt(near), x3], [0, 0, np.sqrt(far - x3**2)]]
    observed = expected = 0.0
    for points in axes:
        before, after = pairs_from(COHEN_1968, points)
        chance = ((before - after.T) ** 2).mean()
        observed += (1 - stability(before, after).weighted_kappa[0]) * chance
        expected += chance
    assert 1 - observed / expected == pytest.approx(COHEN_1968_WEIGHTED_KAPPA, abs=5e-4)
    assert 1 - observed / expected == pytest.approx(8 / 23, abs=1e-12)


@sixty
@given(two_rounds())
def test_quadratic_kappa_compares_with_all_pairs(rounds):
    """Cohen (1968), squared differences; chance pairs everybody's answer before with everybody's after."""
    result = stability(*rounds)
    for item in range(rounds[0].shape[1]):
        x, y = (r[~np.isnan(rounds[0] + rounds[1])[:, item], item] for r in rounds)
        if len(set(x)) < 2 or len(set(y)) < 2:
            assert np.isnan(result.weighted_kappa[item])
            continue
        chance = np.mean((x[:, None] - y) ** 2)
        assert result.weighted_kappa[item] == pytest.approx(1 - np.mean((x - y) ** 2) / chance, abs=1e-9)


def test_where_a_scale_begins_does_not_matter_to_kappa():
    before, after = panels_from_far(0)
    near, far = stability(before, after), stability(*panels_from_far(1e9))
    assert near.weighted_kappa[0] == far.weighted_kappa[0]


def panels_from_far(start):
    return panel([1, 2, 3, 5, 4]).T + start, panel([1, 3, 3, 4, 5]).T + start


def test_wilcoxons_own_example():
    """Darwin's maize in Wilcoxon (1945): the smaller rank sum is 24, and 1352 of 2**15 signs do as much."""
    result = stability(np.zeros((15, 1)), np.array(DARWIN_1876, float)[:, None])
    assert result.wilcoxon_p[0] == pytest.approx(1352 / 2**15, abs=1e-12)


@sixty
@given(two_rounds())
def test_the_signed_rank_test_is_scipys_corrected_by_holm(rounds):
    before, after = rounds
    p = []
    for item in range(before.shape[1]):
        d = after[:, item] - before[:, item]
        d = d[~np.isnan(d)]
        p.append(np.nan if d.size == 0 else pratt(d) if d.any() else 1.0)
    np.testing.assert_allclose(stability(before, after).wilcoxon_p, _holm(p), atol=1e-9)


def _holm(p):
    """Step down by hand: the k-th smallest of m times m - k + 1, never less than the one before."""
    known = sorted((value, i) for i, value in enumerate(p) if not np.isnan(value))
    adjusted, so_far = [np.nan] * len(p), 0.0
    for k, (value, i) in enumerate(known):
        so_far = adjusted[i] = max(so_far, min(1.0, value * (len(known) - k)))
    return adjusted


@pytest.mark.parametrize("pairs", [12, 13, 14, 50, 51, 90])
@pytest.mark.parametrize("whole", [True, False], ids=["with ties and zeros", "without"])
def test_the_signed_rank_test_of_larger_panels_is_scipys(pairs, whole):
    rng = np.random.Generator(np.random.PCG64(pairs))
    differences = rng.normal(0.6, 2, (pairs, 1))
    if whole:
        differences = np.round(differences)
    result = stability(np.zeros((pairs, 1)), differences)
    assert result.wilcoxon_p[0] == pytest.approx(pratt(differences[:, 0]), abs=1e-9)
    assert 0 < result.wilcoxon_p[0] < 1


def test_holms_correction_never_falls_from_one_item_to_the_next():
    """Three items with one p: the first is multiplied by 3, and the others cannot be below it."""
    before = np.zeros((15, 4))
    after = np.array([DARWIN_1876] * 3 + [[0] * 15]).T
    assert stability(before, after).wilcoxon_p.tolist() == pytest.approx([4 * 1352 / 2**15] * 3 + [1])


def moved_by(*changes):
    before = np.full((len(changes), 1), 5.0)
    return stability(before, before + np.array(changes)[:, None])


def test_fifteen_per_cent_moving_two_points_is_unstable():
    """The wording rule: "share of participants changing by two points or more ... is below 15 per cent"."""
    at_the_line = moved_by(*[2, -2, 3], *[0] * 17)
    assert (at_the_line.moved_share[0], at_the_line.stable[0]) == (0.15, False)
    below = moved_by(*[2, -4], *[0] * 18)
    assert (below.moved_share[0], below.stable[0]) == (0.1, True)


def test_a_change_of_one_point_is_a_change_but_not_a_move():
    result = moved_by(1, -1, 1, 1, 0)
    assert result.changed_share[0] == 0.8
    assert result.moved_share[0] == 0
    assert result.stable[0]


def test_moves_toward_the_median_that_was_shown():
    """The median before was 6, of all who answered then: without the two who left it would be 5."""
    before = panel([2, 9, 6, 5, 5, np.nan, 9, 9]).T
    after = panel([4, 3, 6, 4, 7, 6, np.nan, np.nan]).T
    result = stability(before, after)
    # 2 to 4 is nearer, 9 to 3 as far, 6 to 6 there already, 5 to 4 farther, 5 to 7 as far. Seen from
    # 5, 9 to 3 would be nearer as well.
    assert result.n[0] == 5
    assert result.toward_median_share[0] == 0.2


def test_spread_is_compared_over_the_pairs():
    result = stability(panel([2, 4, 6, 8, 1, 1]).T, panel([5, 5, 5, 5, np.nan, np.nan]).T)
    assert result.delta_iqr[0] == -3.0
    assert result.delta_cv[0] == pytest.approx(-np.std([2, 4, 6, 8], ddof=1) / 5)


@sixty
@given(two_rounds(missing=False))
def test_the_order_of_the_items_is_compared_by_spearman(rounds):
    before, after = (r.mean(axis=0) for r in rounds)
    result = stability(*rounds)
    if len(set(before)) < 2 or len(set(after)) < 2:
        assert np.isnan(result.rank_correlation)
    else:
        assert result.rank_correlation == pytest.approx(stats.spearmanr(before, after).statistic, abs=1e-9)


@sixty
@given(two_rounds(), st.randoms(use_true_random=False))
def test_experts_have_no_order_and_items_keep_theirs(rounds, random):
    experts, items = (random.sample(range(size), size) for size in rounds[0].shape)
    straight, shuffled = stability(*rounds), stability(*(r[experts][:, items] for r in rounds))
    for field in PER_ITEM:
        np.testing.assert_allclose(getattr(straight, field)[items], getattr(shuffled, field), atol=1e-12)
    np.testing.assert_allclose(straight.rank_correlation, shuffled.rank_correlation, atol=1e-12)


@sixty
@given(panels(experts=(2, 9)))
def test_a_round_repeated_is_stable(ratings):
    result = stability(ratings, ratings)
    answered = result.n > 0
    assert (result.changed_share[answered] == 0).all()
    assert (result.wilcoxon_p[answered] == 1).all()
    assert result.stable[answered].all()
    varied = ~np.isnan(result.weighted_kappa)
    assert (result.weighted_kappa[varied] == 1).all()
    assert (result.delta_iqr[result.n > 1] == 0).all()


def test_an_item_that_nobody_rated_twice_is_undefined():
    """`stable` cannot be nan: it is False, since nothing was shown, and `n` is 0."""
    result = stability(panel([5, 1], [np.nan, 2]), panel([np.nan, 1], [6, 2]))
    assert result.n.tolist() == [0, 2]
    assert result.stable.tolist() == [False, True]
    assert result.stable.dtype == bool
    for field in set(PER_ITEM) - {"stable", "n"}:
        assert np.isnan(getattr(result, field)[0]), field
    assert np.isnan(result.rank_correlation)


def test_one_expert_shows_a_change_but_no_spread_and_no_agreement():
    result = stability([[5, 3, 7]], [[7, 3, 6]])
    assert result.moved_share.tolist() == [1, 0, 0]
    assert result.wilcoxon_p.tolist() == [1, 1, 1]
    for field in ("weighted_kappa", "delta_iqr", "delta_cv"):
        assert np.isnan(getattr(result, field)).all()
    assert result.rank_correlation == 0.5


def test_a_unanimous_round_has_no_kappa():
    """Cohen's coefficient would be 0 whatever the other round was."""
    assert np.isnan(stability([[5], [5], [5]], [[4], [5], [6]]).weighted_kappa[0])
    assert np.isnan(stability([[4], [5], [6]], [[5], [5], [5]]).weighted_kappa[0])


@pytest.mark.parametrize("shape", [(0, 2), (2, 0), (0, 0)])
def test_a_panel_without_experts_or_items_is_compared(shape):
    result = stability(np.ones(shape), np.ones(shape))
    assert result.stable.shape == shape[1:]
    assert np.isnan(result.moved_share).all()
    assert np.isnan(result.rank_correlation)


@pytest.mark.parametrize(
    ("previous", "current", "message"),
    [
        ([[1, 2]], [[1]], r"previous and current must have one shape, not \(1, 2\) and \(1, 1\)"),
        ([1, 2], [[1, 2]], "previous must have two axes"),
        ([[1, 2]], [1, 2], "current must have two axes"),
        ([[1, np.inf]], [[1, 2]], "previous must be finite"),
        ([[1, 2]], [[1, -np.inf]], "current must be finite"),
    ],
)
def test_bad_input_is_named(previous, current, message):
    with pytest.raises(ValueError, match=message):
        stability(previous, current)
