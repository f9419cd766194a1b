"""What a ranking hangs on: who was on the panel, the weights, the method, and whether a sector was in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.aggregation import rank_acceptability, rank_confidence_sets
from app.results import camps, methods, opinions, ranking, without_sectors
from app.results.panel import Ballot, Panel, scores
from app.results.robustness import MethodTally, OpinionTally, Robust, Robustness, WithoutSectors
from app.results.tally import OptionTally
from app.results.without_sectors import Ranked

LEVEL = 0.9
# A weight of a quarter is drawn between about 8 and 44 per cent: nine points off as a rule.
CONCENTRATION = 20.0

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Counted:
    """A counted panel: its options in its order, and their means and medians by criterion."""

    panel: Panel
    options: list[OptionTally]
    means: Floats
    medians: Floats
    seed: int


def robust(counted: Counted, without: WithoutSectors | None) -> tuple[list[OptionTally], Robustness]:
    """The options with what each one's place hangs on; and what is told of the ranking as a whole."""
    panel, options, seed = counted.panel, counted.options, counted.seed
    options = _with_dissent(panel, options)
    ranked = ranked_of(panel)
    found = Robustness(
        level=LEVEL,
        concentration=CONCENTRATION,
        methods=[],
        without_sectors=without,
        opinion=_opinion(panel, seed),
    )
    if ranked is None:
        return options, found
    options = _with_sets(options, ranked, seed)
    options = _with_weights(options, ranked, seed)
    options, compared = _with_methods(options, ranked, _values(counted))
    if without is not None and without.hold:
        options = _with_range(options, ranked, without, seed)
    return options, replace(found, methods=compared)


def ranked_of(panel: Panel) -> Ranked | None:
    """The ballots as they are ranked, on a scale that the criteria share; None of too few, or of nothing."""
    used = ranking.basis(panel.scales)
    if not (used and panel.options and ranking.replicates(len(panel.ballots))):
        return None
    scales = [panel.scales[place] for place in used]
    return Ranked(
        ranking.common(panel.ratings[:, :, used], scales),
        ranking.weights(scales),
        [scale.benefit for scale in scales],
    )


def told_without(
    panel: Panel, sectors: dict[str, list[Ballot]], *, minimum: int, seed: int
) -> WithoutSectors | None:
    """What of leaving out each of these sectors may be frozen."""
    ranked = ranked_of(panel)
    sizes = {code: len(ballots) for code, ballots in sectors.items()}
    codes = without_sectors.tried(sizes, max(minimum, ranking.LEAST_EXPERTS))
    if ranked is None or not codes:
        return None
    used = ranking.basis(panel.scales)
    scales = [panel.scales[place] for place in used]
    groups = [ranking.common(_as_numbers(panel, sectors[code])[:, :, used], scales) for code in codes]
    return without_sectors.told(ranked, groups, seed)


def _as_numbers(panel: Panel, ballots: Sequence[Ballot]) -> Floats:
    return scores(ballots).reshape(len(ballots), len(panel.options), len(panel.scales))


def _with(options: list[OptionTally], **arrays: Sequence[Any]) -> list[OptionTally]:
    """The options with these figures, each by the option's place."""
    return [
        replace(
            option,
            robust=replace(option.robust or Robust(), **{name: row[place] for name, row in arrays.items()}),
        )
        for place, option in enumerate(options)
    ]


def _whole(numbers: Floats) -> list[int | None]:
    return [None if np.isnan(number) else int(number) for number in numbers]


def _with_dissent(panel: Panel, options: list[OptionTally]) -> list[OptionTally]:
    scale = next((scale for scale in panel.scales if scale.overall), None)
    said = [camps.dissent(option.by_criterion[scale.code], scale) if scale else "" for option in options]
    return _with(options, dissent=said)


def _with_sets(options: list[OptionTally], ranked: Ranked, seed: int) -> list[OptionTally]:
    sets = rank_confidence_sets(
        ranked.ratings,
        ranked.weights,
        benefit=ranked.benefit,
        level=LEVEL,
        replicates=ranking.REPLICATES,
        seed=seed,
    )
    codes = [option.code for option in options]
    above = [[codes[other] for other in np.flatnonzero(row)] for row in sets.above]
    return _with(
        options,
        set_low=_whole(sets.low),
        set_high=_whole(sets.high),
        tier=_whole(sets.tiers()),
        surely_above=above,
    )


def _with_weights(options: list[OptionTally], ranked: Ranked, seed: int) -> list[OptionTally]:
    drawn = rank_acceptability(
        ranked.ratings,
        ranked.weights,
        benefit=ranked.benefit,
        replicates=ranking.REPLICATES,
        resample_experts=False,
        weight_concentration=CONCENTRATION,
        seed=seed,
    )
    return _with(options, weights_low=_whole(drawn.low), weights_high=_whole(drawn.high))


def _values(counted: Counted) -> tuple[Floats, Floats]:
    """Means and medians on the criteria that rank, on the scale that they share."""
    used = ranking.basis(counted.panel.scales)
    scales = [counted.panel.scales[place] for place in used]
    return ranking.common(counted.means[:, used], scales), ranking.common(counted.medians[:, used], scales)


def _with_methods(
    options: list[OptionTally], ranked: Ranked, values: tuple[Floats, Floats]
) -> tuple[list[OptionTally], list[MethodTally]]:
    by_method = methods.ranks(ranked.ratings, *values, ranked.weights, ranked.benefit)
    rows = [
        dict(zip(by_method, one, strict=True)) for one in zip(*map(_whole, by_method.values()), strict=True)
    ]
    given = [[rank for rank in row.values() if rank is not None] for row in rows]
    options = _with(
        options,
        by_method=rows,
        rule_low=[min(some, default=None) for some in given],
        rule_high=[max(some, default=None) for some in given],
    )
    return options, methods.agreement(by_method, ranking.TOP)


def _with_range(
    options: list[OptionTally], ranked: Ranked, without: WithoutSectors, seed: int
) -> list[OptionTally]:
    lot = without_sectors.by_lot(ranked, without.sizes, seed)
    if lot is None:
        return options
    ranks = [option.rank for option in options]
    low, high = (
        [None if rank is None else one for rank, one in zip(ranks, _whole(end), strict=True)]
        for end in (lot.low, lot.high)
    )
    return _with(options, without_low=low, without_high=high)


def _opinion(panel: Panel, seed: int) -> OpinionTally | None:
    place = next((place for place, scale in enumerate(panel.scales) if scale.overall), None)
    if place is None or not panel.options:
        return None
    codes = [option.code for option in panel.options]
    return opinions.told(panel.ratings[:, :, place], codes, panel.scales[place], seed)
