"""Say how far each framework covers each element of the mandate."""

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import FormData

from app import i18n
from app.designer.supplies import Supplies
from app.designer.types.protocol import QuestionForm
from app.errors import AppError, Invalid
from app.i18n import _
from app.models.registers import Kind
from app.questions.accord import MODAL


class NoElement(AppError):
    """Coverage of nothing."""

    message = "Please choose at least one element of the mandate."


class CoverForm(QuestionForm):
    """`cover`; the elements go by their codes."""

    name = type = "cover"
    label = _("Coverage of the mandate")
    summary = _(
        "Of each framework, experts say how far it covers each element of the mandate, how sure they are, "
        "and where it can be read. The panel sees a map of gaps and of disagreement."
    )
    prompt = _(
        "Please say of the frameworks that you know how far they cover each element of the mandate. "
        "Where you can, say how sure you are and where it can be read."
    )
    template = "designer/types/_cover.html"
    rules = (MODAL,)
    kinds = (Kind.FRAMEWORK,)

    def start(self, supplies: Supplies) -> dict[str, Any]:
        """All elements."""
        return {"elements": [element.code for element in supplies.elements]}

    def parse(self, form: FormData, supplies: Supplies, settings: Mapping[str, Any]) -> dict[str, Any]:
        """The elements that were ticked, in the mandate's order."""
        del settings
        wanted = set(form.getlist("element"))
        chosen = [element.code for element in supplies.elements if element.code in wanted]
        if not chosen:
            raise Invalid({"elements": NoElement()})
        return {"elements": chosen}

    def values(self, settings: Mapping[str, Any], supplies: Supplies) -> dict[str, str]:
        """`element.E01` for each that is asked about."""
        del supplies
        return {f"element.{code}": "on" for code in settings.get("elements", [])}

    def describe(self, settings: Mapping[str, Any], supplies: Supplies) -> list[str]:
        """How many elements."""
        count = len(self._standing(settings, supplies))
        said = i18n.ngettext(
            "Of each, experts grade how far it covers one element of the mandate.",
            "Of each, experts grade how far it covers %(count)s elements of the mandate.",
            count,
        )
        return [said % {"count": count} if "%(count)s" in said else said]

    def missing(self, settings: Mapping[str, Any], supplies: Supplies) -> list[str]:
        """An element, where none is left."""
        return [] if self._standing(settings, supplies) else [NoElement.message]

    def _standing(self, settings: Mapping[str, Any], supplies: Supplies) -> list[str]:
        wanted = settings.get("elements", [])
        return [element.code for element in supplies.elements if element.code in wanted]
