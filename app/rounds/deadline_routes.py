"""More time for single experts: by name, for the organisers alone."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import Response

from app.errors import Invalid, NotFound
from app.identity.deps import CurrentPerson
from app.models import Membership, Round, Seminar
from app.models.rounds import RoundState
from app.models.seminars import MembershipState
from app.policy import Permission, Role
from app.rounds import deadlines, forms, lifecycle, service
from app.rounds.deps import RoundDep
from app.rounds.pages import UNFIT
from app.rounds.refusals import NoMoreTime
from app.seminars import queries as seminars
from app.seminars.deps import SeatDep, SeminarDep, member_who_may
from app.seminars.queries import Seat
from app.web import render
from app.web.forms import Submitted, texts
from app.web.session import SessionDep

router = APIRouter(prefix="/seminars/{seminar_slug}/rounds/{round_number}/deadlines")

Organiser = Annotated[Membership, Depends(member_who_may(Permission.EXTEND_ONE))]


def expert_of(seat: SeatDep) -> Seat:
    """The expert at this address."""
    if seat.membership.role is not Role.EXPERT:
        raise NotFound
    return seat


ExpertDep = Annotated[Seat, Depends(expert_of)]


@router.get("", name="rounds.deadlines")
def show(
    request: Request, session: SessionDep, organiser: Organiser, seminar: SeminarDep, round_: RoundDep
) -> Response:
    """Every expert who has joined, how far she is, and until when she can answer."""
    del organiser
    board = seminars.board(session, seminar=seminar, round_=round_)
    return render.page(
        request,
        "rounds/deadlines.html",
        round=round_,
        seats=[seat for seat in board if _is_on_the_panel(seat)],
        given=deadlines.of_round(session, round_),
        zone=seminar.timezone,
    )


@router.get("/{membership_id}", name="rounds.deadline")
def confirm(
    request: Request,
    session: SessionDep,
    organiser: Organiser,
    seminar: SeminarDep,
    round_: RoundDep,
    seat: ExpertDep,
) -> Response:
    """What more time for this expert does, before it is given."""
    del organiser
    lifecycle.require_state(round_, RoundState.OPEN)
    deadline = deadlines.of_member(session, round_, seat.membership)
    values = {"closes_at": forms.as_typed(lifecycle.closes_at(round_, deadline), seminar.timezone)}
    return _asking(request, session, seminar, round_, seat, values=values)


@router.post("/{membership_id}", name="rounds.give_deadline")
def give(
    request: Request,
    session: SessionDep,
    organiser: Organiser,
    person: CurrentPerson,
    seminar: SeminarDep,
    round_: RoundDep,
    seat: ExpertDep,
    form: Submitted,
) -> Response:
    """Give this expert more time."""
    del organiser
    try:
        until, reason = forms.extension(form, seminar.timezone)
        about: dict[str, Any] = {"membership": seat.membership, "closes_at": until, "reason": reason}
        service.give_deadline(session, round_=round_, by=person, **about)
    except Invalid as problem:
        return _asking(request, session, seminar, round_, seat, problem, values=texts(form))
    return render.redirect(_path(request, round_))


@router.get("/{membership_id}/back", name="rounds.confirm_take_back")
def confirm_take_back(
    request: Request, session: SessionDep, organiser: Organiser, round_: RoundDep, seat: ExpertDep
) -> Response:
    """What taking it back does, before it is done."""
    del organiser
    lifecycle.require_state(round_, RoundState.OPEN)
    if deadlines.of_member(session, round_, seat.membership) is None:
        raise NoMoreTime
    return render.page(request, "rounds/take_back.html", round=round_, seat=seat)


@router.post("/{membership_id}/back", name="rounds.take_back")
def take_back(
    request: Request,
    session: SessionDep,
    organiser: Organiser,
    person: CurrentPerson,
    round_: RoundDep,
    seat: ExpertDep,
    form: Submitted,
) -> Response:
    """Let the panel's time hold for this expert again."""
    del organiser
    about: dict[str, Any] = {"round_": round_, "membership": seat.membership, "by": person}
    try:
        service.take_deadline_back(session, reason=forms.reason(form), **about)
    except Invalid as problem:
        said: dict[str, Any] = {"values": texts(form), "errors": problem.errors, "seat": seat}
        return render.page(request, "rounds/take_back.html", status=UNFIT, round=round_, **said)
    return render.redirect(_path(request, round_))


def _is_on_the_panel(seat: Seat) -> bool:
    return seat.membership.role is Role.EXPERT and seat.membership.state is MembershipState.JOINED


def _asking(
    request: Request,
    session: Session,
    seminar: Seminar,
    round_: Round,
    seat: Seat,
    problem: Invalid | None = None,
    **said: Any,
) -> Response:
    if problem is not None:
        said |= {"errors": problem.errors, "status": UNFIT}
    deadline = deadlines.of_member(session, round_, seat.membership)
    about: dict[str, Any] = {"round": round_, "seat": seat, "deadline": deadline, "zone": seminar.timezone}
    about["real_time"] = lifecycle.is_real_time(round_)
    return render.page(request, "rounds/deadline.html", **about, **said)


def _path(request: Request, round_: Round) -> str:
    slug, number = request.state.seminar.slug, str(round_.number)
    return str(request.app.url_path_for("rounds.deadlines", seminar_slug=slug, round_number=number))
