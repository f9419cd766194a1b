"""Groups of experts who rate alike: told only where there are more than one cloud would seem to hold."""

import numpy as np
from numpy.typing import NDArray

from app.aggregation import OpinionGroups, opinion_groups
from app.results.robustness import Mark, OpinionGroup, OpinionTally
from app.results.tally import Scale

Floats = NDArray[np.float64]

# Of fewer experts no groups are told, nor of fewer in one of them.
LEAST_EXPERTS, LEAST_GROUP = 12, 5
MOST_GROUPS = 5
# The panel must fall apart more than each of so many clouds of its shape: 1 in 20 by chance (Barnard 1963).
CLOUDS = 19
# What marks a group: a test of two proportions at 90 per cent.
TELLING = 1.645
MARKS = 5
DECIMALS = 10


def told(ratings: Floats, codes: list[str], scale: Scale, seed: int) -> OpinionTally | None:
    """The groups on one criterion, by expert and option; None of too few experts, or where a group is small.

    K-means finds groups in any cloud, so that a silhouette alone shows nothing. Beside the panel stand
    clouds of as many points, drawn from one normal distribution as wide as the panel along both main axes
    (Liu et al. 2008): unless the panel falls apart more than all of them, it is one group.

    References ---------- Y. Liu, D. N. Hayes, A. Nobel and J. S. Marron, "Statistical significance of
    clustering for high-dimension, low-sample size data", J. Am. Stat. Assoc. 103(483), 1281-1293, 2008.
    """
    if len(ratings) < LEAST_EXPERTS:
        return None
    found = _grouped(ratings, scale, seed)
    if found is None:
        return None
    if np.isnan(found.silhouette) or not _falls_apart(found, seed):
        return OpinionTally(silhouette=None, groups=[], agreed={}, favoured=[])
    sizes = np.bincount(found.label + 1)
    favoured = _favoured(ratings, found, (scale.low + scale.high) / 2)
    return OpinionTally(
        silhouette=round(found.silhouette, DECIMALS),
        groups=[
            OpinionGroup(size=int(size), marks=_marks(ratings, codes, found, group))
            for group, size in enumerate(sizes[1:])
        ],
        agreed={
            code: round(float(one), DECIMALS) for code, one in zip(codes, found.group_agreement, strict=True)
        },
        favoured=[
            codes[place] for place in np.argsort(-found.group_agreement, kind="stable") if favoured[place]
        ],
    )


def _grouped(ratings: Floats, scale: Scale, seed: int) -> OpinionGroups | None:
    """The groups, as few of them at most as it takes that none is small; None where there is no such number.

    Who answered too little is in none: these must be as many as a group, too, or nobody.
    """
    middle = (scale.low + scale.high) / 2
    for most in range(MOST_GROUPS, 1, -1):
        found = opinion_groups(ratings, most, seed, middle)
        if found is None:
            return None
        outside, *sizes = np.bincount(found.label + 1)
        if sum(sizes) < LEAST_EXPERTS or 0 < outside < LEAST_GROUP:
            return None
        if min(sizes) >= LEAST_GROUP:
            return found
    return None


def _falls_apart(found: OpinionGroups, seed: int) -> bool:
    """Whether it does so more than each of the clouds, in which as many groups are looked for at most."""
    most = max(2, int(found.label.max()) + 1)
    points = found.coordinates[found.label >= 0]
    rng = np.random.Generator(np.random.PCG64([seed, CLOUDS]))
    for _ in range(CLOUDS):
        cloud = rng.standard_normal(points.shape) * points.std(axis=0)
        one = opinion_groups(cloud, most, seed)
        if one is not None and one.silhouette >= found.silhouette:
            return False
    return True


def _favoured(ratings: Floats, found: OpinionGroups, middle: float) -> list[bool]:
    """Of each option, whether more than half of those in every group who rated it favour it."""
    sides = []
    for group in range(found.label.max() + 1):
        mine = ratings[found.label == group]
        sides.append(2 * (mine > middle).sum(axis=0) > (~np.isnan(mine)).sum(axis=0))
    every: list[bool] = np.all(sides, axis=0).tolist()
    return every


def _marks(ratings: Floats, codes: list[str], found: OpinionGroups, group: int) -> list[Mark]:
    """What the group favours more or less than the others, the most telling first.

    Of those in no group nothing is compared, so that nothing of them follows by subtraction.
    """
    z = found.representative[group]
    mine, others = found.label == group, (found.label >= 0) & (found.label != group)
    telling = [place for place in np.argsort(-np.abs(z), kind="stable") if abs(z[place]) >= TELLING]
    return [
        Mark(
            code=codes[place],
            median=float(np.nanmedian(ratings[mine, place])),
            median_others=float(np.nanmedian(ratings[others, place])),
            z=round(float(z[place]), DECIMALS),
        )
        for place in telling[:MARKS]
    ]
