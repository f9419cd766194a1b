"""The order of the options that contradicts the ballots least, found exactly."""

from dataclasses import dataclass
from time import monotonic

import numpy as np
from numpy.typing import ArrayLike

from app.aggregation._arrays import Bools, Floats, Ints, as_number
from app.aggregation._contest import Contest, contest
from app.aggregation._linear_ordering import Order, best_order, mean_places
from app.aggregation.condorcet import strongest_paths
from app.aggregation.ranking import rank_scores

# Up to so many options in one knot of majorities all orders are gone through, set by set.
MOST_BY_SUBSETS = 16


@dataclass(frozen=True, slots=True, eq=False)
class KemenyRanking:
    """Options in an order that contradicts the ballots least.

    Attributes
    ----------
    score : ndarray, shape (options,)
        Options below this one, on the average of all best orders; nan for an option without.
    rank : ndarray, shape (options,)
        1 is best; nan for an option that no ballot speaks of.
    distance : float
        Weight of the pairs in ballots that the best order contradicts; nan without a ballot.
    optimal : bool
        Whether it is proved that no order contradicts less.
    """

    score: Floats
    rank: Floats
    distance: float
    optimal: bool


def kemeny(
    ranks: ArrayLike,
    weights: ArrayLike | None = None,
    time_limit: float = 10.0,
    unranked: str = "last",
) -> KemenyRanking:
    r"""Rank options in the order with the smallest number of contradictions to the ballots.

    Parameters
    ----------
    ranks : array_like, shape (ballots, options)
        One row per ballot; the smaller the number, the better; equal numbers are ties, nan is an
        option not ranked.
    weights : array_like, shape (ballots,), optional
        How often each ballot counts; once by default.
    time_limit : float, default 10.0
        Seconds after which the best order found so far is returned, with `optimal` False.
    unranked : {'last', 'abstain'}
        What leaving an option out says: that it is behind all ranked ones, or nothing.

    Returns
    -------
    KemenyRanking
        Score and rank of each option, the distance, and whether it is proved to be the smallest.

    Raises
    ------
    ValueError
        As `pairwise_matrix` does, or if `time_limit` is no number above 0.

    Notes
    -----
    Of all linear orders the one with the smallest :math:`\sum_{i\ above\ j} N_{ji}` is taken [1]_
    [2]_, which has the greatest agreement :math:`\sum_{i\ above\ j} N_{ij}` with the ballots. A tie
    within a ballot contradicts neither order of the two; Kemeny's own distance counts it half
    whichever it is and therefore has the same best orders.

    Options that all beat all others by majority come before them in every best order [3]_. What is
    left are knots of majorities in circles. One of up to 16 options is solved by going through its
    subsets, and *all* its best orders are found: an option's rank follows from its mean place in
    them, so that options tie where the ballots leave the order open, and no order of the input
    decides. A larger knot is solved as an integer program by HiGHS, with the conditions of
    transitivity put in where they are violated; of several best orders it gives one.

    An option that beats every other by majority is first, alone. Under ``'abstain'`` an option that
    no ballot ranks has neither score nor rank (nan); under ``'last'`` it is behind all others. If
    no ballot ranks anything, nothing has a rank and the distance is nan.

    References
    ----------
    .. [1] J. G. Kemeny, "Mathematics without numbers", Daedalus 88(4), 577-591, 1959.
    .. [2] H. P. Young, "Condorcet's theory of voting", Am. Polit. Sci. Rev. 82(4), 1231-1244, 1988.
    .. [3] M. Truchon, "An extension of the Condorcet criterion and Kemeny orders", CREFA cahier
       98-15, Université Laval, 1998.

    Examples
    --------
    >>> result = kemeny([[1, 2, 3, 4], [4, 1, 2, 3], [4, 3, 1, 2], [4, 3, 2, 1]], [42, 26, 15, 17])
    >>> result.rank, result.distance, result.optimal
    (array([4., 1., 2., 3.]), 207.0, True)
    """
    limit = as_number(time_limit, "time_limit")
    if limit <= 0:
        msg = f"time_limit must be above 0, not {limit:g}"
        raise ValueError(msg)
    one = contest(ranks, weights, unranked)
    if not one.standing.any():
        nothing = np.full(one.standing.shape, np.nan)
        return KemenyRanking(nothing, nothing.copy(), np.nan, optimal=True)
    found = _order(one, limit)
    ranking = rank_scores(one.spread(one.above.shape[0] - found.place))
    return KemenyRanking(ranking.score, ranking.rank, found.cost, found.optimal)


def _order(one: Contest, time_limit: float) -> Order:
    """Places 1, 2, ... of the options, knot after knot."""
    deadline = monotonic() + time_limit
    place = np.empty(one.above.shape[0])
    left = np.arange(place.size)
    cost, optimal = 0.0, True
    for knot in _knots(one.signs >= 0):
        found = _untie(one, knot, deadline)
        place[knot] = place.size - left.size + found.place
        left = np.setdiff1d(left, knot, assume_unique=True)
        cost += found.cost + float(one.above[np.ix_(left, knot)].sum())
        optimal = optimal and found.optimal
    return Order(place, cost, optimal)


def _knots(not_worse: Bools) -> list[Ints]:
    """Sets of options that reach each other by majorities and ties, the better set first."""
    reach = strongest_paths(not_worse.astype(np.int8)) > 0
    size = reach.sum(axis=1)
    return [np.flatnonzero(size == reached) for reached in np.unique(size)[::-1]]


def _untie(one: Contest, knot: Ints, deadline: float) -> Order:
    above = one.above[np.ix_(knot, knot)]
    if not one.signs[np.ix_(knot, knot)].any():  # every order is as good as any other
        return Order(np.full(knot.size, (knot.size + 1) / 2), float(np.triu(above).sum()), optimal=True)
    if knot.size <= MOST_BY_SUBSETS:
        return mean_places(above)
    return best_order(above, deadline)
