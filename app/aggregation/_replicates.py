"""Bootstrap replicates of a panel: experts drawn as a whole, weights drawn around the group's."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from app.aggregation._arrays import Floats, Ints
from app.aggregation._blocks import slices

# How often each expert is in each replicate, (replicates, experts); exact, as no panel has 2^24 experts.
Counts: TypeAlias = NDArray[np.float32]

# Bytes that the arrays of one block of replicates may take together.
BLOCK_BYTES = 64 * 2**20


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """How replicates differ from the panel: in its experts, in the weights, or in both."""

    replicates: int
    strata: tuple[Ints, ...]
    resample_experts: bool
    concentration: float | None
    seed: int

    @property
    def vary(self) -> bool:
        """Whether one replicate differs from another at all."""
        return self.resample_experts or self.concentration is not None

    def blocks(self, weights: Floats, bytes_each: int) -> Iterator[tuple[Counts, Floats]]:
        """Counts (replicates, experts) and weights (replicates, criteria), some replicates a time.

        Without resampling, one row of counts stands for the panel in all replicates. Experts and
        weights have a stream of random numbers each, so that the experts drawn are the same with
        and without uncertain weights, and neither depends on the size of a block.
        """
        rng = np.random.Generator(np.random.PCG64(self.seed))
        weights_rng = rng.spawn(1)[0]
        total = self.replicates if self.vary else 1
        size = max(1, min(total, BLOCK_BYTES // max(bytes_each, 1)))
        for start in range(0, total, size):
            block = min(size, total - start)
            yield self._counts(rng, block), self._weights(weights_rng, weights, block)

    def _counts(self, rng: np.random.Generator, block: int) -> Counts:
        sizes = [stratum.size for stratum in self.strata]
        experts = sum(sizes)
        if not self.resample_experts:
            return np.ones((1, experts), dtype=np.float32)
        # A place of the panel is filled from the stratum it belongs to. np.floor of a uniform
        # number costs a twentieth of a multinomial draw and takes one number per place, in order.
        size_of_place = np.repeat(sizes, sizes).astype(np.float64)
        start_of_place = np.repeat(np.cumsum(sizes) - sizes, sizes)
        counts = np.empty((block, experts), dtype=np.float32)
        for some in slices(block, 8 * experts):
            rows = len(counts[some])
            drawn = (rng.random((rows, experts)) * size_of_place).astype(np.int64)
            if len(sizes) > 1:  # the only stratum is the panel, in its order
                drawn = np.concatenate(self.strata)[start_of_place + drawn]
            drawn += experts * np.arange(rows)[:, None]
            counts[some] = np.bincount(drawn.ravel(), minlength=rows * experts).reshape(rows, experts)
        return counts

    def _weights(self, rng: np.random.Generator, weights: Floats, block: int) -> Floats:
        drawn = np.tile(weights, (block, 1))
        if self.concentration is not None:
            # a criterion of weight 0 stays out: the Dirichlet distribution knows positive ones only
            used = weights > 0
            drawn[:, used] = rng.dirichlet(self.concentration * weights[used], size=block)
        return drawn


def strata_of(groups: ArrayLike | None, experts: int) -> tuple[Ints, ...]:
    """Positions of the experts of each group; all in one if there are no groups."""
    if groups is None:
        return (np.arange(experts),)
    _, codes = np.unique(as_labels(groups, experts).astype(np.str_), return_inverse=True)
    return tuple(np.flatnonzero(codes == code) for code in range(codes.max(initial=0) + 1))


def as_labels(groups: ArrayLike, experts: int) -> NDArray[Any]:
    """A label per expert, none of them missing."""
    labels = np.asarray(groups)
    if labels.shape != (experts,):
        msg = f"groups must have the shape ({experts},), one label per expert, not {labels.shape}"
        raise ValueError(msg)
    missing = [label is None or label != label for label in labels.tolist()]  # noqa: PLR0124 - nan
    if any(missing):
        msg = f"groups must name a group for every expert; expert {missing.index(True)} has none"
        raise ValueError(msg)
    return labels
