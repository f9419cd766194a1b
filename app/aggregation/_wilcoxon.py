"""Wilcoxon's signed-rank test of many columns of paired differences, and Holm's correction."""

import numpy as np

from app.aggregation._arrays import Bools, Floats, Ints, quotient
from app.aggregation.ranking import mid_ranks

# Up to so many pairs the exact distribution is used: always, or without ties and zeros.
EXACT_WITH_TIES, EXACT_WITHOUT = 13, 50


def signed_rank_p(differences: Floats) -> Floats:
    """Two-sided p-value of each column; nan entries are no pair, a column without a pair is nan.

    Zeros are ranked and then left out (Pratt). The distribution is exact up to 13 pairs, without
    ties and zeros up to 50; beyond, normal with the variance corrected for both (Cureton).
    """
    d = np.ascontiguousarray(differences.T)
    paired = ~np.isnan(d)
    # twice the rank, which is whole even where ties share a mean; the unpaired have the last ranks
    ranks = np.rint(2 * mid_ranks(np.abs(d))).astype(np.int64)
    doubled, n = np.where(paired & (d != 0), ranks, 0), paired.sum(axis=1)
    plus, moved = np.where(d > 0, ranks, 0).sum(axis=1), (doubled > 0).sum(axis=1)
    p = _normal(doubled, plus)
    for item in np.flatnonzero((moved > 0) & (n <= EXACT_WITHOUT)):
        own = doubled[item][doubled[item] > 0]
        if n[item] <= EXACT_WITH_TIES or np.unique(own).size == n[item]:
            p[item] = _exact(own, int(plus[item]))
    p[moved == 0] = 1.0
    p[n == 0] = np.nan
    return p


def _exact(doubled: Ints, plus: int) -> float:
    # ways[s]: how many of the choices of signs give the positive ranks the sum s
    ways = np.zeros(int(doubled.sum()) + 1)
    ways[0] = 1
    for rank in doubled:
        ways[rank:] += ways[:-rank].copy()
    tail = min(ways[: plus + 1].sum(), ways[plus:].sum())
    return min(1.0, float(2 * tail / ways.sum()))


def _normal(doubled: Ints, plus: Ints) -> Floats:
    from scipy.special import ndtr  # type: ignore[import-untyped]  # noqa: PLC0415 - loaded when it is needed

    # Under the null hypothesis each sign is a fair coin, whatever the ranks: mean and variance
    # follow from the ranks at hand, which is the correction for ties and zeros.
    excess = plus - doubled.sum(axis=1) / 2
    z = quotient(2 * excess, np.sqrt((doubled.astype(np.float64) ** 2).sum(axis=1)))
    return np.asarray(2 * ndtr(-np.abs(z)))


def holm(p: Floats) -> Floats:
    """p-values corrected for their number (Holm 1979); nan stays nan and is not counted."""
    adjusted = np.full(p.shape, np.nan)
    known: Bools = ~np.isnan(p)
    order = np.argsort(p[known], kind="stable")
    steps = np.arange(order.size, 0, -1)
    corrected = np.empty(order.size)
    corrected[order] = np.minimum(np.maximum.accumulate(p[known][order] * steps), 1.0)
    adjusted[known] = corrected
    return adjusted
