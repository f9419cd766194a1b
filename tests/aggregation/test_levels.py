"""Scales that are counted and answers that are sorted: the figures do not depend on which is done."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.aggregation import (
    _levels,
    agreement,
    borda,
    kendall_w,
    krippendorff_alpha,
    majority_judgment,
    pairwise_matrix,
)
from app.aggregation._levels import counts_of, levels_of
from tests.aggregation.panels import panel, panels, sixty

nan = np.nan
FIGURES = {
    "w": lambda r: [kendall_w(r).w, kendall_w(r).p_value],
    "alpha": lambda r: [krippendorff_alpha(r, level) for level in agreement.LEVELS],
    "majority": lambda r: majority_judgment(r).score,
    "pairs": pairwise_matrix,
    "points": lambda r: borda(r, unranked="abstain").score,
}


@pytest.mark.parametrize("figure", FIGURES)
@sixty
@given(r=panels(), far=st.booleans())
def test_counted_or_sorted_the_figures_are_the_same(figure, r, far):
    r = np.vstack([r, np.full(r.shape[1], 2000.0)]) if far else r
    counted = np.asarray(FIGURES[figure](r))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(_levels, "MOST_POINTS", 0)
        patched.setattr(agreement, "MOST_LEVELS", 0)
        np.testing.assert_allclose(np.asarray(FIGURES[figure](r)), counted, rtol=1e-12, atol=1e-12)


def test_levels_and_places():
    levels, place = levels_of(panel([3, 1], [nan, 4]))
    assert levels.tolist() == [1, 2, 3, 4]
    assert place.tolist() == [[2, 0], [4, 3]]
    assert counts_of(place, 4).tolist() == [[1, 0, 1, 0], [0, 0, 0, 1]]


def test_answers_between_whole_numbers_are_levels_of_their_own():
    levels, place = levels_of(panel([0.5, 1.5], [nan, 1.5]))
    assert levels.tolist() == [0.5, 1.5]
    assert place.tolist() == [[0, 1], [2, 1]]


def test_without_answers_there_are_no_levels():
    levels, place = levels_of(panel([nan], [nan]))
    assert (levels.size, place.tolist()) == (0, [[0], [0]])
