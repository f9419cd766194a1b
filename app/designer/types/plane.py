"""Put each subject on a plane that two criteria span."""

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
from app.rounds import planes

AXES = ("across", "upwards")


class NoAxis(AppError):
    """A plane with less than two sides."""

    message = "Please choose a criterion."


class SameAxis(AppError):
    """A plane whose two sides are one."""

    message = "Please choose two different criteria."


class PlaneForm(QuestionForm):
    """`rate` in the layout `plane`."""

    name = "plane"
    type = "rate"
    label = _("Place on a plane")
    summary = _(
        "Each subject gets its place by two judgements, such as how likely and how serious it is. "
        "The panel sees a map with medians and spread."
    )
    prompt = _("Please say of each that you know where it belongs. Leave out what you know little about.")
    template = "designer/types/_plane.html"
    # those that know no side: a place on a plane is neither for nor against
    rules = ("iqr", "cns")
    kinds = (
        Kind.THREAT,
        *(kind for kind in Kind if kind not in {Kind.THREAT, Kind.ELEMENT}),
    )

    def fits(self, question: Question) -> bool:
        """A rating in that layout."""
        return question.type == self.type and question.settings.get("layout") == PLANE

    def start(self, supplies: Supplies) -> dict[str, Any]:
        """On likelihood and impact, where the seminar has them; otherwise its first two criteria."""
        codes = [code for code in planes.THREATS if code in supplies.known]
        if len(codes) < len(AXES):
            codes = list(supplies.known)[: len(AXES)]
        axes = {"layout": PLANE, "criteria": [{"code": code} for code in codes], "by_sector": False}
        return axes | judging.start(supplies)

    def parse(self, form: FormData, supplies: Supplies, settings: Mapping[str, Any]) -> dict[str, Any]:
        """The two criteria, and whether the map is drawn by sector too."""
        del settings
        chosen = {name: str(form.get(name) or "") for name in AXES}
        errors: dict[str, AppError] = {
            name: NoAxis() for name, code in chosen.items() if code not in supplies.known
        }
        if not errors and chosen["across"] == chosen["upwards"]:
            errors["upwards"] = SameAxis()
        try:
            judged = judging.read(form, supplies)
        except Invalid as problem:
            raise Invalid(errors | problem.errors) from None
        if errors:
            raise Invalid(errors)
        axes = [{"code": code} for code in chosen.values()]
        return {"layout": PLANE, "criteria": axes, "by_sector": form.get("by_sector") == "on"} | judged

    def values(self, settings: Mapping[str, Any], supplies: Supplies) -> dict[str, str]:
        """The two criteria by the names of the sides."""
        del supplies
        codes = [one["code"] for one in settings.get("criteria", [])]
        sides = dict(zip(AXES, codes, strict=False))
        sectors = {"by_sector": "on"} if settings.get("by_sector") else {}
        return sides | sectors | judging.values(settings)

    def describe(self, settings: Mapping[str, Any], supplies: Supplies) -> list[str]:
        """What is drawn across and what upwards."""
        codes = [one["code"] for one in settings.get("criteria", []) if one["code"] in supplies.known]
        lines = []
        if len(codes) == len(AXES):
            across, upwards = (supplies.known[code].label for code in codes)
            said = i18n.gettext("Across: %(across)s. Upwards: %(upwards)s.")
            lines.append(said % {"across": across, "upwards": upwards})
        if settings.get("by_sector"):
            lines.append(i18n.gettext("The map is drawn for each sector too, where it is large enough."))
        return lines + judging.describe(settings)

    def missing(self, settings: Mapping[str, Any], supplies: Supplies) -> list[str]:
        """A side, where one is gone."""
        codes = {one["code"] for one in settings.get("criteria", [])} & supplies.known.keys()
        return [] if len(codes) == len(AXES) else [_("A plane needs two criteria that span it.")]
