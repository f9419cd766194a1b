"""What the pages about plans show."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from app.designer import keeping, planning
from app.designer.plans import Plan, PlannedQuestion, PlannedRound, shipped
from app.designer.types import form_of
from app.models import Blueprint, Person, Question, Seminar
from app.rounds import calendar
from app.rounds import queries as rounds
from app.web import render


@dataclass(frozen=True, slots=True)
class Offer:
    """A plan that can be used: one that is shipped, or with a `blueprint` one's own."""

    name: str
    plan: Plan
    blueprint: Blueprint | None = None

    @property
    def called(self) -> str:
        """What the audit calls it, which holds no words of people's own."""
        return self.name if self.blueprint is None else "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One round of a plan as it would be in this seminar: its number if it is chosen, and its times."""

    place: int
    planned: PlannedRound
    number: int | None
    minutes: int
    opens_at: datetime | None
    closes_at: datetime | None
    asks: list[tuple[str, PlannedQuestion]]


def plans(request: Request, session: Session, person: Person) -> Response:
    """All plans to choose from."""
    seminar: Seminar = request.state.seminar
    return render.page(
        request,
        "designer/plans.html",
        shipped=shipped(),
        own=[(one, len(one.content.get("rounds", []))) for one in keeping.own(session, person)],
        rounds=rounds.plan(session, seminar),
    )


def plan(
    request: Request,
    session: Session,
    offer: Offer,
    *,
    places: Collection[int] | None = None,
    first_day: date | None = None,
    **said: Any,
) -> Response:
    """What a plan brings, with the rounds that are chosen, and when they would be."""
    seminar: Seminar = request.state.seminar
    chosen = set(range(len(offer.plan.rounds)) if places is None else places)
    values = {"first_day": first_day.isoformat() if first_day else ""}
    return render.page(
        request,
        "designer/plan.html",
        **{"values": values} | said,
        offer=offer,
        plan=offer.plan,
        chosen=chosen,
        rows=_rows(session, seminar, offer.plan, chosen, first_day),
        supposed=len(planning.SUPPOSED) if planning.supposes(session, seminar, offer.plan) else 0,
    )


def keep(request: Request, session: Session, **said: Any) -> Response:
    """The form by which the seminar's plan, or one of its rounds, is kept."""
    seminar: Seminar = request.state.seminar
    there = rounds.plan(session, seminar)
    return render.page(request, "designer/keep_plan.html", rounds=there, **said)


def _rows(
    session: Session, seminar: Seminar, plan: Plan, chosen: set[int], first_day: date | None
) -> list[Row]:
    numbers = _numbers(session, seminar, plan, chosen)
    start = min((plan.rounds[place].opens_after_days for place in chosen), default=0)
    found = []
    for place, planned in enumerate(plan.rounds):
        times = calendar.times(
            first_day if place in chosen else None,
            after_days=planned.opens_after_days - start,
            open_days=planned.open_days,
            timezone=seminar.timezone,
        )
        found.append(
            Row(
                place=place,
                planned=planned,
                number=numbers.get(place),
                minutes=planning.minutes(session, seminar, planned),
                opens_at=times.get("opens_at"),
                closes_at=times.get("closes_at"),
                asks=[(_label(asks), asks) for asks in planned.questions],
            )
        )
    return found


def _numbers(session: Session, seminar: Seminar, plan: Plan, chosen: set[int]) -> dict[int, int]:
    taken = [one.number for one in rounds.plan(session, seminar)]
    first = max(taken) + 1 if taken else plan.first_number
    return {place: first + order for order, place in enumerate(sorted(chosen))}


def _label(asks: PlannedQuestion) -> str:
    """What the designer calls such a question: a message to translate."""
    question = Question(round_id=UUID(int=0), code="Q", type=asks.type, settings=asks.settings)
    return form_of(question).label
