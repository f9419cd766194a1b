"""Criteria that are ready to be added to any seminar, every scale with its ends and points in words."""

from dataclasses import dataclass

from app.i18n import _

# What groups the criteria on the page where they are chosen from.
OPTIONS, RISKS, ACTORS, RELEVANCE = "options", "risks", "actors", "relevance"
GROUPS: dict[str, str] = {
    OPTIONS: _("For ways forward and measures"),
    RISKS: _("For threats and risks"),
    ACTORS: _("For stakeholders"),
    RELEVANCE: _("For lists of anything"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """One criterion in messages to translate; `anchors` are the points of its scale that have words."""

    code: str
    group: str
    label: str
    question: str
    anchors: dict[int, str]
    low: int = 1
    high: int = 9
    benefit: bool = True


def _points(*words: str) -> dict[int, str]:
    return dict(enumerate(words, 1))


AGREE = _points(
    _("Strongly disagree"),
    _("Disagree"),
    _("Neither agree nor disagree"),
    _("Agree"),
    _("Strongly agree"),
)

LIBRARY: tuple[Ready, ...] = (
    Ready(
        code="EFF",
        group=OPTIONS,
        label=_("Effectiveness"),
        question=_("If it were carried out well: how much would it contribute to the aim?"),
        anchors={1: _("Hardly anything"), 5: _("Something"), 9: _("A great deal")},
    ),
    Ready(
        code="FEA",
        group=OPTIONS,
        label=_("Political feasibility"),
        question=_("How likely is it that those who must agree to it will, within the time foreseen?"),
        anchors={1: _("Out of reach"), 5: _("Possible with effort"), 9: _("Within reach now")},
    ),
    Ready(
        code="TEC",
        group=OPTIONS,
        label=_("Practical feasibility"),
        question=_("How far are the means, skills and institutions there that it needs?"),
        anchors={1: _("None of them are"), 5: _("Some of them are"), 9: _("All of them are")},
    ),
    Ready(
        code="COST",
        group=OPTIONS,
        label=_("Cost"),
        question=_("How much money, staff and time does it take of those who carry it out?"),
        anchors={1: _("Hardly any"), 5: _("A fair amount"), 9: _("A great deal")},
        benefit=False,
    ),
    Ready(
        code="SIDE",
        group=OPTIONS,
        label=_("Unwanted effects"),
        question=_("How serious are the effects that nobody wants, such as on rights, trade or aid?"),
        anchors={1: _("Negligible"), 5: _("Noticeable"), 9: _("Serious")},
        benefit=False,
    ),
    Ready(
        code="URG",
        group=OPTIONS,
        label=_("Urgency"),
        question=_("How soon must it begin to be of use?"),
        anchors={1: _("It can wait"), 5: _("Within a few years"), 9: _("Now")},
    ),
    Ready(
        code="SUST",
        group=OPTIONS,
        label=_("Lasting effect"),
        question=_("How long will its effect last once outside support ends?"),
        anchors={1: _("It ends with the support"), 5: _("A few years"), 9: _("For good")},
    ),
    Ready(
        code="LIKE",
        group=RISKS,
        label=_("Likelihood"),
        question=_("How likely is it that this occurs, or goes on, in the next five years?"),
        anchors=_points(
            _("Very unlikely"),
            _("Unlikely"),
            _("About as likely as not"),
            _("Likely"),
            _("Very likely, or happening already"),
        ),
        high=5,
    ),
    Ready(
        code="PROB",
        group=RISKS,
        label=_("Probability"),
        question=_("How probable is it, in per cent, that this occurs, or goes on, in the next five years?"),
        anchors={0: _("Ruled out"), 50: _("As likely as not"), 100: _("Certain")},
        low=0,
        high=100,
    ),
    Ready(
        code="HARM",
        group=RISKS,
        label=_("Harm"),
        question=_("If it occurs: how serious are its consequences for people and States?"),
        anchors=_points(_("Slight"), _("Limited"), _("Considerable"), _("Serious"), _("Very serious")),
        high=5,
        benefit=False,
    ),
    Ready(
        code="POW",
        group=ACTORS,
        label=_("Influence"),
        question=_("How much can this stakeholder do for, or against, what the mandate asks for?"),
        anchors=_points(_("Hardly anything"), _("Little"), _("Something"), _("Much"), _("What decides")),
        high=5,
    ),
    Ready(
        code="CARE",
        group=ACTORS,
        label=_("Interest"),
        question=_("How much does this stakeholder concern itself with what the mandate asks for?"),
        anchors=_points(_("Hardly"), _("Little"), _("Somewhat"), _("Much"), _("Among its main concerns")),
        high=5,
    ),
    Ready(
        code="APP",
        group=RELEVANCE,
        label=_("Appropriateness"),
        question=_("Do the benefits expected of it exceed its harms by so much that it is worth doing?"),
        anchors={1: _("Highly inappropriate"), 5: _("Uncertain"), 9: _("Highly appropriate")},
    ),
    Ready(
        code="REL",
        group=RELEVANCE,
        label=_("Relevance"),
        question=_("How relevant is this to the mandate?"),
        anchors={1: _("Not at all"), 4: _("Somewhat"), 7: _("Very")},
        high=7,
    ),
    Ready(
        code="IMPO",
        group=RELEVANCE,
        label=_("Importance"),
        question=_("How important is this to you, compared with all else that could be done?"),
        anchors={1: _("Not important"), 5: _("Important"), 9: _("Critical")},
    ),
    Ready(
        code="AGR",
        group=RELEVANCE,
        label=_("Agreement"),
        question=_("How far do you agree with this statement?"),
        anchors=AGREE,
        high=5,
    ),
    Ready(
        code="CON",
        group=RELEVANCE,
        label=_("Confidence"),
        question=_("How sure are you of what you answered here?"),
        anchors={1: _("Guessing"), 3: _("Fairly sure"), 5: _("Certain")},
        high=5,
    ),
)
BY_CODE: dict[str, Ready] = {ready.code: ready for ready in LIBRARY}
