"""Put the subjects in an order."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, Field
from starlette.datastructures import FormData

from app import i18n
from app.designer.supplies import Supplies
from app.designer.types import judging
from app.designer.types.protocol import ITEMS, QuestionForm
from app.errors import AppError, Invalid
from app.i18n import _
from app.models.registers import Kind
from app.questions.accord import CONCORDANT, FIRST
from app.web.forms import parse

MOST = 200


class NotAllOfMost(AppError):
    """An order of some that has to be one of all."""

    message = "If only some are ranked, the others have to be left out: please allow that too."


class RankingForm(BaseModel):
    """The number of the form; an empty one is no limit."""

    most: Annotated[int, Field(ge=1, le=MOST)] | None = None


class RankForm(QuestionForm):
    """`rank`: whether some may be level or left out, and how many may be ranked."""

    name = type = "rank"
    label = _("Put in order")
    summary = _(
        "Experts put the subjects in an order, the best first. The panel sees the order of all, how firm it "
        "is and how far experts agree. For up to a dozen or so."
    )
    prompt = _("Please put these in the order of their importance, the most important first.")
    template = "designer/types/_rank.html"
    rules = (FIRST, CONCORDANT)
    kinds = (Kind.OPTION, *(kind for kind in ITEMS if kind is not Kind.OPTION))

    def start(self, supplies: Supplies) -> dict[str, Any]:
        """Level ones and gaps are allowed: nobody is made to tell apart what she cannot."""
        asked = judging.start(supplies) | {"abstentions": []}
        return {"ties": True, "unranked": True, "most": None} | asked

    def parse(self, form: FormData, supplies: Supplies, settings: Mapping[str, Any]) -> dict[str, Any]:
        """What was ticked, and the limit."""
        del settings
        judged = judging.read(form, supplies)
        ties, unranked = (form.get(name) == "on" for name in ("ties", "unranked"))
        most = parse(RankingForm, form).most
        if most is not None and not unranked:
            raise Invalid({"most": NotAllOfMost()})
        return {"ties": ties, "unranked": unranked, "most": most} | judged

    def values(self, settings: Mapping[str, Any], supplies: Supplies) -> dict[str, str]:
        """The same as the form shows it."""
        del supplies
        ticked = {name: "on" for name in ("ties", "unranked") if settings.get(name, True)}
        return ticked | {"most": str(settings.get("most") or "")} | judging.values(settings)

    def describe(self, settings: Mapping[str, Any], supplies: Supplies) -> list[str]:
        """What an order may look like."""
        del supplies
        level = _("Some may be level.") if settings.get("ties", True) else _("No two may be level.")
        left = _("What is left out does not count as last.")
        whole = _("Everything has to be ranked.")
        lines = [i18n.gettext(level), i18n.gettext(left if settings.get("unranked", True) else whole)]
        if most := settings.get("most"):
            lines.append(i18n.gettext("At most %(most)s may be ranked.") % {"most": most})
        return lines + judging.describe(settings)
