"""From ballots that rank options to an order of the options: pairwise counts, Borda, Copeland."""

import numpy as np
from numpy.typing import ArrayLike

from app.aggregation._arrays import Floats
from app.aggregation._contest import Contest, contest
from app.aggregation.ranking import Ranking


def pairwise_matrix(ranks: ArrayLike, weights: ArrayLike | None = None, unranked: str = "last") -> Floats:
    r"""Count the ballots that put one option above another, for all pairs.

    Parameters
    ----------
    ranks : array_like, shape (ballots, options)
        One row per ballot; the smaller the number, the better; equal numbers are ties, nan is an
        option not ranked. Only the order of the numbers counts.
    weights : array_like, shape (ballots,), optional
        How often each ballot counts; once by default.
    unranked : {'last', 'abstain'}
        What leaving an option out says. ``'last'``: that every ranked option is better, as in
        elections. ``'abstain'``: nothing, as for an expert who had no opinion of it.

    Returns
    -------
    ndarray, shape (options, options)
        Weight of the ballots that put the option of the row strictly above that of the column; 0 on
        the diagonal.

    Raises
    ------
    ValueError
        If `ranks` is not two-dimensional or holds an infinite value, if `weights` is of another
        length, negative, nan or all 0, or if `unranked` is none of those named.

    Notes
    -----
    :math:`N_{ij} = \sum_b w_b [r_{bi} < r_{bj}]`. A tie within a ballot, two unranked options
    included, is counted neither way, so that :math:`N_{ij} + N_{ji}` may fall short of the weight
    of all ballots [1]_. Without ballots all counts are 0.

    References
    ----------
    .. [1] M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and condorcet-
       consistent single-winner election method", Soc. Choice Welf. 36(2), 267-303, 2011, section 2.

    Examples
    --------
    >>> import numpy as np
    >>> pairwise_matrix([[1, 2, 3], [1, np.nan, 2]], weights=[3, 1])
    array([[0., 4., 4.],
           [0., 0., 3.],
           [0., 1., 0.]])
    >>> pairwise_matrix([[1, 2, 3], [1, np.nan, 2]], weights=[3, 1], unranked="abstain")
    array([[0., 3., 4.],
           [0., 0., 3.],
           [0., 0., 0.]])
    """
    found = contest(ranks, weights, unranked)
    counts = np.zeros((found.standing.size, found.standing.size))
    counts[np.ix_(found.standing, found.standing)] = found.above
    return counts


def borda(ranks: ArrayLike, weights: ArrayLike | None = None, unranked: str = "last") -> Ranking:
    r"""Rank options by Borda's points: on each ballot one for every option below.

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
        Points and rank of each option.

    Raises
    ------
    ValueError
        As `pairwise_matrix` does.

    Notes
    -----
    On a ballot the best of :math:`O` options has :math:`O - 1` points, the last 0. Ties share the
    points of the places they hold, and so do the unranked, which under ``'last'`` hold the places
    left [1]_. In pairwise counts, with :math:`T_{ij}` for ties and :math:`W` for all ballots,

    .. math:: B_i = W \sum_{j \ne i} \frac{N_{ij} + T_{ij}/2}{N_{ij} + N_{ji} + T_{ij}},

    which is the sum of the points where every ballot compares every pair. Under ``'abstain'`` it
    keeps options that many have ranked from collecting points by that alone; a pair that nobody
    compared counts half to each.

    Under ``'abstain'`` an option that no ballot ranks has neither score nor rank (nan); under
    ``'last'`` it is behind all others. If no ballot ranks anything, nothing has a rank.

    References
    ----------
    .. [1] J.-C. de Borda, "Mémoire sur les élections au scrutin", Histoire de l'Académie Royale des
       Sciences, 1781; D. Black, "Partial justification of the Borda count", Public Choice 28, 1-15,
       1976, for ties.

    Examples
    --------
    >>> result = borda([[1, 2, 3, 4], [4, 1, 2, 3], [4, 3, 1, 2], [4, 3, 2, 1]], [42, 26, 15, 17])
    >>> result.score
    array([126., 194., 173., 107.])
    >>> result.rank
    array([3., 1., 2., 4.])
    """
    return contest(ranks, weights, unranked).ranking(Contest.points)


def copeland(ranks: ArrayLike, weights: ArrayLike | None = None, unranked: str = "last") -> Ranking:
    r"""Rank options by how many others they beat in a majority of the ballots.

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
        Victories, ties counting half, and rank of each option.

    Raises
    ------
    ValueError
        As `pairwise_matrix` does.

    Notes
    -----
    :math:`C_i = \sum_{j \ne i} [N_{ij} > N_{ji}] + \frac12 [N_{ij} = N_{ji}]` [1]_, from 0 to the
    number of the other options. A pair that nobody compared is a tie. An option that beats every
    other is first, alone; within a cycle all may tie.

    Under ``'abstain'`` an option that no ballot ranks has neither score nor rank (nan); under
    ``'last'`` it is behind all others. If no ballot ranks anything, nothing has a rank.

    References
    ----------
    .. [1] A. H. Copeland, "A 'reasonable' social welfare function", mimeographed, University of
       Michigan, 1951; D. G. Saari and V. R. Merlin, "The Copeland method", Economic Theory 8(1),
       51-76, 1996.

    Examples
    --------
    >>> result = copeland([[1, 2, 3, 4], [4, 1, 2, 3], [4, 3, 1, 2], [4, 3, 2, 1]], [42, 26, 15, 17])
    >>> result.score
    array([0., 3., 2., 1.])
    """
    return contest(ranks, weights, unranked).ranking(_victories)


def _victories(one: Contest) -> Floats:
    # a victory counts 1 and a tie 1/2; the diagonal is a tie with oneself
    victories: Floats = (one.signs + 1).sum(axis=1) / 2 - 0.5
    return victories
