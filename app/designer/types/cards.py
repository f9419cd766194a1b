"""Rate each subject by itself on criteria, each asked of everyone or of those with a view."""

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import FormData

from app import i18n
from app.designer.supplies import Supplies
from app.designer.types import judging
from app.designer.types.protocol import QuestionForm
from app.errors import AppError, Invalid
from app.i18n import _
from app.models import Question
from app.models.registers import Kind
from app.questions.rate import PLANE
from app.rounds import agreement, planes

# What the form says of each criterion in its field `criterion.C1`.
EVERYONE, WELCOME = "everyone", "welcome"


class NoCriterion(AppError):
    """A rating without anything to rate on."""

    message = "Please choose at least one criterion."


class CardsForm(QuestionForm):
    """`rate` on cards."""

    name = "cards"
    type = "rate"
    label = _("Rate one by one")
    summary = _(
        "Each subject stands on a card of its own and is rated on one or more scales, with a reason. "
        "The ranking and the wording of the outcome rest on it."
    )
    prompt = _("Please rate each of these, or say why you abstain.")
    template = "designer/types/_cards.html"
    rules = tuple(agreement.RULES)
    kinds = (
        Kind.OPTION,
        *(kind for kind in Kind if kind not in {Kind.OPTION, Kind.ELEMENT}),
    )

    def fits(self, question: Question) -> bool:
        """A rating that is no plane."""
        return question.type == self.type and question.settings.get("layout") != PLANE

    def start(self, supplies: Supplies) -> dict[str, Any]:
        """On the overall criterion, asked of everyone."""
        overall = [one for one in supplies.criteria if one.overall]
        asked = [{"code": one.code, "required": True} for one in overall]
        return {"criteria": asked} | judging.start(supplies)

    def parse(self, form: FormData, supplies: Supplies, settings: Mapping[str, Any]) -> dict[str, Any]:
        """The criteria that were chosen, those asked before in their order, and then the seminar's."""
        before = [one["code"] for one in settings.get("criteria", [])]
        order = [code for code in before if code in supplies.known]
        order += [code for code in supplies.known if code not in order]
        chosen = {code: form.get(f"criterion.{code}") for code in order}
        asked = [
            {"code": code, "required": how == EVERYONE}
            for code, how in chosen.items()
            if how in {EVERYONE, WELCOME}
        ]
        errors: dict[str, AppError] = {} if asked else {"criteria": NoCriterion()}
        try:
            judged = judging.read(form, supplies)
        except Invalid as problem:
            raise Invalid(errors | problem.errors) from None
        if errors:
            raise Invalid(errors)
        return {"criteria": asked} | judged

    def values(self, settings: Mapping[str, Any], supplies: Supplies) -> dict[str, str]:
        """Each criterion with whom it is asked of."""
        del supplies
        asked = {
            f"criterion.{one['code']}": EVERYONE if one.get("required") else WELCOME
            for one in settings.get("criteria", [])
        }
        return asked | judging.values(settings)

    def describe(self, settings: Mapping[str, Any], supplies: Supplies) -> list[str]:
        """The criteria by their labels."""
        asked = [one for one in settings.get("criteria", []) if one["code"] in supplies.known]
        lines = []
        for required, words in (
            (True, _("Asked of everyone: %(labels)s.")),
            (False, _("Asked of those with a view: %(labels)s.")),
        ):
            labels = [
                supplies.known[one["code"]].label for one in asked if bool(one.get("required")) is required
            ]
            if labels:
                lines.append(i18n.gettext(words) % {"labels": i18n.enumerate_words(labels)})
        return lines + judging.describe(settings)

    def more(self, settings: Mapping[str, Any], supplies: Supplies) -> dict[str, Any]:
        """The criteria offered: all but those of the maps, unless these are asked already."""
        asked = {one["code"] for one in settings.get("criteria", [])}
        offered = [one for one in supplies.criteria if one.code not in planes.CODES or one.code in asked]
        return {"offered": offered}

    def missing(self, settings: Mapping[str, Any], supplies: Supplies) -> list[str]:
        """A criterion, where none is left."""
        left = any(one["code"] in supplies.known for one in settings.get("criteria", []))
        return [] if left else [NoCriterion.message]
