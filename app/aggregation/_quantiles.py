"""Order statistics of panels, from sorted columns or, for a short scale, from histograms."""

from collections.abc import Callable

import numpy as np

from app.aggregation._arrays import Floats, Ints


def histogram(ratings: Floats, low: float, points: int) -> Ints:
    """How often each of the ``points`` from ``low`` upwards was given, shape (items, points)."""
    items = ratings.shape[1]
    missing = np.isnan(ratings)
    # abstentions go to one more bin, which is cut off: cheaper than taking them out first
    bins = np.where(missing, points, ratings - low).astype(np.intp)
    bins += np.arange(items) * (points + 1)
    counts = np.bincount(bins.ravel(), minlength=items * (points + 1))
    return counts.reshape(items, points + 1)[:, :points].astype(np.int64, copy=False)


def quantile_of_counts(counts: Ints, low: float, percent: int) -> Floats:
    """The type 7 quantile of each row of a histogram whose first point is ``low``."""
    cumulated = counts.cumsum(axis=1)

    def nth_smallest(place: Ints) -> Floats:
        smaller: Floats = np.sum(cumulated <= place[:, None], axis=1, dtype=np.float64)
        return smaller

    n = counts.sum(axis=1)
    return low + _interpolate(nth_smallest, n, percent)


def quantile_of_sorted(ordered: Floats, n: Ints, percent: int) -> Floats:
    """The type 7 quantile of each column that was sorted with its ``n`` answers first."""
    if ordered.shape[0] == 0:
        return np.full(ordered.shape[1], np.nan)
    columns = np.arange(ordered.shape[1])

    def nth_smallest(place: Ints) -> Floats:
        return ordered[place, columns]

    return _interpolate(nth_smallest, n, percent)


def _interpolate(nth_smallest: Callable[[Ints], Floats], n: Ints, percent: int) -> Floats:
    # The place (n - 1) p is kept as a whole number of hundredths: in floating point 0.7 * 90 falls
    # just short of 63, and the quantile would be read off the wrong answers.
    place, hundredths = np.divmod((n - 1) * percent, 100)
    below = nth_smallest(np.maximum(place, 0))
    above = nth_smallest(np.maximum(np.minimum(place + 1, n - 1), 0))
    share = hundredths / 100
    # from the nearer side, as numpy does, for the same last bit
    value = np.where(
        hundredths < 50,  # noqa: PLR2004 - half of the way
        below + (above - below) * share,
        above - (above - below) * (1 - share),
    )
    return np.where(n > 0, value, np.nan)
