"""What the pages of this room show."""

from typing import Any

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from app import i18n
from app.models import Membership, Round, Seminar
from app.models.rounds import RoundState
from app.notifications import letters, queries, reminders
from app.rounds import lifecycle
from app.web import render


def mail(
    request: Request,
    session: Session,
    seminar: Seminar,
    *,
    state: str = "",
    status: int = 200,
    wrong: queries.Posted | None = None,
    **said: Any,
) -> Response:
    """The seminar's mails, or those in one state."""
    counts = queries.counts(session, seminar)
    facts: dict[str, Any] = {
        "mails": queries.posted(session, seminar, state),
        "counts": counts,
        "total": counts.total(),
        "shown": queries.SHOWN,
        "state": state,
        "wrong": wrong.message.id if wrong else None,
        "done": request.query_params.get("done", ""),
    }
    return render.page(request, "notifications/mail.html", status=status, **facts, **said)


def remind(request: Request, session: Session, round_: Round) -> Response:
    """A reminder to all, as it will read; its number of recipients, and nothing of who they are."""
    lifecycle.require_state(round_, RoundState.OPEN)
    return _before_sending(request, session, round_, "notifications/remind.html")


def people(request: Request, session: Session, round_: Round) -> Response:
    """Who is awaited, by name."""
    lifecycle.require_state(round_, RoundState.OPEN)
    awaited = queries.awaited(session, round_)
    return _before_sending(request, session, round_, "notifications/people.html", awaited=awaited)


def choice(request: Request, session: Session, member: Membership) -> Response:
    """What the member has chosen, and what she can."""
    seminar = session.get_one(Seminar, member.seminar_id)
    facts: dict[str, Any] = {
        "about": seminar,
        "choice": reminders.choice(session, member),
        "token": request.path_params["token"],
        "days": reminders.POSTPONED.days,
    }
    return render.page(request, "notifications/choice.html", **facts)


def _before_sending(request: Request, session: Session, round_: Round, page: str, **others: Any) -> Response:
    settings = request.app.state.settings
    facts: dict[str, Any] = {
        "round": round_,
        "letter": letters.preview(session, settings, round_, i18n.language()),
        "count": len(reminders.willing(session, round_)),
        "sent": request.query_params.get("sent", ""),
    }
    return render.page(request, page, **facts, **others)
