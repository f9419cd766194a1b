"""The group's value of every item and criterion in many replicates of a panel at once."""

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.aggregation._arrays import Floats
from app.aggregation._blocks import SMALL_PRODUCT, count, product, slices
from app.aggregation._replicates import Counts

# Takes counts (replicates, experts), gives values (replicates, cells), nan where nobody answered:
# those of some replicates, and which they are, then those of the next.
GroupValues: TypeAlias = Callable[[Counts], Iterator[tuple[slice, Floats]]]

# Whole numbers up to here are exact in float32, whose matrix products take half the time.
EXACT_FLOAT32 = 2**24

# Replicates of which medians are found at a time, at least.
MEDIAN_ROWS = 8

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
    short = greatest < EXACT_FLOAT32 and bool((np.rint(values) == values).all())
    complete = bool(answered.all())
    # An answer may be counted beyond the digits of the sums: one matrix product then gives both.
    unit = 2.0 ** np.ceil(np.log2(greatest + 1))
    joint = short and not complete and cells.shape[0] * (unit + 1) < EXACT_FLOAT32 and (values >= 0).all()
    addends = packed(values + unit * answered if joint else values, short=short)
    ones = packed(answered, short=short)

    def means(counts: Counts) -> Iterator[tuple[slice, Floats]]:
        drawn = packed(counts, short=short)
        sums = product(drawn, addends)
        answers = None if joint or complete else product(drawn, ones)
        for some in slices(len(sums), 8 * sums.shape[1]):
            total: NDArray[Any] = sums[some]
            # where everybody answered, every replicate has as many answers as there are experts
            n = cells.shape[0] if answers is None else answers[some]
            if joint:
                n = np.floor(total / unit)
                total = total - unit * n
            with np.errstate(invalid="ignore"):  # nobody's sum of 0 over 0 answers is nan
                yield some, np.divide(total, n, dtype=np.float64)

    return means


def packed(array: NDArray[Any], *, short: bool) -> NDArray[Any]:
    """Numbers in float32 if they are short enough to be exact in it, else in float64."""
    return array.astype(np.float32) if short else array.astype(np.float64)


def group_medians(cells: Floats) -> GroupValues:
    """Medians of those who answered; ``cells`` is the panel, (experts, cells), nan for no answer."""
    levels = np.unique(cells[~np.isnan(cells)])
    short = levels.size <= MOST_LEVELS

    def medians(counts: Counts) -> Iterator[tuple[slice, Floats]]:
        yield (
            slice(None),
            _medians_by_level(cells, levels, counts) if short else _medians_by_order(cells, counts),
        )

    return medians


def _medians_by_level(cells: Floats, levels: Floats, counts: Counts) -> Floats:
    medians = np.full((len(counts), cells.shape[1]), np.nan)
    if levels.size == 0:
        return medians
    short = cells.shape[0] < EXACT_FLOAT32
    drawn = packed(counts, short=short)
    width = max(1, SMALL_PRODUCT // (MEDIAN_ROWS * levels.size * max(cells.shape[0], 1)))
    for start in range(0, cells.shape[1], width):
        part = cells[:, start : start + width]
        at_most = packed(part[:, None, :] <= levels[:, None], short=short)
        cumulated = product(drawn, at_most.reshape(at_most.shape[0], -1))
        cumulated = cumulated.reshape(len(counts), levels.size, part.shape[1])
        half = cumulated[:, -1] / 2
        # answers before the lower and up to the upper of the two in the middle, one if n is odd
        places = (np.ceil(half) - 1, np.floor(half))
        middle = [count(cumulated <= place[:, None], axis=1) for place in places]
        values = [levels.take(level, mode="clip") for level in middle]
        medians[:, start : start + width] = np.where(half > 0, (values[0] + values[1]) / 2, np.nan)
    return medians


def _medians_by_order(cells: Floats, counts: Counts) -> Floats:
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
