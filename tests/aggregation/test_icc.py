"""Intraclass correlations: published values, the analysis of variance behind them, the edges."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats  # type: ignore[import-untyped]

from app.aggregation import icc
from tests.aggregation.panels import panel, panels, sixty
from tests.reference.published import SHROUT_FLEISS_1979, SHROUT_FLEISS_1979_ICC

FORMS = list(SHROUT_FLEISS_1979_ICC)


@pytest.mark.parametrize(("form", "exact"), SHROUT_FLEISS_1979_ICC.items())
def test_six_targets_and_four_judges(form, exact):
    """Shrout & Fleiss (1979); digits and intervals by R psych."""
    value, ci95 = exact
    one = icc(SHROUT_FLEISS_1979)[form]
    assert one.value == pytest.approx(value, abs=1e-8)
    assert one.ci95 == pytest.approx(ci95, abs=6e-4)
    assert (one.raters, one.items, one.df1) == (4, 6, 5)


def test_the_tests_of_six_targets():
    """R psych prints F = 1.79 (5, 18), p = .165, and F = 11.03 (5, 15), p = .00013."""
    result = icc(SHROUT_FLEISS_1979)
    assert (result["ICC1"].f, result["ICC1"].p_value) == pytest.approx((1.7947, 0.16477), abs=5e-5)
    assert (result["ICCC1"].f, result["ICCC1"].p_value) == pytest.approx((11.0272, 0.00013457), abs=5e-5)
    assert (result["ICC1k"].df2, result["ICCA1"].df2, result["ICCCk"].df2) == (18, 15, 15)


@sixty
@given(panels(experts=(2, 6), items=(2, 7), missing=False))
def test_the_values_are_ratios_of_variances(ratings):
    """From residuals, instead of the differences of sums that the function uses."""
    k, n = ratings.shape
    mean, items, experts = ratings.mean(), ratings.mean(axis=0), ratings.mean(axis=1)
    ms_r = k * ((items - mean) ** 2).sum() / (n - 1)
    ms_c = n * ((experts - mean) ** 2).sum() / (k - 1)
    ms_w = ((ratings - items) ** 2).sum() / (n * (k - 1))
    ms_e = ((ratings - items - experts[:, None] + mean) ** 2).sum() / ((n - 1) * (k - 1))
    parts = {
        "ICC1": (ms_r - ms_w, ms_r + (k - 1) * ms_w),
        "ICCA1": (ms_r - ms_e, ms_r + (k - 1) * ms_e + k * (ms_c - ms_e) / n),
        "ICCC1": (ms_r - ms_e, ms_r + (k - 1) * ms_e),
        "ICC1k": (ms_r - ms_w, ms_r),
        "ICCAk": (ms_r - ms_e, ms_r + (ms_c - ms_e) / n),
        "ICCCk": (ms_r - ms_e, ms_r),
    }
    result = icc(ratings)
    for form, (above, below) in parts.items():
        if below < 1e-9:
            assert not result[form].value < np.inf
        else:
            assert result[form].value == pytest.approx(above / below, abs=1e-7)


@sixty
@given(panels(experts=(2, 6), items=(2, 7), missing=False))
def test_intervals_hold_the_value_and_both_kinds_agree(ratings):
    result = icc(ratings)
    k = len(ratings)
    for form, one in result.items():
        low, high = one.ci95
        if np.isnan([low, high, one.value]).any():
            continue
        assert low - 1e-9 <= one.value <= high + 1e-9, form
        if np.isfinite(one.f):
            assert one.p_value == pytest.approx(stats.f.sf(one.f, one.df1, one.df2), abs=1e-12)
    for single, average in (("ICC1", "ICC1k"), ("ICCA1", "ICCAk"), ("ICCC1", "ICCCk")):
        ones = np.array([result[single].value, *result[single].ci95])
        means = np.array([result[average].value, *result[average].ci95])
        known = ~np.isnan(ones) & ~np.isnan(means) & (1 + (k - 1) * ones > 1e-6)
        ones, means = ones[known], means[known]
        np.testing.assert_allclose(means, k * ones / (1 + (k - 1) * ones), rtol=1e-6, atol=1e-6)


@sixty
@given(panels(experts=(1, 6), items=(1, 6)), st.randoms(use_true_random=False))
def test_neither_experts_nor_items_have_an_order(ratings, random):
    experts, items = (random.sample(range(size), size) for size in ratings.shape)
    one, other = icc(ratings), icc(ratings[experts][:, items])
    for form in FORMS:
        np.testing.assert_allclose(one[form].value, other[form].value, atol=1e-9)
        np.testing.assert_allclose(one[form].ci95, other[form].ci95, atol=1e-9)


def test_an_item_that_lacks_an_answer_is_left_out():
    complete = np.array(SHROUT_FLEISS_1979, dtype=float)
    gap = np.array([[5.0], [np.nan], [1.0], [9.0]])
    assert dict(icc(np.hstack([complete, gap]))) == dict(icc(complete))


def test_a_shift_of_one_expert_is_no_inconsistency():
    result = icc([[1, 2, 3], [2, 3, 4]])
    assert (result["ICCC1"].value, result["ICCC1"].ci95, result["ICCC1"].p_value) == (1, (1, 1), 0)
    assert result["ICCA1"].value == pytest.approx(2 / 3)
    assert np.isinf(result["ICCA1"].f)


def test_perfect_agreement_is_1_whatever_the_decimals():
    for ratings in ([[1, 2, 3]] * 3, [[0.1, 0.2, 0.7]] * 3):
        for one in icc(ratings).values():
            assert (one.value, one.ci95, one.p_value) == (1, (1, 1), 0)


def test_a_variance_estimated_below_0_is_no_denominator():
    """Two experts of opposite opinion: the formula of ICC(A,k) would give 2."""
    assert np.isnan(icc([[1, 2], [2, 1]])["ICCAk"].value)


def test_an_interval_that_would_leave_out_its_own_value_is_none():
    one = icc([[1, 3], [6, 3]])["ICCA1"]
    assert one.value == pytest.approx(-12 / 13)
    assert np.isnan(one.ci95).all()


@pytest.mark.parametrize(
    "ratings",
    [
        [[1, 2, 3]],  # one expert
        [[1], [2], [3]],  # one item
        [[5, 5], [5, 5]],  # no variance
        [[0.3, 0.3], [0.3, 0.3], [0.3, 0.3]],
        panel([1, np.nan], [np.nan, 2]),  # no item complete
        np.ones((0, 4)),
        np.ones((4, 0)),
    ],
)
def test_undefined_is_nan(ratings):
    for one in icc(ratings).values():
        assert np.isnan([one.value, one.f, one.p_value, *one.ci95]).all()


def test_the_result_cannot_be_changed():
    result: Any = icc(SHROUT_FLEISS_1979)
    with pytest.raises(TypeError):
        result["ICC1"] = None


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="ratings must have two axes"):
        icc([1, 2, 3])
