"""Plans of one's own: kept from a seminar without its items and answers, used in another, thrown away."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Literal
from uuid import UUID

from pydantic import ValidationError
from sqlmodel import Session, col, select

from app import audit
from app.designer import queries
from app.designer.planning import OVERALL
from app.designer.plans import Plan, PlannedCriterion, PlannedQuestion, PlannedRound
from app.errors import AppError, Invalid, NotFound
from app.models import Blueprint, Criterion, Item, Person, Question, Round, Seminar
from app.models.registers import Kind
from app.rounds import queries as rounds
from app.web.forms import Missing

Scope = Literal["round", "plan"]
MOST = 100
# how far apart rounds are supposed to be that have no times
APART = timedelta(days=35)
# what a question's settings hold of the registers: codes of items
OF_ITEMS = frozenset({"elements", "about"})


class TooMany(AppError):
    """More plans than anybody finds again."""

    message = "You can keep at most %(limit)s plans. Please delete one first."


def own(session: Session, person: Person) -> list[Blueprint]:
    """The person's own plans, by name."""
    rows = session.exec(
        select(Blueprint).where(Blueprint.owner_id == person.id).order_by(col(Blueprint.name))
    )
    return list(rows)


def find(session: Session, *, person: Person, key: UUID) -> Blueprint:
    """One of the person's own; there are no others for her."""
    found = session.exec(
        select(Blueprint).where(Blueprint.id == key, Blueprint.owner_id == person.id)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def read(blueprint: Blueprint) -> Plan:
    """What was kept, held to the shape that plans have today."""
    try:
        return Plan.model_validate(blueprint.content)
    except ValidationError:
        raise NotFound from None


def keep(
    session: Session,
    *,
    seminar: Seminar,
    person: Person,
    name: str,
    summary: str = "",
    number: int | None = None,
) -> Blueprint:
    """The seminar's plan, or one round of it, is kept by its owner under a name."""
    if not name.strip():
        raise Invalid({"name": Missing()})
    if len(own(session, person)) >= MOST:
        raise Invalid({"name": TooMany(limit=MOST)})
    chosen = [one for one in rounds.plan(session, seminar) if number is None or one.number == number]
    if not chosen:
        raise NotFound
    plan = plan_of(session, seminar, chosen, title=name.strip(), summary=summary.strip())
    blueprint = Blueprint(
        owner_id=person.id,
        scope="plan" if number is None else "round",
        name=name.strip(),
        summary=summary.strip(),
        content=plan.model_dump(mode="json"),
    )
    session.add(blueprint)
    session.flush()
    audit.record(
        session,
        "design:plan:keep",
        actor=person.id,
        seminar=seminar.id,
        subject="" if number is None else f"R{number}",
        count=len(chosen),
    )
    return blueprint


def remove(session: Session, *, blueprint: Blueprint) -> None:
    """It is kept no longer; the rounds that were made from it stay."""
    session.delete(blueprint)
    session.flush()


def plan_of(session: Session, seminar: Seminar, chosen: Sequence[Round], *, title: str, summary: str) -> Plan:
    """The rounds as a plan: their words, rules and questions, and the criteria that these need."""
    known = rounds.criteria(session, seminar)
    overall = {one.code for one in known if one.overall}
    places = {one.id: place for place, one in enumerate(chosen)}
    planned = [
        PlannedRound(
            **_words(one),
            **_days(one, chosen, place),
            builds_on=places.get(one.previous_id) if one.previous_id else None,
            questions=[_question(session, asked, overall) for asked in rounds.questions(session, one)],
        )
        for place, one in enumerate(chosen)
    ]
    wanted = {code for one in planned for asks in one.questions for code in asks.criteria} - {OVERALL}
    return Plan(
        title=title,
        summary=summary,
        first_number=min(chosen[0].number, 1),
        criteria=[_criterion(one) for one in known if one.code in wanted],
        rounds=planned,
    )


def _words(round_: Round) -> dict[str, Any]:
    return {
        "title": round_.title,
        "kind": round_.kind,
        "purpose": round_.purpose,
        "instructions": round_.instructions,
        "anonymity": round_.anonymity_note,
        "product": round_.product,
        "feedback": round_.feedback.value,
        "reveal": round_.reveal.value,
        "counts_saved": round_.counts_saved,
        "quorum_share": float(round_.quorum_share),
        "reminders": list(round_.reminders),
    }


def _days(round_: Round, chosen: Sequence[Round], place: int) -> dict[str, Any]:
    """How long after the first of the rounds it opens, and for how long; supposed where it has no times."""
    start = chosen[0].opens_at
    after = (round_.opens_at - start if round_.opens_at and start else APART * place).days
    found = {"opens_after_days": max(0, min(after, 3650))}
    if round_.opens_at and round_.closes_at:
        found["open_days"] = max(1, min((round_.closes_at - round_.opens_at).days + 1, 365))
    return found


def _question(session: Session, question: Question, overall: set[str]) -> PlannedQuestion:
    settings = {name: value for name, value in question.settings.items() if name not in OF_ITEMS}
    if "criteria" in settings:
        settings["criteria"] = [
            one | {"code": OVERALL if one["code"] in overall else one["code"]} for one in settings["criteria"]
        ]
    kinds = question.settings.get("about") or _kinds(session, question)
    asked: dict[str, Any] = {
        "type": question.type,
        "prompt": question.prompt,
        "about": [kind for kind in kinds if kind != Kind.ELEMENT],
        "settings": settings,
    }
    return PlannedQuestion(**asked)


def _kinds(session: Session, question: Question) -> list[Any]:
    """The registers of what the question is about: of what was chosen by hand, no more is kept."""
    keys = [subject.item_id for subject in queries.subject_rows(session, question) if subject.item_id]
    rows = session.exec(select(Item.kind).where(col(Item.id).in_(keys)).distinct())
    found = {Kind(kind) for kind in rows}
    return [kind.value for kind in Kind if kind in found]


def _criterion(criterion: Criterion) -> PlannedCriterion:
    return PlannedCriterion(
        code=criterion.code,
        label=criterion.label,
        question=criterion.question,
        note=criterion.note,
        benefit=criterion.benefit,
        low=criterion.low,
        high=criterion.high,
        anchors=dict(criterion.anchors),
    )
