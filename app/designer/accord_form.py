"""A rule of agreement without a scale as it is typed: its name, and a share or a number."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, Field
from starlette.datastructures import FormData

from app.designer import agreement_form
from app.designer.agreement_form import NONE, Percent, UnknownRule
from app.errors import Invalid
from app.questions.accord import CONCORDANT, FIRST, GIVEN, MODAL, MOST_FIRST, RULES
from app.rounds import accord
from app.rounds.agreement import Asked
from app.web.forms import parse, texts

Agreement = Mapping[str, Any]

# Seven in ten is usual for a share; Schmidt (1997) calls a concordance of 0.7 strong. Of a few of many, more
# than half of the panel is what he asks for.
USUAL: dict[str, Agreement] = {
    MODAL: {"rule": MODAL, "at_least": 0.7},
    FIRST: {"rule": FIRST, "first": 3, "at_least": 0.7},
    CONCORDANT: {"rule": CONCORDANT, "at_least": 0.7},
    GIVEN: {"rule": GIVEN, "at_least": 0.51},
}


class ModalForm(BaseModel):
    """The share."""

    modal_share: Percent


class FirstForm(BaseModel):
    """Among how many, and the share."""

    first: Annotated[int, Field(ge=1, le=MOST_FIRST)]
    first_share: Percent


class ConcordantForm(BaseModel):
    """How high Kendall's W must be."""

    concordance: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False)]


class GivenForm(BaseModel):
    """The share."""

    given_share: Percent


def chosen(form: FormData, asked: Asked, offered: Sequence[str]) -> dict[str, Any] | None:
    """The rule that was chosen of those offered, with a scale or without one."""
    if is_without_scale(offered):
        return read(form, offered)
    return agreement_form.read(form, asked, offered)


def is_without_scale(offered: Sequence[str]) -> bool:
    """Whether the rules that make sense for a question need no scale."""
    return set(offered) <= RULES


def read(form: FormData, offered: Sequence[str]) -> dict[str, Any] | None:
    """The rule that was chosen, or None; `Invalid` with an error for each field that does not fit."""
    chosen = texts(form).get("rule", "")
    if chosen == NONE:
        return None
    if chosen not in offered:
        raise Invalid({"rule": UnknownRule()})
    if chosen == FIRST:
        typed = parse(FirstForm, form)
        return {"rule": FIRST, "first": typed.first, "at_least": typed.first_share / 100}
    if chosen == CONCORDANT:
        return {"rule": CONCORDANT, "at_least": parse(ConcordantForm, form).concordance}
    share = parse(ModalForm, form).modal_share if chosen == MODAL else parse(GivenForm, form).given_share
    return {"rule": chosen, "at_least": share / 100}


def page(chosen: Agreement | None, offered: Sequence[str], typed: Mapping[str, str] | None) -> dict[str, Any]:
    """What the page shows: every rule that makes sense for the question, the one in force as it is."""
    shown = {name: USUAL[name] for name in offered}
    if chosen and chosen["rule"] in shown:
        shown[chosen["rule"]] = chosen
    return {
        "names": accord.RULES,
        "shown": shown,
        "sentences": {name: accord.sentence(agreement) for name, agreement in shown.items()},
        "values": _values(chosen, shown) if typed is None else typed,
    }


def _values(chosen: Agreement | None, shown: Mapping[str, Agreement]) -> dict[str, str]:
    all_of = {**USUAL, **shown}
    return {
        "rule": chosen["rule"] if chosen else next(iter(shown)),
        "modal_share": _percent(all_of[MODAL]),
        "first": str(all_of[FIRST]["first"]),
        "first_share": _percent(all_of[FIRST]),
        "concordance": f"{all_of[CONCORDANT]['at_least']:g}",
        "given_share": _percent(all_of[GIVEN]),
    }


def _percent(agreement: Agreement) -> str:
    return str(round(agreement["at_least"] * 100))
