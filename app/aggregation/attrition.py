"""Whether those who left a panel had judged otherwise than those who stayed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from app.aggregation._arrays import Bools, Floats, Ints, as_matrix, quotient
from app.aggregation._wilcoxon import holm
from app.aggregation.summary import describe

# so many shuffles that a p-value of 0.05 is known to about 0.004
SHUFFLES = 2_999
# a difference that a shuffle gives again must not fail to be one for the last bit
SLACK = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Attrition:
    """Leavers beside stayers; arrays have the shape (items,), nan where a group has nobody.

    Attributes
    ----------
    left, stayed : int
        How many experts rated anything and left, and stayed.
    distance_left, distance_stayed : float
        Mean over the experts of a group of how far they stood from the panel's median, on average over
        the items that they rated.
    distance_p : float
        p-value of the difference of the two, by shuffling who left.
    mean_left, mean_stayed : ndarray
        Mean rating of each item in each group.
    p : ndarray
        p-values of the differences of these means, corrected over the items by Holm's method.
    n_left, n_stayed : ndarray of int
        How many of each group rated the item.
    """

    left: int
    stayed: int
    distance_left: float
    distance_stayed: float
    distance_p: float
    mean_left: Floats
    mean_stayed: Floats
    p: Floats
    n_left: Ints
    n_stayed: Ints


def attrition(ratings: ArrayLike, left: ArrayLike, *, seed: int = 0) -> Attrition:
    r"""Compare what leavers and stayers had answered before the leavers left.

    If those leave who see themselves in the minority, agreement rises though nobody changed a view.

    Parameters
    ----------
    ratings : array_like, shape (experts, items)
        Ratings of the round that all of them answered; nan where an expert gave no answer.
    left : array_like of bool, shape (experts,)
        Whether the expert was missing from the round that followed.
    seed : int
        Of the shuffles: the same seed gives the same p-values.

    Returns
    -------
    Attrition
        Both groups' distance from the panel's median, and their means by item.

    Raises
    ------
    ValueError
        If `ratings` is not two-dimensional or holds an infinite value, or if `left` has another length.

    Notes
    -----
    Experts who rated nothing belong to neither group. The distance of expert :math:`e` is the mean of
    :math:`|x_{ei} - m_i|` over the items rated, where :math:`m_i` is the median of all who rated item
    :math:`i`. Each p-value is two-sided, from 2,999 shuffles of who left, with the observed one counted
    among them [2]_; it is exact in level whatever the scale or its ties [1]_. It is nan where a group has
    nobody. A great p is no proof that leavers did not differ: small groups show nothing.

    References
    ----------
    .. [1] E. J. G. Pitman, "Significance tests which may be applied to samples from any populations",
       Suppl. J. R. Stat. Soc. 4(1), 119-130, 1937.
    .. [2] B. Phipson and G. K. Smyth, "Permutation p-values should never be zero", Stat. Appl. Genet. Mol.
       Biol. 9(1), article 39, 2010.

    Examples
    --------
    >>> ratings = [[8, 7], [9, 8], [8, 8], [7, 7], [8, 9], [2, 3], [3, 2], [1, 3]]
    >>> found = attrition(ratings, [False] * 5 + [True] * 3)
    >>> round(found.distance_left, 2), round(found.distance_stayed, 2)
    (4.92, 0.75)
    >>> found.mean_left - found.mean_stayed
    array([-6.        , -5.13333333])
    >>> found.distance_p < 0.05
    True
    """
    x = as_matrix(ratings, "ratings")
    gone = np.asarray(left, dtype=bool)
    if gone.shape != x.shape[:1]:
        msg = f"left must have one value for each of the {len(x)} experts, not the shape {gone.shape}"
        raise ValueError(msg)
    x, gone = x[(took_part := ~np.isnan(x).all(axis=1))], gone[took_part]
    rated = ~np.isnan(x)
    distance = quotient(np.where(rated, np.abs(x - describe(x).median), 0).sum(axis=1), rated.sum(axis=1))
    # the distance is one more column, in which nobody is missing
    values = np.column_stack([np.where(rated, x, 0), distance])
    present = np.column_stack([rated, np.ones(len(x), dtype=bool)])
    means = [_means(group[np.newaxis], values, present)[0] for group in (gone, ~gone)]
    p = _p(gone, values, present, seed)
    return Attrition(
        left=int(gone.sum()),
        stayed=int((~gone).sum()),
        distance_left=float(means[0][-1]),
        distance_stayed=float(means[1][-1]),
        distance_p=float(p[-1]),
        mean_left=means[0][:-1],
        mean_stayed=means[1][:-1],
        p=holm(p[:-1]),
        n_left=rated[gone].sum(axis=0),
        n_stayed=rated[~gone].sum(axis=0),
    )


def _means(groups: Bools, values: Floats, present: Bools) -> Floats:
    """The mean of each column in each group, shape (groups, columns)."""
    members = groups.astype(np.float64)
    return quotient(members @ values, members @ present)


def _p(gone: Bools, values: Floats, present: Bools, seed: int) -> Floats:
    """How often a shuffle of who left gives as great a difference, by column."""
    rng = np.random.Generator(np.random.PCG64(seed))
    shuffled = rng.permuted(np.broadcast_to(gone, (SHUFFLES, len(gone))), axis=1)
    drawn = np.abs(_means(shuffled, values, present) - _means(~shuffled, values, present))
    observed = np.abs(
        np.subtract(*(_means(group[np.newaxis], values, present)[0] for group in (gone, ~gone)))
    )
    # a shuffle that leaves a group of an item empty shows no difference there
    as_great = (np.nan_to_num(drawn, nan=0.0) >= observed - SLACK).sum(axis=0)
    return np.where(np.isnan(observed), np.nan, (1 + as_great) / (1 + SHUFFLES))
