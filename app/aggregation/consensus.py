"""How far a panel agrees on each item: shares within a band, indices of agreement, RAND/UCLA."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from app.aggregation._arrays import (
    Bools,
    Floats,
    Ints,
    as_band,
    as_floats,
    as_matrix,
    quotient,
)
from app.aggregation._quantiles import histogram, quantile_of_counts

# The first third of the nine points of RAND/UCLA ends at 3, the second at 6.
LOWEST, HIGHEST = 1, 9

# A pattern of used and unused points takes three of them.
FEWEST_POINTS = 3


def band_share(ratings: ArrayLike, low: float, high: float) -> Floats:
    """Share of the answers to each item that lie within a band of the scale.

    Parameters
    ----------
    ratings : array_like, shape (experts, items)
        One row per expert, one column per item; nan where an expert gave no answer.
    low, high : float
        The band, ends included.

    Returns
    -------
    ndarray, shape (items,)
        Shares from 0 to 1 of those who answered; nan for an item without an answer.

    Raises
    ------
    ValueError
        If `ratings` is not two-dimensional or holds an infinite value, or if `low` is above `high`.

    Notes
    -----
    The denominator is the number of answers, not of experts. Percentage agreement of this kind is
    the commonest definition of consensus in Delphi studies [1]_.

    References
    ----------
    .. [1] I. R. Diamond et al., "Defining consensus: a systematic review recommends methodologic
       criteria for reporting of Delphi studies", J. Clin. Epidemiol. 67(4), 401-409, 2014.

    Examples
    --------
    >>> import numpy as np
    >>> band_share([[9, 2, np.nan], [8, np.nan, np.nan], [3, 4, np.nan]], 7, 9).round(2)
    array([0.67, 0.  ,  nan])
    """
    r = as_matrix(ratings, "ratings")
    low, high = as_band(low, high, ("low", "high"))
    inside = (r >= low) & (r <= high)
    return quotient(inside.sum(axis=0), r.shape[0] - np.isnan(r).sum(axis=0))


def tastle_wierman(counts: ArrayLike) -> Floats:
    r"""Consensus of the answers on an ordinal scale, from 0 (two camps at the ends) to 1 (one mind).

    Parameters
    ----------
    counts : array_like, shape (items, points) or (points,)
        How often each point of the scale was chosen, lowest point first, unused points included;
        shares do as well.

    Returns
    -------
    ndarray, shape (items,), or a scalar for one row of counts
        Consensus index of each item; nan for an item without an answer and on a scale of one point.

    Raises
    ------
    ValueError
        If `counts` has another number of axes, a negative, missing or infinite entry.

    Notes
    -----
    With the shares :math:`p_i` of the points :math:`X_i`, their mean :math:`\mu` and the width of
    the scale :math:`d = X_{max} - X_{min}`, equation (2) of [1]_ is

    .. math:: Cns(X) = 1 + \sum_i p_i \log_2\left(1 - \frac{|X_i - \mu|}{d}\right).

    A point that nobody chose adds nothing. All answers at one point give 1, one answer included:
    the index describes a distribution and does not know how many made it, so show `n` beside it.

    References
    ----------
    .. [1] W. J. Tastle and M. J. Wierman, "Consensus and dissention: a measure of ordinal
       dispersion", Int. J. Approximate Reasoning 45(3), 531-545, 2007.

    Examples
    --------
    >>> tastle_wierman([[0, 0, 10, 0, 0], [5, 0, 0, 0, 5], [0, 0, 0, 0, 0]])
    array([ 1.,  0., nan])
    >>> float(tastle_wierman([30, 40, 210, 130, 530, 50, 10]).round(7))
    0.7256876
    """
    f = _as_counts(counts)
    points = np.arange(f.shape[-1])
    n = f.sum(axis=-1, keepdims=True)
    p = quotient(f, n)
    mu = quotient((f * points).sum(axis=-1, keepdims=True), n)
    nearness = 1 - quotient(np.abs(points - mu), points.size - 1)
    # A point's nearness is never below its share, so the greater of the two changes nothing; it
    # keeps rounding from taking the logarithm of 0. Nor does the 1 where nobody chose the point.
    nearness = np.where(p > 0, np.maximum(nearness, p), np.where(np.isnan(nearness), np.nan, 1.0))
    return np.asarray(1 + (p * np.log2(nearness)).sum(axis=-1))[()]


def _as_counts(counts: ArrayLike) -> Floats:
    f = as_floats(counts, "counts")
    if f.ndim not in (1, 2):
        msg = f"counts must have the axes (items, points) or (points,), not the shape {f.shape}"
        raise ValueError(msg)
    if np.isnan(f).any() or (f < 0).any():
        msg = "counts must be numbers from 0 upwards, none of them nan or negative"
        raise ValueError(msg)
    return f


def van_der_eijk(counts: ArrayLike) -> Floats:
    r"""Agreement of the answers on an ordinal scale, from -1 (two camps at the ends) to 1 (one mind).

    Parameters
    ----------
    counts : array_like, shape (items, points) or (points,)
        How often each point of the scale was chosen, lowest point first, unused points included;
        shares do as well.

    Returns
    -------
    ndarray, shape (items,), or a scalar for one row of counts
        Agreement A of each item; nan for an item without an answer and on a scale of fewer than
        three points, which has no pattern to speak of.

    Raises
    ------
    ValueError
        If `counts` has another number of axes, a negative, missing or infinite entry.

    Notes
    -----
    The histogram is taken apart into layers [1]_: as many as its lowest non-empty point holds make
    the first, what remains the next, until nothing remains. In a layer every point is in use or
    not. With :math:`S` of :math:`K` points in use, and of all triples of points in their order
    :math:`TU` unimodal ones (110 or 011) and :math:`TDU` others (101),

    .. math:: U = \frac{(K-2)\,TU - (K-1)\,TDU}{(K-2)(TU + TDU)}, \qquad
       A_{layer} = U \left(1 - \frac{S-1}{K-1}\right),

    and :math:`A` is the mean of the layers by their size. A layer of one point counts 1, one of all
    points 0: equal use of the whole scale is no agreement, and no disagreement either. The
    constants are those of R's agrmt; two camps at the ends give exactly -1.

    References
    ----------
    .. [1] C. van der Eijk, "Measuring agreement in ordered rating scales", Quality & Quantity 35(3),
       325-341, 2001.

    Examples
    --------
    >>> van_der_eijk([[0, 0, 10, 0, 0], [5, 0, 0, 0, 5], [2, 2, 2, 2, 2], [0, 0, 0, 0, 0]])
    array([ 1., -1.,  0., nan])
    >>> float(van_der_eijk([30, 40, 210, 130, 530, 50, 10]).round(7))
    0.6113333
    """
    f = _as_counts(counts)
    rest = np.atleast_2d(f).copy()
    n, total = rest.sum(axis=1), np.zeros(rest.shape[0])
    if rest.shape[1] < FEWEST_POINTS:
        return np.full(f.shape[:-1], np.nan)[()]
    for _ in range(rest.shape[1]):  # every layer empties a point
        used = rest > 0
        height = np.min(rest, axis=1, where=used, initial=np.inf)
        height[~used.any(axis=1)] = 0.0
        total += height * used.sum(axis=1) * _agreement_of_layer(used)
        rest = np.where(rest > height[:, None], rest - height[:, None], 0.0)
    return np.asarray(quotient(total, n).reshape(f.shape[:-1]))[()]


def _agreement_of_layer(used: Bools) -> Floats:
    """A of patterns, (items, points): the points in use on either side of an unused one make triples."""
    points, in_use = used.shape[1], used.sum(axis=1)
    left = used.cumsum(axis=1)
    right = in_use[:, None] - left
    mixed = np.sum(left * right, axis=1, where=~used)
    unimodal = np.sum(left * (left - 1) + right * (right - 1), axis=1, where=~used) // 2
    u = quotient((points - 2) * unimodal - (points - 1) * mixed, (points - 2) * (unimodal + mixed))
    # without a triple either one point is in use, or all are and the second factor is 0
    a: Floats = np.where(unimodal + mixed > 0, u, 1.0) * (1 - (in_use - 1) / (points - 1))
    return a


def content_validity_ratio(essential: ArrayLike, n: ArrayLike) -> Floats:
    r"""Lawshe's content validity ratio: how far more than half of a panel calls an item essential.

    Parameters
    ----------
    essential : array_like of int
        How many experts called the item essential.
    n : array_like of int
        How many experts judged it, of a shape that fits `essential`.

    Returns
    -------
    ndarray of the common shape, or a scalar for two numbers
        From -1 (nobody) over 0 (half of them) to 1 (everybody); nan where nobody judged.

    Raises
    ------
    ValueError
        If the shapes do not fit, if a count is negative, missing or no whole number, or if
        `essential` is above `n`.

    Notes
    -----
    With :math:`n_e` of :math:`N` experts, :math:`CVR = (n_e - N/2) / (N/2)` [1]_. Whether that is
    more than chance is another question: the critical values printed in [1]_ were approximate and
    partly wrong. The exact ones follow from the binomial distribution [2]_: the ratio of the
    smallest :math:`n_e` that half a coin's tosses reach in at most 5 per cent of cases.

    References
    ----------
    .. [1] C. H. Lawshe, "A quantitative approach to content validity", Personnel Psychology 28(4),
       563-575, 1975.
    .. [2] C. Ayre and A. J. Scally, "Critical values for Lawshe's content validity ratio", Meas.
       Eval. Couns. Dev. 47(1), 79-86, 2014.

    Examples
    --------
    >>> content_validity_ratio([10, 9, 5, 0], 10)
    array([ 1. ,  0.8,  0. , -1. ])
    >>> float(content_validity_ratio(0, 0))
    nan
    """
    n_e, total = as_floats(essential, "essential"), as_floats(n, "n")
    for array, name in ((n_e, "essential"), (total, "n")):
        if np.isnan(array).any() or (array < 0).any() or (array % 1 > 0).any():
            msg = f"{name} must be whole numbers from 0 upwards, none of them nan"
            raise ValueError(msg)
    try:
        n_e, total = np.broadcast_arrays(n_e, total)
    except ValueError as fault:
        msg = f"essential and n must have shapes that fit, not {n_e.shape} and {total.shape}"
        raise ValueError(msg) from fault
    if (n_e > total).any():
        msg = f"essential must not be above n: {n_e[n_e > total][0]:g} > {total[n_e > total][0]:g}"
        raise ValueError(msg)
    return np.asarray(quotient(2 * n_e - total, total))[()]


@dataclass(frozen=True, slots=True, eq=False)
class RandUcla:
    """RAND/UCLA appropriateness of each item; every array has the shape (items,).

    Attributes
    ----------
    median : ndarray
        Median rating.
    ipr : ndarray
        Inter-percentile range, from the 30th to the 70th percentile.
    ipras : ndarray
        Inter-percentile range adjusted for symmetry: the widest that is not yet disagreement.
    disagreement : ndarray of bool
        Whether ``ipr > ipras``; False where they are undefined.
    classification : ndarray of str
        ``'appropriate'``, ``'uncertain'`` or ``'inappropriate'``; ``''`` without an answer.
    """

    median: Floats
    ipr: Floats
    ipras: Floats
    disagreement: Bools
    classification: NDArray[np.str_]


def rand_ucla(ratings: ArrayLike) -> RandUcla:
    r"""Classify items by the RAND/UCLA appropriateness method.

    Parameters
    ----------
    ratings : array_like, shape (experts, items)
        Whole numbers from 1 to 9; nan where an expert gave no answer.

    Returns
    -------
    RandUcla
        Arrays of the shape (items,).

    Raises
    ------
    ValueError
        If `ratings` is not two-dimensional or holds anything but whole numbers from 1 to 9: the
        constants of the method were found on that scale and have been validated on no other.

    Notes
    -----
    With the percentiles P30 and P70 of type 7 and their middle :math:`IPRCP = (P30 + P70) / 2`, the
    manual [1]_ (chapter 8 and its appendix on IPRAS) sets

    .. math:: IPR = P70 - P30, \qquad IPRAS = 2.35 + 1.5 \, |5 - IPRCP|,

    and finds disagreement where :math:`IPR > IPRAS`. An item is *uncertain* with disagreement,
    whatever its median; without, it is *inappropriate* up to a median below 3.5, *appropriate* from
    6.5 upwards and *uncertain* between. A median of 3.5 or 6.5 belongs to the higher band, as in
    the manual. The comparison is made in whole numbers, so that equality is not disagreement.

    An item without an answer has nan, False and ``''``. One answer has a median, which classifies
    it, but no spread: its `ipr` and `ipras` are nan.

    References
    ----------
    .. [1] K. Fitch et al., "The RAND/UCLA Appropriateness Method User's Manual", RAND MR-1269,
       2001.

    Examples
    --------
    >>> panel = [[7, 1, 1], [7, 2, 1], [8, 1, 9], [9, 3, 9]]
    >>> result = rand_ucla(panel)
    >>> result.classification.tolist()
    ['appropriate', 'inappropriate', 'uncertain']
    >>> result.disagreement.tolist()
    [False, False, True]
    >>> result.ipras.round(3)
    array([6.175, 7.525, 2.35 ])
    """
    r = as_matrix(ratings, "ratings")
    off = ~np.isnan(r) & ((r < LOWEST) | (r > HIGHEST) | (r % 1 > 0))
    if off.any():
        msg = f"ratings must be whole numbers from 1 to 9, as the method demands; got {r[off][0]:g}"
        raise ValueError(msg)
    counts = histogram(r, LOWEST, HIGHEST - LOWEST + 1)
    n = counts.sum(axis=1)
    median = quantile_of_counts(counts, LOWEST, 50)
    # The percentiles are whole tenths: tenfold, everything below is a whole number and exact.
    spread = n > 1
    p30, p70 = (_tenths(counts, percent, spread) for percent in (30, 70))
    ipr, skew = p70 - p30, np.abs(100 - (p30 + p70))
    disagreement = 40 * ipr > 940 + 30 * skew
    return RandUcla(
        median=median,
        ipr=np.where(spread, ipr / 10, np.nan),
        ipras=np.where(spread, (940 + 30 * skew) / 400, np.nan),
        disagreement=disagreement,
        classification=_appropriateness(median, disagreement),
    )


def _tenths(counts: Ints, percent: int, spread: Bools) -> Ints:
    tenfold = np.rint(quantile_of_counts(counts, LOWEST, percent) * 10)
    # without a spread both percentiles are put at the middle, where they disagree with nothing
    return np.where(spread, tenfold, 50).astype(np.int64)


def _appropriateness(median: Floats, disagreement: Bools) -> NDArray[np.str_]:
    return np.select(
        [np.isnan(median), disagreement, median < 3.5, median >= 6.5],  # noqa: PLR2004 - the manual
        ["", "uncertain", "inappropriate", "appropriate"],
        "uncertain",
    )
