"""Spend a number of points over the subjects."""

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
from app.questions.accord import GIVEN
from app.questions.allocate import ALL
from app.web.forms import parse

FEWEST_POINTS, MOST_POINTS = 2, 1000
MOST = 200
# so many get points where the panel is to choose
FEW = 8


class AllocatingForm(BaseModel):
    """The numbers of the form; without a limit, all subjects may get points."""

    points: Annotated[int, Field(ge=FEWEST_POINTS, le=MOST_POINTS)]
    most: Annotated[int, Field(ge=1, le=MOST)] | None = None


class AllocateForm(QuestionForm):
    """`allocate`: how many points there are, and on how many subjects they may be spent."""

    name = type = "allocate"
    label = _("Divide points")
    summary = _(
        "Experts divide 100 points among the subjects, as many to each as it deserves. "
        "The panel sees what each gets, how far experts differ, and how firm the order is."
    )
    prompt = _("Please divide 100 points among these: as many to each as it deserves.")
    template = "designer/types/_allocate.html"
    rules = (GIVEN,)
    kinds = (Kind.OPTION, *(kind for kind in ITEMS if kind is not Kind.OPTION))

    def start(self, supplies: Supplies) -> dict[str, Any]:
        """A hundred points on a few of them."""
        return {"points": ALL, "most": FEW} | judging.start(supplies) | {"abstentions": []}

    def parse(self, form: FormData, supplies: Supplies, settings: Mapping[str, Any]) -> dict[str, Any]:
        """The two numbers."""
        del settings
        judged = judging.read(form, supplies)
        typed = parse(AllocatingForm, form)
        return {"points": typed.points, "most": typed.most} | judged

    def values(self, settings: Mapping[str, Any], supplies: Supplies) -> dict[str, str]:
        """The same as the form shows it."""
        del supplies
        numbers = {"points": str(settings.get("points", ALL)), "most": str(settings.get("most") or "")}
        return numbers | judging.values(settings)

    def describe(self, settings: Mapping[str, Any], supplies: Supplies) -> list[str]:
        """How many points, and on how many."""
        del supplies
        points, most = settings.get("points", ALL), settings.get("most")
        lines = [i18n.gettext("There are %(points)s points to divide.") % {"points": points}]
        if most:
            lines.append(i18n.gettext("At most %(most)s may get points.") % {"most": most})
        return lines + judging.describe(settings)
