"""The consensus index of Tastle and Wierman: published vectors, its two ends, its symmetries."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from app.aggregation import tastle_wierman
from tests.aggregation.panels import sixty
from tests.reference.published import AGRMT

histograms = npst.arrays(
    np.int64, st.tuples(st.integers(1, 4), st.integers(2, 11)), elements=st.integers(0, 40)
)


@pytest.mark.parametrize(("counts", "printed"), AGRMT.items())
def test_vectors_printed_by_agrmt(counts, printed):
    """R agrmt 1.42.12, consensus(), after Tastle & Wierman (2007)."""
    assert tastle_wierman(counts) == pytest.approx(printed, abs=5e-8)


@sixty
@given(st.integers(2, 11), st.data())
def test_one_mind_is_one(points, data):
    counts = np.zeros(points)
    counts[data.draw(st.integers(0, points - 1))] = data.draw(st.integers(1, 10_000))
    assert tastle_wierman(counts) == 1


@sixty
@given(st.integers(2, 11), st.integers(1, 10_000))
def test_two_equal_camps_at_the_ends_are_zero(points, camp):
    counts = np.zeros(points)
    counts[[0, -1]] = camp
    assert tastle_wierman(counts) == 0


@sixty
@given(histograms)
def test_the_index_is_the_sum_of_the_paper(counts):
    """Equation (2), term by term."""
    for row, value in zip(counts, tastle_wierman(counts), strict=True):
        if row.sum() == 0:
            assert np.isnan(value)
            continue
        x = np.arange(len(row))
        mean = (row * x).sum() / row.sum()
        terms = [
            f / row.sum() * np.log2(1 - abs(point - mean) / (len(row) - 1))
            for point, f in zip(x, row, strict=True)
            if f
        ]
        assert value == pytest.approx(1 + sum(terms), abs=1e-9)
        assert -1e-12 <= value <= 1


@sixty
@given(histograms)
def test_turning_the_scale_round_or_counting_in_shares_changes_nothing(counts):
    value = tastle_wierman(counts)
    np.testing.assert_allclose(tastle_wierman(counts[:, ::-1]), value, atol=1e-12)
    np.testing.assert_allclose(tastle_wierman(counts / 1000), value, atol=1e-12)


def test_rows_are_items_and_one_row_gives_a_number():
    both = tastle_wierman([[0, 3, 1], [5, 0, 0]])
    assert both.shape == (2,)
    assert float(tastle_wierman([0, 3, 1])) == both[0]


def test_undefined_is_nan():
    assert np.isnan(tastle_wierman([0, 0, 0]))
    assert np.isnan(tastle_wierman([12])), "a scale of one point has no width"
    assert tastle_wierman(np.zeros((0, 9))).shape == (0,)


def test_a_mean_rounded_onto_an_end_is_no_logarithm_of_zero():
    assert np.isfinite(tastle_wierman([1, 0, 0, 0, 1e40]))


@pytest.mark.parametrize(
    ("counts", "message"),
    [
        (3, "counts must have the axes"),
        ([[[1]]], "counts must have the axes"),
        ([1, -1], "counts must be numbers from 0 upwards"),
        ([1, np.nan], "counts must be numbers from 0 upwards"),
        ([1, np.inf], "counts must be finite"),
    ],
)
def test_bad_input_is_named(counts, message):
    with pytest.raises(ValueError, match=message):
        tastle_wierman(counts)
