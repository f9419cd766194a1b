"""Where each option stands: its score and rank, and the ranks that other experts or weights would give."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from app.aggregation import RankAcceptability, rank_acceptability, weighted_sum
from app.results.tally import Scale

REPLICATES = 2000
TOP = 3

# A bootstrap of fewer experts draws nearly the same panel again and again, and would look sure.
LEAST_EXPERTS = 5

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One number an option in each array; nan where there is none."""

    score: Floats
    rank: Floats
    rank_low: Floats
    rank_high: Floats
    expected_rank: Floats
    p_best: Floats
    p_top3: Floats
    rank_equal_weights: Floats
    rank_overall: Floats

    def of(self, option: int) -> dict[str, float]:
        """The numbers of one option."""
        return {one.name: float(getattr(self, one.name)[option]) for one in fields(self)}


def basis(scales: Sequence[Scale]) -> list[int]:
    """The criteria whose weighted sum ranks: those with a weight; without any, the overall one.

    The overall criterion is not among the others: it gives the label.
    """
    weighted = [place for place, scale in enumerate(scales) if not scale.overall and scale.weight > 0]
    return weighted or _overall(scales)


def replicates(experts: int) -> int:
    """How many panels are drawn to see how firmly a ranking stands."""
    return REPLICATES if experts >= LEAST_EXPERTS else 0


def weights(scales: Sequence[Scale]) -> list[float]:
    """What the criteria that rank weigh: alike where none has a weight."""
    given = [scale.weight for scale in scales]
    return given if any(given) else [1.0] * len(given)


def common(values: Floats, scales: Sequence[Scale]) -> Floats:
    """Values on these criteria, along the last axis: as they are on one scale, else in per cent of it."""
    if len({(scale.low, scale.high) for scale in scales}) == 1:
        return values
    low, high = (np.array([getattr(scale, end) for scale in scales]) for end in ("low", "high"))
    percent: Floats = 100 * (values - low) / (high - low)
    return percent


def standing(ratings: Floats, means: Floats, scales: Sequence[Scale], *, seed: int) -> Standing:
    """The standing of the options, from the ratings and from their means by option and criterion."""
    used, overall = basis(scales), _overall(scales)
    nothing = np.full(means.shape[0], np.nan)
    given = weights([scales[place] for place in used])
    found = dict.fromkeys((one.name for one in fields(Standing)), nothing)
    if overall:
        found["rank_overall"] = _rank(means, scales, overall, [1.0])
    if used:
        found["score"] = _score(means, scales, used, given)
        found["rank"] = _rank(means, scales, used, given)
        found["rank_equal_weights"] = _rank(means, scales, used, [1.0] * len(used))
    if used and means.size and replicates(ratings.shape[0]):
        found |= _acceptability(ratings, scales, used, given, seed)
    return Standing(**found)


def acceptability(
    ratings: Floats, scales: Sequence[Scale], weights: list[float], replicates: int, seed: int
) -> RankAcceptability:
    """The ranks over panels drawn anew, by ratings on these criteria and their weights."""
    return rank_acceptability(
        ratings,
        _per_point(scales, weights),
        benefit=[scale.benefit for scale in scales],
        replicates=replicates,
        seed=seed,
    )


def _overall(scales: Sequence[Scale]) -> list[int]:
    return [place for place, scale in enumerate(scales) if scale.overall][:1]


def _benefit(scales: Sequence[Scale], used: list[int]) -> list[bool]:
    return [scales[place].benefit for place in used]


def _per_point(scales: Sequence[Scale], weights: list[float]) -> list[float]:
    """Weights for ratings as they are, so that every criterion counts by its share of its own scale.

    On scales of one length they are the weights themselves.
    """
    reach = [scale.high - scale.low for scale in scales]
    if len(set(reach)) == 1:
        return weights
    return [weight / one for weight, one in zip(weights, reach, strict=True)]


def _rank(means: Floats, scales: Sequence[Scale], used: list[int], weights: list[float]) -> Floats:
    per_point = _per_point([scales[place] for place in used], weights)
    return weighted_sum(means[:, used], per_point, _benefit(scales, used)).rank


def _score(means: Floats, scales: Sequence[Scale], used: list[int], weights: list[float]) -> Floats:
    """On the scale itself where all criteria share one, else in per cent of their scales."""
    values = common(means[:, used], [scales[place] for place in used])
    return weighted_sum(values, weights, _benefit(scales, used)).score


def _acceptability(
    ratings: Floats, scales: Sequence[Scale], used: list[int], weights: list[float], seed: int
) -> dict[str, Floats]:
    drawn = acceptability(ratings[:, :, used], [scales[place] for place in used], weights, REPLICATES, seed)
    return {
        "rank_low": drawn.low,
        "rank_high": drawn.high,
        "expected_rank": drawn.expected_rank,
        "p_best": drawn.p_best,
        "p_top3": drawn.p_top(min(TOP, ratings.shape[1])),
    }
