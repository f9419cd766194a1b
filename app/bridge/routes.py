"""The way into the room: the agenda from a closed round; and back: a vote again, and its screen."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.bridge import choice, documents, forms, screen, service
from app.bridge.deps import AgendaDep, Facilitator, RoomDep, Staff, TopicDep
from app.bridge.documents import Form, Written
from app.errors import Invalid
from app.identity.deps import CurrentPerson
from app.models import Round
from app.rounds.deps import RoundDep
from app.seminars.deps import SeminarDep
from app.web import render
from app.web.forms import Submitted, texts
from app.web.session import SessionDep

router = APIRouter(prefix="/seminars/{seminar_slug}/rounds/{round_number}")


@router.get("/agenda", name="bridge.agenda")
def show_agenda(request: Request, staff: Staff, found: AgendaDep) -> Response:
    """The agenda, and which points it could have."""
    del staff
    context: dict[str, Any] = {"round": found.round_, "documents": documents, "limits": choice}
    return render.page(request, "bridge/agenda.html", agenda=found, **context)


@router.get("/agenda.{form}", name="bridge.agenda_file")
def agenda_file(staff: Staff, seminar: SeminarDep, found: AgendaDep, form: Form) -> Response:
    """The same agenda as a document."""
    del staff
    content = documents.build(Written(seminar=seminar, agenda=found), form)
    name = f"{seminar.slug}-R{found.round_.number}-agenda.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=documents.MEDIA[form], headers=headers)


@router.get("/room/{question_code}/{item_code}", name="bridge.confirm_start")
def confirm_start(
    request: Request,
    session: SessionDep,
    facilitator: Facilitator,
    seminar: SeminarDep,
    round_: RoundDep,
    topic: TopicDep,
) -> Response:
    """What a vote in the room does, before it is begun."""
    del facilitator
    before = service.votes_on(session, seminar, topic.subject)
    return _starting(request, round_, topic, before, {"minutes": str(service.USUAL)})


@router.post("/room/{question_code}/{item_code}", name="bridge.start")
def start(
    request: Request,
    session: SessionDep,
    facilitator: Facilitator,
    person: CurrentPerson,
    seminar: SeminarDep,
    round_: RoundDep,
    topic: TopicDep,
    form: Submitted,
) -> Response:
    """Open the vote, and go to its screen."""
    del facilitator
    before = service.votes_on(session, seminar, topic.subject)
    about: dict[str, Any] = {"question": topic.question, "subject": topic.subject, "by": person}
    try:
        held = service.start(session, **about, **forms.vote(form))
    except Invalid as problem:
        return _starting(request, round_, topic, before, texts(form), errors=problem.errors, status=422)
    return render.redirect(_screen(request, held))


@router.get("/screen", name="bridge.screen")
def show_screen(request: Request, session: SessionDep, staff: Staff, room: RoomDep) -> Response:
    """The big screen; its middle, where a script asks for it anew."""
    del staff
    name = "bridge/_screen.html" if render.is_htmx(request) else "bridge/screen.html"
    origin = request.app.state.settings.origin
    return render.page(request, name, screen=screen.screen(session, round_=room), round=room, origin=origin)


@router.post("/screen/finish", name="bridge.finish")
def finish(
    request: Request, session: SessionDep, facilitator: Facilitator, person: CurrentPerson, room: RoomDep
) -> Response:
    """The vote is over; its result is shown."""
    del facilitator
    service.finish(session, request.app.state.settings, round_=room, by=person)
    return render.redirect(_screen(request, room))


def _starting(
    request: Request, round_: Round, topic: TopicDep, before: list[Round], values: dict[str, str], **said: Any
) -> Response:
    limits = {"shortest": service.SHORTEST, "longest": service.LONGEST}
    return render.page(
        request,
        "bridge/start.html",
        round=round_,
        topic=topic,
        before=before,
        values=values,
        **limits,
        **said,
    )


def _screen(request: Request, room: Round) -> str:
    slug, number = request.state.seminar.slug, str(room.number)
    return str(request.app.url_path_for("bridge.screen", seminar_slug=slug, round_number=number))
