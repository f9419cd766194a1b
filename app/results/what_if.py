"""What the ranking would be under other weights: a trial that changes nothing and is kept nowhere."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.aggregation import weighted_sum
from app.errors import AppError, Invalid
from app.results import ranking
from app.results.panel import Panel
from app.results.tally import OptionTally, RateTally, Scale

# Fewer panels than the result itself has: a page is waited for.
REPLICATES = 500
MOST = 100

Floats = NDArray[np.float64]
Weights = Mapping[str, float]


class NoWeight(Invalid):
    """Nothing would rank."""

    message = "At least one criterion needs a weight above 0."


class WeightOff(AppError):
    """What was typed is no weight."""

    message = "A weight is a number from 0 to 100."


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One option under other weights; `was` is its rank in the result. What has no rank has no interval."""

    code: str
    title: str
    value: float | None
    rank: int | None
    rank_low: int | None
    rank_high: int | None
    was: int | None

    @property
    def rises(self) -> int:
        """By how many ranks it rises; below 0 if it falls."""
        return (self.was or 0) - (self.rank or 0) if self.was and self.rank else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """The options in the order that they would have, and the weights as shares of 1."""

    weights: dict[str, float]
    options: list[Tried]
    replicates: int

    @property
    def changed(self) -> int:
        """How many options would have another rank."""
        return sum(option.rises != 0 for option in self.options)


def shares(weights: Weights, scales: list[Scale]) -> dict[str, float]:
    """The weights of these criteria as shares of 1; `Invalid` if they cannot be weights."""
    given = {scale.code: weights.get(scale.code, 0.0) for scale in scales}
    wrong = {code for code, one in given.items() if not (math.isfinite(one) and 0 <= one <= MOST)}
    if wrong:
        raise Invalid({code: WeightOff() for code in wrong})
    total = sum(given.values())
    if not total > 0:
        raise NoWeight
    return {code: one / total for code, one in given.items()}


def count(panel: Panel, tally: RateTally, weights: Weights) -> WhatIf:
    """The trial, by the seed of the result."""
    share = shares(weights, tally.scales)
    used = [place for place, scale in enumerate(panel.scales) if share[scale.code] > 0]
    scales = [panel.scales[place] for place in used]
    drawn = ranking.acceptability(
        panel.ratings[:, :, used], scales, [share[one.code] for one in scales], REPLICATES, tally.seed
    )
    places = {option.code: place for place, option in enumerate(panel.options)}
    values, ranks = _standing(tally, share)
    options = [
        Tried(
            code=option.code,
            title=option.title,
            value=_plain(values[number]),
            rank=_whole(ranks[number]),
            rank_low=_whole(drawn.low[places[option.code]]),
            rank_high=_whole(drawn.high[places[option.code]]),
            was=option.rank,
        )
        for number, option in enumerate(tally.options)
    ]
    ordered = sorted(options, key=lambda one: (one.rank or math.inf, one.code))
    return WhatIf(weights=share, options=ordered, replicates=REPLICATES)


def ranks(tally: RateTally, weights: Weights) -> dict[str, int | None]:
    """The rank of each option under other weights, without its interval: by the means that are shown."""
    _, found = _standing(tally, shares(weights, tally.scales))
    return {option.code: _whole(rank) for option, rank in zip(tally.options, found, strict=True)}


def _standing(tally: RateTally, share: Weights) -> tuple[Floats, Floats]:
    """Values and ranks of the options in the order of the tally."""
    used = [scale for scale in tally.scales if share[scale.code] > 0]
    means = np.array([[_mean(option, scale) for scale in used] for option in tally.options])
    values = ranking.common(means.reshape(len(tally.options), len(used)), used)
    found = weighted_sum(values, [share[one.code] for one in used], [one.benefit for one in used])
    return found.score, found.rank


def _mean(option: OptionTally, scale: Scale) -> float:
    mean = option.by_criterion[scale.code].mean
    return math.nan if mean is None else mean


def _plain(number: float) -> float | None:
    return None if math.isnan(number) else float(number)


def _whole(number: float) -> int | None:
    return None if math.isnan(number) else int(number)
