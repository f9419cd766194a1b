"""The reasons of carrying forward in sentences."""

from app.designer.carrying import Reason
from app.designer.evidence import Finding
from app.i18n import _, gettext

SENTENCES: dict[Reason, str] = {
    Reason.NEW: _("New: nobody has answered for it yet."),
    Reason.REWORDED: _(
        "Reworded since, so that it means something else: what was answered was about the earlier wording."
    ),
    Reason.FEW: _("Too few answered for anything to be said of it."),
    Reason.UNTOLD: _("Nothing says whether it is settled."),
    Reason.APART: _("Not settled."),
    Reason.EVOLVING: _("Settled, but views were still moving between the last two ratings."),
    Reason.REOPENED: _("Settled, but two experts or more have given new reasons against it."),
    Reason.NEAR: _("Its label would be another if the thresholds moved by five points."),
    Reason.RUNNING: _("It may be among the first half."),
    Reason.CHOSEN: _("Chosen by more than half."),
    Reason.FAVOURED: _("The panel rates it in the upper half of the scale."),
    Reason.NOT_FAVOURED: _("The panel rates it in the lower half of the scale."),
    Reason.SETTLED: _("Settled, and views no longer move."),
    Reason.SETTLED_ONCE: _("Settled. Whether views still move cannot be told from one rating."),
    Reason.BEHIND: _("Behind the first half."),
    Reason.PASSED_OVER: _("Chosen by no more than half."),
    Reason.LEFT_OUT: _("It was there, and was not asked about."),
}


def sentences(finding: Finding) -> list[str]:
    """Why the subject is proposed, or why it is not, in the language spoken."""
    return [finding.said.get(reason) or gettext(SENTENCES[reason]) for reason in finding.proposal.reasons]
