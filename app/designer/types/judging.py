"""What questions that are judged have in common: the reason asked for, and why one may abstain."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, StringConstraints
from starlette.datastructures import FormData

from app import i18n
from app.designer.supplies import Supplies
from app.i18n import _
from app.models.ballots import Abstention
from app.web.forms import parse

RATIONALE = _(
    "Why do you see it so? A reason in one or two sentences helps others more than the number. "
    "Please leave out classified, operational and personal details."
)
# How the reasons to abstain read where the seminar has no words of its own.
ABSTENTIONS: dict[str, str] = {
    Abstention.NO_EXPERTISE: _("Outside my expertise"),
    Abstention.CANNOT_SAY: _("Not enough information"),
    Abstention.PREFER_NOT: _("I prefer not to answer"),
}
PROMPT_LENGTH = 500


class JudgingForm(BaseModel):
    """The fields of `designer/types/_judging.html` beside the reasons to abstain."""

    rationale: Annotated[str, StringConstraints(max_length=PROMPT_LENGTH)] = ""


def start(supplies: Supplies) -> dict[str, Any]:
    """Reasons are asked for, and every abstention is allowed."""
    return {"abstentions": offered(supplies), "rationale": {"prompt": supplies.say(RATIONALE)}}


def read(form: FormData, supplies: Supplies) -> dict[str, Any]:
    """What was chosen; `Invalid` if the question for the reason is too long."""
    typed = parse(JudgingForm, form)
    wanted = set(form.getlist("abstention"))
    allowed = [one for one in offered(supplies) if one["value"] in wanted]
    return {"abstentions": allowed, "rationale": {"prompt": typed.rationale}}


def values(settings: Mapping[str, Any]) -> dict[str, str]:
    """The same as the form shows it: `abstention.cannot_say` is there where that is allowed."""
    allowed = {f"abstention.{one['value']}": "on" for one in settings.get("abstentions", [])}
    return allowed | {"rationale": settings.get("rationale", {}).get("prompt", "")}


def describe(settings: Mapping[str, Any]) -> list[str]:
    """The same in words."""
    labels = [one["label"] for one in settings.get("abstentions", [])]
    lines = [i18n.gettext("A reason can be given in words.")]
    if labels:
        said = i18n.gettext("Who does not answer can say why: %(reasons)s.")
        lines.append(said % {"reasons": i18n.enumerate_words(labels)})
    return lines


def offered(supplies: Supplies) -> list[dict[str, str]]:
    """The reasons to abstain in the seminar's words, those that every answer can hold."""
    own = {one["value"]: one["label"] for one in supplies.seminar.wording.get("scale", {}).get("abstain", [])}
    return [
        {"value": value, "label": own.get(value) or supplies.say(words)}
        for value, words in ABSTENTIONS.items()
    ]
