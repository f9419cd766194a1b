"""Lay out the criteria and the rounds of a new seminar."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel import Session

from app import i18n
from app.founding import planes, questions, shapes
from app.founding.template import Template
from app.i18n import _
from app.models import Criterion, Round, Seminar
from app.models.rounds import FeedbackPolicy

OPENS = time(9, 0)
# of the two moments called 23:59 where clocks are set back then, the later
CLOSES = time(23, 59, fold=1)

# What a plan promises and the service does not offer yet, said where the promise stands.
NOTES = {
    "rerating": _(
        "Writing and supporting minority statements online is not offered so far. "
        "If you stay outside the main view and wish this to be recorded, say why in your reason: "
        "reasons stand without names under the way forward."
    ),
    "ranking": _(
        "This round is planned and has no questions yet: distributing points online is not offered so far. "
        "The ways forward are ranked from the last rating, with the uncertainty of each rank."
    ),
}


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
            **_times(planned, first_day, seminar.timezone),
        )
        if planned.kind == "rerating" and rating:
            round_.previous_id, round_.feedback = rating.id, FeedbackPolicy.RATIONALES
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


def _times(planned: shapes.Round, first_day: date | None, timezone: str) -> dict[str, Any]:
    """From nine in the morning of the first day to the last minute of the last, where the seminar is."""
    if first_day is None:
        return {}
    zone = i18n.zone(timezone)
    opening = first_day + timedelta(weeks=planned.opens_week)
    closing = opening + timedelta(days=planned.open_days - 1)
    return {
        "opens_at": datetime.combine(opening, OPENS, zone),
        "closes_at": datetime.combine(closing, CLOSES, zone),
    }
