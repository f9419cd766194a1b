"""Kendall's W: published values, ties, who is left out, where it is undefined."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats  # type: ignore[import-untyped]

from app.aggregation import kendall_w
from tests.aggregation.panels import panel, panels, sixty
from tests.reference.published import IRR_ANXIETY, SIEGEL_1956


def test_three_executives_rank_six_applicants():
    """Siegel (1956), chapter 9: s = 25.5 and W = .16."""
    result = kendall_w(SIEGEL_1956)
    assert result.w == pytest.approx(25.5 / (3**2 * (6**3 - 6) / 12), abs=1e-12)
    assert round(result.w, 2) == 0.16
    assert (result.raters, result.items, result.df, result.left_out) == (3, 6, 5, 0)


def test_ties_are_corrected_as_in_irr():
    """R irr 0.84.1, kendall(anxiety, correct = TRUE); without the correction it prints W = 0.50192147."""
    result = kendall_w(IRR_ANXIETY)
    assert result.w == pytest.approx(0.539656876, abs=1e-9)
    assert result.chi2 == pytest.approx(30.760441929, abs=1e-8)
    assert result.p_value == pytest.approx(0.042883473, abs=1e-8)
    assert result.df == 19


def test_incomplete_rows_are_left_out_where_irrna_would_pair_them():
    """R irrNA 0.2.3, data(ConsistNA): half of all answers missing, and irrNA's own W is 1.

    That is another coefficient, (1 + (k - 1) rho) / k over the pairs that exist. Kendall's sums ranks
    over one set of items, which no expert here has answered in full: everybody is left out.
    """
    nan = np.nan
    result = kendall_w(panel([1, 2, 3, nan, nan, nan], [3, 4, 5, nan, nan, nan], [nan, nan, nan, 5, 6, 7]))
    assert (result.raters, result.left_out, result.undecided) == (0, 3, 0)
    assert np.isnan([result.w, result.chi2, result.p_value]).all()


@sixty
@given(panels(experts=(2, 9), items=(3, 6), missing=False))
def test_the_statistic_is_friedmans(ratings):
    varied = ratings[ratings.min(axis=1) < ratings.max(axis=1)]
    result = kendall_w(ratings)
    assert (result.raters, result.left_out) == (len(varied), len(ratings) - len(varied))
    assert result.undecided == result.left_out
    if len(varied) < 3:
        return
    expected = stats.friedmanchisquare(*varied.T)
    assert result.chi2 == pytest.approx(expected.statistic, abs=1e-9)
    assert result.p_value == pytest.approx(expected.pvalue, abs=1e-9)


@sixty
@given(panels(experts=(1, 9), items=(1, 6)), st.randoms(use_true_random=False))
def test_w_lies_between_0_and_1_and_knows_no_order(ratings, random):
    experts, items = (random.sample(range(size), size) for size in ratings.shape)
    straight, shuffled = kendall_w(ratings), kendall_w(ratings[experts][:, items])
    assert 0 <= straight.w <= 1 or np.isnan(straight.w)
    np.testing.assert_equal([straight.w, straight.raters], [shuffled.w, shuffled.raters])


@sixty
@given(panels(experts=(2, 6), items=(2, 6), missing=False))
def test_only_the_order_within_each_expert_counts(ratings):
    stretched = ratings**3 * np.arange(1, len(ratings) + 1)[:, None]
    np.testing.assert_equal(kendall_w(ratings).w, kendall_w(stretched).w)


@sixty
@given(st.permutations(range(6)), st.integers(2, 8))
def test_one_ranking_is_one_and_two_opposite_ones_are_zero(order, raters):
    assert kendall_w([order] * raters).w == 1
    assert kendall_w([order, order[::-1]]).w == pytest.approx(_half_reversed(order), abs=1e-12)
    assert kendall_w([order, [5 - place for place in order]]).w == 0


def _half_reversed(order):
    rho = stats.spearmanr(order, order[::-1]).statistic
    return (1 + rho) / 2


def test_an_expert_with_a_gap_and_one_without_an_opinion_are_left_out():
    complete = [[1, 2, 3], [2, 1, 3]]
    result = kendall_w(panel(*complete, [np.nan, 1, 2], [7, 7, 7]))
    assert (result.raters, result.left_out, result.undecided) == (2, 2, 1)
    assert result.w == kendall_w(complete).w == 0.75


@pytest.mark.parametrize(
    "ratings",
    [
        [[1, 2, 3]],  # one expert agrees with nobody
        [[1], [2], [3]],  # one item has one order
        [[5, 5], [7, 7]],  # no variance
        [[np.nan, np.nan], [np.nan, np.nan]],
        np.ones((0, 4)),
        np.ones((4, 0)),
    ],
)
def test_undefined_is_nan(ratings):
    result = kendall_w(ratings)
    assert np.isnan([result.w, result.chi2, result.p_value]).all()
    assert result.raters + result.left_out == len(ratings)


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="ratings must have two axes"):
        kendall_w([1, 2, 3])
    with pytest.raises(ValueError, match="ratings must be finite"):
        kendall_w(panel([1, np.inf], [1, 2]))
