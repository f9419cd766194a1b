"""How far the experts of a panel agree with one another over all items."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from app.aggregation._arrays import as_matrix
from app.aggregation.ranking import mid_ranks


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
    complete = ~np.isnan(r).any(axis=1)
    # Twice the distance from the middle rank: a whole number, so that sums of it are exact.
    deviations = 2 * mid_ranks(r[complete]) - (items + 1)
    within = (deviations**2).sum(axis=1)
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
