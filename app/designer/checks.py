"""What a draft still needs, each point with where it is mended."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from app.designer.supplies import Supplies
from app.designer.types import form_of
from app.i18n import _
from app.models import Round
from app.models.registers import ItemStatus
from app.rounds import agreement as rules
from app.rounds.checklist import checklist
from app.rounds.queries import Asks

# Points of the round's checklist that its questions say more plainly, each for itself.
SAID_BY_QUESTIONS = frozenset({"subjects", "accepted", "criteria", "planes", "elements", "kinds", "rule"})
# Where the others are mended: a route, with the field to which it leads.
PLACES: dict[str, tuple[str, str]] = {
    "questions": ("designer.new_question", ""),
    "previous": ("designer.settings", "f-previous"),
    "closing": ("designer.settings", "f-closes_at"),
}
NO_PROMPT = _("It has no words yet: what are experts asked?")
NO_SUBJECTS = _("It is not said yet what it is about.")
UNFIT = _("Its rule of agreement does not fit any more what it is about.")
FALLEN = _("Something that it is about does not stand in its register any more.")


@dataclass(frozen=True, slots=True)
class Need:
    """Something that is missing; `text` is a message to translate."""

    text: str
    route: str
    anchor: str = ""
    path: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """One point of the round's checklist, and what is missing where it does not hold."""

    name: str
    text: str
    done: bool
    route: str = ""
    anchor: str = ""


def of_question(ask: Asks, supplies: Supplies, *, subjects: int) -> list[Need]:
    """What one question needs before the round can open."""
    question, form = ask.question, form_of(ask.question)
    path = {"question_code": question.code}
    needs = [] if question.prompt else [Need(NO_PROMPT, "designer.question", "f-prompt", path)]
    needs += [Need(text, "designer.question", "", path) for text in form.missing(question.settings, supplies)]
    if form.subjects != "nothing" and not subjects:
        needs.append(Need(NO_SUBJECTS, "designer.subjects", "", path))
    agreement = question.settings.get("agreement")
    if form.has_rule and agreement and not rules.fits(agreement, ask.criteria, subjects or None):
        needs.append(Need(UNFIT, "designer.agreement", "", path))
    if any(subject.status is not ItemStatus.ACCEPTED for subject in ask.subjects):
        needs.append(Need(FALLEN, "designer.subjects", "", path))
    return needs


def of_round(session: Session, round_: Round, needs: Sequence[Need]) -> list[Check]:
    """The round's own checklist, with one line for all that its questions need."""
    points = checklist(session, round_, round_.closes_at)
    own = [
        point
        for point in points
        if point.name not in SAID_BY_QUESTIONS and (point.name != "previous" or round_.previous_id)
    ]
    asks = any(point.name == "questions" and point.done for point in points)
    checks = [Check(point.name, point.text, point.done, *PLACES.get(point.name, ("", ""))) for point in own]
    if asks:
        each = Check("each", _("Every question has all that it needs."), not needs)
        checks.insert(1, each)
    return checks
