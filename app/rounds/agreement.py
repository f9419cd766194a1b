"""The rule by which a round calls something settled, in words: fixed before it opens, and shown to all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app import i18n
from app.aggregation.consensus import band_share, tastle_wierman
from app.aggregation.rules import IN, OUT
from app.aggregation.summary import describe
from app.i18n import _
from app.models import Criterion
from app.questions.agreement import rule_of
from app.rounds import accord

Agreement = Mapping[str, Any]
Asked = Sequence[tuple[Criterion, bool]]

# Ten answers that are much alike, as places on the scale from its lower end to its upper.
SUPPOSED = (1.0, 1.0, 0.9, 0.88, 0.86, 0.8, 0.76, 0.75, 0.5, 0.35)

RULES: dict[str, str] = {
    "two_band": _("Enough on one side, and few on the other"),
    "band": _("Enough within one stretch of the scale"),
    "iqr": _("The middle half close together"),
    "cns": _("A high index of agreement"),
    "rand_ucla": _("The RAND/UCLA appropriateness method"),
}
SENTENCES: dict[str, str] = {
    "two_band": _(
        "Something counts as settled in favour if at least %(at_least)s of those who rate it give it "
        "%(in_band)s and fewer than %(at_most)s give it %(out_band)s; "
        "as settled against, if it is the other way round. All else stays open."
    ),
    "band": _(
        "Something counts as settled if at least %(at_least)s of those who rate it give it "
        "%(band)s. All else stays open."
    ),
    "iqr": _(
        "Something counts as settled if the two ends of the middle half of its ratings lie at most "
        "%(at_most)s apart on the scale, at whatever height. All else stays open."
    ),
    "cns": _(
        "Something counts as settled if the index of agreement of its ratings is at least %(at_least)s: "
        "it is 1 if all give the same, and 0 if one half gives the lowest and the other the highest. "
        "All else stays open."
    ),
    "rand_ucla": _(
        "Something counts as appropriate if the median of its ratings is 7 to 9 and the panel does not "
        "disagree, as inappropriate if the median is 1 to 3 and the panel does not disagree; both are "
        "settled. All else is uncertain and stays open. Disagreement is as the RAND/UCLA method defines it."
    ),
}
VERDICTS: dict[str, str] = {
    IN: _("It is settled."),
    OUT: _("It is settled against."),
    "": _("It stays open."),
}
FOUND: dict[str, str] = {
    "two_band": _("%(inside)s give it %(in_band)s, and %(outside)s give it %(out_band)s."),
    "band": _("%(inside)s give it %(band)s."),
    "iqr": _("The two ends of the middle half lie %(iqr)s apart."),
    "cns": _("The index of agreement is %(index)s."),
    "rand_ucla": _("The median is %(median)s."),
}


@dataclass(frozen=True, slots=True)
class Example:
    """Ten answers, and what the rule says of them in words."""

    ratings: list[int]
    found: str
    verdict: str


def basis(asked: Asked) -> list[Criterion]:
    """The criteria of which the rule speaks: the overall one, or all where that is not asked."""
    overall = [criterion for criterion, _required in asked if criterion.overall]
    return overall[:1] or [criterion for criterion, _required in asked]


def fits(agreement: Agreement, asked: Asked, among: int | None = None) -> bool:
    """Whether the rule can be applied to the scales that are asked, or needs none; to so many subjects."""
    if agreement.get("rule") in accord.RULES:
        return accord.fits(agreement, among)
    try:
        for criterion in basis(asked):
            rule_of(agreement, criterion.low, criterion.high)
    except (ValueError, TypeError):
        return False
    return bool(asked) and _within(agreement, basis(asked))


def recommended(low: int, high: int) -> dict[str, Any]:
    """The rule to begin with: seven in ten in the upper third, and fewer than 15 per cent in the lower.

    Examples
    --------
    >>> recommended(1, 9)["in_band"], recommended(1, 5)["out_band"], recommended(0, 10)["in_band"]
    ([7, 9], [1, 2], [8, 10])
    """
    third = max(1, round((high - low + 1) / 3))
    return {
        "rule": "two_band",
        "in_band": [high - third + 1, high],
        "out_band": [low, low + third - 1],
        "at_least": 0.7,
        "at_most": 0.15,
    }


def sentence(agreement: Agreement) -> str:
    """The rule in words, in the language spoken."""
    if agreement["rule"] in accord.RULES:
        return accord.sentence(agreement)
    return i18n.gettext(SENTENCES[agreement["rule"]]) % _numbers(agreement)


def example(agreement: Agreement, low: int, high: int) -> Example:
    """What the rule says of ten answers on a scale from low to high."""
    ratings = [low + round(place * (high - low)) for place in SUPPOSED]
    column = np.array(ratings, dtype=float)[:, None]
    verdict = str(rule_of(agreement, low, high).judge(column)[0])
    rule = str(agreement["rule"])
    found = i18n.gettext(FOUND[rule]) % (_numbers(agreement) | FACTS[rule](agreement, column, low, high))
    return Example(ratings, found, i18n.gettext(VERDICTS.get(verdict, VERDICTS[""])))


def _within(agreement: Agreement, criteria: Sequence[Criterion]) -> bool:
    """Whether the stretches that the rule names lie on every scale."""
    named = [*agreement.get("in_band", []), *agreement.get("out_band", [])]
    if agreement["rule"] == "band":
        named += [agreement["low"], agreement["high"]]
    return all(one.low <= point <= one.high for one in criteria for point in named)


def _numbers(agreement: Agreement) -> dict[str, str]:
    """The parameters as they are written in the language spoken."""
    said = {name: _stretch(*agreement[name]) for name in ("in_band", "out_band") if name in agreement}
    if agreement["rule"] == "band":
        said["band"] = _stretch(agreement["low"], agreement["high"])
    shares = agreement["rule"] in {"band", "two_band"}
    for name in ("at_least", "at_most"):
        if name in agreement:
            said[name] = i18n.percent(agreement[name]) if shares else i18n.number(agreement[name], 2)
    return said


def _stretch(low: float, high: float) -> str:
    """Part of a scale."""
    ends = {"low": i18n.number(low), "high": i18n.number(high)}
    return i18n.gettext(_("%(low)s to %(high)s")) % ends if low != high else ends["low"]


def _bands(agreement: Agreement, column: Any, low: int, high: int) -> dict[str, str]:
    del low, high
    shares = {"inside": agreement["in_band"], "outside": agreement["out_band"]}
    return {name: i18n.percent(float(band_share(column, *ends)[0])) for name, ends in shares.items()}


def _band(agreement: Agreement, column: Any, low: int, high: int) -> dict[str, str]:
    del low, high
    return {"inside": i18n.percent(float(band_share(column, agreement["low"], agreement["high"])[0]))}


def _iqr(agreement: Agreement, column: Any, low: int, high: int) -> dict[str, str]:
    del agreement, low, high
    return {"iqr": i18n.number(float(describe(column).iqr[0]), 2)}


def _index(agreement: Agreement, column: Any, low: int, high: int) -> dict[str, str]:
    del agreement
    counts = [[int((column == point).sum()) for point in range(low, high + 1)]]
    return {"index": i18n.number(float(np.ravel(tastle_wierman(counts))[0]), 2)}


def _median(agreement: Agreement, column: Any, low: int, high: int) -> dict[str, str]:
    del agreement, low, high
    return {"median": i18n.number(float(np.median(column)), 1)}


FACTS: dict[str, Callable[[Agreement, Any, int, int], dict[str, str]]] = {
    "two_band": _bands,
    "band": _band,
    "iqr": _iqr,
    "cns": _index,
    "rand_ucla": _median,
}
