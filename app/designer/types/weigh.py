"""Weigh criteria: how important each of them is."""

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import FormData

from app import i18n
from app.designer.supplies import Supplies
from app.designer.types import judging
from app.designer.types.protocol import QuestionForm
from app.errors import AppError, Invalid
from app.i18n import _
from app.questions.weigh import METHODS, NAME, Method

WAYS: dict[Method, tuple[str, str]] = {
    "points": (
        _("Points"),
        _("100 points are divided among the criteria. Quick; people tend to give all about the same."),
    ),
    "swing": (
        _("Swings"),
        _(
            "The step from the worst to the best that is worth most gets 100, the others what they are worth "
            "next to it. Careful; it heeds how far the scales reach."
        ),
    ),
    "pairwise": (
        _("Pairs"),
        _(
            "Criteria are compared two at a time: how many times as important one is. Experts see whether "
            "their judgements fit together. For up to seven or so."
        ),
    ),
}


class NoSuchWay(AppError):
    """A way to tell importance that there is not."""

    message = "Please choose how importance is told."


class WeighForm(QuestionForm):
    """`weigh`: how importance is told; what it is about are criteria."""

    name = type = NAME
    label = _("Weigh criteria")
    summary = _(
        "Experts say how important each criterion is: by points, by swings or in pairs. The panel sees the "
        "weights and how far experts differ. The weights of the seminar stay as they are."
    )
    prompt = _("How important is each of these criteria?")
    template = "designer/types/_weigh.html"
    no_rule = _(
        "No rule says here when something is settled: weights differ by degrees, and the middle half of the "
        "experts says by how much."
    )
    subjects = "criteria"
    kinds = ()

    def start(self, supplies: Supplies) -> dict[str, Any]:
        """Points, which need least explanation."""
        return {"method": METHODS[0], "by_sector": False, "rationale": judging.start(supplies)["rationale"]}

    def parse(self, form: FormData, supplies: Supplies, settings: Mapping[str, Any]) -> dict[str, Any]:
        """The way that was chosen, whether sectors are told apart, and the question for the reason."""
        del settings
        if form.get("method") not in METHODS:
            raise Invalid({"method": NoSuchWay()})
        reason = judging.read(form, supplies)["rationale"]
        return {"method": form["method"], "by_sector": form.get("by_sector") == "on", "rationale": reason}

    def values(self, settings: Mapping[str, Any], supplies: Supplies) -> dict[str, str]:
        """The same as the form shows it."""
        del supplies
        prompt = settings.get("rationale", {}).get("prompt", "")
        sectors = {"by_sector": "on"} if settings.get("by_sector") else {}
        return sectors | {"method": settings.get("method", METHODS[0]), "rationale": prompt}

    def more(self, settings: Mapping[str, Any], supplies: Supplies) -> dict[str, Any]:
        """The ways in words."""
        del settings, supplies
        return {"ways": [(way, *map(i18n.gettext, words)) for way, words in WAYS.items()]}

    def describe(self, settings: Mapping[str, Any], supplies: Supplies) -> list[str]:
        """How importance is told."""
        del supplies
        _name, meaning = WAYS[settings.get("method", METHODS[0])]
        lines = [i18n.gettext(meaning)]
        if settings.get("by_sector"):
            lines.append(i18n.gettext("The weights are told for each sector too, where it is large enough."))
        return [*lines, i18n.gettext("A reason can be given in words.")]
