"""Scores by the rules on ballots in many replicates of a panel at once, each expert's ratings a ballot."""

import math
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.aggregation._arrays import Bools, Floats
from app.aggregation._contest import counted
from app.aggregation._group_values import packed
from app.aggregation._replicates import Counts
from app.aggregation.condorcet import strongest_paths, unbeaten_by
from app.aggregation.decision import weighted_scores
from app.aggregation.ranking import settle

# Whole numbers of experts, exact also in float32.
Whole: TypeAlias = NDArray[np.float32] | NDArray[np.float64]

# Takes counts (replicates, experts) and signed weights (replicates, criteria), gives scores
# (replicates, items), nan for an item that no drawn expert has rated.
Scorer: TypeAlias = Callable[[Counts, Floats], Floats]

# Takes margins and comparisons (replicates, items, items), gives scores (replicates, items).
Rule: TypeAlias = Callable[[Whole, Whole], Floats]

# Strongest paths of so many bytes are searched at a time: they stay in the cache of a processor.
CACHE_BYTES = 2**19

# Bytes of the experts' comparisons that are multiplied with the counts at a time.
BALLOT_BYTES = 2**22


def by_ballots(rule: Rule) -> Callable[[Floats], Scorer]:
    """A scorer for panels (experts, items, criteria) by a rule on the experts' own weighted sums."""

    def scorer(r: Floats) -> Scorer:
        rated: Bools = ~np.any(np.isnan(r), axis=2)
        # items of a criterion as neighbours in memory
        r = np.moveaxis(np.ascontiguousarray(np.moveaxis(r, 2, 0)), 0, 2)

        def score(counts: Counts, weights: Floats) -> Floats:
            # other weights make other ballots
            same = (weights == weights[0]).all()
            margins = _margins(r, counts, weights[0]) if same else _varied_margins(r, rated, counts, weights)
            compared = _compared(rated, counts)
            drawn = np.einsum("bii->bi", compared) > 0
            return np.where(drawn, rule(margins, compared), np.nan)

        return score

    return scorer


def borda_scores(margins: Whole, compared: Whole) -> Floats:
    """Borda's points but for a constant: margins over those who compared the two, summed."""
    # where nobody compared the two, the margin is 0
    scores: Floats = np.divide(margins, np.maximum(compared, 1), dtype=np.float64).sum(axis=2)
    return scores


def copeland_scores(margins: Whole, _: Whole) -> Floats:
    """Victories less defeats."""
    scores: Floats = np.sign(margins).sum(axis=2, dtype=np.float64)
    return scores


def schulze_scores(margins: Whole, _: Whole) -> Floats:
    """How many others do not beat each item by strongest paths of margins."""
    # margins are whole and at most the number of experts
    short = np.int16 if np.abs(margins).max(initial=0) <= np.iinfo(np.int16).max else np.int32
    width = max(1, CACHE_BYTES // max(np.dtype(short).itemsize * margins[:1].size, 1))
    parts = [margins[start : start + width] for start in range(0, len(margins), width)]
    won = (np.ascontiguousarray(np.maximum(part, 0).astype(short).transpose(1, 2, 0)) for part in parts)
    return np.concatenate([unbeaten_by(strongest_paths(part)).T for part in won])


def _margins(r: Floats, counts: Counts, weights: Floats) -> Whole:
    """How many more drawn experts put the row above the column than below."""
    x = settle(weighted_scores(r, weights))

    def sign(some: slice) -> NDArray[Any]:
        own, others = x[:, some, None], x[:, None, :]
        signs = packed(own > others, short=True)
        signs -= own < others
        return signs

    return _pairs(sign, counts, x.shape[1])


def _compared(rated: Bools, counts: Counts) -> Whole:
    """How many drawn experts rated both the row and the column."""
    experts, items = rated.shape
    if rated.all():
        return np.full((len(counts), items, items), np.float32(experts))
    return _pairs(lambda some: packed(rated[:, some, None] & rated[:, None, :], short=True), counts, items)


def _pairs(of_experts: Callable[[slice], NDArray[Any]], counts: Counts, items: int) -> Whole:
    """Sums over the drawn experts of what each says of the row, some of the items, and the column."""
    experts = counts.shape[1]
    sums = np.empty((len(counts), items, items), dtype=np.float32)
    width = max(1, BALLOT_BYTES // (4 * max(experts * items, 1)))
    for start in range(0, items, width):
        some = slice(start, min(start + width, items))
        shape = (some.stop - start, items)
        said = of_experts(some).reshape(experts, math.prod(shape))
        sums[:, some] = (counts @ said).reshape(len(counts), *shape)
    return sums


def _varied_margins(r: Floats, rated: Bools, counts: Counts, weights: Floats) -> Whole:
    """The same where every replicate has weights, and so ballots, of its own."""
    copies = np.broadcast_to(counts, (len(weights), counts.shape[1])).astype(np.int64)
    margins = np.empty((len(weights), r.shape[1], r.shape[1]), dtype=np.float32)
    for replicate, (own_weights, own_copies) in enumerate(zip(weights, copies, strict=True)):
        x = settle(np.where(rated, weighted_scores(r, own_weights), np.nan)).repeat(own_copies, axis=0)
        above = counted(x, x, np.greater, np.ones(len(x)))
        margins[replicate] = above - above.T
    return margins
