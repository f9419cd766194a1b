"""What a round has brought beside the reader's own answers; and what an open one shows of itself."""

from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.feedback import pages, reasons, service, words
from app.feedback.deps import PanellistDep, ReaderDep
from app.feedback.forms import MarkDep
from app.feedback.pages import Feedback
from app.feedback.standings import SHOWS, Show
from app.identity.deps import unseen
from app.models import Round
from app.results import disclosure
from app.results.deps import QuestionDep
from app.web import render
from app.web.session import SessionDep

router = APIRouter(prefix="/seminars/{seminar_slug}/rounds/{round_number}/feedback")

# what the pages need to say what they show
SAYING: dict[str, Any] = {"say": words, "grouped": reasons.grouped, "shows": SHOWS}


@router.get("", name="feedback.round")
def show_round(request: Request, session: SessionDep, reader: ReaderDep) -> Response:
    """Every question of the round with what was found, in one sentence."""
    lines = pages.of_round(session, reader)
    return render.page(request, "feedback/round.html", round=reader.round_, lines=lines, reader=reader)


@router.get("/{question_code}", name="feedback.question")
def show_question(
    request: Request, session: SessionDep, reader: ReaderDep, question: QuestionDep, show: Show = "all"
) -> Response:
    """One question, subject by subject."""
    feedback = pages.of_question(session, reader, question, show)
    return render.page(request, "feedback/question.html", **_context(request, feedback, reader.round_))


@router.get("/{question_code}/live", name="feedback.live")
def show_live(
    request: Request, session: SessionDep, reader: ReaderDep, panellist: PanellistDep, question: QuestionDep
) -> Response:
    """What an open round shows of a question to who has answered it: a page, or a part of her ballot."""
    del panellist
    name = "feedback/_live.html" if render.is_htmx(request) else "feedback/live.html"
    try:
        feedback = pages.live(session, reader, question)
    except disclosure.TooEarly as refusal:
        context: dict[str, Any] = {"round": reader.round_, "question": question, "refusal": refusal}
        return render.page(request, name, feedback=None, **context)
    context = _context(request, feedback, reader.round_) | {"question": question, "refusal": None}
    return render.page(request, name, **context)


@router.post("/{question_code}/helpful", name="feedback.mark", dependencies=[Depends(unseen)])
def mark(
    request: Request,
    session: SessionDep,
    reader: ReaderDep,
    panellist: PanellistDep,
    question: QuestionDep,
    form: MarkDep,
) -> Response:
    """Say that an argument is helpful, or take it back."""
    service.mark(
        session,
        question=question,
        panellist=panellist,
        roles=reader.roles,
        **form.model_dump(exclude={"show"}),
    )
    address = request.app.url_path_for("feedback.question", **request.path_params)
    return render.redirect(f"{address}?show={form.show}#{form.code}")


def _context(request: Request, feedback: Feedback, round_: Round) -> dict[str, Any]:
    path = {name: request.path_params[name] for name in ("seminar_slug", "round_number", "question_code")}
    figure = None
    if feedback.has_figure:
        figure = str(request.app.url_path_for("results.figure", **path, form="svg"))
    about = {"feedback": feedback, "round": round_, "path": path, "figure": figure}
    return feedback.context() | about | SAYING
