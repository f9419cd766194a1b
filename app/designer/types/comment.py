"""Write what speaks for each subject, and what against it."""

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import FormData

from app import i18n
from app.designer.supplies import Supplies
from app.designer.types.protocol import QuestionForm
from app.i18n import _
from app.models.registers import Kind


class CommentForm(QuestionForm):
    """`comment`; it has no settings."""

    name = type = "comment"
    label = _("Comment")
    summary = _(
        "On each subject, experts write what speaks for it and what against it, where they have something "
        "to say. Nothing is rated."
    )
    prompt = _("Please say what speaks for each of these, and what against it. One or two lines are enough.")
    template = "designer/types/_comment.html"
    kinds = (
        Kind.OPTION,
        *(kind for kind in Kind if kind not in {Kind.OPTION, Kind.ELEMENT}),
    )

    def start(self, supplies: Supplies) -> dict[str, Any]:
        """Nothing."""
        del supplies
        return {}

    def parse(self, form: FormData, supplies: Supplies, settings: Mapping[str, Any]) -> dict[str, Any]:
        """Nothing either."""
        del form, supplies, settings
        return {}

    def values(self, settings: Mapping[str, Any], supplies: Supplies) -> dict[str, str]:
        """No fields."""
        del settings, supplies
        return {}

    def describe(self, settings: Mapping[str, Any], supplies: Supplies) -> list[str]:
        """The two sides."""
        del settings, supplies
        return [i18n.gettext("Two texts on each: what speaks for it, and what against it.")]
