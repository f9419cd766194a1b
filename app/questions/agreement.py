"""The rule by which a `rate` question calls a subject settled, as its settings write it down."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from app.aggregation import BandRule, CnsRule, IqrRule, RandUclaRule, TwoBandRule
from app.aggregation.rules import NEITHER

Rule: TypeAlias = IqrRule | BandRule | TwoBandRule | CnsRule | RandUclaRule
# The ends of a scale, and the ratings on it by expert and subject.
Rated: TypeAlias = tuple[int, int, ArrayLike]

RAND_UCLA_SCALE = (1, 9)


def rule_of(agreement: Mapping[str, Any], low: int, high: int) -> Rule:
    """The rule that the settings name, on a scale from low to high; ValueError if it cannot be one.

    Examples
    --------
    >>> rule_of({"rule": "iqr", "at_most": 2}, 1, 9)
    IqrRule(at_most=2)
    >>> rule_of({"rule": "two_band", "in_band": [7, 9], "out_band": [1, 3]}, 1, 9).at_least
    0.7
    >>> rule_of({"rule": "rand_ucla"}, 1, 5)
    Traceback (most recent call last):
    ...
    ValueError: the RAND/UCLA method needs a scale from 1 to 9
    """
    settings = {name: value for name, value in agreement.items() if name != "rule"}
    try:
        make = RULES[agreement["rule"]]
        return make(low, high, **settings)
    except (KeyError, TypeError) as fault:
        raise ValueError(f"no rule of agreement: {dict(agreement)!r}") from fault


def settled(agreement: Mapping[str, Any], rated: Sequence[Rated]) -> list[bool]:
    """Of each subject whether it is settled, in favour or against: on every scale that is given.

    Examples
    --------
    >>> settled({"rule": "iqr", "at_most": 1}, [(1, 9, [[7, 1], [8, 5], [8, 9]])])
    [True, False]
    """
    verdicts = [_verdict(agreement, *one) for one in rated]
    return np.all(verdicts, axis=0).tolist() if verdicts else []


def _verdict(agreement: Mapping[str, Any], low: int, high: int, ratings: ArrayLike) -> NDArray[np.bool_]:
    return np.asarray(rule_of(agreement, low, high).judge(ratings) != NEITHER)


def _two_band(
    low: int, high: int, in_band: Sequence[float], out_band: Sequence[float], **shares: float
) -> TwoBandRule:
    del low, high
    (in_low, in_high), (out_low, out_high) = in_band, out_band
    return TwoBandRule(in_band=(in_low, in_high), out_band=(out_low, out_high), **shares)


def _band(scale_low: int, scale_high: int, /, low: float, high: float, at_least: float) -> BandRule:
    del scale_low, scale_high
    return BandRule(low, high, at_least=at_least)


def _iqr(low: int, high: int, at_most: float) -> IqrRule:
    del low, high
    return IqrRule(at_most=at_most)


def _cns(
    scale_low: int, scale_high: int, /, at_least: float, low: int | None = None, high: int | None = None
) -> CnsRule:
    low, high = scale_low if low is None else low, scale_high if high is None else high
    return CnsRule(at_least=at_least, low=low, high=high)


def _rand_ucla(low: int, high: int) -> RandUclaRule:
    if (low, high) != RAND_UCLA_SCALE:
        raise ValueError("the RAND/UCLA method needs a scale from 1 to 9")
    return RandUclaRule()


RULES: Mapping[str, Callable[..., Rule]] = {
    "band": _band,
    "two_band": _two_band,
    "iqr": _iqr,
    "cns": _cns,
    "rand_ucla": _rand_ucla,
}
