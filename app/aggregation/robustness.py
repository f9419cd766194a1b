"""How firmly a ranking stands: the ranks that other experts and other weights would have given."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from app.aggregation._arrays import (
    Bools,
    Floats,
    Ints,
    as_count,
    as_number,
    as_panel,
    as_signs,
    as_weights,
)
from app.aggregation._ballot_scores import (
    Scorer,
    borda_scores,
    by_ballots,
    copeland_scores,
    schulze_scores,
)
from app.aggregation._contest import counted
from app.aggregation._group_values import GroupValues, group_means, group_medians
from app.aggregation._replicates import Counts, Draws, strata_of
from app.aggregation.decision import closeness, weighted_scores
from app.aggregation.ranking import in_order, settle


def _by_values(
    values_of: Callable[[Floats], GroupValues], combined: Callable[[Floats, Floats], Floats]
) -> Callable[[Floats], Scorer]:
    """A scorer for panels (experts, items, criteria) by the group's value of every cell."""

    def scorer(r: Floats) -> Scorer:
        experts, items, criteria = r.shape
        # items last: the items of a criterion are then worked on as neighbours in memory
        group_values = values_of(r.swapaxes(1, 2).reshape(experts, criteria * items))

        def score(counts: Counts, weights: Floats) -> Floats:
            # one row of counts, of the panel itself, stands for all replicates
            scores = [
                combined(
                    values.reshape(len(values), criteria, items).swapaxes(1, 2),
                    weights[some] if len(counts) > 1 else weights,
                )
                for some, values in group_values(counts)
            ]
            return np.concatenate(scores)

        return score

    return scorer


# By what items are scored: from the group's values, or from the experts' own orders.
VALUES: dict[str, Callable[[Floats], Scorer]] = {
    "weighted_sum": _by_values(group_means, weighted_scores),
    "median": _by_values(group_medians, weighted_scores),
    "topsis": _by_values(group_means, closeness),
}
BALLOTS: dict[str, Callable[[Floats], Scorer]] = {
    "borda": by_ballots(borda_scores),
    "copeland": by_ballots(copeland_scores),
    "schulze": by_ballots(schulze_scores),
}
METHODS = VALUES | BALLOTS

# The central 95 per cent of the distribution of an item's rank.
TAIL = 0.025


@dataclass(frozen=True, slots=True, eq=False)
class RankAcceptability:
    """Distribution of every item's rank over the replicates; nan for an item without a score.

    Attributes
    ----------
    share : ndarray, shape (items, items)
        Share of the replicates in which the item of the row has the rank of the column, first
        column rank 1. Rows and columns sum to 1.
    expected_rank : ndarray, shape (items,)
        Mean rank.
    low, high : ndarray, shape (items,)
        Central 95 per cent of the ranks: a description of this panel, not a confidence set.
    p_best : ndarray, shape (items,)
        Share of rank 1.
    beats : ndarray, shape (items, items)
        Share of the replicates in which the item of the row is above that of the column, a tie
        counting half; nan on the diagonal.
    """

    share: Floats
    expected_rank: Floats
    low: Floats
    high: Floats
    p_best: Floats
    beats: Floats

    def p_top(self, k: int) -> Floats:
        """Share of the replicates in which each item is among the first ``k``.

        Parameters
        ----------
        k : int
            How many places count as the top, from 1 up to the number of items.

        Returns
        -------
        ndarray, shape (items,)
            Shares from 0 to 1; nan for an item without a score.

        Raises
        ------
        ValueError
            If `k` is no whole number from 1 to the number of items.
        """
        places = as_count(k, "k", 1)
        if places > self.share.shape[1]:
            msg = f"k must be at most {self.share.shape[1]}, the number of items, not {k}"
            raise ValueError(msg)
        return np.asarray(self.share[:, :places].sum(axis=1))


def rank_acceptability(
    ratings: ArrayLike,
    weights: ArrayLike,
    *,
    benefit: ArrayLike | None = None,
    method: str = "weighted_sum",
    replicates: int = 2000,
    resample_experts: bool = True,
    weight_concentration: float | None = None,
    groups: ArrayLike | None = None,
    seed: int = 0,
) -> RankAcceptability:
    """How often each item takes each rank if the experts or the weights had been others.

    Parameters
    ----------
    ratings : array_like, shape (experts, items, criteria) or (experts, items)
        Ratings on a scale common to all criteria; nan where an expert gave no answer. Without the
        last axis there is one criterion.
    weights : array_like, shape (criteria,)
        Importance of the criteria, none negative and not all 0; scaled to sum 1 here.
    benefit : array_like of bool, shape (criteria,), optional
        False for a criterion of which less is better. By default more is better on all.
    method : {'weighted_sum', 'median', 'topsis', 'borda', 'copeland', 'schulze'}
        How a panel ranks. The first three start from the group's value of an item on a criterion,
        the median for ``'median'`` and else the mean of those who rated it; its score is the
        weighted sum of these values, or TOPSIS's closeness. The last three start from every
        expert's own weighted sum, whose order is a ballot: an item of which the expert left out a
        criterion of positive weight is not ranked on it, and the ballot says nothing of it.
    replicates : int, default 2000
        How many panels are drawn. The standard error of a share is at most ``.5 / sqrt(replicates)``.
    resample_experts : bool, default True
        Whether experts are drawn with replacement, each with all of their ratings together.
    weight_concentration : float, optional
        If given, weights are drawn from a Dirichlet distribution with the parameters
        ``weight_concentration * weights``: around the given weights, the closer the greater it is.
    groups : array_like, shape (experts,), optional
        A label per expert: replicates then keep the size of every group (stratified resampling).
        The only expert of a group is in every replicate.
    seed : int, default 0
        Seed of the generator PCG64. The same arguments give the same bits.

    Returns
    -------
    RankAcceptability
        Shares of the ranks, and what follows from them.

    Raises
    ------
    ValueError
        If an argument has the wrong shape, holds an infinite value or lies off its range, or if
        `method` is none of those named.

    Notes
    -----
    The rank acceptability index :math:`b_i^r` of stochastic multicriteria acceptability analysis
    [1]_ is the probability that item :math:`i` has rank :math:`r`. Here what varies is the panel,
    by a bootstrap over experts as clusters [2]_, and the weights, or either alone. Tied items share
    the ranks they occupy equally. `low` and `high` are the first ranks at which the cumulated share
    reaches 2.5 and 97.5 per cent. They describe this panel and are **no confidence set**: in a
    simulation with near-tied options they held all true ranks jointly in less than half of the
    panels at a nominal 90 per cent.

    Missing answers: a mean or median is over those who rated, and a ballot ranks what its expert
    rated in full. If a replicate holds nobody who rated
    an item on a criterion of positive weight, the item has no score in that replicate and shares
    the last ranks with others in that case; rarely rated items are thereby put low, not left out.
    An item that nobody in the whole panel rated on such a criterion is nan throughout and takes no
    rank from the others; so, for ballots, is one that nobody rated in full.

    One expert can be drawn in one way only: the shares then show uncertainty of weights at most.
    Without any uncertainty asked for, they show the one ranking. A single item has rank 1.

    With the same seed, permuting items permutes the result, and scaling weights leaves it as it is.
    Permuting experts leaves its distribution but not its bits, as other experts are then drawn;
    without resampling of experts it changes nothing. Replicates are computed in blocks, so that
    memory stays bounded. Whole-number ratings give the same result on every machine.

    References
    ----------
    .. [1] R. Lahdelma and P. Salminen, "SMAA-2: Stochastic multicriteria acceptability analysis for
       group decision making", Operations Research 49(3), 444-454, 2001, equation (7).
    .. [2] A. C. Davison and D. V. Hinkley, "Bootstrap Methods and their Application", Cambridge,
       1997, section 3.8.

    Examples
    --------
    >>> panel = [[8, 6, 2], [9, 5, 3], [5, 7, 1], [8, 6, 2], [7, 6, 4], [8, 7, 1]]
    >>> result = rank_acceptability(panel, [1.0], seed=7)
    >>> result.share.round(2)
    array([[0.96, 0.04, 0.  ],
           [0.04, 0.96, 0.  ],
           [0.  , 0.  , 1.  ]])
    >>> result.low, result.high
    (array([1., 1., 3.]), array([2., 2., 3.]))
    """
    r = as_panel(ratings)
    experts, items, criteria = r.shape
    w, signs = as_weights(weights, criteria), as_signs(benefit, criteria)
    draws = Draws(
        replicates=as_count(replicates, "replicates", 1),
        strata=strata_of(groups, experts),
        resample_experts=bool(resample_experts),
        concentration=_as_concentration(weight_concentration),
        seed=as_count(seed, "seed", 0),
    )
    if method not in METHODS:
        msg = f"method must be one of {', '.join(METHODS)}, not {method!r}"
        raise ValueError(msg)
    used = w > 0
    r = r[:, :, used]
    # of each replicate are held its counts, and sums by item and criterion or by pair of items
    bytes_each = 8 * (experts + items * (2 * items if method in BALLOTS else int(used.sum())))
    score = METHODS[method](r)
    scores = np.concatenate(
        [score(counts, drawn * signs[used]) for counts, drawn in draws.blocks(w[used], bytes_each)]
    )
    missing = np.isnan(r)
    # for ballots, an item that nobody rated in full; for values, one that lacks a value
    if method in BALLOTS:
        return _acceptability(scores, np.asarray(np.all(np.any(missing, axis=2), axis=0)))
    return _acceptability(scores, np.asarray(np.any(np.all(missing, axis=0), axis=1)))


def _as_concentration(value: float | None) -> float | None:
    if value is None:
        return None
    concentration = as_number(value, "weight_concentration")
    if concentration <= 0:
        msg = f"weight_concentration must be above 0, not {concentration:g}"
        raise ValueError(msg)
    return concentration


def _acceptability(scores: Floats, unrated: Bools) -> RankAcceptability:
    """Distribution of the ranks; items that nobody rated are nan and take no rank."""
    items = unrated.size
    rated = np.flatnonzero(~unrated)
    if unrated.any():
        scores = scores[:, rated]
    # without a score in one replicate: tied for the last places there
    order, begin, end = in_order(-np.where(np.isnan(scores), -np.inf, settle(scores)))
    share, beats = np.full((items, items), np.nan), np.full((items, items), np.nan)
    share[rated] = 0.0
    share[rated, : rated.size] = _shares(order, begin, end - begin)
    beats[np.ix_(rated, rated)] = _beats(order, begin)
    reached = share.cumsum(axis=1)
    # 1e-9: a share of exactly 2.5 per cent counts, whatever the rounding of its sum
    low, high = (1.0 + (reached < tail - 1e-9).sum(axis=1) for tail in (TAIL, 1 - TAIL))
    return RankAcceptability(
        share=share,
        expected_rank=share @ np.arange(1.0, items + 1),
        low=np.where(unrated, np.nan, low),
        high=np.where(unrated, np.nan, high),
        p_best=share[:, :1].sum(axis=1),
        beats=beats,
    )


def _shares(item: Ints, above: Ints, tied: Ints) -> Floats:
    """Share of every rank: `tied` items with `above` others above them share the next ranks.

    All are (replicates, items), and `item` says whose numbers stand there.
    """
    replicates, items = item.shape
    share = np.zeros((items, items))
    cell = items * item + above
    sizes = np.flatnonzero(np.bincount(tied.ravel()))
    for size in sizes:
        those = cell.ravel() if sizes.size == 1 else cell[tied == size]
        begun = np.bincount(those, minlength=items * items).reshape(items, items)
        # a tie of this size holds a rank if it began there or less than `size` ranks before
        held = begun.cumsum(axis=1)
        held[:, size:] -= held[:, :-size].copy()
        share += np.divide(held, size * replicates)
    return share


def _beats(item: Ints, above: Ints) -> Floats:
    """Share of the replicates in which the item of the row is above that of the column, a tie half."""
    replicates, items = item.shape
    places = np.empty(item.shape, dtype=np.min_scalar_type(items))
    np.put_along_axis(places, item, above.astype(places.dtype), axis=-1)
    wins = counted(places, places, np.less, np.ones(replicates))
    beats: Floats = (wins + (replicates - wins - wins.T) / 2) / replicates
    np.fill_diagonal(beats, np.nan)
    return beats
