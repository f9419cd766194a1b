"""Rules of agreement without a scale in words: fixed before the round opens, and shown to all."""

from collections.abc import Mapping
from typing import Any

from app import i18n
from app.i18n import _
from app.questions import accord
from app.questions.accord import CONCORDANT, FIRST, GIVEN, MODAL

RULES: dict[str, str] = {
    MODAL: _("Enough give the same grade"),
    FIRST: _("Enough put it among the first"),
    CONCORDANT: _("Experts put all in much the same order"),
    GIVEN: _("Enough give it points"),
}
SENTENCES: dict[str, str] = {
    MODAL: _(
        "Something counts as settled if at least %(at_least)s of those who grade it give one and the same "
        "grade. Who does not know is not counted. All else stays open."
    ),
    FIRST: _(
        "Something counts as settled if at least %(at_least)s of those who put anything in order, and did "
        "not abstain from it, put it among their first %(first)s. All else stays open."
    ),
    CONCORDANT: _(
        "The order counts as settled, as a whole, if Kendall's W is at least %(at_least)s: it is 1 if all "
        "who put everything in order choose the same order, and 0 if their orders have nothing in common. "
        "Otherwise it stays open."
    ),
    GIVEN: _(
        "Something counts as settled if at least %(at_least)s of those who spend their points, and did not "
        "abstain from it, give it any. All else stays open."
    ),
}


def sentence(agreement: Mapping[str, Any]) -> str:
    """The rule in words, in the language spoken."""
    share = agreement["at_least"]
    said = i18n.number(share, 2) if agreement["rule"] == CONCORDANT else i18n.percent(share)
    first = i18n.number(agreement.get("first", 1))
    return i18n.gettext(SENTENCES[agreement["rule"]]) % {"at_least": said, "first": first}


def fits(agreement: Mapping[str, Any], among: int | None = None) -> bool:
    """Whether it can be applied, to so many subjects: among the first of three, not all three can be."""
    return accord.is_one(agreement) and (among is None or agreement.get("first", 0) < max(among, 1))
