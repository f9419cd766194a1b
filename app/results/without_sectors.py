"""What may be told of a ranking without one of the sectors: decided from what everybody knows, then one bit.

The ranks without a sector, beside the single ballots, are a key to them: whoever tries all groups of its
size finds the few that give these ranks. So none of these ranks is told, nor a range of them. What is told
is made of groups of the same sizes drawn by lot from the ballots, which anybody can draw as well: a range
of ranks that leaving out such groups does not leave in most draws. Of the sectors one thing is told,
whether they keep within it too; and that only if neither answer makes any ballot much likelier to be of a
sector than its size does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.aggregation import weighted_sum
from app.results.robustness import WithoutSectors
from app.rounds.queries import NO_SECTOR
from app.rounds.suppression import withheld

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

DRAWS = 2000
# So great a share of the draws must leave the range, and no more: of a rare answer the ballots could be
# found.
LEAST_BEYOND, MOST_BEYOND = 0.1, 0.5
# By so much at most may the odds rise that a ballot is of a sector.
ODDS = 3.0
# Numbers that the ballots of one block of draws may take.
BLOCK = 2**22


@dataclass(frozen=True, slots=True, eq=False)
class Lot:
    """The ranks of each option that groups drawn by lot leave it, from low to high; ends included."""

    low: Floats
    high: Floats

    def holds(self, ranks: Floats) -> bool:
        """Whether all these ranks, by group and option, lie within."""
        return bool(np.all((self.low <= ranks) & (ranks <= self.high)))


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """The ballots as numbers, and how they are ranked; the ratings are on a scale that the criteria share."""

    ratings: Floats
    weights: list[float]
    benefit: list[bool]

    def without(self, out: Bools) -> Floats:
        """Ranks by group and option without the ballots of each group; `out` is by group and ballot.

        An option that nobody left has rated is last.
        """
        ballots, options, criteria = self.ratings.shape
        table = self.ratings.reshape(ballots, -1)
        answered = ~np.isnan(table)
        kept = (~out).astype(np.float64)
        n = kept @ answered
        means = kept @ np.where(answered, table, 0.0) / np.where(n > 0, n, np.nan)
        ranks = weighted_sum(means.reshape(-1, options, criteria), self.weights, self.benefit).rank
        return np.where(np.isnan(ranks), options, ranks)


def tried(sizes: Mapping[str, int], minimum: int) -> list[str]:
    """The sectors that are left out one at a time: those that may be told of, if they are two at least.

    Those that stay must be as many as the minimum, too. Those who stated no sector are none.
    """
    hidden, everybody = (
        withheld({code: size for code, size in sizes.items() if size}, minimum),
        sum(sizes.values()),
    )
    found = sorted(
        code
        for code, size in sizes.items()
        if code != NO_SECTOR and size >= minimum and code not in hidden and everybody - size >= minimum
    )
    return found if len(found) > 1 else []


def told(ranked: Ranked, groups: Sequence[Floats], seed: int) -> WithoutSectors | None:
    """What is frozen of these sectors; None where none are tried. A group is the ratings of its ballots."""
    if not groups:
        return None
    groups = sorted(groups, key=len)
    lot = by_lot(ranked, [len(group) for group in groups], seed)
    hold = lot.holds(_left_by(ranked, groups)) if lot else None
    return WithoutSectors(sizes=[len(group) for group in groups], hold=hold)


def by_lot(ranked: Ranked, sizes: Sequence[int], seed: int) -> Lot | None:
    """The range that groups of these sizes drawn by lot do not leave in most draws; None if none may be told.

    It is made from what everybody may know: the ballots, the sizes and the seed.
    """
    out, ranks = _drawn(ranked, sizes, seed)
    options = ranks.shape[-1]
    flat = ranks.reshape(-1, options).astype(np.int64)
    seen = np.stack([np.bincount(column, minlength=options + 1)[1:] for column in flat.T])
    at_most, at_least = seen.cumsum(axis=1), seen[:, ::-1].cumsum(axis=1)[:, ::-1]
    # how deep within all draws each rank lies; a draw lies as deep as the rank nearest to an end
    places = np.arange(options), flat - 1
    depth = np.minimum(at_most[places], at_least[places]).reshape(len(ranks), -1).min(axis=1)
    for limit in np.unique(depth):
        beyond = depth < limit
        if beyond.mean() >= LEAST_BEYOND:
            break
    else:
        return None
    if beyond.mean() > MOST_BEYOND or not _keeps_apart(out, beyond):
        return None
    low = 1.0 + (at_most < limit).sum(axis=1)
    high = options - (at_least < limit).sum(axis=1).astype(np.float64)
    return Lot(low, high)


def _drawn(ranked: Ranked, sizes: Sequence[int], seed: int) -> tuple[Bools, Floats]:
    """Groups by draw, size and ballot, and the ranks without each, by draw, size and option."""
    ballots = len(ranked.ratings)
    rng = np.random.Generator(np.random.PCG64([seed, *sizes]))
    group = np.repeat(np.arange(len(sizes) + 1), [*sizes, ballots - sum(sizes)])
    shuffled = rng.permuted(np.tile(group, (DRAWS, 1)), axis=1)
    out = shuffled[:, None] == np.arange(len(sizes))[:, None]
    step = max(1, BLOCK // out[0].size)
    ranks = [
        ranked.without(out[start : start + step].reshape(-1, ballots)) for start in range(0, DRAWS, step)
    ]
    return out, np.concatenate(ranks).reshape(DRAWS, len(sizes), -1)


def _keeps_apart(out: Bools, beyond: Bools) -> bool:
    """Whether no ballot is much likelier to be of a group by what is told, whichever of both it is."""
    prior = out.mean(axis=(0, 2))[:, None]
    return all(
        bool(np.all(_odds(out[those].mean(axis=0)) <= ODDS * _odds(prior))) for those in (beyond, ~beyond)
    )


def _odds(share: Floats) -> Floats:
    return share / np.maximum(1.0 - share, 1e-9)


def _left_by(ranked: Ranked, groups: Sequence[Floats]) -> Floats:
    """The ranks without each group, found by its ballots: two of one content are the same to the ranking."""
    rows: dict[bytes, list[int]] = {}
    for place, ballot in enumerate(ranked.ratings):
        rows.setdefault(ballot.tobytes(), []).append(place)
    out = np.zeros((len(groups), len(ranked.ratings)), dtype=np.bool_)
    for number, group in enumerate(groups):
        left = {content: list(places) for content, places in rows.items()}
        for ballot in group:
            out[number, left[ballot.tobytes()].pop()] = True
    return ranked.without(out)
