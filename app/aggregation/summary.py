"""What a panel answered on each item: location, spread and histogram."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from app.aggregation._arrays import Floats, Ints, as_band, as_matrix, quotient
from app.aggregation._quantiles import histogram, quantile_of_counts, quantile_of_sorted

# Longer or continuous scales are summarised from the sorted answers instead.
MOST_POINTS = 11


@dataclass(frozen=True, slots=True, eq=False)
class Summary:
    """Description of the answers to each item; every array has the shape (items,) but ``counts``.

    Attributes
    ----------
    n : ndarray of int
        Experts who answered.
    counts : ndarray of int, shape (items, points), or None
        Answers at each point of the scale, lowest point first; None unless the scale has at most
        eleven whole points and every answer is one of them.
    median, q1, q3 : ndarray
        Quantiles by Hyndman and Fan's type 7; nan if nobody answered.
    iqr : ndarray
        ``q3 - q1``; nan with fewer than two answers.
    mean : ndarray
        Arithmetic mean; nan if nobody answered.
    sd : ndarray
        Standard deviation with divisor ``n - 1``; nan with fewer than two answers.
    cv : ndarray
        Coefficient of variation ``sd / mean``; nan where either is undefined or the mean is 0.
    minimum, maximum : ndarray
        Extreme answers; nan if nobody answered.
    """

    n: Ints
    counts: Ints | None
    median: Floats
    q1: Floats
    q3: Floats
    iqr: Floats
    mean: Floats
    sd: Floats
    cv: Floats
    minimum: Floats
    maximum: Floats


def summarise(ratings: ArrayLike, low: float, high: float) -> Summary:
    r"""Describe the answers to each item.

    Parameters
    ----------
    ratings : array_like, shape (experts, items)
        One row per expert, one column per item; nan where an expert gave no answer.
    low, high : float
        The ends of the scale, ``low`` below ``high``.

    Returns
    -------
    Summary
        Arrays of the shape (items,), and the histogram.

    Raises
    ------
    ValueError
        If `ratings` is not two-dimensional, holds an infinite value or an answer off the scale, or
        if `low` is not below `high`.

    Notes
    -----
    Quantiles are of type 7 [1]_, the default of numpy and R: with the answers in order,
    :math:`x_{(1)} \le \dots \le x_{(n)}`, and :math:`h = (n - 1) p`,

    .. math:: Q(p) = x_{(\lfloor h \rfloor + 1)}
       + (h - \lfloor h \rfloor)(x_{(\lfloor h \rfloor + 2)} - x_{(\lfloor h \rfloor + 1)}).

    On a scale of at most eleven whole points all figures come from the histogram, in whole numbers
    until the last division, so that they are the same on every machine.

    An item without an answer has ``n == 0`` and nan elsewhere. One answer has a location but no
    spread: `iqr`, `sd` and `cv` are nan. Equal answers have the spread 0. The coefficient of
    variation has a meaning on a ratio scale only; on a scale from 1 to 9 it punishes low means.

    References
    ----------
    .. [1] R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages", The American
       Statistician 50(4), 361-365, 1996, definition 7.

    Examples
    --------
    >>> import numpy as np
    >>> panel = [[7, 1, np.nan], [8, 9, np.nan], [8, np.nan, 4], [9, np.nan, np.nan]]
    >>> result = summarise(panel, 1, 9)
    >>> result.n
    array([4, 2, 1])
    >>> result.median
    array([8., 5., 4.])
    >>> result.iqr
    array([0.5, 4. , nan])
    >>> result.counts[0]
    array([0, 0, 0, 0, 0, 0, 1, 2, 1])
    """
    r = as_matrix(ratings, "ratings")
    low, high = as_band(low, high, ("low", "high"))
    if low == high:
        msg = f"low must be below high: a scale of one point, {low:g}, measures nothing"
        raise ValueError(msg)
    off = (r < low) | (r > high)
    if off.any():
        msg = f"ratings must lie on the scale from {low:g} to {high:g}; found {r[off][0]:g}"
        raise ValueError(msg)
    whole = low.is_integer() and high.is_integer() and high - low < MOST_POINTS
    if whole and not (r % 1 > 0).any():
        return _from_counts(histogram(r, low, int(high - low) + 1), low)
    return describe(r)


def describe(r: Floats) -> Summary:
    """Describe answers on whatever scale, without a histogram."""
    ordered = np.sort(r, axis=0)
    n = r.shape[0] - np.isnan(r).sum(axis=0)
    quartiles = [quantile_of_sorted(ordered, n, percent) for percent in (0, 25, 50, 75, 100)]
    minimum, maximum = quartiles.pop(0), quartiles.pop()
    # a mean of equal answers is that answer, whatever the rounding of their sum
    mean = np.clip(quotient(np.nansum(r, axis=0), n), minimum, maximum)
    squares = np.nansum((r - mean) ** 2, axis=0)
    sd = np.sqrt(quotient(squares, np.maximum(n - 1, 0)))
    return _summary(n=n, counts=None, quartiles=quartiles, mean=mean, sd=sd, minimum=minimum, maximum=maximum)


def _from_counts(counts: Ints, low: float) -> Summary:
    n = counts.sum(axis=1)
    step = np.arange(counts.shape[1])
    total = counts @ step
    # n times the sum of squares about the mean, still a whole number
    squares = n * (counts @ step**2) - total**2
    answered = np.where(n > 0, 0.0, np.nan)
    return _summary(
        n=n,
        counts=counts,
        quartiles=[quantile_of_counts(counts, low, percent) for percent in (25, 50, 75)],
        mean=quotient(n * low + total, n),
        sd=np.sqrt(quotient(squares, n * np.maximum(n - 1, 0))),
        minimum=low + (counts > 0).argmax(axis=1) + answered,
        maximum=low + step[-1] - (counts[:, ::-1] > 0).argmax(axis=1) + answered,
    )


def _summary(
    *,
    n: Ints,
    counts: Ints | None,
    quartiles: list[Floats],
    mean: Floats,
    sd: Floats,
    minimum: Floats,
    maximum: Floats,
) -> Summary:
    q1, median, q3 = quartiles
    iqr = np.where(n > 1, q3 - q1, np.nan)
    cv = quotient(sd, mean)
    return Summary(n, counts, median, q1, q3, iqr, mean, sd, cv, minimum, maximum)
