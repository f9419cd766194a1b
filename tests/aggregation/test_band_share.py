"""Shares of answers within a band of the scale."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.aggregation import band_share
from tests.aggregation.panels import panel, panels, sixty


def test_the_ends_of_the_band_are_inside():
    assert band_share([[6], [7], [9], [9]], 7, 9).tolist() == [0.75]
    assert band_share([[6], [7], [9], [9]], 6, 6).tolist() == [0.25]


def test_the_denominator_is_those_who_answered():
    assert band_share(panel([9, 9], [8, np.nan], [np.nan, np.nan], [1, np.nan]), 7, 9).tolist() == [2 / 3, 1]


def test_an_item_nobody_rated_has_no_share():
    assert np.isnan(band_share([[np.nan], [np.nan]], 7, 9)).all()
    assert np.isnan(band_share(np.ones((0, 2)), 7, 9)).tolist() == [True, True]


@sixty
@given(panels(experts=(1, 9)), st.integers(1, 8))
def test_bands_that_cover_the_scale_add_up_to_everybody(ratings, last):
    total = band_share(ratings, 1, last) + band_share(ratings, last + 1, 9)
    answered = ~np.isnan(ratings).all(axis=0)
    np.testing.assert_allclose(total[answered], 1, atol=1e-12)
    assert np.isnan(total[~answered]).all()


@pytest.mark.parametrize(
    ("ratings", "band", "message"),
    [
        ([5], (1, 3), "ratings must have two axes"),
        ([[-np.inf]], (1, 3), "ratings must be finite"),
        ([[5]], (3, 1), "low must not be above high: 3 > 1"),
        ([[5]], (1, np.nan), "high must be one finite number"),
    ],
)
def test_bad_input_is_named(ratings, band, message):
    with pytest.raises(ValueError, match=message):
        band_share(ratings, *band)
