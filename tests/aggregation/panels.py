"""Panels made by hypothesis: whole ratings on a scale, some of them not given."""

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

# Every example of a property is a whole panel: sixty of them find what there is to find.
sixty = settings(max_examples=60, deadline=None, database=None)


def panels(low=1, high=9, *, experts=(1, 12), items=(1, 6), missing=True):
    """Ratings (experts, items) from `low` to `high`, nan where an expert gave no answer."""
    return panels_of_shape(st.tuples(st.integers(*experts), st.integers(*items)), low, high, missing=missing)


def panels_of_shape(shapes, low=1, high=9, *, missing=True):
    answers = st.integers(low, high).map(float)
    if missing:
        answers = st.one_of(answers, answers, answers, st.just(np.nan))
    return npst.arrays(np.float64, shapes, elements=answers)


def panel(*rows):
    """A panel typed by hand, one row per expert."""
    return np.array(rows, dtype=np.float64)


def pairs_from(crosstab, points=None):
    """The two columns of answers (before, after) whose cross-table this is."""
    table = np.asarray(crosstab)
    points = np.arange(1, len(table) + 1) if points is None else np.asarray(points)
    before, after = np.repeat(np.indices(table.shape).reshape(2, -1), table.ravel(), axis=1)
    return points[before][:, None].astype(float), points[after][:, None].astype(float)
