"""The rule of agreement as it is typed: one of five, with its parameters."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, Field
from starlette.datastructures import FormData

from app.errors import AppError, Invalid
from app.models import Criterion
from app.questions.agreement import rule_of
from app.rounds import agreement as rules
from app.rounds.agreement import Agreement, Asked
from app.web.forms import OutOfRange, parse, texts

NONE = "none"
# What most reviews of such panels recommend (practice, 3.2).
ADVISED = "two_band"
Percent = Annotated[int, Field(ge=1, le=100)]
Point = Annotated[int, Field(ge=0, le=100)]


class UnknownRule(AppError):
    """A rule that is not offered."""

    message = "Please choose one of the rules, or none."


class Unfit(AppError):
    """A rule that cannot be applied to what is asked."""

    message = "This does not fit the scale: stretches must lie on it, apart from each other, lower end first."


class OnlyNine(AppError):
    """A rule for one scale, on another."""

    message = "The RAND/UCLA method needs a scale from 1 to 9."


class TwoBandForm(BaseModel):
    """Two stretches of the scale."""

    in_low: Point
    in_high: Point
    out_low: Point
    out_high: Point
    share: Percent
    below: Percent


class BandForm(BaseModel):
    """One stretch of the scale."""

    band_low: Point
    band_high: Point
    band_share: Percent


class IqrForm(BaseModel):
    """How wide the middle half may be."""

    width: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]


class CnsForm(BaseModel):
    """How high the index must be."""

    index: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False)]


def read(form: FormData, asked: Asked, offered: Collection[str]) -> dict[str, Any] | None:
    """The rule that was chosen, or None; `Invalid` with an error for each field that does not fit."""
    chosen = texts(form).get("rule", "")
    if chosen == NONE:
        return None
    if chosen not in READERS or chosen not in offered:
        raise Invalid({"rule": UnknownRule()})
    agreement = {"rule": chosen, **READERS[chosen](form)}
    if not rules.fits(agreement, asked):
        raise Invalid({"rule": OnlyNine() if chosen == "rand_ucla" else Unfit()})
    return agreement


def values(agreement: Agreement | None, low: int, high: int) -> dict[str, str]:
    """All fields: those of the rule in force as it is, those of the others as they are recommended."""
    offered = defaults(low, high)
    if agreement:
        offered[agreement["rule"]] = agreement
    two, band = offered["two_band"], offered["band"]
    return {
        "rule": agreement["rule"] if agreement else ADVISED,
        "in_low": str(two["in_band"][0]),
        "in_high": str(two["in_band"][1]),
        "out_low": str(two["out_band"][0]),
        "out_high": str(two["out_band"][1]),
        "share": _percent(two["at_least"]),
        "below": _percent(two["at_most"]),
        "band_low": str(band["low"]),
        "band_high": str(band["high"]),
        "band_share": _percent(band["at_least"]),
        "width": f"{offered['iqr']['at_most']:g}",
        "index": f"{offered['cns']['at_least']:g}",
    }


def defaults(low: int, high: int) -> dict[str, Agreement]:
    """Each rule with the parameters that are usual for a scale of this length."""
    two = rules.recommended(low, high)
    stretch = dict(zip(("low", "high"), two["in_band"], strict=True))
    found: dict[str, Agreement] = {
        "two_band": two,
        "band": {"rule": "band", **stretch, "at_least": 0.75},
        "iqr": {"rule": "iqr", "at_most": max(1, round((high - low) / 4))},
        "cns": {"rule": "cns", "at_least": 0.8},
    }
    return found | ({"rand_ucla": {"rule": "rand_ucla"}} if (low, high) == (1, 9) else {})


def meanings(shown: Mapping[str, Agreement], low: int, high: int) -> dict[str, tuple[str, rules.Example]]:
    """Each rule in words, with its example."""
    found = {}
    for name, agreement in shown.items():
        try:
            rule_of(agreement, low, high)
        except (ValueError, TypeError):
            continue
        found[name] = (rules.sentence(agreement), rules.example(agreement, low, high))
    return found


def page(
    chosen: Agreement | None,
    criterion: Criterion,
    typed: Mapping[str, str] | None,
    offered: Sequence[str],
) -> dict[str, Any]:
    """What the page shows: of what is offered, what the scale allows; the rule in force as it is."""
    low, high = criterion.low, criterion.high
    shown = {name: rule for name, rule in defaults(low, high).items() if name in offered}
    if chosen and chosen["rule"] in shown:
        shown[chosen["rule"]] = chosen
    first = ADVISED if ADVISED in shown else next(iter(shown))
    return {
        "names": rules.RULES,
        "shown": shown,
        "meanings": meanings(shown, low, high),
        "advised": ADVISED,
        "values": values(chosen, low, high) | ({} if chosen else {"rule": first}) if typed is None else typed,
    }


def _two_band(form: FormData) -> dict[str, Any]:
    typed = parse(TwoBandForm, form)
    if typed.below > typed.share:
        raise Invalid({"below": OutOfRange()})
    return {
        "in_band": [typed.in_low, typed.in_high],
        "out_band": [typed.out_low, typed.out_high],
        "at_least": typed.share / 100,
        "at_most": typed.below / 100,
    }


def _band(form: FormData) -> dict[str, Any]:
    typed = parse(BandForm, form)
    return {"low": typed.band_low, "high": typed.band_high, "at_least": typed.band_share / 100}


def _iqr(form: FormData) -> dict[str, Any]:
    return {"at_most": parse(IqrForm, form).width}


def _cns(form: FormData) -> dict[str, Any]:
    return {"at_least": parse(CnsForm, form).index}


def _rand_ucla(form: FormData) -> dict[str, Any]:
    del form
    return {}


READERS: dict[str, Callable[[FormData], dict[str, Any]]] = {
    "two_band": _two_band,
    "band": _band,
    "iqr": _iqr,
    "cns": _cns,
    "rand_ucla": _rand_ucla,
}


def _percent(share: float) -> str:
    return str(round(share * 100))
