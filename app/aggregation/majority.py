"""From grades to an order of the items by majority judgment, without adding grades up."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from app.aggregation._arrays import Floats, as_matrix
from app.aggregation._levels import counts_of, levels_of
from app.aggregation.ranking import Ranking, rank_scores


def majority_judgment(ratings: ArrayLike) -> Ranking:
    r"""Rank items by the median of their grades, ties broken by removing medians.

    Parameters
    ----------
    ratings : array_like, shape (experts, items)
        Grades, the greater the better, one row per expert; nan where an expert gave none. Only
        their order counts.

    Returns
    -------
    Ranking
        Score: how many of the other items have a worse majority-value, equal ones counting half.

    Raises
    ------
    ValueError
        If `ratings` is not two-dimensional or holds an infinite value.

    Notes
    -----
    The majority-grade is the median, the lower one of the two in the middle if their number is even.
    Items of the same grade are told apart by removing one median grade from each and comparing the
    next, again and again; the sequence of the grades removed is the majority-value, and items rank
    by it lexicographically [1]_. Only items with the same distribution of grades tie.

    With :math:`n` grades in order the sequence runs outwards from the middle, the lower neighbour
    first. Items with different numbers of grades are compared as if each grade were given as many
    times as makes their numbers equal: with the quantile function :math:`Q` of an item, by
    :math:`Q(\frac12 - t)` and then :math:`Q(\frac12 + t)` at growing :math:`t`. For equal numbers
    that is the definition. An abstention is no grade; to count it as the worst, put that in.

    An item without a grade has neither score nor rank (nan). A single expert's grades are ranked
    as they are.

    References
    ----------
    .. [1] M. Balinski and R. Laraki, "A theory of measuring, electing, and ranking", Proc. Natl.
       Acad. Sci. 104(21), 8720-8725, 2007; "Majority Judgment", MIT Press, 2011, chapter 1.

    Examples
    --------
    >>> panel = [[9, 7, 3], [7, 7, 3], [7, 7, 8], [5, 6, 9]]
    >>> majority_judgment(panel).rank
    array([2., 1., 3.])
    """
    r = as_matrix(ratings, "ratings")
    graded = ~np.isnan(r).all(axis=0)
    values = _majority_values(r[:, graded])
    # the place of each among the different majority-values, in ascending order
    _, place, alike = np.unique(values, return_inverse=True, return_counts=True)
    worse = np.cumsum(alike) - alike
    score = np.full(r.shape[1], np.nan)
    score[graded] = worse[place] + (alike[place] - 1) / 2
    return rank_scores(score)


def _majority_values(r: Floats) -> NDArray[np.bytes_]:
    """Majority-value of every item: its grades from the middle outwards, one on either side.

    Each is written as bytes, the higher of a number before the lower, which have the order of what
    they say and are compared in one step.

    The grades on either side change at few distances from the middle; between two of them there is
    one step for all items. The distances are quotients of whole numbers, so that equal ones are equal.
    """
    grades, place = levels_of(r)
    items = r.shape[1]
    if grades.size == 0:
        return np.zeros(items, dtype=np.bytes_)
    cumulated = counts_of(place.T, grades.size).cumsum(axis=1)
    n = cumulated[:, -1:]
    ends = np.unique(np.append(np.abs(2 * cumulated - n) / (2 * n), 0.0))
    steps = (ends[:-1] + ends[1:]) / 2
    middle = np.stack([0.5 - steps, 0.5 + steps], axis=1).ravel()
    passed = np.zeros((items, middle.size), dtype=np.int64)
    for share in (cumulated / n).T:
        passed += share[:, None] <= middle
    return np.ascontiguousarray(passed, dtype=">u4").view(f"S{4 * middle.size}")[:, 0]
