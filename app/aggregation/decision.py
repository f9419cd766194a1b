"""From scores on several criteria to an order of the items."""

import math

import numpy as np
from numpy.typing import ArrayLike

from app.aggregation._arrays import Bools, Floats, as_signs, as_tables, as_weights
from app.aggregation._blocks import slices
from app.aggregation.ranking import Ranking, rank_scores


def weighted_sum(scores: ArrayLike, weights: ArrayLike, benefit: ArrayLike | None = None) -> Ranking:
    r"""Rank items by the weighted sum of their scores.

    Parameters
    ----------
    scores : array_like, shape (items, criteria) or (..., items, criteria)
        Scores on a scale common to all criteria, such as group means of ratings; nan if missing.
        Axes before the last two are of many tables, such as one per expert, each ranked by itself.
    weights : array_like, shape (criteria,)
        Importance of the criteria, none negative and not all 0; scaled to sum 1 here.
    benefit : array_like of bool, shape (criteria,), optional
        False for a criterion of which less is better: its scores count negatively. By default more
        is better on all.

    Returns
    -------
    Ranking
        Score and rank of each item.

    Raises
    ------
    ValueError
        If `scores` has fewer than two axes or holds an infinite value, if `weights` or `benefit` is
        of another length than there are criteria, if a weight is negative or nan or all are 0.

    Notes
    -----
    :math:`v_i = \sum_c w_c b_c x_{ic}` with :math:`\sum_c w_c = 1` and :math:`b_c = 1` for a
    benefit, :math:`-1` for a cost [1]_. The sum is additive in the scores as they are: nothing is
    rescaled by the items present, so that adding an item never reverses two others.

    An item with a missing score on any criterion of positive weight has neither score nor rank
    (both nan): to leave the criterion out for that item alone would change the weights in silence.
    Scores equal but for the rounding of floating point share their rank.

    References
    ----------
    .. [1] R. L. Keeney and H. Raiffa, "Decisions with Multiple Objectives", Wiley, 1976, chapter 3.

    Examples
    --------
    >>> import numpy as np
    >>> result = weighted_sum([[7, 2], [8, 8], [5, np.nan], [6, 1]], [3, 1], benefit=[True, False])
    >>> result.score
    array([4.75, 4.  ,  nan, 4.25])
    >>> result.rank
    array([ 1.,  3., nan,  2.])
    """
    x = as_tables(scores, "scores", "(items, criteria)")
    criteria = x.shape[-1]
    return rank_scores(weighted_scores(x, as_weights(weights, criteria) * as_signs(benefit, criteria)))


def weighted_scores(x: Floats, signed_weights: Floats) -> Floats:
    """Sum over the criteria, the last axis of ``x``, by weights that are negative for costs.

    Weights may be one row for all of ``x`` or one for each of its matrices. Criteria are added one
    after the other and not by a matrix product, whose order of summation, and with it the last bit,
    differs from machine to machine. A criterion whose weight is always 0 is not looked at.
    """
    total = np.zeros(np.broadcast_shapes(x.shape[:-1], (*signed_weights.shape[:-1], 1)))
    for c in range(x.shape[-1]):
        if signed_weights[..., c].any():
            total += signed_weights[..., c, None] * x[..., c]
    return total


def topsis(scores: ArrayLike, weights: ArrayLike, benefit: ArrayLike | None = None) -> Ranking:
    r"""Rank items by their closeness to the best and distance from the worst that occurs.

    Parameters
    ----------
    scores : array_like, shape (items, criteria) or (..., items, criteria)
        Scores, on whatever scale each criterion has; nan if missing. Axes before the last two are of
        many tables, such as one per expert, each ranked by itself.
    weights : array_like, shape (criteria,)
        Importance of the criteria, none negative and not all 0; scaled to sum 1 here.
    benefit : array_like of bool, shape (criteria,), optional
        False for a criterion of which less is better. By default more is better on all.

    Returns
    -------
    Ranking
        Closeness, from 0 (the worst on every criterion) to 1 (the best), and rank of each item.

    Raises
    ------
    ValueError
        If `scores` has fewer than two axes or holds an infinite value, if `weights` or `benefit` is
        of another length than there are criteria, if a weight is negative or nan or all are 0.

    Notes
    -----
    With :math:`v_{ic} = w_c x_{ic} / \sqrt{\sum_i x_{ic}^2}` (vector normalisation), the ideal
    :math:`A^+_c`, which is the best :math:`v_{ic}` that occurs, and the worst :math:`A^-_c` [1]_,

    .. math:: C_i = \frac{d_i^-}{d_i^+ + d_i^-}, \qquad d_i^\pm = \sqrt{\sum_c (v_{ic} - A^\pm_c)^2}.

    A criterion on which all scores are 0 is left at 0. Where all items are equal, each is at no
    distance from the best and from the worst, and :math:`C_i = 1/2`; so it is for a single item.
    The norm and the two ideals depend on the items present: adding one can reverse two others.

    An item with a missing score on any criterion of positive weight has neither score nor rank and
    takes no part. Scores equal but for the rounding of floating point share their rank.

    References
    ----------
    .. [1] C.-L. Hwang and K. Yoon, "Multiple Attribute Decision Making", Springer, 1981, section
       III.3.

    Examples
    --------
    >>> result = topsis([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], [0.3, 0.4, 0.3])
    >>> result.score.round(4)
    array([0.5037, 0.6581, 0.7482, 0.334 ])
    >>> result.rank
    array([3., 2., 1., 4.])
    """
    x = as_tables(scores, "scores", "(items, criteria)")
    criteria = x.shape[-1]
    signed = as_weights(weights, criteria) * as_signs(benefit, criteria)
    tables = x.reshape(math.prod(x.shape[:-2]), *x.shape[-2:])
    scores = np.empty(tables.shape[:-1])
    for some in slices(len(tables), tables[:1].nbytes):
        scores[some] = closeness(tables[some], signed)
    return rank_scores(scores.reshape(x.shape[:-1]))


def closeness(x: Floats, signed_weights: Floats) -> Floats:
    """TOPSIS's closeness of the items of each matrix in ``x``, by weights negative for costs.

    Weights may be one row for all of ``x`` or one for each of its matrices. A criterion whose weight
    is always 0 is not looked at; an item with another score missing is nan and takes no part.
    """
    used = signed_weights.reshape(-1, x.shape[-1]).any(axis=0)
    if not used.all():
        x, signed_weights = x[..., used], signed_weights[..., used]
    # items last: their sums and extremes are then over neighbours in memory
    value = np.ascontiguousarray(x.swapaxes(-1, -2))
    missing: Bools = np.asarray(np.isnan(value).any(axis=-2, keepdims=True))
    complete = not missing.any()
    if not complete:
        value = np.where(missing, 0.0, value)
    norm = np.sqrt(np.square(value).sum(axis=-1, keepdims=True))
    value = value * (signed_weights[..., None] / np.where(norm > 0, norm, 1.0))
    # whoever takes no part is no ideal
    best = (value if complete else np.where(missing, -np.inf, value)).max(
        axis=-1, keepdims=True, initial=-np.inf
    )
    worst = (value if complete else np.where(missing, np.inf, value)).min(
        axis=-1, keepdims=True, initial=np.inf
    )
    to_best, to_worst = (np.sqrt(np.square(value - end).sum(axis=-2)) for end in (best, worst))
    apart = to_best + to_worst
    with np.errstate(invalid="ignore"):  # no distance, or without any part an infinite one
        scores = np.where(apart > 0, to_worst / apart, 0.5)
    return np.where(missing[..., 0, :], np.nan, scores)
