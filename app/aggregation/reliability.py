"""Intraclass correlations: how much of the variation of ratings lies between the items."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from app.aggregation._arrays import Floats, as_matrix, quotient

# Sums of squares below this part of the total are the rounding of a zero.
NOISE = 1e-13

TAIL = 0.025


@dataclass(frozen=True, slots=True)
class Icc:
    """One form of the intraclass correlation, with its test against 0; nan where undefined.

    Attributes
    ----------
    value : float
        The correlation; it may be negative.
    f : float
        F statistic of the hypothesis that the items do not differ; infinite without any error.
    df1, df2 : int
        Its degrees of freedom.
    p_value : float
        Probability of so great an `f` under the hypothesis.
    ci95 : tuple of float
        Confidence interval (low, high) of 95 per cent.
    raters, items : int
        Experts, and items that all of them rated, on which it rests.
    """

    value: float
    f: float
    df1: int
    df2: int
    p_value: float
    ci95: tuple[float, float]
    raters: int
    items: int


def icc(ratings: ArrayLike) -> Mapping[str, Icc]:
    r"""Intraclass correlations of a panel, all six forms.

    Parameters
    ----------
    ratings : array_like, shape (experts, items)
        One row per expert (rater), one column per item (target); nan where an answer is missing.
        Tables of targets by judges, as they are usually printed, have to be transposed.

    Returns
    -------
    mapping of str to Icc
        ``'ICC1'`` (one-way), ``'ICCA1'`` (two-way, absolute agreement) and ``'ICCC1'`` (two-way,
        consistency) of one expert's rating; ``'ICC1k'``, ``'ICCAk'``, ``'ICCCk'`` of the mean of
        all. Read-only.

    Raises
    ------
    ValueError
        If `ratings` is not two-dimensional or holds an infinite value.

    Notes
    -----
    With :math:`k` experts, :math:`n` items and the mean squares between items (:math:`MS_R`), within
    items (:math:`MS_W`), between experts (:math:`MS_C`) and of the rest (:math:`MS_E`) [1]_ [2]_,

    .. math:: ICC(1) = \frac{MS_R - MS_W}{MS_R + (k-1) MS_W}, \quad
       ICC(C,1) = \frac{MS_R - MS_E}{MS_R + (k-1) MS_E},

    .. math:: ICC(A,1) = \frac{MS_R - MS_E}{MS_R + (k-1) MS_E + \frac kn (MS_C - MS_E)}, \quad
       ICC(A,k) = \frac{MS_R - MS_E}{MS_R + (MS_C - MS_E)/n},

    :math:`ICC(1,k) = 1 - MS_W/MS_R` and :math:`ICC(C,k) = 1 - MS_E/MS_R`. They are Shrout and
    Fleiss's (1,1), (2,1), (3,1) and (1,k), (2,k), (3,k): ``ICCA1`` is theirs of random judges. The
    intervals are those of tables 7 and 8 of [2]_, exact but for the A forms, which rest on
    Satterthwaite's degrees of freedom and agree with each other by the Spearman-Brown formula.

    An item that lacks an answer is left out. With fewer than two experts or two items left, or
    where nothing varies, everything is nan; a coefficient whose own denominator is not positive is
    nan alone.
    Without any error (:math:`MS_E = 0`) `f` is infinite, p is 0, and a value of 1 has the interval
    (1, 1). Where Satterthwaite's approximation fails, as it does for correlations far below 0, the
    interval of the A forms is nan.

    References
    ----------
    .. [1] P. E. Shrout and J. L. Fleiss, "Intraclass correlations: uses in assessing rater
       reliability", Psychol. Bull. 86(2), 420-428, 1979.
    .. [2] K. O. McGraw and S. P. Wong, "Forming inferences about some intraclass correlation
       coefficients", Psychol. Methods 1(1), 30-46, 1996, tables 4, 7 and 8.

    Examples
    --------
    >>> judges = [[9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7]]
    >>> {form: round(one.value, 2) for form, one in icc(judges).items()}
    {'ICC1': 0.17, 'ICCA1': 0.29, 'ICCC1': 0.71, 'ICC1k': 0.44, 'ICCAk': 0.62, 'ICCCk': 0.91}
    >>> [round(end, 2) for end in icc(judges)["ICCA1"].ci95]
    [0.02, 0.76]
    """
    r = as_matrix(ratings, "ratings")
    r = r[:, ~np.isnan(r).any(axis=0)]
    k, n = r.shape
    ms_r, ms_w, ms_c, ms_e = _mean_squares(r)
    df1, within, rest = max(n - 1, 0), max(n * (k - 1), 0), max((n - 1) * (k - 1), 0)
    one_way, two_way = _f_ratio(ms_r, ms_w), _f_ratio(ms_r, ms_e)
    at_one_way = _limits(one_way, df1, within)
    at_two_way = _limits(two_way, df1, rest)
    absolute = _agreement(ms_r, ms_c, ms_e, k, n)
    found = {
        "ICC1": _form([_single(f, k) for f in at_one_way], one_way, df1, within, r.shape),
        "ICCA1": _form(absolute[0], two_way, df1, rest, r.shape),
        "ICCC1": _form([_single(f, k) for f in at_two_way], two_way, df1, rest, r.shape),
        "ICC1k": _form([_average(f) for f in at_one_way], one_way, df1, within, r.shape),
        "ICCAk": _form(absolute[1], two_way, df1, rest, r.shape),
        "ICCCk": _form([_average(f) for f in at_two_way], two_way, df1, rest, r.shape),
    }
    return MappingProxyType(found)


def _mean_squares(r: Floats) -> Floats:
    """Mean squares between items, within items, between experts, and of the rest."""
    k, n = r.shape
    if r.size == 0 or min(k, n) < 2:  # noqa: PLR2004 - a comparison takes two
        return np.full(4, np.nan)
    # Measured from the least rating and times k n, whole-number ratings keep every sum exact.
    r = r - r.min()
    correction = r.sum() ** 2
    total = k * n * (r**2).sum() - correction
    rows = n * (r.sum(axis=0) ** 2).sum() - correction
    columns = k * (r.sum(axis=1) ** 2).sum() - correction
    squares = np.array([rows, total - rows, columns, total - rows - columns]) / (k * n)
    squares[squares < NOISE * total / (k * n)] = 0.0
    return np.asarray(squares / [n - 1, n * (k - 1), k - 1, (n - 1) * (k - 1)])


def _f_ratio(ms_r: float, error: float) -> float:
    if error == 0 and ms_r > 0:
        return float("inf")
    return float(quotient(ms_r, error))


def _quantiles(df1: float, df2: float) -> tuple[float, float]:
    """Upper quantiles of F(df1, df2) and of F(df2, df1), by which a ratio is divided or multiplied."""
    from scipy.special import fdtri  # type: ignore[import-untyped]  # noqa: PLC0415 - loaded when it is needed

    return float(fdtri(df1, df2, 1 - TAIL)), float(fdtri(df2, df1, 1 - TAIL))


def _limits(f: float, df1: int, df2: int) -> tuple[float, float, float]:
    """F statistic and the ends of the interval of the ratio that it estimates."""
    if np.isnan(f):
        return f, f, f
    down, up = _quantiles(df1, df2)
    return f, f / down, f * up


def _single(f: float, k: int) -> float:
    return 1.0 if np.isinf(f) else float(quotient(f - 1, f + k - 1))


def _average(f: float) -> float:
    return float(1 - quotient(1.0, f))


def _agreement(ms_r: float, ms_c: float, ms_e: float, k: int, n: int) -> tuple[list[float], list[float]]:
    """Value and interval of the A forms, of one rating and of the mean of all."""
    if ms_e == ms_c == 0 < ms_r:
        return [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]
    # McGraw and Wong's a and b are the same for both forms, each with its own correlation put in.
    a = quotient(ms_r - ms_e, ms_c + (n - 1) * ms_e)
    b = 1 + (n - 1) * a
    parts = np.array([a * ms_c, b * ms_e])
    v = quotient(parts.sum() ** 2, (parts**2 / [max(k - 1, 1), max((n - 1) * (k - 1), 1)]).sum())
    down, up = _quantiles(n - 1, float(v)) if v > 0 else (np.nan, np.nan)
    # far below 0 the approximation fails: an interval that leaves out its own value is none
    if not (1 <= down < np.inf and 1 <= up < np.inf):
        down = up = np.nan
    factors = np.array([1.0, down, 1 / up])
    above_line = n * (ms_r - factors * ms_e)
    # a variance estimated as 0 or less is no denominator
    single = quotient(above_line, np.maximum(factors * (k * ms_c + (k * n - k - n) * ms_e) + n * ms_r, 0))
    average = quotient(above_line, np.maximum(factors * (ms_c - ms_e) + n * ms_r, 0))
    return single.tolist(), average.tolist()


def _form(values: list[float], f: float, df1: int, df2: int, shape: tuple[int, ...]) -> Icc:
    from scipy.special import fdtrc  # noqa: PLC0415 - loaded when it is needed

    value, low, high = values
    p = float(fdtrc(df1, df2, f)) if not np.isnan(f) else np.nan
    return Icc(value, f, df1, df2, p, (low, high), raters=shape[0], items=shape[1])
