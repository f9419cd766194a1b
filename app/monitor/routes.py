"""The monitor of a round: how far the panel is over time, its mail, and attrition between rounds."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.errors import NotFound
from app.figures.look import Look, Theme, Width
from app.models import Membership
from app.monitor import queries
from app.monitor.pictures import Course
from app.policy import Permission
from app.results import disclosure, pictures
from app.results.pictures import Drawn
from app.rounds import queries as rounds
from app.rounds.deps import RoundDep
from app.seminars.deps import SeminarDep, member_who_may
from app.web import render
from app.web.session import SessionDep

router = APIRouter(prefix="/seminars/{seminar_slug}/rounds/{round_number}")

Watcher = Annotated[Membership, Depends(member_who_may(Permission.WATCH))]


def course_of(session: SessionDep, seminar: SeminarDep, round_: RoundDep) -> Course:
    """The days of the round at this address; none before it has been opened."""
    days = queries.course(session, round_, seminar.timezone)
    if not days:
        raise NotFound
    progress = rounds.participation(session, round_, seminar.min_group)
    return Course(seminar=seminar, round_=round_, days=days, progress=progress)


CourseDep = Annotated[Course, Depends(course_of)]


@router.get("/monitor", name="monitor.round")
def show_round(
    request: Request, session: SessionDep, watcher: Watcher, seminar: SeminarDep, course: CourseDep
) -> Response:
    """Participation over time and by sector, mail, and attrition."""
    del watcher
    about: dict[str, Any] = {
        "mails": queries.mails(session, course.round_),
        "bounced": queries.bounced_invitations(session, seminar),
        "passages": queries.passages(session, seminar),
        "leaving": disclosure.leaving(session, round_=course.round_, roles=request.state.roles),
    }
    return render.page(request, "monitor/round.html", round=course.round_, course=course, **about)


@router.get("/monitor/course.{form}", name="monitor.figure")
def show_figure(
    watcher: Watcher, course: CourseDep, form: Drawn, theme: Theme = "light", width: Width = "wide"
) -> Response:
    """The course of the round as a picture, or its numbers."""
    del watcher
    content = pictures.content(course.picture, form, Look(theme=theme, width=width))
    return Response(content, media_type=pictures.MEDIA[form])
