"""Lay a plan out in a seminar: its rounds as drafts after those that stand, with criteria that lack."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from app import audit, i18n
from app.designer import criteria, queries, service
from app.designer.library import BY_CODE
from app.designer.plans import Plan, PlannedCriterion, PlannedQuestion, PlannedRound
from app.designer.types import judging
from app.errors import Invalid
from app.founding import blank
from app.founding import planes as axes
from app.models import Criterion, Person, Round, Seminar
from app.models.registers import Kind
from app.models.rounds import FeedbackPolicy, Reveal
from app.registers import queries as registers
from app.rounds import calendar, effort, planes
from app.rounds import queries as rounds

OVERALL = "OV"
# What is reckoned with while a register is still empty: so many entries of so many words.
SUPPOSED = [60] * 20


class NoRound(Invalid):
    """None of the rounds was chosen."""

    message = "Please choose at least one round."


def lay_out(
    session: Session,
    *,
    seminar: Seminar,
    plan: Plan,
    by: Person | None,
    name: str = "",
    places: Collection[int] | None = None,
    first_day: date | None = None,
) -> list[Round]:
    """The rounds at these places of the plan, or all, stand as drafts at the end of the seminar's.

    The first of them begins on the first day; a round whose forerunner is left out builds on none. `name`
    is what the audit calls the plan.
    """
    chosen = {
        place: planned for place, planned in enumerate(plan.rounds) if places is None or place in places
    }
    if not chosen:
        raise NoRound({"round": NoRound()})
    codes = _criteria(session, seminar=seminar, plan=plan, chosen=chosen.values(), by=by)
    is_first = not rounds.plan(session, seminar)
    start = min(planned.opens_after_days for planned in chosen.values())
    made: dict[int, Round] = {}
    for place, planned in chosen.items():
        columns = _columns(planned, seminar, made) | _times(planned, seminar, first_day, start)
        number = plan.first_number + len(made) if is_first else None
        made[place] = service.add_round(session, seminar=seminar, by=by, number=number, **columns)
        for question in planned.questions:
            _ask(session, seminar=seminar, round_=made[place], question=question, codes=codes, by=by)
    audit.record(
        session,
        "design:plan:apply",
        actor=by.id if by else None,
        seminar=seminar.id,
        subject=name,
        count=len(made),
    )
    return list(made.values())


def minutes(session: Session, seminar: Seminar, planned: PlannedRound) -> int:
    """How long the round would take an expert, as the registers are; an empty one is supposed to fill."""
    return effort.rounded(sum(effort.minutes(_load(session, seminar, one)) for one in planned.questions))


def supposes(session: Session, seminar: Seminar, plan: Plan) -> bool:
    """Whether that rests on what is supposed of a register that is still empty."""
    counts = registers.counts(session, seminar=seminar)
    return any(not counts.get(kind) for one in plan.rounds for asks in one.questions for kind in asks.kinds)


def _columns(planned: PlannedRound, seminar: Seminar, made: Mapping[int, Round]) -> dict[str, Any]:
    """The columns of a round; its words in the seminar's language."""
    before = made.get(planned.builds_on) if planned.builds_on is not None else None
    shows = before is not None or Reveal(planned.reveal) is Reveal.OWN_ANSWER
    return {
        "title": _say(seminar, planned.title),
        "kind": planned.kind,
        "purpose": _say(seminar, planned.purpose),
        "instructions": _say(seminar, planned.instructions),
        "anonymity_note": _say(seminar, planned.anonymity),
        "product": _say(seminar, planned.product),
        "previous_id": before.id if before else None,
        "feedback": FeedbackPolicy(planned.feedback) if shows else FeedbackPolicy.NONE,
        "reveal": Reveal(planned.reveal),
        "counts_saved": planned.counts_saved,
        "quorum_share": planned.quorum_share,
        "reminders": list(planned.reminders),
    }


def _times(planned: PlannedRound, seminar: Seminar, first_day: date | None, start: int) -> dict[str, Any]:
    """Its times, where the first of the chosen rounds begins on the first day."""
    return calendar.times(
        first_day,
        after_days=planned.opens_after_days - start,
        open_days=planned.open_days,
        timezone=seminar.timezone,
    )


def _ask(
    session: Session,
    *,
    seminar: Seminar,
    round_: Round,
    question: PlannedQuestion,
    codes: Mapping[str, str],
    by: Person | None,
) -> None:
    supplies = queries.supplies(session, seminar)
    settings: dict[str, Any] = dict(question.settings)
    if "criteria" in settings:
        settings["criteria"] = [one | {"code": codes[one["code"]]} for one in settings["criteria"]]
    if question.judged:
        settings |= judging.start(supplies)
    if question.reason:
        settings["rationale"] = {"prompt": _say(seminar, question.reason)}
    if question.type == rounds.COVER:
        settings["elements"] = [element.code for element in supplies.elements]
    weighed = [one.id for one in supplies.criteria if not one.overall and one.code not in planes.CODES]
    service.add_question(
        session,
        round_=round_,
        by=by,
        type_=question.type,
        prompt=_say(seminar, question.prompt),
        settings=settings,
        about=question.kinds,
        criteria=weighed if question.type == "weigh" else (),
    )


def _criteria(
    session: Session, *, seminar: Seminar, plan: Plan, chosen: Iterable[PlannedRound], by: Person | None
) -> dict[str, str]:
    """The code in this seminar of each criterion that the rounds ask; what lacks is added."""
    own = {one.code: one for one in plan.criteria}
    wanted = dict.fromkeys(code for one in chosen for asks in one.questions for code in asks.criteria)
    return {
        code: _criterion(session, seminar=seminar, code=code, own=own.get(code), by=by).code
        for code in wanted
    }


def _criterion(
    session: Session, *, seminar: Seminar, code: str, own: PlannedCriterion | None, by: Person | None
) -> Criterion:
    known = rounds.criteria(session, seminar)
    if code == OVERALL:
        overall = next((one for one in known if one.overall), None)
        return overall or _overall(session, seminar, by)
    if code in planes.CODES:
        if not any(one.code in planes.CODES for one in known):
            axes.add_criteria(session, seminar=seminar, position=len(known))
            session.flush()
        return criteria.find(session, seminar=seminar, code=code)
    columns = _ready(seminar, code) if own is None else own.model_dump(exclude={"code"})
    alike = [
        one
        for one in known
        if (one.label, one.low, one.high) == (columns["label"], columns["low"], columns["high"])
    ]
    # rather that of the same code; one that means something else keeps its code, and the new one gets another
    found = next((one for one in alike if one.code == code), next(iter(alike), None))
    return found or criteria.add(session, seminar=seminar, by=by, code=code, **columns)


def _ready(seminar: Seminar, code: str) -> dict[str, Any]:
    """The criterion of the library, in the seminar's language."""
    ready = BY_CODE[code]
    return {
        "label": _say(seminar, ready.label),
        "question": _say(seminar, ready.question),
        "low": ready.low,
        "high": ready.high,
        "benefit": ready.benefit,
        "anchors": {str(point): _say(seminar, words) for point, words in ready.anchors.items()},
    }


def _overall(session: Session, seminar: Seminar, by: Person | None) -> Criterion:
    """The one with which a blank seminar begins."""
    start = blank.criteria()
    return criteria.add(
        session,
        seminar=seminar,
        by=by,
        code=OVERALL,
        label=start.overall.label,
        question=start.overall.question,
        note=start.overall.note,
        overall=True,
        low=start.scale.min,
        high=start.scale.max,
        anchors={str(anchor.value): anchor.label for anchor in start.overall.anchors},
    )


def _load(session: Session, seminar: Seminar, question: PlannedQuestion) -> effort.Load:
    words = [word for kind in question.kinds for word in _words(session, seminar, kind)]
    required = sum(bool(one.get("required")) for one in question.settings.get("criteria", []))
    return effort.Load(
        type=question.type,
        settings=question.settings,
        words=words,
        required=required,
        welcome=len(question.criteria) - required,
        elements=registers.counts(session, seminar=seminar).get(Kind.ELEMENT, 0),
    )


def _words(session: Session, seminar: Seminar, kind: Kind) -> list[int]:
    views = registers.titles(session, seminar=seminar, kind=kind)
    return [effort.words_of(f"{view.title} {view.text}") for view in views] or SUPPOSED


def _say(seminar: Seminar, message: str) -> str:
    """In the seminar's language, if it is one of our messages; nothing of nothing."""
    return i18n.catalogue(seminar.language).gettext(message) if message else ""
