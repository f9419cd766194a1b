"""What the pages of this room show: the board of people, an invitation, who sees what."""

from collections import Counter
from typing import Any

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from app.models import Seminar
from app.seminars import pseudonyms, queries, service
from app.web import render


def board(
    request: Request,
    session: Session,
    seminar: Seminar,
    *,
    state: str = "",
    status: int = 200,
    **context: Any,
) -> Response:
    """The organisers' board, of everybody or of those whose invitation is in one state."""
    round_ = queries.open_round(session, seminar=seminar)
    seats = queries.board(session, seminar=seminar, round_=round_)
    facts: dict[str, Any] = {
        "seats": [seat for seat in seats if state in {"", seat.stage}],
        "counts": Counter(seat.stage for seat in seats),
        "total": len(seats),
        "state": state,
        "stages": list(queries.Stage),
        "round": round_,
        "sectors": queries.sectors(session, seminar=seminar),
        "done": request.query_params.get("done", ""),
    }
    return render.page(request, "seminars/panel.html", status=status, **facts, **context)


def import_page(
    request: Request, session: Session, seminar: Seminar, *, status: int = 200, **context: Any
) -> Response:
    """Where a list of people is sent, and what is wrong with the one that was."""
    facts: dict[str, Any] = {"faults": [], "sectors": queries.sectors(session, seminar=seminar)} | context
    return render.page(request, "seminars/import.html", status=status, **facts)


def offer(
    request: Request,
    session: Session,
    made: queries.Offer,
    *,
    page: str = "seminars/invitation.html",
    person_known: bool = False,
    onward: str = "",
    **context: Any,
) -> Response:
    """An invitation, or the page on which it is declined; the code is asked of whom we do not know yet."""
    facts: dict[str, Any] = {
        "offer": made,
        "onward": onward,
        "seminar": made.seminar,
        "token": request.path_params["token"],
        "organisers": queries.organisers(session, seminar=made.seminar),
        "rounds": queries.rounds_ahead(session, seminar=made.seminar),
        "is_over": made.seminar.status in service.OVER,
        "needs_code": not person_known,
    }
    return render.page(request, page, **facts, **context)


def privacy(request: Request, session: Session, seminar: Seminar, *, may_leave: bool) -> Response:
    """What is stored, who sees what, until when, and how to leave."""
    facts: dict[str, Any] = {
        "seminar": seminar,
        "organisers": queries.organisers(session, seminar=seminar),
        "two_hats": queries.has_two_hats(session, seminar=seminar),
        "link_exists": pseudonyms.has_key(session, seminar),
        "may_leave": may_leave,
    }
    return render.page(request, "seminars/privacy.html", **facts)
