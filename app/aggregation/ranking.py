"""Ranks: of a panel's items by score, and of the values within a row."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.aggregation._arrays import Floats

# Scores are told apart to so many digits of the greatest. Sums of the same terms in another order
# differ in the last bits, and such noise must not decide between two options.
DIGITS = 12


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Items in order; both arrays have the shape (items,).

    Attributes
    ----------
    score : ndarray
        The greater, the better; nan for an item that has none.
    rank : ndarray
        1 is best; items of equal score share the smaller number and leave a gap ("1224"); nan for
        an item without a score, which takes no place from the others.
    """

    score: Floats
    rank: Floats


def rank_scores(score: Floats) -> Ranking:
    """Ranking of items by their scores, nan where there is no score."""
    settled = settle(score)
    better = (settled[None, :] > settled[:, None]).sum(axis=1)
    return Ranking(score, np.where(np.isnan(score), np.nan, 1.0 + better))


def settle(score: Floats) -> Floats:
    """Scores in parts of the greatest, rounded so that equal ones are equal in spite of noise."""
    greatest = np.max(np.abs(score), initial=0.0, where=~np.isnan(score))
    return score if greatest == 0 else np.round(score / greatest, DIGITS)


def mid_ranks(values: NDArray[np.floating]) -> Floats:
    """Ascending ranks along the last axis from 1, ties sharing the mean of their places."""
    order = np.argsort(values, axis=-1, kind="stable")
    ordered = np.take_along_axis(values, order, axis=-1)
    places = np.arange(values.shape[-1])
    starts = np.ones(values.shape, dtype=np.bool_)
    starts[..., 1:] = ordered[..., 1:] != ordered[..., :-1]
    ends = np.ones(values.shape, dtype=np.bool_)
    ends[..., :-1] = starts[..., 1:]
    first = np.maximum.accumulate(np.where(starts, places, 0), axis=-1)
    last = np.where(ends, places, places.size)[..., ::-1]
    last = np.minimum.accumulate(last, axis=-1)[..., ::-1]
    ranks = np.empty(values.shape)
    np.put_along_axis(ranks, order, (first + last) / 2 + 1, axis=-1)
    return ranks
