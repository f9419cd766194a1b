"""Rules fixed before a round that say, item by item, whether a panel agreed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from app.aggregation._arrays import as_band, as_matrix, as_number
from app.aggregation._quantiles import histogram
from app.aggregation.consensus import band_share, rand_ucla, tastle_wierman
from app.aggregation.summary import describe

IN, OUT, NEITHER = "consensus_in", "consensus_out", "no_consensus"


@dataclass(frozen=True, slots=True)
class IqrRule:
    """Agreement where the interquartile range is small.

    Parameters
    ----------
    at_most : float
        The widest interquartile range that counts as agreement, in points of the scale.

    Raises
    ------
    ValueError
        If `at_most` is negative or no finite number.

    Notes
    -----
    An interquartile range of at most 1 on a scale up to 5 points, or 2 on one of 9, is usual [1]_.
    The rule has no direction: it speaks of agreement, at whatever level, as ``'consensus_in'`` and
    never says ``'consensus_out'``. Quantiles are of type 7. With fewer than two answers there is no
    spread and therefore ``'no_consensus'``.

    References
    ----------
    .. [1] H. A. von der Gracht, "Consensus measurement in Delphi studies", Technol. Forecast. Soc.
       Change 79(8), 1525-1536, 2012.

    Examples
    --------
    >>> IqrRule(at_most=1).judge([[7, 1], [8, 5], [8, 9]]).tolist()
    ['consensus_in', 'no_consensus']
    """

    at_most: float

    def __post_init__(self) -> None:
        """Refuse a width that no interquartile range can have."""
        if as_number(self.at_most, "at_most") < 0:
            msg = f"at_most must not be negative, as {self.at_most:g} is"
            raise ValueError(msg)

    def judge(self, ratings: ArrayLike) -> NDArray[np.str_]:
        """Verdict on each item.

        Parameters
        ----------
        ratings : array_like, shape (experts, items)
            One row per expert, one column per item; nan where an expert gave no answer.

        Returns
        -------
        ndarray of str, shape (items,)
            ``'consensus_in'`` or ``'no_consensus'``.

        Raises
        ------
        ValueError
            If `ratings` is not two-dimensional or holds an infinite value.
        """
        iqr = describe(as_matrix(ratings, "ratings")).iqr
        return np.where(iqr <= self.at_most, IN, NEITHER)


@dataclass(frozen=True, slots=True)
class BandRule:
    """Agreement where enough of the answers lie within one band.

    Parameters
    ----------
    low, high : float
        The band, ends included.
    at_least : float
        The smallest share of the answers that counts as agreement, above 0 and at most 1.

    Raises
    ------
    ValueError
        If `low` is above `high` or `at_least` is no share above 0.

    Notes
    -----
    A share equal to `at_least` is enough. With one band the rule never says ``'consensus_out'``.
    An item without an answer has ``'no_consensus'``. One answer is a share of 0 or 1 like any
    other: the rule does not ask how many answered.

    References
    ----------
    .. [1] I. R. Diamond et al., "Defining consensus: a systematic review recommends methodologic
       criteria for reporting of Delphi studies", J. Clin. Epidemiol. 67(4), 401-409, 2014.

    Examples
    --------
    >>> BandRule(7, 9, at_least=2 / 3).judge([[7, 1], [8, 5], [1, 9]]).tolist()
    ['consensus_in', 'no_consensus']
    """

    low: float
    high: float
    at_least: float

    def __post_init__(self) -> None:
        """Refuse an empty band and a share that says nothing."""
        as_band(self.low, self.high, ("low", "high"))
        _check_share(self.at_least, "at_least")

    def judge(self, ratings: ArrayLike) -> NDArray[np.str_]:
        """Verdict on each item.

        Parameters
        ----------
        ratings : array_like, shape (experts, items)
            One row per expert, one column per item; nan where an expert gave no answer.

        Returns
        -------
        ndarray of str, shape (items,)
            ``'consensus_in'`` or ``'no_consensus'``.

        Raises
        ------
        ValueError
            If `ratings` is not two-dimensional or holds an infinite value.
        """
        share = band_share(ratings, self.low, self.high)
        return np.where(share >= self.at_least, IN, NEITHER)


@dataclass(frozen=True, slots=True)
class TwoBandRule:
    r"""Agreement where many answers lie in one band and few in the opposite one.

    Parameters
    ----------
    in_band, out_band : tuple of float
        The two bands (low, high), ends included, without a point in common.
    at_least : float, default 0.70
        The smallest share in one band that counts as agreement; a share equal to it is enough.
    at_most : float, default 0.15
        The share in the opposite band must be below it; a share equal to it is too many.

    Raises
    ------
    ValueError
        If a band is no pair with its lower end first, if the bands overlap, if a threshold is no
        share above 0, or if `at_most` is above `at_least`, so that an item could be both.

    Notes
    -----
    The rule of core outcome sets [1]_, with the bands 7-9 and 1-3 of a nine-point scale: in if
    :math:`P(in) \ge .70` and :math:`P(out) < .15`; out if :math:`P(out) \ge .70` and
    :math:`P(in) < .15`; no consensus otherwise. Shares are of those who answered; an item without
    an answer has ``'no_consensus'``. One answer decides as a share of 1 would: below some fifteen
    answers one or two people turn the verdict, so show `n` beside it.

    References
    ----------
    .. [1] P. R. Williamson et al., "Developing core outcome sets for clinical trials: issues to
       consider", Trials 13:132, 2012.

    Examples
    --------
    >>> rule = TwoBandRule(in_band=(7, 9), out_band=(1, 3))
    >>> rule.judge([[7, 1, 5], [8, 2, 9], [9, 3, 1]]).tolist()
    ['consensus_in', 'consensus_out', 'no_consensus']
    """

    in_band: tuple[float, float]
    out_band: tuple[float, float]
    at_least: float = 0.70
    at_most: float = 0.15

    def __post_init__(self) -> None:
        """Refuse bands and thresholds under which an item could be both in and out."""
        bands = [_check_band(self.in_band, "in_band"), _check_band(self.out_band, "out_band")]
        (_, lower_end), (upper_start, _) = sorted(bands)
        if lower_end >= upper_start:
            msg = f"in_band and out_band must not overlap: {self.in_band}, {self.out_band}"
            raise ValueError(msg)
        _check_share(self.at_least, "at_least")
        _check_share(self.at_most, "at_most")
        if self.at_most > self.at_least:
            msg = f"at_most must not be above at_least: {self.at_most:g} > {self.at_least:g}"
            raise ValueError(msg)

    def judge(self, ratings: ArrayLike) -> NDArray[np.str_]:
        """Verdict on each item.

        Parameters
        ----------
        ratings : array_like, shape (experts, items)
            One row per expert, one column per item; nan where an expert gave no answer.

        Returns
        -------
        ndarray of str, shape (items,)
            ``'consensus_in'``, ``'consensus_out'`` or ``'no_consensus'``.

        Raises
        ------
        ValueError
            If `ratings` is not two-dimensional or holds an infinite value.
        """
        inside = band_share(ratings, *self.in_band)
        outside = band_share(ratings, *self.out_band)
        return np.select(
            [
                (inside >= self.at_least) & (outside < self.at_most),
                (outside >= self.at_least) & (inside < self.at_most),
            ],
            [IN, OUT],
            NEITHER,
        )


@dataclass(frozen=True, slots=True)
class RandUclaRule:
    """Agreement as the RAND/UCLA appropriateness method finds it.

    Parameters
    ----------
    None
        The constants of the method are not to be chosen.

    Raises
    ------
    ValueError
        Never here; `judge` takes whole numbers from 1 to 9 only.

    Notes
    -----
    ``'appropriate'`` is ``'consensus_in'``, ``'inappropriate'`` is ``'consensus_out'``, and
    ``'uncertain'`` is ``'no_consensus'``, be it for a median in the middle or for disagreement
    [1]_. An item without an answer has ``'no_consensus'``; one answer decides by itself.

    References
    ----------
    .. [1] K. Fitch et al., "The RAND/UCLA Appropriateness Method User's Manual", RAND MR-1269,
       2001.

    Examples
    --------
    >>> RandUclaRule().judge([[7, 1, 1], [7, 2, 1], [8, 1, 9], [9, 3, 9]]).tolist()
    ['consensus_in', 'consensus_out', 'no_consensus']
    """

    def judge(self, ratings: ArrayLike) -> NDArray[np.str_]:
        """Verdict on each item.

        Parameters
        ----------
        ratings : array_like, shape (experts, items)
            Whole numbers from 1 to 9; nan where an expert gave no answer.

        Returns
        -------
        ndarray of str, shape (items,)
            ``'consensus_in'``, ``'consensus_out'`` or ``'no_consensus'``.

        Raises
        ------
        ValueError
            If `ratings` is not two-dimensional or holds anything but whole numbers from 1 to 9.
        """
        classified = rand_ucla(ratings).classification
        return np.select([classified == "appropriate", classified == "inappropriate"], [IN, OUT], NEITHER)


@dataclass(frozen=True, slots=True)
class CnsRule:
    """Agreement where the consensus index of Tastle and Wierman is high.

    Parameters
    ----------
    at_least : float
        The smallest index that counts as agreement, above 0 and at most 1; an index equal to it is
        enough.
    low, high : int, default 1 and 9
        The ends of the scale, which the index depends on: on a longer one the same answers lie
        closer together.

    Raises
    ------
    ValueError
        If `at_least` is no share above 0, or `low` and `high` are no whole numbers, the lower first.

    Notes
    -----
    The index is `tastle_wierman` of the histogram over all points of the scale [1]_. The rule has
    no direction: it speaks of agreement, at whatever level, as ``'consensus_in'`` and never says
    ``'consensus_out'``. An item without an answer has ``'no_consensus'``. One answer is of one mind
    with itself: show `n` beside the verdict.

    References
    ----------
    .. [1] W. J. Tastle and M. J. Wierman, "Consensus and dissention: a measure of ordinal
       dispersion", Int. J. Approximate Reasoning 45(3), 531-545, 2007.

    Examples
    --------
    >>> CnsRule(at_least=0.8).judge([[7, 1], [8, 5], [8, 9]]).tolist()
    ['consensus_in', 'no_consensus']
    """

    at_least: float
    low: int = 1
    high: int = 9

    def __post_init__(self) -> None:
        """Refuse a threshold that says nothing and a scale without width."""
        _check_share(self.at_least, "at_least")
        ends = as_band(self.low, self.high, ("low", "high"))
        if ends[0] == ends[1] or not all(end.is_integer() for end in ends):
            msg = f"low and high must be two different whole numbers, not {self.low:g} and {self.high:g}"
            raise ValueError(msg)

    def judge(self, ratings: ArrayLike) -> NDArray[np.str_]:
        """Verdict on each item.

        Parameters
        ----------
        ratings : array_like, shape (experts, items)
            Whole numbers on the scale; nan where an expert gave no answer.

        Returns
        -------
        ndarray of str, shape (items,)
            ``'consensus_in'`` or ``'no_consensus'``.

        Raises
        ------
        ValueError
            If `ratings` is not two-dimensional or holds anything but whole numbers on the scale.
        """
        r = as_matrix(ratings, "ratings")
        off = (r < self.low) | (r > self.high) | (r % 1 > 0)
        if off.any():
            msg = f"ratings must be whole numbers from {self.low} to {self.high}; got {r[off][0]:g}"
            raise ValueError(msg)
        cns = tastle_wierman(histogram(r, self.low, int(self.high - self.low) + 1))
        # 1e-12: an index that is the threshold but for rounding reaches it
        return np.where(cns >= self.at_least - 1e-12, IN, NEITHER)


def _check_share(value: float, name: str) -> None:
    if not 0 < as_number(value, name) <= 1:
        msg = f"{name} must be a share above 0 and at most 1, not {value:g}"
        raise ValueError(msg)


def _check_band(band: tuple[float, float], name: str) -> tuple[float, float]:
    try:
        low, high = band
    except (TypeError, ValueError) as fault:
        msg = f"{name} must be a pair (low, high), not {band!r}"
        raise ValueError(msg) from fault
    return as_band(low, high, (f"{name}[0]", f"{name}[1]"))
