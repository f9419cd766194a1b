"""How far the experts of a panel agree with one another over all items."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from app.aggregation._arrays import Floats, Ints, as_floats, as_matrix
from app.aggregation._levels import counts_of, levels_of
from app.aggregation.ranking import mid_ranks

LEVELS = ("nominal", "ordinal", "interval", "ratio")
WEIGHTS = ("identity", "linear", "quadratic")

# Up to so many levels for every item mid-ranks are counted, not sorted.
MOST_LEVELS = 4

# Entries of the largest table of differences between two values that is held at a time.
MOST_DIFFERENCES = 2**22


@dataclass(frozen=True, slots=True)
class KendallW:
    """Concordance of a panel's rankings of the items.

    Attributes
    ----------
    w : float
        Kendall's coefficient, corrected for ties: 0 no concordance, 1 one and the same ranking.
    raters : int
        Experts whose answers it rests on.
    items : int
        Items ranked.
    chi2 : float
        Friedman's statistic, ``raters * (items - 1) * w``.
    df : int
        Its degrees of freedom, ``items - 1``.
    p_value : float
        Probability of a `chi2` as great if the rankings had nothing in common.
    left_out : int
        Experts left out: an answer is missing, or all their answers are equal.
    undecided : int
        Those among `left_out` who answered everything, and everything alike.
    """

    w: float
    raters: int
    items: int
    chi2: float
    df: int
    p_value: float
    left_out: int
    undecided: int


def kendall_w(ratings: ArrayLike) -> KendallW:
    r"""Kendall's coefficient of concordance, corrected for ties.

    Parameters
    ----------
    ratings : array_like, shape (experts, items)
        Ratings or ranks, one row per expert; nan where an expert gave no answer.

    Returns
    -------
    KendallW
        The coefficient with its test; nan where undefined.

    Raises
    ------
    ValueError
        If `ratings` is not two-dimensional or holds an infinite value.

    Notes
    -----
    With the mid-ranks :math:`r_{ji}` that expert :math:`j = 1..m` gives item :math:`i = 1..n`,

    .. math:: W = \frac{\sum_i (R_i - \bar R)^2}{m \sum_j SS_j}, \qquad
       R_i = \sum_j r_{ji}, \qquad SS_j = \sum_i \left(r_{ji} - \frac{n + 1}{2}\right)^2,

    which equals :math:`12 S / (m^2 (n^3 - n) - m \sum_j T_j)` of [1]_ and [2]_ without a sum over
    ties. The test refers :math:`m (n - 1) W` to :math:`\chi^2` with :math:`n - 1` degrees of
    freedom; it is rough for fewer than seven items or twenty experts [2]_, and in a large panel
    significant whatever `w` is.

    An expert with a missing answer is left out, since ranks of different sets of items cannot be
    added; so is one who rated everything alike and thereby ranked nothing. Both are counted.
    With fewer than two experts or two items left, `w`, `chi2` and `p_value` are nan. A panel that
    rates nearly everything high has a low `w` in spite of its agreement: show the shares beside it.

    References
    ----------
    .. [1] M. G. Kendall and B. Babington Smith, "The problem of m rankings", Ann. Math. Statist.
       10(3), 275-287, 1939.
    .. [2] P. Legendre, "Species associations: the Kendall coefficient of concordance revisited",
       J. Agric. Biol. Environ. Stat. 10(2), 226-245, 2005.

    Examples
    --------
    >>> import numpy as np
    >>> result = kendall_w([[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]])
    >>> round(result.w, 4), result.raters, result.df
    (0.1619, 3, 5)
    >>> result = kendall_w([[1, 2, 3], [2, 4, 9], [5, 5, 5], [1, np.nan, 2]])
    >>> result.w, result.raters, result.left_out, result.undecided
    (1.0, 2, 2, 1)
    """
    from scipy.special import chdtrc  # type: ignore[import-untyped]  # noqa: PLC0415 - loaded when it is needed

    r = as_matrix(ratings, "ratings")
    experts, items = r.shape
    answered = ~np.isnan(r)
    deviations = _doubled_deviations(r if answered.all() else r[answered.all(axis=1)])
    within = np.einsum("ei,ei->e", deviations, deviations)
    deciding = within > 0
    m, df = int(deciding.sum()), max(items - 1, 0)
    w = chi2 = p_value = np.nan
    if m > 1:
        w = float((deviations.sum(axis=0) ** 2).sum() / (m * within.sum()))
        chi2 = m * df * w
        p_value = float(chdtrc(df, chi2))
    return KendallW(
        w=w,
        raters=m,
        items=items,
        chi2=chi2,
        df=df,
        p_value=p_value,
        left_out=experts - m,
        undecided=int((~deciding).sum()),
    )


def _doubled_deviations(r: Floats) -> Floats:
    """Twice how far each item's mid-rank is from the middle: whole numbers, so that sums are exact."""
    experts, items = r.shape
    levels, place = levels_of(r)
    if levels.size > MOST_LEVELS * items:
        return np.asarray(2 * mid_ranks(r) - (items + 1))
    counts = counts_of(place, levels.size)
    # items below the level, less those above it
    deviation = 2 * counts.cumsum(axis=1) - counts - items
    place += levels.size * np.arange(experts)[:, None]
    return np.asarray(deviation.ravel().take(place), dtype=np.float64)


def krippendorff_alpha(ratings: ArrayLike, level: str = "ordinal") -> float:
    r"""Krippendorff's alpha: agreement among experts beyond what chance would give.

    Parameters
    ----------
    ratings : array_like, shape (experts, items)
        One row per expert (observer), one column per item (unit); nan where an answer is missing.
    level : {'ordinal', 'nominal', 'interval', 'ratio'}
        What differences between ratings mean.

    Returns
    -------
    float
        1 for perfect agreement, 0 for none beyond chance, negative for less than that; nan if no
        item has two answers, or if all answers that can be paired are equal: without variation
        there is nothing that chance could have got wrong.

    Raises
    ------
    ValueError
        If `ratings` is not two-dimensional or holds an infinite value, if `level` is none of those
        named, or if a rating on a ratio scale is negative.

    Notes
    -----
    An item with :math:`m_u \ge 2` answers has :math:`m_u (m_u - 1)` pairs of them; an item with one
    answer has none and is left out. With :math:`N` the answers that are left, :math:`n_{uk}` those
    of value :math:`k` to item :math:`u` and :math:`n_k` their sum over the items [1]_,

    .. math:: \alpha = 1 - \frac{D_o}{D_e}, \quad
       D_o = \frac1N \sum_u \sum_{k,l} \frac{n_{uk} n_{ul}}{m_u - 1} \delta^2_{kl}, \quad
       D_e = \frac{1}{N (N - 1)} \sum_{k,l} n_k n_l \delta^2_{kl},

    where :math:`\delta^2_{kl}` is :math:`[k \ne l]` (nominal), :math:`(k - l)^2` (interval),
    :math:`((k - l)/(k + l))^2` (ratio) and, for ordinal data, the squared difference between the
    mean places that :math:`k` and :math:`l` hold among all answers. Three of them come from sums of
    squares, without a table of all pairs of values.

    No expert is required to have answered everything. R's irr 0.84.1 gives other values for complete
    data with more than two experts, where it divides by 1 and not by :math:`m_u - 1`.

    References
    ----------
    .. [1] K. Krippendorff, "Content Analysis: An Introduction to Its Methodology", 3rd ed., Sage,
       2013, chapter 12; "Computing Krippendorff's alpha-reliability", Univ. of Pennsylvania, 2011.

    Examples
    --------
    >>> import numpy as np
    >>> panel = [[1, 2, 3, 3, 2, np.nan], [1, 2, 3, 3, 2, 5], [np.nan, 3, 3, 3, 2, 5]]
    >>> round(krippendorff_alpha(panel, "nominal"), 4), round(krippendorff_alpha(panel), 4)
    (0.8276, 0.8879)
    >>> krippendorff_alpha([[4, 4], [4, 4]])
    nan
    """
    r = as_matrix(ratings, "ratings")
    if level not in LEVELS:
        msg = f"level must be one of {', '.join(LEVELS)}, not {level!r}"
        raise ValueError(msg)
    if level == "ratio" and (r < 0).any():
        msg = f"ratings on a ratio scale must not be negative, as {r[r < 0][0]:g} is"
        raise ValueError(msg)
    m = r.shape[0] - np.isnan(r).sum(axis=0)
    paired = m > 1
    if not paired.all():
        r, m = r[:, paired], m[paired]
    levels, place = levels_of(r)
    n = np.bincount(place.ravel(), minlength=levels.size)[: levels.size]
    if (n > 0).sum() < 2:  # noqa: PLR2004 - a difference takes two
        return float("nan")
    if level == "nominal":
        observed, expected = _nominal_differences(counts_of(place.T, levels.size), n)
    elif level == "ratio":
        observed, expected = _ratio_differences(counts_of(place.T, levels.size), levels, n)
    else:
        # mean places are counted from the middle of the first level: only differences matter
        value = levels if level == "interval" else n.cumsum() - n / 2
        observed, expected = _squared_differences(place, m, value, n)
    return float(1 - observed * (n.sum() - 1) / expected)


def _squared_differences(place: Ints, m: Ints, value: Floats, n: Ints) -> tuple[float, float]:
    """Sums over pairs within items, each by ``m_u - 1``, and over all pairs, from sums of squares."""
    value = value - n @ value / n.sum()
    x = np.append(value, 0.0).take(place)  # who gave no answer adds nothing
    total, squares = x.sum(axis=0), np.einsum("ei,ei->i", x, x)
    within = 2 * (m * squares - total**2) / (m - 1)
    return float(within.sum()), float(2 * (n.sum() * squares.sum() - total.sum() ** 2))


def _nominal_differences(counts: Ints, n: Ints) -> tuple[float, float]:
    m = counts.sum(axis=1)
    within = (m**2 - (counts**2).sum(axis=1)) / (m - 1)
    return float(within.sum()), float(n.sum() ** 2 - (n**2).sum())


def _ratio_differences(counts: Ints, levels: Floats, n: Ints) -> tuple[float, float]:
    m = counts.sum(axis=1)
    within = expected = 0.0
    width = max(1, MOST_DIFFERENCES // levels.size)
    for start in range(0, levels.size, width):
        part = levels[start : start + width]
        span = levels[:, None] + part
        delta = ((levels[:, None] - part) / np.where(span > 0, span, 1.0)) ** 2
        within += float(((counts @ delta) * counts[:, start : start + width] / (m - 1)[:, None]).sum())
        expected += float(n @ delta @ n[start : start + width])
    return within, expected


def gwet_ac2(ratings: ArrayLike, weights: str = "quadratic", categories: ArrayLike | None = None) -> float:
    r"""Gwet's chance-corrected agreement coefficient, AC1 for identity weights and AC2 for others.

    Parameters
    ----------
    ratings : array_like, shape (experts, items)
        One row per expert, one column per item; nan where an answer is missing.
    weights : {'quadratic', 'linear', 'identity'}
        How much two different ratings agree. ``'identity'`` makes the coefficient AC1.
    categories : array_like, optional
        All points of the scale. By default those that occur, as in the published packages; a scale
        with unused points should be given, since chance agreement depends on how many there are.

    Returns
    -------
    float
        1 for perfect agreement, 0 for none beyond chance; nan if no item has two answers or the
        scale has fewer than two categories.

    Raises
    ------
    ValueError
        If `ratings` is not two-dimensional or holds an infinite value, if `weights` is none of those
        named, or if `categories` is no list of different numbers or lacks a rating that occurs.

    Notes
    -----
    With :math:`r_{ik}` of the :math:`r_i` answers to item :math:`i` in category :math:`k` of
    :math:`K`, the weights :math:`w_{kl}` being :math:`[k = l]`, or :math:`1 - |k - l|/d`, or
    :math:`1 - (k - l)^2/d^2` with the width :math:`d` of the scale, and
    :math:`r^*_{ik} = \sum_l w_{kl} r_{il}` [1]_ [2]_,

    .. math:: \frac{p_a - p_e}{1 - p_e}, \quad
       p_a = \operatorname{mean}_{i: r_i \ge 2} \sum_k \frac{r_{ik}(r^*_{ik} - 1)}{r_i (r_i - 1)}, \quad
       p_e = \frac{\sum_{k,l} w_{kl}}{K (K - 1)} \sum_k \pi_k (1 - \pi_k),

    where :math:`\pi_k` is the mean of :math:`r_{ik}/r_i` over the items with an answer. Unlike
    alpha, the coefficient is defined, and 1, where everybody gave one answer on a scale that has
    others: it was made for panels that nearly all answer alike.

    References
    ----------
    .. [1] K. L. Gwet, "Computing inter-rater reliability and its variance in the presence of high
       agreement", Br. J. Math. Stat. Psychol. 61(1), 29-48, 2008.
    .. [2] K. L. Gwet, "Handbook of Inter-Rater Reliability", 4th ed., Advanced Analytics, 2014,
       chapters 2 to 4.

    Examples
    --------
    >>> panel = [[1, 2, 3, 3, 2], [1, 2, 3, 3, 1], [2, 2, 3, 3, 2]]
    >>> round(gwet_ac2(panel, "identity"), 4), round(gwet_ac2(panel), 4)
    (0.6078, 0.8148)
    >>> round(gwet_ac2(panel, categories=range(1, 10)), 4)
    0.9903
    """
    r = as_matrix(ratings, "ratings")
    if weights not in WEIGHTS:
        msg = f"weights must be one of {', '.join(WEIGHTS)}, not {weights!r}"
        raise ValueError(msg)
    answered = ~np.isnan(r)
    scale = _as_categories(categories, r[answered])
    answers = answered.sum(axis=0)
    if scale.size < 2 or not (answers > 1).any():  # noqa: PLR2004 - a pair
        return float("nan")
    counts = np.array([(r == category).sum(axis=0) for category in scale], dtype=np.float64).T
    distance = np.abs(scale[:, None] - scale) / (scale[-1] - scale[0])
    w = {"identity": (distance == 0) * 1.0, "linear": 1 - distance, "quadratic": 1 - distance**2}[weights]
    paired, n = counts[answers > 1], answers[answers > 1]
    p_a = ((paired * (paired @ w - 1)).sum(axis=1) / (n * (n - 1))).mean()
    pi = (counts[answers > 0] / answers[answers > 0, None]).mean(axis=0)
    p_e = w.sum() / (scale.size * (scale.size - 1)) * (pi * (1 - pi)).sum()
    return float((p_a - p_e) / (1 - p_e))


def _as_categories(categories: ArrayLike | None, answers: Floats) -> Floats:
    if categories is None:
        return np.unique(answers)
    given = as_floats(categories, "categories")
    scale = np.unique(given)
    if given.ndim != 1 or np.isnan(given).any() or scale.size < given.size:
        msg = "categories must be a list of different numbers, none of them nan"
        raise ValueError(msg)
    off = ~np.isin(answers, scale)
    if off.any():
        msg = f"categories must hold every rating that occurs, also {answers[off][0]:g}"
        raise ValueError(msg)
    return scale
