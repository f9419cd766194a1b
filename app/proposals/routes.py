"""What an expert proposes: written, shown what is like it, submitted, answered for, withdrawn."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.errors import Invalid
from app.models import Proposal, Seminar
from app.proposals import pages, queries, service
from app.proposals.deps import AuthorDep, ProposableDep, ProposalDep, Proposer
from app.proposals.forms import Written, WrittenDep
from app.seminars.deps import SeminarDep
from app.web import render
from app.web.session import SessionDep, only_reads

router = APIRouter(prefix="/seminars/{seminar_slug}/proposals")


@router.get("", name="proposals.mine")
def mine(
    request: Request, session: SessionDep, seminar: SeminarDep, author: AuthorDep, proposer: Proposer
) -> Response:
    """All that the author has proposed, and what became of it."""
    return pages.index(request, session, seminar=seminar, author=author, membership=proposer)


@router.get("/new/{kind}", name="proposals.new")
def new(
    request: Request, session: SessionDep, seminar: SeminarDep, proposer: Proposer, kind: ProposableDep
) -> Response:
    """The form of a new proposal."""
    return pages.blank(request, session, seminar=seminar, membership=proposer, kind=kind)


@router.post("/new/{kind}", name="proposals.create")
def create(
    request: Request,
    session: SessionDep,
    seminar: SeminarDep,
    author: AuthorDep,
    proposer: Proposer,
    kind: ProposableDep,
    written: WrittenDep,
) -> Response:
    """Keep what was typed as a draft."""
    facts: dict[str, Any] = {"seminar": seminar, "membership": proposer}
    draft, place = written.draft(kind), queries.places(session, **facts).get(kind)
    question = place.question if place else None
    try:
        kept = service.save_draft(session, draft=draft, panellist=author, question=question, **facts)
    except Invalid as refused:
        return pages.blank(request, session, **facts, kind=kind, draft=draft, errors=refused.errors)
    return _onward(request, seminar, kept, written)


@router.post("/similar/{kind}", name="proposals.similar")
@only_reads
def similar(
    request: Request,
    session: SessionDep,
    seminar: SeminarDep,
    author: AuthorDep,
    kind: ProposableDep,
    written: WrittenDep,
) -> Response:
    """What is like what is being typed; by POST, so that no log has it, and nothing is kept."""
    del author
    draft = written.draft(kind)
    matches = pages.alike(session, seminar=seminar, draft=draft)
    return render.page(request, "proposals/_similar.html", matches=matches, written=True)


@router.get("/{reference}", name="proposals.proposal")
def proposal(request: Request, session: SessionDep, seminar: SeminarDep, proposal: ProposalDep) -> Response:
    """One proposal, to write in or to read."""
    return pages.proposal(request, session, seminar=seminar, proposal=proposal)


@router.post("/{reference}", name="proposals.save")
def save(
    request: Request,
    session: SessionDep,
    seminar: SeminarDep,
    author: AuthorDep,
    proposer: Proposer,
    proposal: ProposalDep,
    written: WrittenDep,
) -> Response:
    """Keep what was typed, unless another window has kept something else."""
    draft = written.draft(proposal.kind)
    facts: dict[str, Any] = {"seminar": seminar, "proposal": proposal, "draft": draft}
    try:
        service.save_draft(session, panellist=author, membership=proposer, seen=written.seen, **facts)
    except Invalid as refused:
        return pages.not_saved(request, session, **facts, errors=refused.errors)
    except service.ChangedElsewhere as refused:
        return pages.changed_elsewhere(request, session, **facts, refused=refused)
    return _onward(request, seminar, proposal, written)


@router.get("/{reference}/submit", name="proposals.confirm_submit")
def confirm_submit(
    request: Request, session: SessionDep, seminar: SeminarDep, proposal: ProposalDep
) -> Response:
    """What is about to be submitted, and what there is already like it."""
    return pages.review(request, session, seminar=seminar, proposal=proposal)


@router.post("/{reference}/submit", name="proposals.submit")
def submit(
    request: Request,
    session: SessionDep,
    seminar: SeminarDep,
    author: AuthorDep,
    proposer: Proposer,
    proposal: ProposalDep,
) -> Response:
    """Send it to the facilitators."""
    facts: dict[str, Any] = {"panellist": author, "membership": proposer}
    try:
        service.submit(session, seminar=seminar, proposal=proposal, **facts)
    except Invalid as refused:
        return pages.review(request, session, seminar=seminar, proposal=proposal, errors=refused.errors)
    return _back(request, seminar, done="submitted")


@router.get("/{reference}/withdraw", name="proposals.confirm_withdraw")
def confirm_withdraw(
    request: Request, session: SessionDep, seminar: SeminarDep, proposal: ProposalDep
) -> Response:
    """What taking it back does, before it is done."""
    one = queries.views(session, seminar=seminar, proposals=[proposal])[0]
    return render.page(request, "proposals/withdraw.html", one=one)


@router.post("/{reference}/withdraw", name="proposals.withdraw")
def withdraw(
    request: Request, session: SessionDep, seminar: SeminarDep, author: AuthorDep, proposal: ProposalDep
) -> Response:
    """Take it back."""
    service.withdraw(session, panellist=author, proposal=proposal)
    return _back(request, seminar, done="withdrawn")


@router.post("/{reference}/answer", name="proposals.answer")
def answer(
    request: Request,
    session: SessionDep,
    seminar: SeminarDep,
    author: AuthorDep,
    proposal: ProposalDep,
    written: WrittenDep,
) -> Response:
    """Say something to the facilitators."""
    try:
        service.answer(session, panellist=author, proposal=proposal, text=written.text)
    except Invalid as refused:
        said: dict[str, Any] = {
            "values": {"answer": written.text},
            "errors": {"answer": refused.errors["text"]},
        }
        return pages.proposal(request, session, seminar=seminar, proposal=proposal, **said)
    return _back(request, seminar, done="answered")


def _onward(request: Request, seminar: Seminar, proposal: Proposal, written: Written) -> Response:
    place = {"seminar_slug": seminar.slug, "reference": proposal.reference}
    if written.goes_on:
        return render.redirect(request.app.url_path_for("proposals.confirm_submit", **place))
    return render.redirect(f"{request.app.url_path_for('proposals.proposal', **place)}?done=saved")


def _back(request: Request, seminar: Seminar, *, done: str) -> Response:
    path = request.app.url_path_for("proposals.mine", seminar_slug=seminar.slug)
    return render.redirect(f"{path}?done={done}")
