"""The pages of a round: as a member reads it, as its staff watch it, and before each move of it.

Times are typed and shown to the staff in the seminar's zone: they set them for all.
"""

from typing import Any

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from app.errors import Invalid
from app.models import Membership, Round, Seminar
from app.models.rounds import RoundState
from app.policy import Permission, allows
from app.rounds import chronicle, deadlines, lifecycle, queries
from app.rounds.checklist import BY_THE_HOUR, checklist
from app.rounds.times import comes_twice
from app.web import render

UNFIT = 422


def show(request: Request, session: Session, seminar: Seminar, round_: Round, reader: Membership) -> Response:
    """What the round is about and where it stands; to the staff also how the panel is getting on."""
    about: dict[str, Any] = {
        "round": round_,
        "asks": queries.asks(session, round_),
        "extensions": chronicle.extensions(session, round_),
        "reopenings": chronicle.reopenings(session, round_),
        "real_time": lifecycle.is_real_time(round_),
    }
    if not _may(request, Permission.WATCH):
        mine = deadlines.of_person(session, round_, reader.person_id)
        return render.page(request, "rounds/round.html", mine=mine, **about)
    return render.page(
        request,
        "rounds/watch.html",
        progress=queries.participation(session, round_, seminar.min_group),
        checklist=checklist(session, round_, round_.closes_at),
        by_the_hour=BY_THE_HOUR,
        missed=missed(session, round_),
        sealed=lifecycle.is_sealed(round_),
        more_time=more_time(session, seminar, round_),
        twice=twice(seminar, round_),
        zone=seminar.timezone,
        **about,
    )


def opening(
    request: Request,
    session: Session,
    seminar: Seminar,
    round_: Round,
    problem: Invalid | None = None,
    **said: Any,
) -> Response:
    """What opening the round does."""
    # the closing time is asked for on this very page
    points = [point for point in checklist(session, round_, None) if point.name != "closing"]
    progress = queries.participation(session, round_, seminar.min_group)
    rates = queries.rate_question(session, round_) is not None
    return _asking(
        request,
        "rounds/confirm_open.html",
        seminar,
        round_,
        problem,
        missing=[point for point in points if not point.done],
        experts=progress.whole.joined,
        locks_wording=rates and seminar.wording_locked_at is None,
        real_time=lifecycle.is_real_time(round_),
        **said,
    )


def scheduling(
    request: Request,
    session: Session,
    seminar: Seminar,
    round_: Round,
    problem: Invalid | None = None,
    **said: Any,
) -> Response:
    """What scheduling the round does: what it lacks now, and what must have come to be by its hour."""
    missing = [point for point in checklist(session, round_, None) if not point.done]
    return _asking(
        request,
        "rounds/confirm_schedule.html",
        seminar,
        round_,
        problem,
        missing=[point for point in missing if point.name not in BY_THE_HOUR],
        outstanding=[point for point in missing if point.name in BY_THE_HOUR and point.name != "closing"],
        **said,
    )


def extending(
    request: Request, seminar: Seminar, round_: Round, problem: Invalid | None = None, **said: Any
) -> Response:
    """What extending the round does."""
    return _asking(request, "rounds/confirm_extend.html", seminar, round_, problem, **said)


def missed(session: Session, round_: Round) -> dict[str, Any] | None:
    """The opening that could not be, with what was missing, in words."""
    found = chronicle.missed(session, round_)
    if found is None:
        return None
    texts = {point.name: point.text for point in checklist(session, round_, None)}
    return {"planned": found.planned, "texts": [texts[name] for name in found.missing if name in texts]}


def more_time(session: Session, seminar: Seminar, round_: Round) -> dict[str, Any] | None:
    """Until when single experts have more time, and how many: not in a panel so small that it told who."""
    until = deadlines.last_running(session, round_) if round_.state is RoundState.OPEN else None
    if until is None:
        return None
    joined = queries.participation(session, round_, seminar.min_group).whole.joined
    count = deadlines.running(session, round_) if joined >= seminar.min_group else None
    return {"until": until, "count": count}


def twice(seminar: Seminar, round_: Round) -> dict[str, bool]:
    """Which of the round's times the clocks of the seminar's zone show twice on their day."""
    times = {"opens": round_.opens_at, "closes": round_.closes_at}
    return {name: comes_twice(at, seminar.timezone) for name, at in times.items()}


def path(request: Request, round_: Round) -> str:
    """The address of the round's page."""
    slug, number = request.state.seminar.slug, str(round_.number)
    return str(request.app.url_path_for("rounds.round", seminar_slug=slug, round_number=number))


def _asking(
    request: Request, name: str, seminar: Seminar, round_: Round, problem: Invalid | None, **said: Any
) -> Response:
    if problem is not None:
        said |= {"errors": problem.errors, "status": UNFIT}
    return render.page(request, name, round=round_, zone=seminar.timezone, **said)


def _may(request: Request, permission: Permission) -> bool:
    return any(allows(role, permission) for role in request.state.roles)
