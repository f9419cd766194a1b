"""Options against one another, two by two: what the ranking rules make of a set of ballots."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from app.aggregation._arrays import Bools, Floats, as_floats, as_matrix, quotient
from app.aggregation._blocks import MOST_BYTES, count, slices
from app.aggregation._levels import levels_of
from app.aggregation.ranking import DIGITS, Ranking, rank_scores

UNRANKED = ("last", "abstain")

# Ballots that count so many times on average are rather weighted than copied.
MOST_COPIES = 4


@dataclass(frozen=True, slots=True, eq=False)
class Contest:
    """Pairwise counts of the options that take part; arrays are (options, options) of those.

    ``above``: weight of the ballots that put the row above the column. ``compared``: weight of those
    that say anything of the two, a tie included. ``standing``: which of all options take part.
    ``total``: weight of all ballots.
    """

    above: Floats
    compared: Floats
    standing: Bools
    total: float

    @property
    def margins(self) -> Floats:
        """How much more of all weight puts the row above the column than the other way round.

        Rounded, so that sums of the same weights in another order are the same.
        """
        return np.round((self.above - self.above.T) / self.total, DIGITS)

    @property
    def signs(self) -> Floats:
        """+1 where the row beats the column, -1 where it loses, 0 for a tie, whatever the rounding."""
        return np.sign(self.margins)

    def points(self) -> Floats:
        """Borda points of each option: ballots below it, ties half, as if all had compared all pairs."""
        shares = (self.above + (self.compared - self.above - self.above.T) / 2) * np.where(
            self.compared > 0, quotient(self.total, self.compared), 0.0
        )
        shares[self.compared == 0] = self.total / 2
        np.fill_diagonal(shares, 0.0)
        points: Floats = shares.sum(axis=1)
        return points

    def ranking(self, rule: Callable[["Contest"], Floats]) -> Ranking:
        """All options by the scores that the rule gives those that take part; the others have none."""
        return rank_scores(self.spread(rule(self)))

    def spread(self, values: Floats) -> Floats:
        """Values of the options that take part, in the places of all options; nan for the others."""
        spread = np.full(self.standing.shape, np.nan)
        spread[self.standing] = values
        return spread


def contest(ranks: ArrayLike, weights: ArrayLike | None, unranked: str) -> Contest:
    """Ballots compared two options at a time, among the options that any ballot speaks of."""
    r = as_matrix(ranks, "ranks", "(ballots, options)")
    w = as_ballot_weights(weights, r.shape[0])
    if unranked not in UNRANKED:
        msg = f"unranked must be one of {', '.join(UNRANKED)}, not {unranked!r}"
        raise ValueError(msg)
    ranked = ~np.isnan(r) & (w > 0)[:, None]
    standing: Bools = np.any(ranked, axis=0)
    if unranked == "last":
        standing = np.full(standing.shape, standing.any())
        r = np.where(np.isnan(r), np.inf, r)
    above, compared = pairwise_counts(r if standing.all() else r[:, standing], w)
    return Contest(above, compared, standing, float(w.sum()))


def as_ballot_weights(weights: ArrayLike | None, ballots: int) -> Floats:
    """How often each ballot counts, once by default."""
    if weights is None:
        return np.ones(ballots)
    w = as_floats(weights, "weights")
    if w.shape != (ballots,):
        msg = f"weights must have the shape ({ballots},), one per ballot, not {w.shape}"
        raise ValueError(msg)
    if np.isnan(w).any() or (w < 0).any():
        msg = "weights must be numbers from 0 upwards, none of them nan or negative"
        raise ValueError(msg)
    if ballots and not w.any():
        msg = "weights must not all be zero"
        raise ValueError(msg)
    return w


def pairwise_counts(r: Floats, w: Floats) -> tuple[Floats, Floats]:
    """Weight of the ballots that put the row above the column, and of those that compare the two.

    nan is an option of which the ballot says nothing, infinity one that is behind all others.
    """
    levels, place = levels_of(r)
    places = np.ascontiguousarray(place, dtype=np.min_scalar_type(levels.size))
    known = places < levels.size
    # what is not known is above nothing, being after the last, and below nothing, being level with the first
    below = places if known.all() else np.where(known, places, 0)
    above = counted(places, below, np.less, w)
    compared = np.full(above.shape, w.sum()) if known.all() else counted(known, known, np.logical_and, w)
    return above, compared


def counted(rows: NDArray[Any], columns: NDArray[Any], relation: np.ufunc, w: Floats) -> Floats:
    """Weight of the ballots in which the relation holds between the option of the row and of the column.

    ``rows`` and ``columns`` are what each ballot says of each option, (ballots, options).
    """
    options = rows.shape[1]
    counts = np.zeros((options, options))
    if not (w == 1).all():
        if not (w % 1).any() and w.sum() <= MOST_COPIES * w.size:
            # a ballot that counts twice is two ballots
            copies = w.astype(np.int64)
            return counted(
                rows.repeat(copies, axis=0), columns.repeat(copies, axis=0), relation, np.ones(int(w.sum()))
            )
        by_option = np.ascontiguousarray(columns.T)
        # no matrix products: waking the threads of BLAS takes longer than all of this
        for option, own in enumerate(rows.T):
            counts[option] = np.einsum("oe,e->o", relation(own, by_option), w)
        return counts
    for some in slices(len(rows), options**2, most=MOST_BYTES):
        counts += count(relation(rows[some, :, None], columns[some, None, :]), axis=0)
    return counts
