"""Points in groups by k-means, and by how much the groups stand apart."""

import numpy as np

from app.aggregation._arrays import Floats, Ints

STARTS, MOST_ROUNDS = 16, 200

# Rows of the table of distances that are held at a time.
ROWS = 1000


def clusters(points: Floats, k: int, rng: np.random.Generator) -> Ints:
    """Group of each point, 0 to k - 1: the best of several runs, each from random points far apart.

    All runs go on together, each on its row. `k` is at most the number of different points.
    """
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
    centres = points[first][:, None]
    for which in range(1, k):
        distance = _squares(points, centres).min(axis=1)
        reached = (distance / distance.sum(axis=1, keepdims=True)).cumsum(axis=1)
        reached /= reached[:, -1:]
        drawn = (reached <= chance[:, which - 1, None]).sum(axis=1)
        centres = np.concatenate([centres, points[drawn][:, None]], axis=1)
    return centres


def _settled(points: Floats, centres: Floats) -> tuple[Ints, Floats]:
    """Groups and the sums of squares within them, after moving centres until no point changes."""
    runs, k, axes = centres.shape
    label = np.full((runs, len(points)), -1)
    for _ in range(MOST_ROUNDS):
        nearest = _squares(points, centres).argmin(axis=1)
        if (nearest == label).all():
            break
        label = nearest
        group = (label + k * np.arange(runs)[:, None]).ravel()
        size = np.bincount(group, minlength=runs * k)
        for axis in range(axes):
            total = np.bincount(group, weights=np.tile(points[:, axis], runs), minlength=runs * k)
            mean = (total / np.maximum(size, 1)).reshape(runs, k)
            # who has lost all points stays
            centres[:, :, axis] = np.where(size.reshape(runs, k) > 0, mean, centres[:, :, axis])
    own = np.take_along_axis(_squares(points, centres), label[:, None], axis=1)
    return label, own[:, 0].sum(axis=1)


def _squares(points: Floats, centres: Floats) -> Floats:
    """Squared distances, (..., centres, points), axis by axis: one sum over the few axes would be slow."""
    total = np.zeros((*centres.shape[:-1], len(points)))
    for axis, place in enumerate(points.T):
        total += (centres[..., axis, None] - place) ** 2
    return total


def silhouette(points: Floats, label: Ints) -> float:
    """Mean silhouette width (Rousseeuw 1987); 0 for the only point of a group."""
    members = np.eye(int(label.max()) + 1)[label]
    size = members.sum(axis=0)
    widths = []
    for start in range(0, len(points), ROWS):
        part, own = points[start : start + ROWS], label[start : start + ROWS]
        total = np.sqrt(_squares(points, part)) @ members
        rows = np.arange(len(part))
        within = total[rows, own] / np.maximum(size[own] - 1, 1)
        between = total / size
        between[rows, own] = np.inf
        nearest = between.min(axis=1)
        greater = np.maximum(np.maximum(within, nearest), 1e-300)
        widths.append(np.where(size[own] > 1, (nearest - within) / greater, 0.0))
    return float(np.concatenate(widths).mean())
