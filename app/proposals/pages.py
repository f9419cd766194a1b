"""The pages of an author: all her proposals, one of them, the form, and what is shown before submitting."""

from dataclasses import dataclass
from typing import Any

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from app.errors import AppError
from app.models import Membership, Panellist, Proposal, Question, Seminar
from app.models.proposals import ProposalState
from app.models.registers import Kind
from app.proposals import aftermath, queries, service
from app.proposals.similar import Match, similar
from app.questions.propose import Propose
from app.registers import words
from app.registers.drafts import ItemDraft
from app.registers.forms import item_form
from app.web import render

# The author's proposals as she looks for them: what waits for her first.
ORDER = (
    ProposalState.RETURNED,
    ProposalState.DRAFT,
    ProposalState.SUBMITTED,
    ProposalState.ACCEPTED,
    ProposalState.MERGED,
    ProposalState.DECLINED,
    ProposalState.WITHDRAWN,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposing:
    """What a question asks to be proposed, and how much of it has been.

    `limit` is how many each expert may submit, `range` how many words a text is to have.
    """

    kinds: list[Kind]
    limit: int | None
    sent: int
    range: tuple[int, int] | None
    is_open: bool

    @property
    def left(self) -> int | None:
        """How many more may be submitted; None where as many as one likes."""
        return None if self.limit is None else max(self.limit - self.sent, 0)


def mine(
    session: Session, *, seminar: Seminar, panellist: Panellist, question: Question, is_open: bool
) -> dict[str, Any]:
    """What `proposals/_mine.html` needs: the panellist's proposals to a question, and what it asks for.

    `is_open` says whether the round takes answers, from her at least.
    """
    asked = Propose.of(question.settings, {})
    found = queries.mine(session, seminar=seminar, panellist=panellist, question=question)
    return {
        "mine": found,
        "proposing": Proposing(
            kinds=[kind for kind in queries.PROPOSABLE if kind.value in asked.kinds],
            limit=asked.limit,
            sent=queries.sent_count(session, question=question, panellist=panellist),
            range=asked.words,
            is_open=is_open,
        ),
        "kind_words": words.KINDS,
    }


def index(
    request: Request, session: Session, *, seminar: Seminar, author: Panellist, membership: Membership
) -> Response:
    """All that the author has proposed, and what became of it and of what she answered about."""
    found = queries.mine(session, seminar=seminar, panellist=author)
    return render.page(
        request,
        "proposals/mine.html",
        groups=[(state, own) for state in ORDER if (own := [one for one in found if one.state is state])],
        places=queries.places(session, seminar=seminar, membership=membership),
        aftermath=aftermath.of_answers(session, seminar=seminar, panellist=author),
        withheld=aftermath.of_texts(session, seminar=seminar, panellist=author),
        kind_words=words.KINDS,
        done=request.query_params.get("done", ""),
    )


def blank(
    request: Request,
    session: Session,
    *,
    seminar: Seminar,
    membership: Membership,
    kind: Kind,
    draft: ItemDraft | None = None,
    errors: dict[str, AppError] | None = None,
) -> Response:
    """The form of something new, or what was typed into it with what is wrong."""
    place = queries.places(session, seminar=seminar, membership=membership).get(kind)
    if place is None and draft is None:
        raise service.NotTaken
    question = place.question if place else None
    facts = _form(session, seminar, draft or ItemDraft(kind, ""), question)
    status = 422 if errors else 200
    return render.page(request, "proposals/edit.html", status=status, one=None, **facts, errors=errors or {})


def proposal(
    request: Request,
    session: Session,
    *,
    seminar: Seminar,
    proposal: Proposal,
    values: dict[str, str] | None = None,
    errors: dict[str, AppError] | None = None,
) -> Response:
    """A proposal: to write in as long as it is its author's turn, and else to read."""
    one = queries.views(session, seminar=seminar, proposals=[proposal])[0]
    writes = one.state in {ProposalState.DRAFT, ProposalState.RETURNED}
    if one.state is ProposalState.SUBMITTED and request.query_params.get("change"):
        writes = True
    facts = _form(session, seminar, draft_of(proposal), service.question_of(session, proposal))
    said = {"values": values or {}, "errors": errors or {}, "done": request.query_params.get("done", "")}
    page = "proposals/edit.html" if writes else "proposals/proposal.html"
    return render.page(request, page, status=422 if errors else 200, one=one, **facts, **said)


def not_saved(
    request: Request,
    session: Session,
    *,
    seminar: Seminar,
    proposal: Proposal,
    draft: ItemDraft,
    errors: dict[str, AppError],
) -> Response:
    """What was typed and cannot be kept as it is, beside what is wrong with it."""
    one = queries.views(session, seminar=seminar, proposals=[proposal])[0]
    facts = _form(session, seminar, draft, service.question_of(session, proposal))
    return render.page(request, "proposals/edit.html", status=422, one=one, **facts, errors=errors)


def changed_elsewhere(
    request: Request,
    session: Session,
    *,
    seminar: Seminar,
    proposal: Proposal,
    draft: ItemDraft,
    refused: AppError,
) -> Response:
    """What was typed, and beneath it what another window has saved since."""
    one = queries.views(session, seminar=seminar, proposals=[proposal])[0]
    facts = _form(session, seminar, draft, service.question_of(session, proposal))
    elsewhere = item_form(session, seminar=seminar, kind=proposal.kind, draft=draft_of(proposal))
    return render.page(
        request,
        "proposals/edit.html",
        status=409,
        one=one,
        **facts | {"elsewhere": elsewhere},
        errors={"": refused},
    )


def review(
    request: Request,
    session: Session,
    *,
    seminar: Seminar,
    proposal: Proposal,
    errors: dict[str, AppError] | None = None,
) -> Response:
    """The proposal as it would be submitted, what is missing in it, and what there is already like it."""
    one = queries.views(session, seminar=seminar, proposals=[proposal])[0]
    question = service.question_of(session, proposal)
    faults = errors or service.faults_of(session, seminar=seminar, proposal=proposal, question=question)
    facts = _form(session, seminar, draft_of(proposal), question)
    status = 422 if errors else 200
    return render.page(request, "proposals/review.html", status=status, one=one, **facts, errors=faults)


def alike(session: Session, *, seminar: Seminar, draft: ItemDraft) -> list[Match]:
    """The accepted items that are most like what is written."""
    candidates = queries.accepted(session, seminar=seminar, kind=draft.kind)
    return similar(draft.title, draft.text, candidates)


def draft_of(proposal: Proposal) -> ItemDraft:
    """The proposal as its form shows it."""
    return ItemDraft(
        kind=proposal.kind,
        title=proposal.title,
        text=proposal.text,
        fields=proposal.fields,
        links=proposal.links,
    )


def _form(session: Session, seminar: Seminar, draft: ItemDraft, question: Question | None) -> dict[str, Any]:
    return {
        "kind": draft.kind,
        "kind_words": words.KINDS,
        "form": item_form(session, seminar=seminar, kind=draft.kind, draft=draft),
        "matches": alike(session, seminar=seminar, draft=draft),
        "written": bool(draft.title or draft.text),
        "asked": Propose.of(question.settings, {}) if question else None,
        "elsewhere": None,
    }
