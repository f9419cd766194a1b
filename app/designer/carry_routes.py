"""Carry subjects forward from a round whose result is known into a draft."""

from collections.abc import Collection, Mapping
from typing import Any, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from app.designer import candidates, carry_service, pages
from app.designer.candidates import Candidates
from app.designer.carrying_words import sentences
from app.designer.deps import DraftDep
from app.designer.types import form_of
from app.errors import Invalid, NotFound
from app.identity.deps import CurrentPerson
from app.models import Round
from app.models.rounds import FeedbackPolicy
from app.rounds import queries as rounds
from app.seminars.deps import SeminarDep
from app.web import render
from app.web.forms import Submitted, parse
from app.web.session import SessionDep

router = APIRouter(prefix="/seminars/{seminar_slug}/rounds/{round_number}/carry")

Ticks = Literal["proposed", "all", "none"]
TICKS: tuple[Ticks, ...] = ("proposed", "all", "none")


class CarryForm(BaseModel):
    """From which round, and what this one then shows of it."""

    source: int
    feedback: FeedbackPolicy = FeedbackPolicy.RATIONALES


@router.get("", name="designer.carry")
def carry(request: Request, session: SessionDep, round_: DraftDep) -> Response:
    """What can be carried forward, with what the rule proposes ticked; or all, or nothing."""
    known = candidates.sources(session, round_)
    wanted = request.query_params.get("source", "")
    likely = [one for one in known if one.id == round_.previous_id] + known
    source = next((one for one in known if str(one.number) == wanted), next(iter(likely), None))
    ticks = next((one for one in TICKS if one == request.query_params.get("ticks")), TICKS[0])
    return _page(request, session, round_, source=source, ticks=ticks)


@router.post("", name="designer.carry_forward")
def carry_forward(
    request: Request,
    session: SessionDep,
    round_: DraftDep,
    seminar: SeminarDep,
    person: CurrentPerson,
    form: Submitted,
) -> Response:
    """The draft asks about what was ticked."""
    typed = parse(CarryForm, form)
    source = rounds.find_round(session, seminar=seminar, number=typed.source)
    if source is None:
        raise NotFound
    try:
        chosen = _chosen(form)
        carry_service.carry(
            session, round_=round_, source=source, chosen=chosen, feedback=typed.feedback, by=person
        )
    except Invalid as problem:
        said: dict[str, Any] = {"errors": problem.errors, "status": 422, "feedback": typed.feedback}
        return _page(request, session, round_, source=source, chosen=chosen, **said)
    return render.redirect(pages.address(request, "designer.design", round_))


def _page(
    request: Request,
    session: Session,
    round_: Round,
    *,
    source: Round | None,
    ticks: Ticks | None = None,
    chosen: Mapping[str, Collection[str]] | None = None,
    **said: Any,
) -> Response:
    roles = request.state.roles
    found = candidates.candidates(session, source=source, round_=round_, roles=roles) if source else []
    return render.page(
        request,
        "designer/carry.html",
        **pages.around(request, round_),
        **{"feedback": round_.feedback if round_.previous_id else FeedbackPolicy.RATIONALES} | said,
        sources=candidates.sources(session, round_),
        source=source,
        found=found,
        ticked=chosen if chosen is not None else _ticked(found, ticks),
        ticks=ticks,
        sentences=sentences,
        form_of=form_of,
    )


def _ticked(found: list[Candidates], ticks: Ticks | None) -> dict[str, set[str]]:
    """What is ticked, by the code of the question that asked before."""
    if ticks == "none":
        return {}
    return {
        one.source.code: {line.code for line in one.lines if ticks == "all" or line.is_proposed}
        for one in found
    }


def _chosen(form: FormData) -> dict[str, list[str]]:
    """The codes that were ticked, in fields such as `Q1`, by the code of the question that asked before."""
    chosen: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if name.startswith("Q") and isinstance(value, str):
            chosen.setdefault(name, []).append(value)
    return chosen
