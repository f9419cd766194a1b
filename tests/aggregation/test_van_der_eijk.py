"""Van der Eijk's agreement and Lawshe's ratio: published values, the layers by hand, the edges."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from scipy import stats  # type: ignore[import-untyped]

from app.aggregation import content_validity_ratio, van_der_eijk
from tests.aggregation.panels import sixty
from tests.reference.published import AGRMT_A, AYRE_SCALLY_2014

histograms = npst.arrays(
    np.int64, st.tuples(st.integers(1, 4), st.integers(3, 9)), elements=st.integers(0, 12)
)


@pytest.mark.parametrize(("counts", "printed"), AGRMT_A.items())
def test_vectors_printed_by_agrmt(counts, printed):
    """Van der Eijk (2001), as in R agrmt 1.42.12."""
    assert van_der_eijk(counts) == pytest.approx(printed, abs=1e-7)


def by_triples(counts):
    """The paper's recipe, layer by layer and triple by triple."""
    rest, total, points = list(counts), 0.0, len(counts)
    while any(rest):
        height = min(c for c in rest if c)
        pattern = [int(c > 0) for c in rest]
        triples = list(itertools.combinations(pattern, 3))
        tu = triples.count((1, 1, 0)) + triples.count((0, 1, 1))
        tdu = triples.count((1, 0, 1))
        size = sum(pattern)
        u = 1.0 if tu + tdu == 0 else ((points - 2) * tu - (points - 1) * tdu) / ((points - 2) * (tu + tdu))
        total += height * size * u * (1 - (size - 1) / (points - 1))
        rest = [c - height * used for c, used in zip(rest, pattern, strict=True)]
    return total / sum(counts)


@sixty
@given(histograms)
def test_the_layers_are_those_of_the_paper(counts):
    for row, value in zip(counts.tolist(), van_der_eijk(counts), strict=True):
        if sum(row) == 0:
            assert np.isnan(value)
        else:
            assert value == pytest.approx(by_triples(row), abs=1e-12)
            assert -1 - 1e-12 <= value <= 1 + 1e-12


@sixty
@given(histograms)
def test_turning_the_scale_round_or_counting_in_shares_changes_nothing(counts):
    value = van_der_eijk(counts)
    np.testing.assert_allclose(van_der_eijk(counts[:, ::-1]), value, atol=1e-12)
    np.testing.assert_allclose(van_der_eijk(counts / 100), value, atol=1e-9)


def test_its_three_landmarks():
    """One mind, equal use of all points, and two camps at the ends."""
    for points in range(3, 12):
        at_the_ends = np.zeros(points)
        at_the_ends[[0, -1]] = 3
        assert van_der_eijk(np.eye(points)).tolist() == [1] * points
        assert van_der_eijk(np.full(points, 4)) == 0
        assert van_der_eijk(at_the_ends) == pytest.approx(-1, abs=1e-15)


def test_undefined_is_nan():
    assert np.isnan(van_der_eijk([0, 0, 0]))
    assert np.isnan(van_der_eijk([[3, 4], [1, 0]])).all(), "two points have no pattern"
    assert np.isnan(van_der_eijk([3, 4]))
    assert van_der_eijk(np.zeros((0, 5))).shape == (0,)


@pytest.mark.parametrize("counts", [3, [1, -1, 0], [1, np.nan, 0], [[[1]]], [np.inf, 1, 1]])
def test_bad_input_is_named(counts):
    with pytest.raises(ValueError, match="counts must"):
        van_der_eijk(counts)


def test_the_exact_critical_values():
    """Ayre & Scally (2014): the least count that a fair coin reaches in at most 5 per cent of cases."""
    panel = np.arange(5, 23)
    least = stats.binom.isf(0.05, panel, 0.5) + 1
    np.testing.assert_allclose(content_validity_ratio(least, panel), AYRE_SCALLY_2014, atol=6e-4)


@sixty
@given(st.integers(1, 500), st.data())
def test_the_ratio_turns_with_the_verdict(n, data):
    essential = data.draw(st.integers(0, n))
    ratio = content_validity_ratio(essential, n)
    assert ratio == pytest.approx((essential - n / 2) / (n / 2), abs=1e-12)
    assert ratio == -content_validity_ratio(n - essential, n)


def test_the_ratio_at_its_edges():
    assert content_validity_ratio([0, 5, 10], 10).tolist() == [-1, 0, 1]
    assert np.isnan(content_validity_ratio([0, 1], [0, 1])).tolist() == [True, False]


@pytest.mark.parametrize(
    ("essential", "n", "message"),
    [
        (11, 10, "essential must not be above n: 11 > 10"),
        (-1, 10, "essential must be whole numbers"),
        (1.5, 10, "essential must be whole numbers"),
        (1, np.nan, "n must be whole numbers"),
        ([1, 2, 3], [4, 5], "essential and n must have shapes that fit"),
        ("a", 3, "essential must be an array of numbers"),
    ],
)
def test_counts_that_cannot_be(essential, n, message):
    with pytest.raises(ValueError, match=message):
        content_validity_ratio(essential, n)
