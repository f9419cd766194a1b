"""From comparisons of two items at a time to their strengths, and which pair to ask for next."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from app.aggregation._arrays import Bools, Floats, Ints, as_count, as_matrix
from app.aggregation.condorcet import strongest_paths

# Hunter's steps, which never lose their way, before Newton's, which are quick near the end.
FIRST_STEPS, MOST_STEPS = 6, 200

# Newton's method ends where no strength moves further than this.
CLOSE_ENOUGH = 1e-10

# Values are told apart to this part of them.
NOISE = 1e-14

# Before any comparison, what is supposed of a strength: mean 0 and a standard deviation of 2.
PRIOR_PRECISION = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class Strengths:
    """Strengths of items on the scale of the logarithm of odds; arrays have the shape (items,).

    Attributes
    ----------
    log_strength : ndarray
        Natural logarithm of the strength, centred on mean 0.
    standard_error : ndarray
        Standard error of `log_strength`, relative to the mean of all; nan for a single item.
    """

    log_strength: Floats
    standard_error: Floats


def bradley_terry(wins: ArrayLike, prior: float = 0.0) -> Strengths:
    r"""Strengths of items from how often each won against each, by the model of Bradley and Terry.

    Parameters
    ----------
    wins : array_like, shape (items, items)
        How often the item of the row won against that of the column, a tie counting half to each;
        0 on the diagonal.
    prior : float
        Precision of what is supposed of each log strength before any comparison: it is normal, of
        mean 0. With 0 nothing is supposed.

    Returns
    -------
    Strengths
        Maximum likelihood estimates with their standard errors; with a prior, those of the greatest
        posterior.

    Raises
    ------
    ValueError
        If `wins` is no square matrix, has a negative, missing or infinite entry or another diagonal
        than 0; if `prior` is negative, nan or infinite. Without a prior also if items, or groups of
        items, were never compared, or if a group never lost to another: the message names the parts
        by the positions of their items.

    Notes
    -----
    Item :math:`i` wins against :math:`j` with the probability
    :math:`p_i / (p_i + p_j)`, where :math:`\log p_i` is the log strength [1]_. With :math:`W_i`
    victories in all and :math:`n_{ij}` comparisons, the likelihood grows with every step

    .. math:: p_i \leftarrow W_i \Big/ \sum_{j \ne i} \frac{n_{ij}}{p_i + p_j}

    of the MM algorithm [2]_. It starts the search; Newton's method, damped so that the likelihood
    still grows, ends it. Standard errors are from the inverse of the information matrix under the
    restriction to mean 0. Those of other programs are relative to an item of reference and differ.

    A finite maximum exists only if in every division of the items into two groups some item of
    either has won against one of the other (Ford's condition): being connected by comparisons is
    not enough, as an item that never lost would be infinitely strong. Then nothing is returned but
    a `ValueError`. With a prior, the maximum of the likelihood times the prior's density exists
    whatever was compared: an item that nobody compared stands at 0, one that never lost is as strong
    as the prior lets it be. Resampled panels, which may lack any comparison, need one.

    Half a victory for each is a convention, not a model of ties as Davidson's is: with ties about
    evenly spread it gives the same order, but draws the strengths closer together.

    References
    ----------
    .. [1] R. A. Bradley and M. E. Terry, "Rank analysis of incomplete block designs", Biometrika
       39(3/4), 324-345, 1952.
    .. [2] D. R. Hunter, "MM algorithms for generalized Bradley-Terry models", Ann. Statist. 32(1),
       384-406, 2004, equation (3) and assumption 1.

    Examples
    --------
    >>> result = bradley_terry([[0, 3, 6], [1, 0, 4], [2, 4, 0]])
    >>> result.log_strength.round(3)
    array([ 0.732, -0.366, -0.366])
    >>> bradley_terry([[0, 3, 0], [1, 0, 0], [0, 0, 0]])
    Traceback (most recent call last):
    ValueError: wins must connect all items, but these parts were never compared: [0, 1] and [2]
    """
    w = _as_wins(wins)
    if not 0 <= prior < np.inf:
        msg = f"prior must be a number from 0 upwards, not {prior}"
        raise ValueError(msg)
    if prior == 0:
        _check_connected(w)
    strength = _climb(w, prior)
    if strength.size < 2:  # noqa: PLR2004 - a comparison takes two
        return Strengths(strength, np.full(strength.shape, np.nan))
    information = _curvature(_probability(strength), w + w.T, 0.0) + prior * np.eye(strength.size)
    # the variance of the mean, which was put in to make the inverse exist, comes off again
    variance = np.diagonal(np.linalg.inv(information)) - 1 / ((1 + prior) * strength.size)
    return Strengths(strength, np.sqrt(np.maximum(variance, 0.0)))


def _as_wins(wins: ArrayLike) -> Floats:
    w = as_matrix(wins, "wins", "(items, items)")
    if w.shape[0] != w.shape[1]:
        msg = f"wins must be a square matrix, not of the shape {w.shape}"
        raise ValueError(msg)
    if np.isnan(w).any() or (w < 0).any():
        msg = "wins must be numbers from 0 upwards, none of them nan or negative"
        raise ValueError(msg)
    if np.diagonal(w).any():
        msg = "wins must be 0 on the diagonal: nothing is compared with itself"
        raise ValueError(msg)
    return w


def _check_connected(w: Floats) -> None:
    if _leads_everywhere(w > 0) and _leads_everywhere(w.T > 0):
        return
    parts = _parts(w + w.T > 0)
    if len(parts) > 1:
        msg = f"wins must connect all items, but these parts were never compared: {_named(parts)}"
        raise ValueError(msg)
    parts = _parts(w > 0)
    if len(parts) > 1:
        msg = (
            "wins must leave no group undefeated by the rest, or no finite strengths exist; "
            f"from the strongest, these parts never lost to a later one: {_named(parts)}"
        )
        raise ValueError(msg)


def _leads_everywhere(leads: Bools) -> bool:
    """Whether the first item leads to all, by any number of steps."""
    reached = np.arange(len(leads)) == 0
    for _ in range(len(leads)):
        further = reached | leads[reached].any(axis=0)
        if (further == reached).all():
            break
        reached = further
    return bool(reached.all())


def _parts(leads: Bools) -> list[list[int]]:
    """Sets of items that lead to each other, those that lead to the most others first."""
    reach = strongest_paths((leads | np.eye(leads.shape[0], dtype=np.bool_)).astype(np.int8)) > 0
    mutual = reach & reach.T
    parts = sorted({tuple(np.flatnonzero(row).tolist()) for row in mutual})
    return [list(part) for part in sorted(parts, key=lambda part: -int(reach[part[0]].sum()))]


def _named(parts: list[list[int]]) -> str:
    return " and ".join(str(part) for part in parts)


def _climb(w: Floats, prior: float = 0.0) -> Floats:
    """Log strengths of the greatest likelihood, centred, or with a prior of the greatest posterior."""
    n, won = w + w.T, w.sum(axis=1)
    strength = np.zeros(w.shape[0])
    for _ in range(FIRST_STEPS if prior == 0 and strength.size > 1 else 0):
        p = np.exp(strength)
        strength = np.log(won / (n / (p[:, None] + p)).sum(axis=1))
    strength = strength - strength.sum() / max(strength.size, 1)
    value = _log_posterior(strength, w, prior)
    for _ in range(MOST_STEPS):
        p = _probability(strength)
        slope = won - (n * p).sum(axis=1) - prior * strength
        step = np.linalg.solve(_curvature(p, n, prior), slope)
        strength, value, moved = _uphill(strength, step, value, w, prior)
        if moved < CLOSE_ENOUGH:
            break
    return strength


def _uphill(
    strength: Floats, step: Floats, value: float, w: Floats, prior: float
) -> tuple[Floats, float, float]:
    """Where the step leads, how likely that is, and how far it moved a strength.

    While it would lead down it is halved. The likelihood is concave, so that some length leads up
    unless the top is reached but for noise, by which a value may fall.
    """
    length, least = 1.0, value - NOISE * abs(value)
    while (reached := _log_posterior(strength + length * step, w, prior)) < least and length > CLOSE_ENOUGH:
        length /= 2
    return strength + length * step, reached, length * float(np.abs(step).max(initial=0.0))


def _curvature(p: Floats, n: Floats, prior: float) -> Floats:
    """Information of data and prior; without a prior, also on the mean of all, which is held at 0.

    That of the data is Fisher's: a weighted Laplacian of the graph of comparisons.
    """
    weight = n * p * p.T
    items = len(p)
    information = -weight + 1 / max(items, 1) if prior == 0 else -weight
    information.flat[:: items + 1] += weight.sum(axis=1) + prior
    return np.asarray(information)


def _probability(strength: Floats) -> Floats:
    """Probability that the item of the row wins against that of the column."""
    difference = np.clip(strength[:, None] - strength, -700, 700)
    return np.asarray(1 / (1 + np.exp(-difference)))


def _log_posterior(strength: Floats, w: Floats, prior: float) -> float:
    lead = strength - strength[:, None]
    # log(1 + exp(lead)), of which the exponential of a great lead would overflow
    lost = np.maximum(lead, 0.0) + np.log(1 + np.exp(-np.abs(lead)))
    return float(-(w * lost).sum() - prior / 2 * (strength**2).sum())


def next_pairs(wins: ArrayLike, k: int, barred: ArrayLike | None = None) -> Ints:
    r"""The pairs of which one more comparison is expected to tell most about the strengths.

    Parameters
    ----------
    wins : array_like, shape (items, items)
        How often the item of the row won against that of the column so far, a tie counting half to
        each; 0 on the diagonal.
    k : int
        How many different pairs, from 1 up to the number of pairs that are not barred.
    barred : array_like of bool, shape (items, items), optional
        Pairs that are not to be asked for, on either side of the diagonal.

    Returns
    -------
    ndarray of int, shape (k, 2)
        Positions of the two items, the smaller first; the most informative pair in the first row.

    Raises
    ------
    ValueError
        If `wins` is not as `bradley_terry` takes it, but for what is connected; if `barred` has
        another shape; if `k` is no whole number in its range.

    Notes
    -----
    As long as there are items, or groups of them, that were never compared with each other, a pair
    that joins two of them comes first: without it nothing can be said. Of the pairs in question the
    one with the greatest expected information
    :math:`\log(1 + p_{ij}(1 - p_{ij}) \operatorname{var}(\theta_i - \theta_j))` is chosen, the gain
    in the determinant of the information matrix [1]_; the variances are then lowered as one more
    comparison of that pair would lower them, and the next is chosen. The strengths :math:`\theta`
    here have a normal prior of mean 0 and standard deviation 2, so that there are estimates from the
    very beginning. Between pairs that are equally informative the order of the items decides.

    What is asked for adaptively makes the standard errors of `bradley_terry` somewhat too small.

    References
    ----------
    .. [1] M. E. Glickman and S. T. Jensen, "Adaptive paired comparison design", J. Statist. Plann.
       Inference 127(1-2), 279-293, 2005.

    Examples
    --------
    >>> next_pairs([[0, 1, 0], [1, 0, 0], [0, 0, 0]], 2)
    array([[0, 2],
           [1, 2]])
    """
    w = _as_wins(wins)
    free = _free(w.shape[0], barred)
    if as_count(k, "k", 1) > (pairs := int(free.sum())):
        msg = f"k must be at most {pairs}, the number of pairs, not {k}"
        raise ValueError(msg)
    strength = _climb(w, PRIOR_PRECISION)
    p = _probability(strength)
    weight: Floats = p * p.T
    covariance = np.linalg.inv(_curvature(p, w + w.T, PRIOR_PRECISION)).astype(np.float64)
    part = _part_of(w + w.T > 0)
    chosen = []
    for _ in range(k):
        i, j = _most_informative(free, part, weight, covariance)
        chosen.append((i, j))
        free[i, j] = False
        part[part == part[j]] = part[i]
        apart: Floats = covariance[:, i] - covariance[:, j]
        covariance -= np.outer(apart, apart) * weight[i, j] / (1 + weight[i, j] * (apart[i] - apart[j]))
    return np.array(chosen, dtype=np.int64)


def _free(items: int, barred: ArrayLike | None) -> Bools:
    free: Bools = np.triu(np.ones((items, items), dtype=np.bool_), 1)
    if barred is None:
        return free
    taken = np.asarray(barred, dtype=np.bool_)
    if taken.shape != free.shape:
        msg = f"barred must have the shape {free.shape}, not {taken.shape}"
        raise ValueError(msg)
    return np.asarray(free & ~(taken | taken.T))


def _part_of(compared: Bools) -> Ints:
    part = np.empty(compared.shape[0], dtype=np.int64)
    for number, members in enumerate(_parts(compared)):
        part[members] = number
    return part


def _most_informative(free: Bools, part: Ints, weight: Floats, covariance: Floats) -> tuple[int, int]:
    joining = free & (part[:, None] != part)
    allowed = joining if joining.any() else free
    variance = np.diagonal(covariance)[:, None] + np.diagonal(covariance) - 2 * covariance
    # rounded, so that the noise of the inverse does not decide between equals
    gain = np.where(allowed, np.round(weight * variance, 9), -np.inf)
    i, j = divmod(int(np.argmax(gain)), gain.shape[1])
    return i, j
