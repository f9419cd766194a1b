"""Close a round, look at its result, publish it, open it again: each after a page that says what it does."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.errors import Invalid
from app.figures.look import Look, Theme, Width
from app.identity.deps import CurrentPerson
from app.models import Membership, Round, Seminar
from app.models.rounds import RoundState
from app.policy import Permission
from app.results import disclosure, drawing, exporting, pictures, queries, service
from app.results.deps import QuestionDep
from app.results.exporting import Form
from app.results.pictures import Drawn
from app.rounds import forms, lifecycle
from app.rounds import queries as rounds
from app.rounds.deps import RoundDep
from app.rounds.pages import UNFIT
from app.rounds.service import require_reopening
from app.seminars.deps import SeminarDep, member_who_may
from app.web import render
from app.web.forms import Submitted, texts
from app.web.session import SessionDep

router = APIRouter(prefix="/seminars/{seminar_slug}/rounds/{round_number}")

Exporter = Annotated[Membership, Depends(member_who_may(Permission.EXPORT))]
Reader = Annotated[Membership, Depends(member_who_may(Permission.READ))]
Facilitator = Annotated[Membership, Depends(member_who_may(Permission.RUN_ROUNDS))]


@router.get("/close", name="results.confirm_close")
def confirm_close(
    request: Request, session: SessionDep, facilitator: Facilitator, seminar: SeminarDep, round_: RoundDep
) -> Response:
    """What closing the round does, before it is done."""
    del facilitator
    lifecycle.require_move(round_, RoundState.CLOSED)
    return render.page(
        request,
        "results/confirm_close.html",
        round=round_,
        progress=rounds.participation(session, round_, seminar.min_group),
        asks=bool(rounds.questions(session, round_)),
        real_time=lifecycle.is_real_time(round_),
    )


@router.post("/close", name="results.close")
def close_round(
    request: Request, session: SessionDep, facilitator: Facilitator, person: CurrentPerson, round_: RoundDep
) -> Response:
    """Close the round and count it."""
    del facilitator
    service.close_round(session, request.app.state.settings, round_=round_, by=person)
    return render.redirect(_path(request, "rounds.round", round_))


@router.get("/look", name="results.confirm_look")
def confirm_look(
    request: Request, session: SessionDep, facilitator: Facilitator, round_: RoundDep
) -> Response:
    """What looking at the result ends, before it is done."""
    del facilitator
    lifecycle.require_state(round_, RoundState.CLOSED)
    if not lifecycle.is_sealed(round_):
        return render.redirect(_path(request, "rounds.round", round_))
    about: dict[str, Any] = {"counted": queries.counted(session, round_)}
    return render.page(request, "results/confirm_look.html", round=round_, **about)


@router.post("/look", name="results.look")
def look(
    request: Request, session: SessionDep, facilitator: Facilitator, person: CurrentPerson, round_: RoundDep
) -> Response:
    """Let the staff see the result; from now on the round cannot be opened again."""
    del facilitator
    service.look(session, round_=round_, by=person)
    return render.redirect(_path(request, "rounds.round", round_))


@router.get("/reopen", name="results.confirm_reopen")
def confirm_reopen(
    request: Request, session: SessionDep, facilitator: Facilitator, seminar: SeminarDep, round_: RoundDep
) -> Response:
    """What opening the closed round again does, before it is done."""
    del facilitator
    require_reopening(session, round_)
    return _reopening(request, seminar, round_, values={})


@router.post("/reopen", name="results.reopen")
def reopen_round(
    request: Request,
    session: SessionDep,
    facilitator: Facilitator,
    person: CurrentPerson,
    seminar: SeminarDep,
    round_: RoundDep,
    form: Submitted,
) -> Response:
    """Open the closed round again, until the time that was typed."""
    del facilitator
    require_reopening(session, round_)
    try:
        until, reason = forms.extension(form, seminar.timezone)
        service.reopen_round(session, round_=round_, closes_at=until, reason=reason, by=person)
    except Invalid as problem:
        said: dict[str, Any] = {"values": texts(form), "errors": problem.errors, "status": UNFIT}
        return _reopening(request, seminar, round_, **said)
    return render.redirect(_path(request, "rounds.round", round_))


@router.get("/publish", name="results.confirm_publish")
def confirm_publish(
    request: Request, session: SessionDep, facilitator: Facilitator, round_: RoundDep
) -> Response:
    """What publishing the result does, before it is done; afterwards, who can see it."""
    del facilitator
    about: dict[str, Any] = {
        "counted": queries.counted(session, round_),
        "asks": rounds.asks(session, round_),
        "sealed": lifecycle.is_sealed(round_),
    }
    if round_.state is RoundState.PUBLISHED:
        return render.page(request, "results/published.html", round=round_, **about)
    lifecycle.require_move(round_, RoundState.PUBLISHED)
    return render.page(request, "results/confirm_publish.html", round=round_, **about)


@router.post("/publish", name="results.publish")
def publish_round(
    request: Request, session: SessionDep, facilitator: Facilitator, person: CurrentPerson, round_: RoundDep
) -> Response:
    """Let the panel see the result."""
    del facilitator
    service.publish_round(session, round_=round_, by=person)
    return render.redirect(_path(request, "results.confirm_publish", round_))


@router.get("/questions/{question_code}/export.{form}", name="results.export")
def export(
    request: Request, session: SessionDep, exporter: Exporter, question: QuestionDep, form: Form
) -> Response:
    """What is published of one question, as a file."""
    del exporter
    content = exporting.build(session, question=question, form=form, roles=request.state.roles)
    name = (
        f"{request.state.seminar.slug}-r{request.path_params['round_number']}-{question.code.lower()}.{form}"
    )
    attached = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=exporting.MEDIA[form], headers=attached)


@router.get("/questions/{question_code}/figure.{form}", name="results.figure")
def show_figure(
    request: Request,
    session: SessionDep,
    reader: Reader,
    question: QuestionDep,
    form: Drawn,
    theme: Theme = "light",
    width: Width = "wide",
) -> Response:
    """The figure of a released result as a picture, or its numbers."""
    del reader
    picture = drawing.picture(session, question=question, roles=request.state.roles)
    if form == "csv":
        disclosure.require_published(session.get_one(Round, question.round_id))
    content = pictures.content(picture, form, Look(theme=theme, width=width))
    return Response(content, media_type=pictures.MEDIA[form])


def _reopening(request: Request, seminar: Seminar, round_: Round, **said: Any) -> Response:
    return render.page(request, "results/confirm_reopen.html", round=round_, zone=seminar.timezone, **said)


def _path(request: Request, name: str, round_: Round) -> str:
    slug, number = request.state.seminar.slug, str(round_.number)
    return str(request.app.url_path_for(name, seminar_slug=slug, round_number=number))
