"""Answers as places on the scale of the values they take: what is counted need not be sorted."""

import numpy as np

from app.aggregation._arrays import Floats, Ints

# Whole numbers that span at most so many points are a scale, of which each point is a level.
MOST_POINTS = 1024


def levels_of(r: Floats) -> tuple[Floats, Ints]:
    """Levels in ascending order, and the place of each answer among them; nan is after the last.

    On a scale of whole numbers the levels are all its points from the least answer to the greatest,
    whether they occur or not. Other answers are sorted, and the levels are those that occur.
    """
    missing = np.isnan(r)
    if missing.all():
        return np.empty(0), np.zeros(r.shape, dtype=np.int64)
    low, high = float(np.fmin.reduce(r, axis=None)), float(np.fmax.reduce(r, axis=None))
    if low.is_integer() and high - low < MOST_POINTS:
        steps = np.where(missing, low, r) - low
        place = steps.astype(np.int64)
        if (place == steps).all():
            points = int(high - low) + 1
            place[missing] = points
            return np.arange(low, low + points), place
    levels, found = np.unique(r[~missing], return_inverse=True)
    place = np.full(r.shape, levels.size)
    place[~missing] = found
    return levels, place


def counts_of(place: Ints, levels: int) -> Ints:
    """How often each row has each of the levels; places after the last are not counted."""
    rows = place.shape[0]
    bins = place + (levels + 1) * np.arange(rows)[:, None]
    counts = np.bincount(bins.ravel(), minlength=rows * (levels + 1))
    return counts.reshape(rows, levels + 1)[:, :levels]
