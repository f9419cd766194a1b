"""By how much groups of points stand apart."""

from collections.abc import Sequence

import numpy as np

from app.aggregation._arrays import Floats, Ints
from app.aggregation._blocks import product, slices

# Points up to which each is compared with all; of more, so many are, each still with all.
MOST_COMPARED = 4000

# Groupings whose silhouettes are found from one table of distances.
TOGETHER = 8


def silhouettes(points: Floats, labels: Sequence[Ints]) -> list[float]:
    """Mean silhouette width (Rousseeuw 1987) of each grouping of the points, which lie in a plane.

    The width of a point that is alone in its group is 0. Of more than `MOST_COMPARED` points the mean
    is that of a sample, so that the work grows with the points and not with their square.
    """
    compared = _spread_out(points, MOST_COMPARED) if len(points) > MOST_COMPARED else np.arange(len(points))
    widths: list[float] = []
    for start in range(0, len(labels), TOGETHER):
        widths += _mean_widths(points, compared, labels[start : start + TOGETHER])
    return widths


def _mean_widths(points: Floats, compared: Ints, labels: Sequence[Ints]) -> list[float]:
    members = [np.eye(int(label.max()) + 1)[label] for label in labels]
    columns, total = np.concatenate(members, axis=1), []
    for some in slices(len(compared), 8 * len(points)):
        x, y = (points[compared[some], axis, None] - points[:, axis] for axis in range(2))
        total.append(product(np.sqrt(x * x + y * y), columns))
    ends = np.cumsum([each.shape[1] for each in members])[:-1]
    totals = np.split(np.concatenate(total), ends, axis=1)
    return [
        float(_widths(distances, each.sum(axis=0), label[compared]).mean())
        for distances, each, label in zip(totals, members, labels, strict=True)
    ]


def _widths(total: Floats, size: Floats, own: Ints) -> Floats:
    """Width of points of the groups `own`, from the sums of their distances to each group."""
    rows = np.arange(len(own))
    within = total[rows, own] / np.maximum(size[own] - 1, 1)
    between = total / size
    between[rows, own] = np.inf
    nearest = between.min(axis=1)
    greater = np.maximum(np.maximum(within, nearest), 1e-300)
    return np.where(size[own] > 1, (nearest - within) / greater, 0.0)


def _spread_out(points: Floats, size: int) -> Ints:
    """So many of the points, at even steps along a path that winds through the plane.

    Each part of the plane, and so each group, has its share in the sample, without any chance.
    """
    strips = int(np.sqrt(size))
    strip = np.empty(len(points), dtype=np.int64)
    strip[np.argsort(points[:, 0], kind="stable")] = np.arange(len(points)) * strips // len(points)
    path = np.lexsort((np.where(strip % 2, -points[:, 1], points[:, 1]), strip))
    return path[((np.arange(size) + 0.5) * len(points) / size).astype(np.int64)]
