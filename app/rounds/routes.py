"""The plan of rounds, the page of each, and the moves that a facilitator makes."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.errors import Invalid
from app.identity.deps import CurrentPerson
from app.models import Membership
from app.models.rounds import RoundState
from app.policy import Permission
from app.rounds import forms, lifecycle, pages, queries, service
from app.rounds.deps import RoundDep
from app.seminars.deps import SeminarDep, member_who_may
from app.web import render
from app.web.forms import Submitted, texts
from app.web.session import SessionDep

router = APIRouter(prefix="/seminars/{seminar_slug}/rounds")

Reader = Annotated[Membership, Depends(member_who_may(Permission.READ))]
Facilitator = Annotated[Membership, Depends(member_who_may(Permission.RUN_ROUNDS))]


@router.get("", name="rounds.plan")
def plan(request: Request, session: SessionDep, reader: Reader, seminar: SeminarDep) -> Response:
    """All rounds of the seminar as a timeline."""
    del reader
    return render.page(request, "rounds/plan.html", rounds=queries.plan(session, seminar))


@router.get("/{round_number}", name="rounds.round")
def show_round(
    request: Request, session: SessionDep, reader: Reader, seminar: SeminarDep, round_: RoundDep
) -> Response:
    """What a round is about and where it stands; to staff also how the panel is getting on."""
    return pages.show(request, session, seminar, round_, reader)


@router.get("/{round_number}/open", name="rounds.confirm_open")
def confirm_open(
    request: Request, session: SessionDep, facilitator: Facilitator, seminar: SeminarDep, round_: RoundDep
) -> Response:
    """What opening the round does, before it is done."""
    del facilitator
    lifecycle.require_unopened(round_)
    values = {"closes_at": forms.as_typed(round_.closes_at, seminar.timezone)}
    return pages.opening(request, session, seminar, round_, values=values)


@router.post("/{round_number}/open", name="rounds.open")
def open_round(
    request: Request,
    session: SessionDep,
    facilitator: Facilitator,
    person: CurrentPerson,
    seminar: SeminarDep,
    round_: RoundDep,
    form: Submitted,
) -> Response:
    """Open the round until the time that was typed."""
    del facilitator
    try:
        closes_at = forms.closing(form, seminar.timezone)
        service.open_round(session, round_=round_, closes_at=closes_at, by=person)
    except Invalid as problem:
        return pages.opening(request, session, seminar, round_, problem, values=texts(form))
    return render.redirect(pages.path(request, round_))


@router.get("/{round_number}/schedule", name="rounds.confirm_schedule")
def confirm_schedule(
    request: Request, session: SessionDep, facilitator: Facilitator, seminar: SeminarDep, round_: RoundDep
) -> Response:
    """What scheduling the round does, before it is done."""
    del facilitator
    lifecycle.require_move(round_, RoundState.SCHEDULED)
    values = {name: forms.as_typed(getattr(round_, name), seminar.timezone) for name in forms.MEANT}
    return pages.scheduling(request, session, seminar, round_, values=values)


@router.post("/{round_number}/schedule", name="rounds.schedule")
def schedule_round(
    request: Request,
    session: SessionDep,
    facilitator: Facilitator,
    person: CurrentPerson,
    seminar: SeminarDep,
    round_: RoundDep,
    form: Submitted,
) -> Response:
    """Let the round open and close by itself at the times that were typed."""
    del facilitator
    try:
        times = forms.schedule(form, seminar.timezone)
        service.schedule_round(session, round_=round_, **times, by=person)
    except Invalid as problem:
        return pages.scheduling(request, session, seminar, round_, problem, values=texts(form))
    return render.redirect(pages.path(request, round_))


@router.post("/{round_number}/unschedule", name="rounds.unschedule")
def unschedule_round(
    request: Request, session: SessionDep, facilitator: Facilitator, person: CurrentPerson, round_: RoundDep
) -> Response:
    """Take the schedule back."""
    del facilitator
    service.unschedule_round(session, round_=round_, by=person)
    return render.redirect(pages.path(request, round_))


@router.get("/{round_number}/extend", name="rounds.confirm_extend")
def confirm_extend(
    request: Request, facilitator: Facilitator, seminar: SeminarDep, round_: RoundDep
) -> Response:
    """What extending the round does, before it is done."""
    del facilitator
    lifecycle.require_state(round_, RoundState.OPEN)
    values = {"closes_at": forms.as_typed(round_.closes_at, seminar.timezone)}
    return pages.extending(request, seminar, round_, values=values)


@router.post("/{round_number}/extend", name="rounds.extend")
def extend_round(
    request: Request,
    session: SessionDep,
    facilitator: Facilitator,
    person: CurrentPerson,
    seminar: SeminarDep,
    round_: RoundDep,
    form: Submitted,
) -> Response:
    """Let the round close later."""
    del facilitator
    try:
        closes_at, reason = forms.extension(form, seminar.timezone)
        service.extend_round(session, round_=round_, closes_at=closes_at, reason=reason, by=person)
    except Invalid as problem:
        return pages.extending(request, seminar, round_, problem, values=texts(form))
    return render.redirect(pages.path(request, round_))
