"""Points in groups by k-means, and by how much the groups stand apart."""

import numpy as np

from app.aggregation._arrays import Floats, Ints

STARTS, MOST_ROUNDS = 16, 200

# Rows of the table of distances that are held at a time.
ROWS = 1000


def clusters(points: Floats, k: int, rng: np.random.Generator) -> Ints:
    """Group of each point, 0 to k - 1: the best of several runs, each from random points far apart."""
    best, least = np.zeros(len(points), dtype=np.int64), np.inf
    for _ in range(STARTS):
        label, spread = _settled(points, _far_apart(points, k, rng))
        if spread < least * (1 - 1e-9):
            best, least = label, spread
    return best


def _far_apart(points: Floats, k: int, rng: np.random.Generator) -> Floats:
    """Centres by k-means++ (Arthur and Vassilvitskii 2007): each far from those before it, by chance."""
    centres = [points[rng.integers(len(points))]]
    for _ in range(1, k):
        distance = _squares(points, np.array(centres)).min(axis=1)
        chance = distance / distance.sum() if distance.any() else None
        centres.append(points[rng.choice(len(points), p=chance)])
    return np.array(centres)


def _settled(points: Floats, centres: Floats) -> tuple[Ints, float]:
    """Groups and the sum of squares within them, after moving centres until no point changes."""
    label = np.full(len(points), -1)
    for _ in range(MOST_ROUNDS):
        squares = _squares(points, centres)
        nearest = squares.argmin(axis=1)
        if (nearest == label).all():
            break
        label = nearest
        members = np.eye(len(centres))[label]
        size = members.sum(axis=0)[:, None]
        centres = np.where(size > 0, members.T @ points / np.maximum(size, 1), centres)
    return label, float(_squares(points, centres)[np.arange(len(points)), label].sum())


def _squares(points: Floats, centres: Floats) -> Floats:
    squares: Floats = ((points[:, None] - centres) ** 2).sum(axis=2)
    return squares


def silhouette(points: Floats, label: Ints) -> float:
    """Mean silhouette width (Rousseeuw 1987); 0 for the only point of a group."""
    members = np.eye(int(label.max()) + 1)[label]
    size = members.sum(axis=0)
    widths = []
    for start in range(0, len(points), ROWS):
        part, own = points[start : start + ROWS], label[start : start + ROWS]
        total = np.sqrt(_squares(part, points)) @ members
        rows = np.arange(len(part))
        within = total[rows, own] / np.maximum(size[own] - 1, 1)
        between = total / size
        between[rows, own] = np.inf
        nearest = between.min(axis=1)
        greater = np.maximum(np.maximum(within, nearest), 1e-300)
        widths.append(np.where(size[own] > 1, (nearest - within) / greater, 0.0))
    return float(np.concatenate(widths).mean())
