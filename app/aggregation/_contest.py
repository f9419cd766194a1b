"""Options against one another, two by two: what the ranking rules make of a set of ballots."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from app.aggregation._arrays import Bools, Floats, as_floats, as_matrix, quotient
from app.aggregation.ranking import DIGITS, Ranking, rank_scores

UNRANKED = ("last", "abstain")


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
    above, compared = pairwise_counts(r[:, standing], w)
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
    """Weight of the ballots that put the row above the column, and of those that compare the two."""
    columns = np.ascontiguousarray(r.T)
    known = ~np.isnan(columns)
    above = np.empty((columns.shape[0], columns.shape[0]))
    compared = np.full(above.shape, w.sum())
    for option, column in enumerate(columns):
        # no matrix products: waking the threads of BLAS takes longer than all of this
        above[option] = np.einsum("oe,e->o", column < columns, w)
        if not known.all():
            compared[option] = np.einsum("oe,e->o", known, w * known[option])
    return above, compared
