"""Rules for majorities that go round in circles: Schulze's strongest paths and ranked pairs."""

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from app.aggregation._arrays import Bools, Floats
from app.aggregation._contest import Contest, contest
from app.aggregation.ranking import Ranking, settle

STRENGTHS = ("margins", "winning_votes")

# Floats, or short whole numbers that hold many panels in little memory.
Strengths: TypeAlias = NDArray[np.floating] | NDArray[np.signedinteger]


def schulze(
    ranks: ArrayLike,
    weights: ArrayLike | None = None,
    strength: str = "margins",
    unranked: str = "last",
) -> Ranking:
    r"""Rank options by the strongest paths of majorities between them.

    Parameters
    ----------
    ranks : array_like, shape (ballots, options)
        One row per ballot; the smaller the number, the better; equal numbers are ties, nan is an
        option not ranked.
    weights : array_like, shape (ballots,), optional
        How often each ballot counts; once by default.
    strength : {'margins', 'winning_votes'}
        Strength of a majority: by how much it outnumbers the minority, or how many it is.
    unranked : {'last', 'abstain'}
        What leaving an option out says: that it is behind all ranked ones, or nothing.

    Returns
    -------
    Ranking
        Score: how many other options do not beat this one. Rank 1 has who is beaten by none.

    Raises
    ------
    ValueError
        As `pairwise_matrix` does, or if `strength` is none of those named.

    Notes
    -----
    A path is as strong as the weakest of its majorities :math:`N_{ij} > N_{ji}`; :math:`p_{ij}` is
    the strength of the strongest path from :math:`i` to :math:`j`, 0 without any. Option :math:`i`
    beats :math:`j` if :math:`p_{ij} > p_{ji}` [1]_. That relation is transitive, but it need not
    order all pairs: the score counts :math:`p_{ij} \ge p_{ji}`, so that rank 1 are exactly the
    potential winners, whoever beats another is ranked above it, and what is not told apart may tie.
    An option that beats every other by majority is first, alone.

    Without ties in the ballots both strengths give one result. Under ``'abstain'`` an option that
    no ballot ranks has neither score nor rank (nan); under ``'last'`` it is behind all others. If
    no ballot ranks anything, nothing has a rank.

    References
    ----------
    .. [1] M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and condorcet-
       consistent single-winner election method", Soc. Choice Welf. 36(2), 267-303, 2011, section 2.

    Examples
    --------
    >>> ballots = [[1, 2, 3], [3, 1, 2], [2, 3, 1]]
    >>> schulze(ballots, weights=[9, 8, 5]).rank
    array([1., 2., 3.])
    >>> schulze(ballots).rank
    array([1., 1., 1.])
    """
    if strength not in STRENGTHS:
        msg = f"strength must be one of {', '.join(STRENGTHS)}, not {strength!r}"
        raise ValueError(msg)

    def not_beaten(one: Contest) -> Floats:
        won = one.margins if strength == "margins" else settle(one.above)
        return unbeaten_by(strongest_paths(np.where(one.signs > 0, won, 0.0)))

    return contest(ranks, weights, unranked).ranking(not_beaten)


def strongest_paths(strength: Strengths) -> Strengths:
    """Strength of the strongest path between all pairs, (options, options) or with an axis behind.

    Floyd and Warshall's algorithm; the further axis may hold many panels at once.
    """
    paths = strength.copy()
    for via in range(paths.shape[0]):
        np.maximum(paths, np.minimum(paths[:, via, None], paths[via, None]), out=paths)
    return paths


def unbeaten_by(paths: Strengths) -> Floats:
    """How many of the others do not beat each option, whose paths lead to it at most as strongly."""
    others: Floats = (paths >= paths.swapaxes(0, 1)).sum(axis=1) - 1.0
    return others


def ranked_pairs(ranks: ArrayLike, weights: ArrayLike | None = None, unranked: str = "last") -> Ranking:
    r"""Rank options by locking in majorities, the greatest first, unless they close a circle.

    Parameters
    ----------
    ranks : array_like, shape (ballots, options)
        One row per ballot; the smaller the number, the better; equal numbers are ties, nan is an
        option not ranked.
    weights : array_like, shape (ballots,), optional
        How often each ballot counts; once by default.
    unranked : {'last', 'abstain'}
        What leaving an option out says: that it is behind all ranked ones, or nothing.

    Returns
    -------
    Ranking
        Score: how many other options are not above this one by the majorities locked in.

    Raises
    ------
    ValueError
        As `pairwise_matrix` does.

    Notes
    -----
    Majorities are taken by their margin :math:`N_{ij} - N_{ji}`, the greatest first and among equal
    ones that with the smaller minority. Each is locked in unless it contradicts those locked before
    [1]_. Equal majorities are taken together, and those of them that lie on a circle with one
    another or with what is locked are all dropped: the result depends on no order of the options.
    The parallel universes of other definitions, one for every order of the equal ones, have no
    efficient algorithm [2]_; where no two majorities are equal, all definitions agree. Options that
    are not told apart may tie. An option that beats every other by majority is first, alone.

    Under ``'abstain'`` an option that no ballot ranks has neither score nor rank (nan); under
    ``'last'`` it is behind all others. If no ballot ranks anything, nothing has a rank.

    References
    ----------
    .. [1] T. N. Tideman, "Independence of clones as a criterion for voting rules", Soc. Choice Welf.
       4(3), 185-206, 1987.
    .. [2] M. Brill and F. Fischer, "The price of neutrality for the ranked pairs method", Proc. AAAI
       26, 1299-1305, 2012.

    Examples
    --------
    >>> ballots = [[1, 2, 3], [3, 1, 2], [2, 3, 1]]
    >>> ranked_pairs(ballots, weights=[9, 8, 5]).rank
    array([1., 2., 3.])
    >>> ranked_pairs(ballots).rank
    array([1., 1., 1.])
    """
    return contest(ranks, weights, unranked).ranking(_not_locked_below)


def _not_locked_below(one: Contest) -> Floats:
    beats = one.signs > 0
    reach = strongest_paths(beats.astype(np.int8)) > 0
    # who does not reach each other lies on no circle: those majorities are locked in, come what may
    safe = beats & ~reach.T
    winners, losers = np.nonzero(beats & reach.T)
    strength = one.margins[winners, losers]
    minority = settle(one.above)[losers, winners]
    order = np.lexsort((minority, -strength))
    changes = (np.diff(strength[order]) != 0) | (np.diff(minority[order]) != 0)
    over: Bools = np.zeros(one.above.shape, dtype=np.bool_)
    for equal in np.split(order, np.flatnonzero(changes) + 1):
        over = _lock(over, winners[equal], losers[equal])
    over = strongest_paths((over | safe).astype(np.int8)) > 0
    others: Floats = over.shape[0] - 1.0 - over.sum(axis=0)
    return others


def _lock(over: Bools, winners: NDArray[np.int64], losers: NDArray[np.int64]) -> Bools:
    """``over``, the order locked in so far with all it implies, and the majorities that close no circle."""
    possible = ~over[losers, winners]
    winners, losers = winners[possible], losers[possible]
    together = _implied(over, winners, losers)
    harmless = ~together[losers, winners]
    if harmless.all():
        return together
    return _implied(over, winners[harmless], losers[harmless])


def _implied(over: Bools, winners: NDArray[np.int64], losers: NDArray[np.int64]) -> Bools:
    """Each winner and all above it over the loser and all below it, besides what was so before."""
    over = over.copy()
    for winner, loser in zip(winners.tolist(), losers.tolist(), strict=True):
        if not over[winner, loser]:
            above, below = over[:, winner].copy(), over[loser].copy()
            above[winner] = below[loser] = True
            over |= above[:, None] & below
    return over
