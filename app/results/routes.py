"""Close a round and publish its results, each after a page that says what it does; and each as a file."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.errors import NotFound
from app.figures import render as figures
from app.figures.look import Look, Theme, Width
from app.identity.deps import CurrentPerson
from app.models import Membership, Round
from app.models.rounds import RoundState
from app.policy import Permission
from app.results import drawing, exporting, pictures, queries, service
from app.results.deps import QuestionDep
from app.results.exporting import Form
from app.results.pictures import Drawn
from app.rounds import lifecycle
from app.rounds import queries as rounds
from app.rounds.deps import RoundDep
from app.seminars.deps import SeminarDep, member_who_may
from app.spreadsheet.tabular import to_csv
from app.web import render
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
    )


@router.post("/close", name="results.close")
def close_round(
    request: Request, session: SessionDep, facilitator: Facilitator, person: CurrentPerson, round_: RoundDep
) -> Response:
    """Close the round and count it."""
    del facilitator
    service.close_round(session, request.app.state.settings, round_=round_, by=person)
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
        table = picture.table()
        return Response(to_csv(list(table.columns), table.rows), media_type=pictures.MEDIA[form])
    if not picture.is_drawn:
        raise NotFound
    figure = picture.draw(Look(theme=theme, width=width))
    content = figures.svg(figure) if form == "svg" else figures.png(figure)
    return Response(content, media_type=pictures.MEDIA[form])


def _path(request: Request, name: str, round_: Round) -> str:
    slug, number = request.state.seminar.slug, str(round_.number)
    return str(request.app.url_path_for(name, seminar_slug=slug, round_number=number))
