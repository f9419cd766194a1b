"""The group's value of every item and criterion in many replicates of a panel at once."""

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.aggregation._arrays import Floats, quotient
from app.aggregation._replicates import BLOCK_BYTES

# Takes counts (replicates, experts), gives values (replicates, cells), nan where nobody answered.
GroupValues: TypeAlias = Callable[[Floats], Floats]

# Whole numbers up to here are exact in float32, whose matrix products take half the time.
EXACT_FLOAT32 = 2**24

# Scales of at most so many different answers are counted, longer ones are walked along.
MOST_LEVELS = 16


def group_means(cells: Floats) -> GroupValues:
    """Means of those who answered; ``cells`` is the panel, (experts, cells), nan for no answer.

    Counts and ratings are whole numbers, so that the sums are exact and the means the same on every
    machine, in whatever order a matrix product adds. Only fractional ratings depend on that order.
    """
    answered = ~np.isnan(cells)
    values = np.where(answered, cells, 0.0)
    greatest = max(float(np.abs(values).max(initial=1.0)), 1.0) * cells.shape[0]
    short = greatest < EXACT_FLOAT32 and not (values % 1).any()
    addends, ones, complete = packed(values, short=short), packed(answered, short=short), answered.all()

    def means(counts: Floats) -> Floats:
        drawn = packed(counts, short=short)
        # where everybody answered, every replicate has as many answers as there are experts
        return quotient(drawn @ addends, cells.shape[0] if complete else drawn @ ones)

    return means


def packed(array: NDArray[Any], *, short: bool) -> NDArray[Any]:
    """Numbers in float32 if they are short enough to be exact in it, else in float64."""
    return array.astype(np.float32) if short else array.astype(np.float64)


def group_medians(cells: Floats) -> GroupValues:
    """Medians of those who answered; ``cells`` is the panel, (experts, cells), nan for no answer."""
    levels = np.unique(cells[~np.isnan(cells)])
    if levels.size <= MOST_LEVELS:
        return lambda counts: _medians_by_level(cells, levels, counts)
    return lambda counts: _medians_by_order(cells, counts)


def _medians_by_level(cells: Floats, levels: Floats, counts: Floats) -> Floats:
    medians = np.full((counts.shape[0], cells.shape[1]), np.nan)
    if levels.size == 0:
        return medians
    short = cells.shape[0] < EXACT_FLOAT32
    drawn = packed(counts, short=short)
    width = max(1, BLOCK_BYTES // (8 * levels.size * sum(counts.shape)))
    for start in range(0, cells.shape[1], width):
        part = cells[:, start : start + width]
        at_most = packed(part[:, None, :] <= levels[:, None], short=short)
        cumulated = drawn @ at_most.reshape(at_most.shape[0], -1)
        cumulated = cumulated.reshape(counts.shape[0], levels.size, part.shape[1])
        n = cumulated[:, -1]
        # answers before the lower and up to the upper of the two in the middle, one if n is odd
        middle = [(cumulated <= place[:, None]).sum(axis=1) for place in ((n - 1) // 2, n // 2)]
        values = [levels[np.minimum(level, levels.size - 1)] for level in middle]
        medians[:, start : start + width] = np.where(n > 0, (values[0] + values[1]) / 2, np.nan)
    return medians


def _medians_by_order(cells: Floats, counts: Floats) -> Floats:
    medians = np.full((counts.shape[0], cells.shape[1]), np.nan)
    for cell, column in enumerate(cells.T):
        order = np.argsort(column, kind="stable")
        order = order[: order.size - np.isnan(column).sum()]
        if order.size == 0:
            continue
        cumulated = counts[:, order].cumsum(axis=1)
        n = cumulated[:, -1]
        middle = [(cumulated <= place[:, None]).sum(axis=1) for place in ((n - 1) // 2, n // 2)]
        values = [column[order[np.minimum(place, order.size - 1)]] for place in middle]
        medians[:, cell] = np.where(n > 0, (values[0] + values[1]) / 2, np.nan)
    return medians
