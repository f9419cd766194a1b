"""Compare the subjects two at a time."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, Field
from starlette.datastructures import FormData

from app import i18n
from app.designer.supplies import Supplies
from app.designer.types import judging
from app.designer.types.protocol import ITEMS, QuestionForm
from app.i18n import _
from app.models.registers import Kind
from app.questions.compare import NAME
from app.web.forms import parse

MOST = 500


class ComparingForm(BaseModel):
    """The number of the form; an empty one lets it follow from the number of subjects."""

    pairs: Annotated[int, Field(ge=1, le=MOST)] | None = None


class CompareForm(QuestionForm):
    """`compare`: how many pairs are asked of an expert, and whether two may be about equal."""

    name = type = NAME
    label = _("Compare in pairs")
    summary = _(
        "Experts see two subjects at a time and say which comes first. Which pairs, follows from their own "
        "answers. The panel sees how strong each is and how firm the order. For many subjects, or hard ones."
    )
    prompt = _("Which of the two should come first?")
    template = "designer/types/_compare.html"
    no_rule = _(
        "No rule says here when something is settled: each expert compares other pairs, and the intervals "
        "say how firm the order is."
    )
    kinds = (Kind.OPTION, *(kind for kind in ITEMS if kind is not Kind.OPTION))

    def start(self, supplies: Supplies) -> dict[str, Any]:
        """About equal is an answer, and that one cannot say always is."""
        return {"pairs": None, "ties": True} | judging.start(supplies) | {"abstentions": []}

    def parse(self, form: FormData, supplies: Supplies, settings: Mapping[str, Any]) -> dict[str, Any]:
        """The number, and what was ticked."""
        del settings
        judged = judging.read(form, supplies)
        pairs = parse(ComparingForm, form).pairs
        return {"pairs": pairs, "ties": form.get("ties") == "on"} | judged

    def values(self, settings: Mapping[str, Any], supplies: Supplies) -> dict[str, str]:
        """The same as the form shows it."""
        del supplies
        ticked = {"ties": "on"} if settings.get("ties", True) else {}
        return ticked | {"pairs": str(settings.get("pairs") or "")} | judging.values(settings)

    def describe(self, settings: Mapping[str, Any], supplies: Supplies) -> list[str]:
        """How many pairs, and what may be said of one."""
        del supplies
        lines = [i18n.gettext(_("Each expert is asked for two pairs for each subject."))]
        if pairs := settings.get("pairs"):
            lines = [i18n.gettext("Each expert is asked for %(pairs)s pairs at most.") % {"pairs": pairs}]
        equal = (
            _("Two may be about equal.") if settings.get("ties", True) else _("One of two has to come first.")
        )
        return [*lines, i18n.gettext(equal), *judging.describe(settings)]
