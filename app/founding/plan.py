"""Lay out the criteria and the rounds of a new seminar, with the questions that can be asked already."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel import Session

from app import i18n
from app.founding import shapes
from app.founding.template import Template
from app.i18n import _
from app.models import Criterion, Question, Round, Seminar, Subject
from app.models.registers import Kind
from app.models.rounds import FeedbackPolicy
from app.registers import queries as registers

OPENS = time(9, 0)
# of the two moments called 23:59 where clocks are set back then, the later
CLOSES = time(23, 59, fold=1)

# What a plan promises and the service does not offer yet, said where the promise stands.
NOTES = {
    "mapping": _(
        "This round is planned and has no questions yet: answering on maps online is not offered so far. "
        "The registers are filled from the template, so the rating can go ahead without it; "
        "corrections can be collected in a session or by mail."
    ),
    "proposals": _(
        "This round is planned and has no questions yet: proposing online is not offered so far. "
        "The list of ways forward is filled from the template, so the rating can go ahead without it; "
        "proposals can be collected in a session or by mail."
    ),
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
PROMPTS = {
    "rating": _("Please rate each way forward, or say why you abstain."),
    "rerating": _("Please look at what the panel said, then keep or change your rating of each way forward."),
}
RATIONALE = _(
    "Why do you see it so? A reason in one or two sentences helps others more than the number. "
    "Please leave out classified, operational and personal details."
)


def add_criteria(session: Session, *, seminar: Seminar, criteria: shapes.Criteria) -> None:
    """The overall criterion and all others are there, on the one scale."""
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


def add_rounds(session: Session, *, seminar: Seminar, template: Template, first_day: date | None) -> None:
    """The rounds are there as drafts, each rating with its question on every option."""
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
        if planned.kind in PROMPTS:
            _add_rating(session, seminar=seminar, round_=round_, planned=planned, template=template)
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


def _add_rating(
    session: Session, *, seminar: Seminar, round_: Round, planned: shapes.Round, template: Template
) -> None:
    say = i18n.catalogue(seminar.language).gettext
    question = Question(
        round_id=round_.id,
        code="Q1",
        type="rate",
        prompt=say(PROMPTS[planned.kind]),
        settings=_settings(planned, template.criteria.scale, say(RATIONALE)),
    )
    session.add(question)
    session.flush()
    for place, option in enumerate(registers.items(session, seminar=seminar, kind=Kind.OPTION)):
        session.add(
            Subject(question_id=question.id, item_id=option.id, item_version=option.version, position=place)
        )


def _settings(planned: shapes.Round, scale: shapes.Scale, rationale: str) -> dict[str, Any]:
    return {
        "criteria": [
            *({"code": code, "required": True} for code in planned.required_criteria),
            *({"code": code, "required": False} for code in planned.optional_criteria),
        ],
        "abstentions": [shapes.as_data(reason) for reason in scale.abstain],
        "rationale": {"prompt": rationale},
    }
