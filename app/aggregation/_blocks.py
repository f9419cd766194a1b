"""Work in parts of a size at which a processor is quick."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.aggregation._arrays import Bools, Ints

# Bytes that are worked on at a time: they stay in the cache of a processor.
CACHE_BYTES = 2**19

MOST_BYTES = 255

# Multiplications up to which OpenBLAS makes a matrix product in one thread.
SMALL_PRODUCT = 2**18


def slices(rows: int, bytes_each: int, most: int | None = None) -> Iterator[slice]:
    """The rows in parts that stay in the cache of a processor, of at most so many rows."""
    width = max(1, CACHE_BYTES // max(bytes_each, 1))
    if most is not None:
        width = min(width, most)
    return (slice(start, start + width) for start in range(0, rows, width))


def count(holds: Bools, axis: int) -> Ints:
    """How many hold along the axis. Bytes are added many at a time, up to the 255 a byte can count."""
    if holds.shape[axis] > MOST_BYTES:
        return np.asarray(np.count_nonzero(holds, axis=axis))
    counts = np.add.reduce(holds.view(np.uint8), axis=axis, dtype=np.uint8)
    return np.asarray(counts, dtype=np.int64)


def product(counts: NDArray[Any], addends: NDArray[Any]) -> NDArray[Any]:
    """Matrix product of (replicates, experts) and (experts, columns); threads are not woken for little.

    Where other work keeps the processors busy, threads wait for one another longer than the whole
    product takes; a few replicates at a time are too small a product to be divided among them.
    """
    rows = SMALL_PRODUCT // max(addends.size, 1)
    if not 1 < rows < len(counts):
        return np.asarray(counts @ addends)
    result = np.empty((len(counts), addends.shape[1]), dtype=np.result_type(counts, addends))
    even = len(counts) - len(counts) % rows
    stacked = (even // rows, rows)
    np.matmul(counts[:even].reshape(*stacked, -1), addends, out=result[:even].reshape(*stacked, -1))
    np.matmul(counts[even:], addends, out=result[even:])
    return result
