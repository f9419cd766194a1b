"""The plan of rounds, the page of each, and the moves that a facilitator makes."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.errors import Invalid
from app.identity.deps import CurrentPerson
from app.models import Membership, Round
from app.models.rounds import RoundState
from app.policy import Permission, allows
from app.rounds import chronicle, forms, lifecycle, queries, service
from app.rounds.checklist import checklist
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
    del reader
    about: dict[str, Any] = {
        "asks": queries.asks(session, round_),
        "extensions": chronicle.extensions(session, round_),
    }
    if not any(allows(role, Permission.WATCH) for role in request.state.roles):
        return render.page(request, "rounds/round.html", round=round_, **about)
    progress = queries.participation(session, round_, seminar.min_group)
    points = checklist(session, round_, round_.closes_at)
    return render.page(
        request, "rounds/watch.html", round=round_, progress=progress, checklist=points, **about
    )


@router.get("/{round_number}/open", name="rounds.confirm_open")
def confirm_open(
    request: Request, session: SessionDep, facilitator: Facilitator, seminar: SeminarDep, round_: RoundDep
) -> Response:
    """What opening the round does, before it is done."""
    del facilitator, seminar
    lifecycle.require_move(round_, RoundState.OPEN)
    values = {"closes_at": forms.as_typed(round_.closes_at, request.state.zone)}
    return _opening(request, session, round_, values=values)


@router.post("/{round_number}/open", name="rounds.open")
def open_round(
    request: Request,
    session: SessionDep,
    facilitator: Facilitator,
    person: CurrentPerson,
    round_: RoundDep,
    form: Submitted,
) -> Response:
    """Open the round until the time that was typed."""
    del facilitator
    try:
        closes_at = forms.closing(form, request.state.zone)
        service.open_round(session, round_=round_, closes_at=closes_at, by=person)
    except Invalid as problem:
        return _opening(request, session, round_, values=texts(form), errors=problem.errors, status=422)
    return render.redirect(_path(request, round_))


@router.get("/{round_number}/extend", name="rounds.confirm_extend")
def confirm_extend(request: Request, facilitator: Facilitator, round_: RoundDep) -> Response:
    """What extending the round does, before it is done."""
    del facilitator
    lifecycle.require_state(round_, RoundState.OPEN)
    values = {"closes_at": forms.as_typed(round_.closes_at, request.state.zone)}
    return render.page(request, "rounds/confirm_extend.html", round=round_, values=values)


@router.post("/{round_number}/extend", name="rounds.extend")
def extend_round(
    request: Request,
    session: SessionDep,
    facilitator: Facilitator,
    person: CurrentPerson,
    round_: RoundDep,
    form: Submitted,
) -> Response:
    """Let the round close later."""
    del facilitator
    try:
        closes_at, reason = forms.extension(form, request.state.zone)
        service.extend_round(session, round_=round_, closes_at=closes_at, reason=reason, by=person)
    except Invalid as problem:
        said: dict[str, Any] = {"values": texts(form), "errors": problem.errors}
        return render.page(request, "rounds/confirm_extend.html", status=422, round=round_, **said)
    return render.redirect(_path(request, round_))


def _opening(request: Request, session: SessionDep, round_: Round, **said: Any) -> Response:
    # the closing time is asked for on this very page
    points = [point for point in checklist(session, round_, None) if point.name != "closing"]
    progress = queries.participation(session, round_, request.state.seminar.min_group)
    rates = queries.rate_question(session, round_) is not None
    return render.page(
        request,
        "rounds/confirm_open.html",
        round=round_,
        missing=[point for point in points if not point.done],
        experts=progress.whole.joined,
        locks_wording=rates and request.state.seminar.wording_locked_at is None,
        **said,
    )


def _path(request: Request, round_: Round) -> str:
    slug, number = request.state.seminar.slug, str(round_.number)
    return str(request.app.url_path_for("rounds.round", seminar_slug=slug, round_number=number))
