"""From scores on several criteria to an order of the items."""

import numpy as np
from numpy.typing import ArrayLike

from app.aggregation._arrays import Floats, as_matrix, as_signs, as_weights
from app.aggregation.ranking import Ranking, rank_scores


def weighted_sum(scores: ArrayLike, weights: ArrayLike, benefit: ArrayLike | None = None) -> Ranking:
    r"""Rank items by the weighted sum of their scores.

    Parameters
    ----------
    scores : array_like, shape (items, criteria)
        Scores on a scale common to all criteria, such as group means of ratings; nan if missing.
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
        If `scores` is not two-dimensional or holds an infinite value, if `weights` or `benefit` is
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
    x = as_matrix(scores, "scores", "(items, criteria)")
    criteria = x.shape[1]
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
