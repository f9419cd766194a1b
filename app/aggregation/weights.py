"""Weights of criteria, from what people say about their importance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from app.aggregation._arrays import Floats, as_count, as_floats
from app.aggregation.ranking import mid_ranks

# Saaty's mean consistency index of random matrices of order 3 to 15 (1980).
RANDOM_INDEX = dict(
    enumerate((0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59), start=3)
)

# Published matrices write 1/3 as .33 and 1/8 as .13: so far from 1 the product of the two may be.
RECIPROCITY = 0.05


def points(allocations: ArrayLike) -> Floats:
    r"""Weights from points divided among the criteria.

    Parameters
    ----------
    allocations : array_like, shape (experts, criteria) or (criteria,)
        Points that each expert gave to each criterion, usually 100 in all; nan if missing.

    Returns
    -------
    ndarray, shape (criteria,)
        Weights that sum to 1: the mean of the experts' own. nan if no expert has given points to
        every criterion.

    Raises
    ------
    ValueError
        If `allocations` has another number of axes, a negative or infinite entry, or an expert who
        gave all criteria 0.

    Notes
    -----
    :math:`w_c = \frac{1}{E} \sum_e a_{ec} / \sum_k a_{ek}`: every expert counts the same, whether
    they divided 100 points or 10 [1]_. An expert who left a criterion out is left out, since what
    they would have given it comes off the others.

    References
    ----------
    .. [1] D. von Winterfeldt and W. Edwards, "Decision Analysis and Behavioral Research", Cambridge,
       1986, section 8.2.

    Examples
    --------
    >>> points([50, 30, 20])
    array([0.5, 0.3, 0.2])
    >>> points([[50, 30, 20], [10, 80, 10]])
    array([0.3 , 0.55, 0.15])
    """
    return _mean_of_shares(allocations, "allocations")


def swing(ratings: ArrayLike) -> Floats:
    r"""Weights from swings: what it is worth to go from the worst to the best on each criterion.

    Parameters
    ----------
    ratings : array_like, shape (experts, criteria) or (criteria,)
        Worth of each swing next to the greatest one, which usually has 100; nan if missing.

    Returns
    -------
    ndarray, shape (criteria,)
        Weights that sum to 1: the mean of the experts' own. nan if no expert has rated every swing.

    Raises
    ------
    ValueError
        If `ratings` has another number of axes, a negative or infinite entry, or an expert who gave
        all swings 0.

    Notes
    -----
    :math:`w_c = \frac{1}{E} \sum_e s_{ec} / \sum_k s_{ek}` [1]_. Unlike points, the numbers an expert
    gives need not sum to anything; that the greatest is 100 is a convention, which the division
    makes immaterial. An expert who left a swing out is left out.

    References
    ----------
    .. [1] D. von Winterfeldt and W. Edwards, "Decision Analysis and Behavioral Research", Cambridge,
       1986, section 8.2.

    Examples
    --------
    >>> swing([100, 60, 40])
    array([0.5, 0.3, 0.2])
    """
    return _mean_of_shares(ratings, "ratings")


def rank_order_centroid(order: ArrayLike) -> Floats:
    r"""Weights from nothing but the order of importance of the criteria.

    Parameters
    ----------
    order : array_like, shape (experts, criteria) or (criteria,)
        Rank of each criterion, the smallest number for the most important one; equal numbers are
        ties; nan if missing. Only the order of the numbers counts.

    Returns
    -------
    ndarray, shape (criteria,)
        Weights that sum to 1: the mean of the experts' own. nan if no expert has ranked every
        criterion.

    Raises
    ------
    ValueError
        If `order` has another number of axes or holds an infinite value.

    Notes
    -----
    Of :math:`C` criteria the one of rank :math:`k` weighs :math:`w_k = \frac1C \sum_{i=k}^C \frac1i`
    [1]_: the mean of all weights that have this order. Tied criteria share the weights of their
    places. An expert who left a criterion unranked is left out.

    References
    ----------
    .. [1] F. H. Barron and B. E. Barrett, "Decision quality using ranked attribute weights",
       Management Science 42(11), 1515-1523, 1996, equation (3).

    Examples
    --------
    >>> rank_order_centroid([1, 2, 3, 4]).round(4)
    array([0.5208, 0.2708, 0.1458, 0.0625])
    >>> rank_order_centroid([2, 1, 2]).round(4)
    array([0.1944, 0.6111, 0.1944])
    """
    ranks = _as_judgements(order, "order")
    criteria = ranks.shape[1]
    complete = ~np.isnan(ranks).any(axis=1)
    # the weight of the places before a rank, at whole ranks; a tie spans first to last place
    centroid = np.cumsum(1 / np.arange(criteria, 0, -1))[::-1] / criteria if criteria else np.empty(0)
    before = np.append(0.0, np.cumsum(centroid))
    ranks = ranks[complete]
    tied = (ranks[:, :, None] == ranks[:, None, :]).sum(axis=2)
    first = np.rint(mid_ranks(ranks) - (tied - 1) / 2).astype(np.int64) - 1
    return _mean((before[first + tied] - before[first]) / tied, criteria)


def _as_judgements(values: ArrayLike, name: str) -> Floats:
    array = as_floats(values, name)
    if array.ndim not in (1, 2):
        msg = f"{name} must have the axes (experts, criteria) or (criteria,), not the shape {array.shape}"
        raise ValueError(msg)
    return np.atleast_2d(array)


def _mean_of_shares(values: ArrayLike, name: str) -> Floats:
    array = _as_judgements(values, name)
    if (array < 0).any():
        msg = f"{name} must be numbers from 0 upwards, not {array[array < 0][0]:g}"
        raise ValueError(msg)
    given = array[~np.isnan(array).any(axis=1)]
    sums = given.sum(axis=1, keepdims=True)
    if given.size and not sums.all():
        msg = f"{name} must not all be zero for an expert"
        raise ValueError(msg)
    return _mean(given / sums, array.shape[1])


def _mean(weights: Floats, criteria: int) -> Floats:
    return np.asarray(weights.mean(axis=0)) if len(weights) else np.full(criteria, np.nan)


@dataclass(frozen=True, slots=True, eq=False)
class AhpWeights:
    """Weights from comparisons of all pairs of criteria.

    Attributes
    ----------
    weights : ndarray, shape (criteria,)
        Principal eigenvector, scaled to sum 1.
    lambda_max : float
        Principal eigenvalue; the number of criteria if the comparisons are consistent, else more.
    consistency_ratio : float
        Consistency index as part of that of random comparisons; above .10 the comparisons should be
        looked at again. nan below three criteria, which cannot contradict each other, and above
        fifteen, for which Saaty gave no random index.
    """

    weights: Floats
    lambda_max: float
    consistency_ratio: float


def ahp(pairwise: ArrayLike) -> AhpWeights:
    r"""Weights from comparisons of all pairs of criteria, by the analytic hierarchy process.

    Parameters
    ----------
    pairwise : array_like, shape (criteria, criteria) or (experts, criteria, criteria)
        How many times as important the criterion of the row is as that of the column; usually from
        1/9 to 9. Of several experts the element-wise geometric mean is taken.

    Returns
    -------
    AhpWeights
        Weights, and how consistent the comparisons are.

    Raises
    ------
    ValueError
        If `pairwise` is no square matrix or several, has an entry that is nan, infinite or not above
        0, has another diagonal than 1, or if two entries are not the reciprocals of each other to
        within 5 per cent, as rounding leaves them.

    Notes
    -----
    The weights are the principal eigenvector, :math:`A w = \lambda_{max} w` [1]_; the consistency
    ratio is :math:`CI / RI` with :math:`CI = (\lambda_{max} - n) / (n - 1)` and Saaty's random index
    :math:`RI`: .58, .90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49 for 3 to 10 criteria. Other authors'
    random indices differ in the second digit, and so do their ratios. The geometric mean of experts
    is the one that keeps reciprocals [2]_.

    References
    ----------
    .. [1] T. L. Saaty, "The Analytic Hierarchy Process", McGraw-Hill, 1980, chapter 3.
    .. [2] E. Forman and K. Peniwati, "Aggregating individual judgments and priorities with the
       analytic hierarchy process", Eur. J. Oper. Res. 108(1), 165-169, 1998.

    Examples
    --------
    >>> result = ahp([[1, 3, 5], [1 / 3, 1, 3], [1 / 5, 1 / 3, 1]])
    >>> result.weights.round(3), round(result.lambda_max, 3), round(result.consistency_ratio, 3)
    (array([0.637, 0.258, 0.105]), 3.039, 0.033)
    """
    a = as_floats(pairwise, "pairwise")
    if a.ndim not in (2, 3) or a.shape[-1] != a.shape[-2] or a.size == 0:
        msg = f"pairwise must be a square matrix, or one per expert, not of the shape {a.shape}"
        raise ValueError(msg)
    if np.isnan(a).any() or (a <= 0).any():
        msg = "pairwise must be numbers above 0, none of them nan"
        raise ValueError(msg)
    product = a * a.swapaxes(-1, -2)
    if (np.abs(product - 1) > RECIPROCITY).any() or (np.diagonal(a, axis1=-2, axis2=-1) != 1).any():
        msg = "pairwise must have 1 on the diagonal and reciprocals on its two sides"
        raise ValueError(msg)
    if a.ndim == 3:  # noqa: PLR2004 - experts, criteria, criteria
        a = np.exp(np.log(a).mean(axis=0))
    n = a.shape[0]
    values, vectors = np.linalg.eig(a)
    principal = int(np.argmax(values.real))
    weights = np.abs(vectors[:, principal].real)
    # in exact arithmetic never below n, unless rounded reciprocals make it so
    lambda_max = float(values[principal].real)
    index = max(lambda_max - n, 0.0) / max(n - 1, 1)
    return AhpWeights(weights / weights.sum(), lambda_max, float(index / RANDOM_INDEX.get(n, np.nan)))


@dataclass(frozen=True, slots=True, eq=False)
class BwmWeights:
    """Weights from comparisons with the best and the worst criterion.

    Attributes
    ----------
    weights : ndarray, shape (criteria,)
        Weights, which sum to 1.
    xi : float
        Greatest deviation from a comparison, in units of weight; 0 if the comparisons are consistent.
    """

    weights: Floats
    xi: float


def best_worst(best_to_others: ArrayLike, others_to_worst: ArrayLike, best: int, worst: int) -> BwmWeights:
    r"""Weights from comparisons with the best and the worst criterion: the linear best-worst method.

    Parameters
    ----------
    best_to_others : array_like, shape (criteria,)
        How many times as important the best criterion is as each, from 1 to 9; 1 for itself.
    others_to_worst : array_like, shape (criteria,)
        How many times as important each criterion is as the worst; 1 for the worst itself.
    best, worst : int
        Positions of the two, from 0.

    Returns
    -------
    BwmWeights
        Weights, and the greatest deviation from what was said.

    Raises
    ------
    ValueError
        If the two lists differ in length or hold a number below 1, nan or infinite, if `best` or
        `worst` is no position in them or both are the same one, if the best is not 1 times itself
        or the worst not 1 times itself, or if the best to the worst is not the same in both lists.

    Notes
    -----
    The weights minimise :math:`\xi` under :math:`|w_B - a_{Bj} w_j| \le \xi`,
    :math:`|w_j - a_{jW} w_W| \le \xi`, :math:`\sum_j w_j = 1` and :math:`w_j \ge 0`, a linear program
    with one solution [1]_. It is not the nonlinear model of [2]_, which bounds the deviations of the
    ratios :math:`w_B / w_j` and may have many solutions: weights printed for that model differ, and
    its consistency index does not apply to this :math:`\xi`. A single criterion has the weight 1.

    References
    ----------
    .. [1] J. Rezaei, "Best-worst multi-criteria decision-making method: Some properties and a linear
       model", Omega 64, 126-130, 2016, model (5).
    .. [2] J. Rezaei, "Best-worst multi-criteria decision-making method", Omega 53, 49-57, 2015.

    Examples
    --------
    >>> result = best_worst([8, 2, 1], [1, 5, 8], best=2, worst=0)
    >>> result.weights.round(4), round(result.xi, 4)
    (array([0.0714, 0.3214, 0.6071]), 0.0357)
    """
    from scipy.optimize import linprog  # type: ignore[import-untyped]  # noqa: PLC0415 - loaded when it is needed

    a_b, a_w = as_floats(best_to_others, "best_to_others"), as_floats(others_to_worst, "others_to_worst")
    _check_comparisons(a_b, a_w, best, worst)
    n = a_b.size
    one = np.eye(n)
    deviations = np.concatenate([one[best] - a_b[:, None] * one, one - a_w[:, None] * one[worst]])
    at_most_xi = np.column_stack([np.concatenate([deviations, -deviations]), -np.ones(4 * n)])
    result = linprog(
        np.append(np.zeros(n), 1.0),
        A_ub=at_most_xi,
        b_ub=np.zeros(4 * n),
        A_eq=[np.append(np.ones(n), 0.0)],
        b_eq=[1.0],
    )
    weights = np.maximum(result.x[:n], 0.0)
    return BwmWeights(weights / weights.sum(), max(float(result.x[n]), 0.0))


def _check_comparisons(a_b: Floats, a_w: Floats, best: int, worst: int) -> None:
    for array, name in ((a_b, "best_to_others"), (a_w, "others_to_worst")):
        if array.ndim != 1 or array.shape != a_b.shape or array.size == 0:
            msg = f"{name} must hold one number per criterion, not have the shape {array.shape}"
            raise ValueError(msg)
        if not (array >= 1).all():
            msg = f"{name} must be numbers from 1 upwards, none of them nan"
            raise ValueError(msg)
    for place, name in ((best, "best"), (worst, "worst")):
        if as_count(place, name, 0) >= a_b.size:
            msg = f"{name} must be a position from 0 to {a_b.size - 1}, not {place}"
            raise ValueError(msg)
    if best == worst and a_b.size > 1:
        msg = f"best and worst must be two criteria, not both {best}"
        raise ValueError(msg)
    if a_b[best] != 1 or a_w[worst] != 1:
        msg = "best_to_others must be 1 for the best itself, others_to_worst 1 for the worst itself"
        raise ValueError(msg)
    if a_b[worst] != a_w[best]:
        msg = "best_to_others and others_to_worst must say the same of the best and the worst: "
        raise ValueError(msg + f"{a_b[worst]:g} and {a_w[best]:g}")
