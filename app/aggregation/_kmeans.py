"""Points in groups by k-means."""

import numpy as np

from app.aggregation._arrays import Floats, Ints
from app.aggregation._blocks import slices

STARTS, MOST_ROUNDS = 16, 200


def clusters(points: Floats, k: int, rng: np.random.Generator) -> Ints:
    """Group of each point, 0 to k - 1: the best of several runs, each from random points far apart.

    All runs go on together, each on its row. `k` is at most the number of different points.
    """
    points = np.asfortranarray(points)  # their places on each axis are neighbours in memory
    labels, spreads = _settled(points, _far_apart(points, k, rng))
    best, least = 0, np.inf
    for run, spread in enumerate(spreads.tolist()):
        if spread < least * (1 - 1e-9):
            best, least = run, spread
    return np.asarray(labels[best])


def _far_apart(points: Floats, k: int, rng: np.random.Generator) -> Floats:
    """Centres by k-means++ (Arthur and Vassilvitskii 2007): each far from those before it, by chance."""
    first, chance = np.empty(STARTS, dtype=np.int64), np.empty((STARTS, k - 1))
    for run in range(STARTS):
        first[run], chance[run] = rng.integers(len(points)), rng.random(k - 1)
    centres, distance = points[first][:, None], np.full((STARTS, len(points)), np.inf)
    for which in range(1, k):
        np.minimum(distance, _squares(points, centres[:, -1]), out=distance)
        reached = (distance / distance.sum(axis=1, keepdims=True)).cumsum(axis=1)
        reached /= reached[:, -1:]
        drawn = (reached <= chance[:, which - 1, None]).sum(axis=1)
        centres = np.concatenate([centres, points[drawn][:, None]], axis=1)
    return centres


def _settled(points: Floats, centres: Floats) -> tuple[Ints, Floats]:
    """Groups and the sums of squares within them, after moving centres until no point changes."""
    label, spread = np.empty((len(centres), len(points)), dtype=np.int64), np.empty(len(centres))
    # no run depends on another: as many go on together as stay in the cache
    for some in slices(len(centres), 40 * len(points)):
        label[some], spread[some] = _moved(points, centres[some])
    return label, spread


def _moved(points: Floats, centres: Floats) -> tuple[Ints, Floats]:
    runs, k, axes = centres.shape
    addends = [np.tile(column, runs) for column in points.T]
    label, going = np.full((runs, len(points)), -1), np.arange(runs)
    for _ in range(MOST_ROUNDS):
        nearest = _nearest(points, centres[going])
        moves = (nearest != label[going]).any(axis=1)
        going, nearest = going[moves], nearest[moves]
        if not going.size:
            break
        label[going] = nearest
        group = (nearest + k * np.arange(going.size)[:, None]).ravel()
        size = np.bincount(group, minlength=going.size * k).reshape(going.size, k)
        for axis in range(axes):
            total = np.bincount(group, weights=addends[axis][: group.size], minlength=size.size)
            # who has lost all points stays
            mean = np.where(
                size > 0, total.reshape(size.shape) / np.maximum(size, 1), centres[going, :, axis]
            )
            centres[going, :, axis] = mean
    own = centres.reshape(-1, axes)[label + k * np.arange(runs)[:, None]]
    return label, sum(np.square(own[..., axis] - points[:, axis]) for axis in range(axes)).sum(axis=1)


def _nearest(points: Floats, centres: Floats) -> Ints:
    """Which of the centres of its run each point is nearest to, the first of those equally near."""
    least = _squares(points, centres[:, 0])
    nearest = np.zeros(least.shape, dtype=np.int64)
    for which in range(1, centres.shape[1]):
        distance = _squares(points, centres[:, which])
        nearest = np.where(distance < least, which, nearest)
        np.minimum(least, distance, out=least)
    return nearest


def _squares(points: Floats, centres: Floats) -> Floats:
    """Squared distances, (centres, points), axis by axis: one sum over the few axes would be slow."""
    total = np.zeros((len(centres), len(points)))
    for axis, column in enumerate(points.T):
        difference = centres[:, axis, None] - column
        total += np.square(difference, out=difference)
    return total
