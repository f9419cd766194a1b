"""Scores by the rules on ballots in many replicates of a panel at once, each expert's ratings a ballot."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.aggregation._arrays import Floats
from app.aggregation._contest import pairwise_counts
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
        def score(counts: Counts, weights: Floats) -> Floats:
            if (weights == weights[0]).all():
                margins, compared = _contests(settle(weighted_scores(r, weights[0])), counts)
            else:  # other weights make other ballots
                drawn = np.broadcast_to(counts, (len(weights), counts.shape[1]))
                ballots = (settle(weighted_scores(r, one)) for one in weights)
                found = [pairwise_counts(-x, one) for x, one in zip(ballots, drawn, strict=True)]
                above, compared = (np.array(part, dtype=np.float64) for part in zip(*found, strict=True))
                margins = above - above.swapaxes(1, 2)
            rated = np.einsum("bii->bi", compared) > 0
            return np.where(rated, rule(margins, compared), np.nan)

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


def _contests(x: Floats, counts: Counts) -> tuple[Whole, Whole]:
    """How many more drawn experts put the row above the column than below; how many rated both.

    ``x`` are the scores that each expert gives, (experts, items).
    """
    (experts, items), answered = x.shape, ~np.isnan(x)
    drawn = packed(counts, short=True)
    margins = np.empty((len(counts), items, items), dtype=np.float32)
    compared = np.full(margins.shape, np.float32(experts)) if answered.all() else np.empty_like(margins)
    width = max(1, BALLOT_BYTES // (4 * max(experts * items, 1)))
    for start in range(0, items, width):
        some = slice(start, min(start + width, items))
        flat, block = (experts, (some.stop - start) * items), (len(counts), some.stop - start, items)
        own, others = x[:, some, None], x[:, None, :]
        signs = packed(own > others, short=True)
        signs -= own < others
        margins[:, some] = (drawn @ signs.reshape(flat)).reshape(block)
        if not answered.all():
            both = packed(answered[:, some, None] & answered[:, None, :], short=True)
            compared[:, some] = (drawn @ both.reshape(flat)).reshape(block)
    return margins, compared
