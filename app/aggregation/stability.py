"""Whether a panel's answers still moved from one round to the next."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from app.aggregation._arrays import Bools, Floats, Ints, as_matrix, quotient
from app.aggregation._wilcoxon import holm, signed_rank_p
from app.aggregation.ranking import mid_ranks
from app.aggregation.summary import Summary, describe

# The published wording: "changing by two points or more ... is below 15 per cent".
POINTS_MOVED, SHARE_MOVED = 2, 0.15


@dataclass(frozen=True, slots=True, eq=False)
class Stability:
    """Change between two rounds; arrays have the shape (items,), nan where undefined.

    Attributes
    ----------
    changed_share : ndarray
        Share of the paired experts whose answer changed at all.
    toward_median_share : ndarray
        Share of the paired experts whose answer came nearer to the previous median of the panel.
    wilcoxon_p : ndarray
        p-values of the signed-rank test, corrected over the items by Holm's method.
    weighted_kappa : ndarray
        Cohen's kappa between the rounds, quadratic weights.
    delta_iqr, delta_cv : ndarray
        Interquartile range and coefficient of variation, current minus previous.
    rank_correlation : float
        Spearman's correlation between the two orders of the items by the means of the pairs.
    stable : ndarray of bool
        Whether `moved_share` is below 15 per cent; False also where nobody is paired.
    moved_share : ndarray
        Share of the paired experts whose answer changed by `points` or more: two, if nothing is said.
    n : ndarray of int
        Paired experts: those who answered in both rounds.
    """

    changed_share: Floats
    toward_median_share: Floats
    wilcoxon_p: Floats
    weighted_kappa: Floats
    delta_iqr: Floats
    delta_cv: Floats
    rank_correlation: float
    stable: Bools
    moved_share: Floats
    n: Ints


def stability(previous: ArrayLike, current: ArrayLike, *, points: float = POINTS_MOVED) -> Stability:
    r"""Compare two rounds, expert by expert.

    Parameters
    ----------
    previous, current : array_like, shape (experts, items)
        Ratings of the earlier and the later round: the same expert in the same row, the same item
        in the same column; nan where an expert gave no answer.
    points : float, default 2
        The change from which on an answer counts as moved, in points of the scale.

    Returns
    -------
    Stability
        Arrays of the shape (items,), and the correlation of the two orders of the items.

    Raises
    ------
    ValueError
        If an argument is not two-dimensional or holds an infinite value, if the shapes differ, or if
        `points` is not above 0.

    Notes
    -----
    Every figure rests on the pairs, the experts who answered the item in both rounds; only the
    median to which an answer moves is that of all who answered before, since it is what they were
    shown. Who left or came changes nothing here and should be reported beside it.

    An item is *stable* if the share of the paired experts whose answer changed by `points` or more, two
    on a scale as short as those on which the rule was made, is below 15 per cent. It is a rule on people
    and therefore not the 15 per cent of [1]_, where moves up and down cancel in the histogram;
    `changed_share` counts any change. Where nobody is paired the shares are nan and `stable` is False:
    nothing has been shown.

    `wilcoxon_p` is Pratt's form [2]_, which ranks the zeros and then drops them: exact up to 13
    pairs, or 50 without ties and zeros, beyond that normal with the corrected variance. If nobody
    changed, p is 1. A great p is no proof of stability; a small one is evidence of a shift.

    With :math:`x` before and :math:`y` after, quadratic weights make the coefficient of [3]_

    .. math:: \kappa_w = 1 - \frac{\sum_e (x_e - y_e)^2 / n}
       {\sum_e \sum_f (x_e - y_f)^2 / n^2}.

    It is nan if either round is unanimous, one pair included: it would be 0 whatever had happened.
    `delta_iqr` and `delta_cv` need two pairs, `delta_cv` also means other than 0. The correlation
    needs two items, and in each round two different means. Quantiles are of type 7.

    References
    ----------
    .. [1] M. Scheibe, M. Skutsch and J. Schofer, "Experiments in Delphi methodology", in Linstone
       and Turoff (eds), "The Delphi Method", 1975.
    .. [2] J. W. Pratt, "Remarks on zeros and ties in the Wilcoxon signed rank procedures", J. Am.
       Stat. Assoc. 54(287), 655-667, 1959.
    .. [3] J. Cohen, "Weighted kappa: nominal scale agreement provision for scaled disagreement or
       partial credit", Psychol. Bull. 70(4), 213-220, 1968; S. Holm, "A simple sequentially
       rejective multiple test procedure", Scand. J. Statist. 6(2), 65-70, 1979, for the correction.

    Examples
    --------
    >>> import numpy as np
    >>> before = [[5, 1], [6, 9], [7, 5], [8, np.nan]]
    >>> after = [[5, 4], [6, 6], [7, 5], [7, 5]]
    >>> result = stability(before, after)
    >>> result.changed_share
    array([0.25      , 0.66666667])
    >>> result.toward_median_share
    array([0.25      , 0.66666667])
    >>> result.stable
    array([ True, False])
    """
    x, y = as_matrix(previous, "previous"), as_matrix(current, "current")
    if x.shape != y.shape:
        msg = f"previous and current must have one shape, not {x.shape} and {y.shape}"
        raise ValueError(msg)
    if not points > 0:
        msg = f"points must be above 0, as {points:g} is not"
        raise ValueError(msg)
    shown_median = describe(x).median
    paired = ~np.isnan(x) & ~np.isnan(y)
    n = paired.sum(axis=0)
    nearer = paired & (np.abs(y - shown_median) < np.abs(x - shown_median))
    x, y = np.where(paired, x, np.nan), np.where(paired, y, np.nan)
    change = y - x
    before, after = describe(x), describe(y)
    moved_share = quotient((np.abs(change) >= points).sum(axis=0), n)
    return Stability(
        changed_share=quotient((np.abs(change) > 0).sum(axis=0), n),
        toward_median_share=quotient(nearer.sum(axis=0), n),
        wilcoxon_p=holm(signed_rank_p(change)),
        weighted_kappa=_quadratic_kappa(x, y, before, after),
        delta_iqr=after.iqr - before.iqr,
        delta_cv=after.cv - before.cv,
        rank_correlation=_spearman(before.mean, after.mean),
        stable=moved_share < SHARE_MOVED,
        moved_share=moved_share,
        n=n,
    )


def _quadratic_kappa(x: Floats, y: Floats, before: Summary, after: Summary) -> Floats:
    # Measured from the least answer, whole-number ratings keep all sums small and exact.
    origin = np.fmin(before.minimum, after.minimum)
    x, y, n = x - origin, y - origin, before.n
    observed = n * np.nansum((x - y) ** 2, axis=0)
    squares, products = np.nansum(x**2 + y**2, axis=0), np.nansum(x, axis=0) * np.nansum(y, axis=0)
    varied = (before.minimum < before.maximum) & (after.minimum < after.maximum)
    return np.where(varied, 1 - quotient(observed, n * squares - 2 * products), np.nan)


def _spearman(mean_x: Floats, mean_y: Floats) -> float:
    known = ~np.isnan(mean_x)
    # twice the distance from the middle rank, a whole number
    a, b = (2 * mid_ranks(mean[known]) - (known.sum() + 1) for mean in (mean_x, mean_y))
    spread = np.sqrt((a**2).sum() * (b**2).sum())
    return float((a * b).sum() / spread) if spread > 0 else np.nan
