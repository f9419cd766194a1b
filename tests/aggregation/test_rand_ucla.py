"""RAND/UCLA appropriateness: a published table, the manual's bands, disagreement to the point."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given

from app.aggregation import rand_ucla
from tests.aggregation.panels import panels, sixty
from tests.reference.published import BMJ_OPEN_2012


def test_a_published_criterion():
    """BMJ Open 2012;2:e001431, table 1, criterion 1.

    The legend of that table prints IPRAS with 2.5 for its first constant; the number it prints, 6.1,
    is that of the manual's 2.35 (Fitch et al. 2001), which stands here.
    """
    result = rand_ucla(np.array(BMJ_OPEN_2012)[:, None])
    assert (result.median[0], result.ipr[0]) == (7, 1)
    assert result.ipras[0] == pytest.approx(6.1)
    assert not result.disagreement[0]
    assert result.classification[0] == "appropriate"


@pytest.mark.parametrize(
    ("ratings", "classification"),
    [
        ([3, 3, 3], "inappropriate"),
        ([3, 4], "uncertain"),
        ([4, 4, 5], "uncertain"),
        ([6, 6, 6], "uncertain"),
        ([6, 7], "appropriate"),
        ([9, 9, 9], "appropriate"),
    ],
)
def test_the_median_classifies_and_a_half_belongs_to_the_higher_band(ratings, classification):
    result = rand_ucla(np.array(ratings)[:, None])
    assert not result.disagreement[0]
    assert result.classification.tolist() == [classification]


def test_disagreement_makes_any_median_uncertain():
    result = rand_ucla([[1], [1], [1], [8], [9], [9], [9], [9]])
    assert result.median[0] == 8.5
    assert result.disagreement[0]
    assert result.classification[0] == "uncertain"


@sixty
@given(panels(experts=(2, 15)))
def test_the_method_in_fractions(ratings):
    """Fitch et al. (2001), with percentiles of type 7, in exact arithmetic."""
    result = rand_ucla(ratings)
    for item, column in enumerate(ratings.T):
        x = sorted(int(value) for value in column if not np.isnan(value))
        if len(x) < 2:
            assert np.isnan([result.ipr[item], result.ipras[item]]).all()
            assert not result.disagreement[item]
            continue
        p30, p70 = (_type_7(x, Fraction(p, 10)) for p in (3, 7))
        ipr = p70 - p30
        ipras = Fraction(235, 100) + Fraction(3, 2) * abs(5 - (p30 + p70) / 2)
        assert result.ipr[item] == float(ipr)
        assert result.ipras[item] == float(ipras)
        assert result.disagreement[item] == (ipr > ipras)


def _type_7(x, p):
    place = (len(x) - 1) * p
    below = int(place)
    above = min(below + 1, len(x) - 1)
    return x[below] + (place - below) * (x[above] - x[below])


def test_a_range_equal_to_the_adjusted_one_is_no_disagreement():
    """P30 = 3.3 and P70 = 6.1: both ranges are 2.8, which 2.35 + 1.5 * 0.3 misses in floating point."""
    result = rand_ucla(np.array(EQUAL)[:, None])
    assert (result.ipr[0], result.ipras[0]) == (2.8, 2.8)
    assert not result.disagreement[0]


# n = 12: (n - 1) * 0.3 = 3.3 and (n - 1) * 0.7 = 7.7; 3 + 0.3 * 1 = 3.3 and 4 + 0.7 * 3 = 6.1
EQUAL = [1, 1, 2, 3, 4, 4, 4, 4, 7, 8, 9, 9]


def test_one_answer_is_classified_but_has_no_range():
    result = rand_ucla([[8.0, np.nan]])
    assert result.classification.tolist() == ["appropriate", ""]
    assert np.isnan(result.ipr).all()
    assert np.isnan(result.ipras).all()
    assert not result.disagreement.any()
    assert np.isnan(result.median).tolist() == [False, True]


def test_a_panel_without_experts_is_undefined():
    result = rand_ucla(np.ones((0, 2)))
    assert result.classification.tolist() == ["", ""]
    assert np.isnan(result.median).all()


@pytest.mark.parametrize("answer", [0, 10, 6.5, -3])
def test_another_scale_is_refused(answer):
    with pytest.raises(ValueError, match=f"ratings must be whole numbers from 1 to 9.*{answer}"):
        rand_ucla([[5], [answer]])


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="ratings must have two axes"):
        rand_ucla([5, 6])
    with pytest.raises(ValueError, match="ratings must be finite"):
        rand_ucla([[np.inf]])
