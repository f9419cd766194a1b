"""Ask what is missing: proposals for the registers."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, Field
from starlette.datastructures import FormData

from app import i18n
from app.designer.supplies import Supplies
from app.designer.types.protocol import ITEMS, QuestionForm
from app.errors import AppError, Invalid
from app.i18n import _
from app.models.registers import Kind
from app.registers.words import TABS
from app.web.forms import parse

MOST = 50
MOST_WORDS = 1000


class NoKind(AppError):
    """Proposals of nothing."""

    message = "Please choose at least one register."


class WordsTogether(AppError):
    """One limit of words without the other."""

    message = "Please give both the fewest and the most words, or neither."


class WordsInOrder(AppError):
    """More words at least than at most."""

    message = "This must be more than the fewest words."


class ProposingForm(BaseModel):
    """The numbers of the form; an empty one is no limit."""

    limit: Annotated[int, Field(ge=1, le=MOST)] | None = None
    fewest: Annotated[int, Field(ge=1, le=MOST_WORDS)] | None = None
    most: Annotated[int, Field(ge=1, le=MOST_WORDS)] | None = None


class ProposeForm(QuestionForm):
    """`propose`; its `kinds` are the registers to which something may be added."""

    name = type = "propose"
    label = _("Ask for proposals")
    summary = _(
        "Experts propose what the registers lack, in the form of each register. "
        "The facilitators look at each proposal, without a name, before the panel sees it."
    )
    prompt = _("What is missing? Please propose what the registers lack.")
    template = "designer/types/_propose.html"
    subjects = "nothing"
    kinds = ()

    def start(self, supplies: Supplies) -> dict[str, Any]:
        """Ways forward."""
        del supplies
        return {"kinds": [Kind.OPTION.value], "limit": None}

    def parse(self, form: FormData, supplies: Supplies, settings: Mapping[str, Any]) -> dict[str, Any]:
        """The registers that were ticked, and the limits."""
        del supplies, settings
        wanted = set(form.getlist("kind"))
        kinds = [kind.value for kind in ITEMS if kind.value in wanted]
        errors: dict[str, AppError] = {} if kinds else {"kinds": NoKind()}
        typed = ProposingForm()
        try:
            typed = parse(ProposingForm, form)
        except Invalid as problem:
            errors |= problem.errors
        if (typed.fewest is None) != (typed.most is None):
            errors["most" if typed.most is None else "fewest"] = WordsTogether()
        elif typed.fewest and typed.most and typed.fewest >= typed.most:
            errors["most"] = WordsInOrder()
        if errors:
            raise Invalid(errors)
        words = {"words": [typed.fewest, typed.most]} if typed.fewest else {}
        return {"kinds": kinds, "limit": typed.limit} | words

    def values(self, settings: Mapping[str, Any], supplies: Supplies) -> dict[str, str]:
        """`kind.gap` for each register, and the numbers."""
        del supplies
        fewest, most = settings.get("words") or ("", "")
        numbers = {"limit": str(settings.get("limit") or ""), "fewest": str(fewest), "most": str(most)}
        return {f"kind.{kind}": "on" for kind in settings.get("kinds", [])} | numbers

    def describe(self, settings: Mapping[str, Any], supplies: Supplies) -> list[str]:
        """What may be proposed, how much of it, and how long."""
        del supplies
        kinds = [i18n.gettext(TABS[Kind(kind)]) for kind in settings.get("kinds", [])]
        lines = [i18n.gettext("For these registers: %(kinds)s.") % {"kinds": i18n.enumerate_words(kinds)}]
        if limit := settings.get("limit"):
            lines.append(i18n.gettext("At most %(limit)s by each expert.") % {"limit": limit})
        if words := settings.get("words"):
            said = i18n.gettext("From %(fewest)s to %(most)s words each.")
            lines.append(said % {"fewest": words[0], "most": words[1]})
        return lines

    def missing(self, settings: Mapping[str, Any], supplies: Supplies) -> list[str]:
        """A register, where none is chosen."""
        del supplies
        return [] if settings.get("kinds") else [NoKind.message]
