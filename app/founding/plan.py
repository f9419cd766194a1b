"""Lay out the criteria and the rounds of a new seminar."""

from datetime import date

from sqlmodel import Session

from app import i18n
from app.founding import planes, questions, shapes
from app.founding.template import Template
from app.i18n import _
from app.models import Criterion, Round, Seminar
from app.models.rounds import FeedbackPolicy
from app.rounds import calendar

# What a plan promises and the service does not offer yet, said where the promise stands.
NOTES = {
    "rerating": _(
        "Writing and supporting minority statements online is not offered so far. "
        "If you stay outside the main view and wish this to be recorded, say why in your reason: "
        "reasons stand without names under the way forward."
    ),
}

# What a round shows of the rating before it.
SHOWN = {"rerating": FeedbackPolicy.RATIONALES, "ranking": FeedbackPolicy.STATISTICS}


def add_criteria(session: Session, *, seminar: Seminar, criteria: shapes.Criteria) -> None:
    """The overall criterion and all others are there on the one scale, those of the maps on their own."""
    everything: list[shapes.Overall | shapes.Criterion] = [criteria.overall, *criteria.criteria]
    for place, criterion in enumerate(everything):
        overall = isinstance(criterion, shapes.Overall)
        session.add(
            Criterion(
                seminar_id=seminar.id,
                code=criterion.id,
                label=criterion.label,
                question=criterion.question,
                note=criterion.note if isinstance(criterion, shapes.Overall) else "",
                overall=overall,
                benefit=criterion.direction == "higher_is_better",
                weight=criterion.weight if isinstance(criterion, shapes.Criterion) else 0.0,
                low=criteria.scale.min,
                high=criteria.scale.max,
                anchors={str(anchor.value): anchor.label for anchor in criterion.anchors},
                position=place,
            )
        )
    planes.add_criteria(session, seminar=seminar, position=len(everything))


def add_rounds(session: Session, *, seminar: Seminar, template: Template, first_day: date | None) -> None:
    """The rounds are there as drafts, each with the questions of its kind."""
    aims = {aim.id: aim.text for aim in template.mandate.seminar_aims}
    rating: Round | None = None
    for number, planned in enumerate(template.rounds.rounds):
        round_ = Round(
            seminar_id=seminar.id,
            number=number,
            kind=planned.kind,
            title=planned.title,
            purpose=" ".join(aims[aim] for aim in planned.aims),
            instructions=planned.instructions,
            tasks=planned.tasks,
            effort=planned.effort,
            anonymity_note=planned.anonymity,
            product=planned.output,
            note=_note(seminar, planned),
            **calendar.times(
                first_day,
                after_days=7 * planned.opens_week,
                open_days=planned.open_days,
                timezone=seminar.timezone,
            ),
        )
        if planned.kind in SHOWN and rating:
            round_.previous_id, round_.feedback = rating.id, SHOWN[planned.kind]
        session.add(round_)
        session.flush()
        questions.add_questions(session, seminar=seminar, round_=round_, planned=planned, template=template)
        if planned.kind in questions.RATINGS:
            rating = round_


def _note(seminar: Seminar, planned: shapes.Round) -> str:
    ours = NOTES.get(planned.kind)
    if ours is None:
        return planned.note or ""
    return " ".join(filter(None, [planned.note, i18n.catalogue(seminar.language).gettext(ours)]))
