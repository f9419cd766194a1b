"""The criteria on which threats and stakeholders are mapped; every seminar has them."""

from dataclasses import dataclass

from sqlmodel import Session

from app import i18n
from app.i18n import _
from app.models import Criterion, Seminar
from app.rounds import planes

LOW = 1


@dataclass(frozen=True, slots=True)
class Axis:
    """One criterion of a plane, in messages to translate; `points` are those of its scale, from 1 on."""

    label: str
    question: str
    points: tuple[str, ...]


LIKELIHOOD = Axis(
    _("Likelihood"),
    _("In the context that you know: how likely is it that this occurs, or goes on, in the next five years?"),
    (
        _("Very unlikely"),
        _("Unlikely"),
        _("About as likely as not"),
        _("Likely"),
        _("Very likely, or happening already"),
    ),
)
IMPACT = Axis(
    _("Impact"),
    _("If it occurs: how serious are its consequences for people, States and their cooperation?"),
    (
        _("Slight consequences"),
        _("Limited consequences"),
        _("Considerable consequences"),
        _("Serious consequences"),
        _("Very serious consequences"),
    ),
)
INFLUENCE = Axis(
    _("Influence"),
    _("How much can this stakeholder do for, or against, what the mandate asks for?"),
    (
        _("Hardly any influence"),
        _("Little influence"),
        _("Some influence"),
        _("Much influence"),
        _("Decisive influence"),
    ),
)
INTEREST = Axis(
    _("Interest"),
    _("How much does this stakeholder concern itself with what the mandate asks for?"),
    (
        _("Hardly any interest"),
        _("Little interest"),
        _("Some interest"),
        _("Much interest"),
        _("Among its main concerns"),
    ),
)

AXES = dict(
    zip((*planes.THREATS, *planes.STAKEHOLDERS), (LIKELIHOOD, IMPACT, INFLUENCE, INTEREST), strict=True)
)


def add_criteria(session: Session, *, seminar: Seminar, position: int) -> None:
    """The four criteria are there in the seminar's language, every point of their scales in words."""
    say = i18n.catalogue(seminar.language).gettext
    for place, (code, axis) in enumerate(AXES.items(), start=position):
        session.add(
            Criterion(
                seminar_id=seminar.id,
                code=code,
                label=say(axis.label),
                question=say(axis.question),
                low=LOW,
                high=len(axis.points),
                anchors={str(point): say(words) for point, words in enumerate(axis.points, start=LOW)},
                position=place,
            )
        )
