"""What the questions of a ballot are called."""

from app.ballots.queries import Part
from app.i18n import _, enumerate_words, gettext
from app.registers.words import TABS

# Where the kinds of its subjects do not say what a question is about.
NAMES = {
    "cover": _("Coverage of the mandate"),
    "propose": _("Proposals"),
    "weigh": _("Weights of the criteria"),
}
# Where they do, and one round may ask several things of the same.
ASKED = {"rank": _("%(subjects)s: your order"), "allocate": _("%(subjects)s: your points")}


def name_of(part: Part) -> str:
    """The question's short name, in the language spoken."""
    if name := NAMES.get(part.type.name):
        return gettext(name)
    subjects = enumerate_words([gettext(TABS[kind]) for kind in dict.fromkeys(part.kinds.values())])
    asked = ASKED.get(part.type.name)
    return gettext(asked) % {"subjects": subjects} if asked else subjects
