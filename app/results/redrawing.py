"""The panel drawn again: what would have been counted if other experts of its kind had been asked."""

import numpy as np
from numpy.typing import NDArray

from app.results import ranking

Floats = NDArray[np.float64]

# The central share of what is drawn again that an interval covers.
TAILS = (0.025, 0.975)


def redraws(experts: int, *, seed: int, count: int = ranking.REPLICATES) -> Floats:
    """How often each expert is in each panel drawn again, (panels, experts); of too few, none is drawn."""
    if not ranking.replicates(experts):
        return np.empty((0, experts))
    rng = np.random.Generator(np.random.PCG64(seed))
    drawn = (rng.random((count, experts)) * experts).astype(np.int64)
    drawn += experts * np.arange(count)[:, None]
    times = np.bincount(drawn.ravel(), minlength=count * experts).astype(np.float64)
    return times.reshape(count, experts)


def interval(drawn: Floats) -> tuple[Floats, Floats]:
    """The central 95 per cent of each column; nan if nothing was drawn again."""
    if not len(drawn):
        nothing = np.full(drawn.shape[1], np.nan)
        return nothing, nothing
    # a value that was drawn, so that an interval of ranks ends at ranks
    low, high = np.quantile(drawn, TAILS, axis=0, method="inverted_cdf")
    return low, high
