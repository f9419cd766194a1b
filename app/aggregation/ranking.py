"""Ranks: of a panel's items by score, and of the values within a row."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.aggregation._arrays import Bools, Floats, Ints

# Scores are told apart to so many digits of the greatest. Sums of the same terms in another order
# differ in the last bits, and such noise must not decide between two options.
DIGITS = 12


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Items in order; both arrays have the shape (items,), or (..., items) for many rankings at once.

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
    """Ranking of items by their scores, along the last axis; nan where there is no score."""
    order, begin, _ = in_order(-settle(score, each=True))
    rank = np.empty(score.shape)
    np.put_along_axis(rank, order, begin + 1.0, axis=-1)
    return Ranking(score, np.where(np.isnan(score), np.nan, rank))


def settle(score: Floats, *, each: bool = False) -> Floats:
    """Scores in parts of the greatest, rounded so that equal ones are equal in spite of noise.

    The greatest is that of all scores or, with ``each``, that of each row.
    """
    greatest = np.fmax.reduce(np.abs(score), axis=-1 if each else None, keepdims=True, initial=0.0)
    # in parts of 1 where the greatest is 0: all the scores are
    return np.round(score / np.where(greatest > 0, greatest, 1.0), DIGITS)


def mid_ranks(values: NDArray[np.floating]) -> Floats:
    """Ascending ranks along the last axis from 1, ties sharing the mean of their places."""
    order, begin, end = in_order(values)
    ranks = np.empty(values.shape)
    np.put_along_axis(ranks, order, (begin + end + 1) / 2, axis=-1)
    return ranks


def in_order(values: NDArray[np.floating]) -> tuple[Ints, Ints, Ints]:
    """Who has each place of the ascending rows, and where those tied with it begin and end.

    Places count from 0, and the end is one further than the last. nan come last, each alone.
    """
    order = np.argsort(values, axis=-1)
    ordered = np.take_along_axis(values, order, axis=-1)
    return order, *ties(ordered[..., 1:] != ordered[..., :-1], order.shape)


def ties(changes: Bools, shape: tuple[int, ...]) -> tuple[Ints, Ints]:
    """Where the tie of each place begins and ends, given whether the next place is of another value."""
    places = np.arange(shape[-1])
    if changes.all():
        return np.broadcast_to(places, shape), np.broadcast_to(places + 1, shape)
    begin, end = np.zeros(shape, dtype=np.int64), np.full(shape, places.size)
    begin[..., 1:] = np.where(changes, places[1:], 0)
    end[..., :-1] = np.where(changes, places[1:], places.size)
    begin = np.maximum.accumulate(begin, axis=-1)
    end = np.minimum.accumulate(end[..., ::-1], axis=-1)[..., ::-1]
    return begin, end
