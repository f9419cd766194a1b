"""The pages of the facilitators: the queue, a proposal beside what is like it, and each decision's own."""

from typing import Any

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from app.errors import AppError, NotFound
from app.models import Item, Proposal, Question, Round, Seminar
from app.models.rounds import RoundState
from app.moderation import comparing, queries, texts
from app.moderation.forms import AS_IT_IS, FEWEST_PARTS, MOST_PARTS
from app.proposals import queries as proposals
from app.proposals.pages import draft_of
from app.proposals.similar import Candidate
from app.questions.catalogue import TYPES
from app.registers import queries as registers
from app.registers import words
from app.registers.drafts import ItemDraft
from app.registers.forms import draft_of as draft_of_item
from app.registers.forms import item_form
from app.registers.queries import ItemView
from app.rounds import lifecycle
from app.rounds import queries as rounds
from app.web import render

Errors = dict[str, AppError]
WRITTEN = frozenset(TYPES) - {"propose"}


def queue(request: Request, session: Session, *, seminar: Seminar) -> Response:
    """What was proposed by where it stands, and what may be proposed at any time."""
    return render.page(
        request,
        "moderation/queue.html",
        queue=queries.queue(session, seminar=seminar),
        proposable=proposals.PROPOSABLE,
        kind_words=words.KINDS,
        to_read=_to_read(session, seminar),
        done=request.query_params.get("done", ""),
    )


def table(request: Request, session: Session, *, seminar: Seminar) -> Response:
    """What became of every proposal, and of the items, for everybody to read."""
    return render.page(
        request,
        "moderation/table.html",
        outcomes=queries.outcomes(session, seminar=seminar),
        settled=queries.settled(session, seminar=seminar),
        kind_words=words.KINDS,
    )


def proposal(request: Request, session: Session, *, seminar: Seminar, proposal: Proposal) -> Response:
    """A proposal beside what is most like it, and what can be decided."""
    found = comparing.matches(session, seminar=seminar, proposal=proposal)
    match = comparing.chosen(found, request.query_params.get("with", ""))
    beside = (
        comparing.beside(proposal.title, proposal.text, match.candidate, match.percent) if match else None
    )
    facts = _proposal(session, seminar, proposal)
    return render.page(request, "moderation/proposal.html", matches=found, beside=beside, **facts)


def accepting(
    request: Request,
    session: Session,
    *,
    seminar: Seminar,
    proposal: Proposal,
    draft: ItemDraft | None = None,
    values: dict[str, str] | None = None,
    errors: Errors | None = None,
) -> Response:
    """The words in which a proposal is accepted, to be edited first."""
    facts = _proposal(session, seminar, proposal)
    facts["form"] = item_form(session, seminar=seminar, kind=proposal.kind, draft=draft or draft_of(proposal))
    return _answer(request, "moderation/accept.html", values, errors, **facts)


def merging(
    request: Request,
    session: Session,
    *,
    seminar: Seminar,
    proposal: Proposal,
    into: str,
    draft: ItemDraft | None = None,
    values: dict[str, str] | None = None,
    errors: Errors | None = None,
) -> Response:
    """Into what a proposal is merged; once that is chosen, whether this gives it other words."""
    facts = _proposal(session, seminar, proposal)
    target = registers.item(session, seminar=seminar, code=into) if into else None
    if target is None or target.kind is not proposal.kind:
        matches = comparing.matches(session, seminar=seminar, proposal=proposal)
        facts["matches"] = [match for match in matches if not match.candidate.is_proposal]
        facts["choices"] = registers.titles(session, seminar=seminar, kind=proposal.kind)
        return _answer(request, "moderation/merge_into.html", values, errors, **facts)
    other = Candidate(target.code, target.title, target.text)
    facts["beside"] = comparing.beside(proposal.title, proposal.text, other)
    facts["target"] = target
    facts["words"] = item_form(
        session, seminar=seminar, kind=target.kind, draft=draft or _together(target, proposal)
    )
    return _answer(request, "moderation/merge.html", {"wording": AS_IT_IS} | (values or {}), errors, **facts)


def saying(
    request: Request,
    session: Session,
    *,
    seminar: Seminar,
    proposal: Proposal,
    deed: str,
    values: dict[str, str] | None = None,
    errors: Errors | None = None,
) -> Response:
    """What is asked of the author, or why nothing comes of the proposal."""
    facts = _proposal(session, seminar, proposal)
    return _answer(request, f"moderation/{deed}.html", values, errors, **facts)


def rewording(
    request: Request,
    session: Session,
    *,
    seminar: Seminar,
    item: Item,
    draft: ItemDraft | None = None,
    values: dict[str, str] | None = None,
    errors: Errors | None = None,
) -> Response:
    """The words and links of an item, to be changed."""
    view = _view(session, seminar, item)
    form = item_form(session, seminar=seminar, kind=item.kind, draft=draft or draft_of_item(view))
    facts = {"item": view, "form": form, "kind_words": words.KINDS}
    return _answer(request, "moderation/reword.html", values, errors, **facts)


def merging_item(
    request: Request,
    session: Session,
    *,
    seminar: Seminar,
    item: Item,
    into: str,
    values: dict[str, str] | None = None,
    errors: Errors | None = None,
) -> Response:
    """Into what an item is merged, the two side by side once that is chosen."""
    view = _view(session, seminar, item)
    target = registers.item(session, seminar=seminar, code=into) if into else None
    beside = None
    if target is not None and target.kind is item.kind and target.id != item.id:
        other = Candidate(target.code, target.title, target.text)
        beside = comparing.beside(view.title, view.text, other)
    choices = registers.titles(session, seminar=seminar, kind=item.kind)
    facts = {
        "item": view,
        "beside": beside,
        "choices": [one for one in choices if one.id != item.id],
        "kind_words": words.KINDS,
    }
    return _answer(request, "moderation/merge_item.html", {"into": into} | (values or {}), errors, **facts)


def splitting(
    request: Request,
    session: Session,
    *,
    seminar: Seminar,
    item: Item,
    parts: list[ItemDraft] | None = None,
    values: dict[str, str] | None = None,
    errors: Errors | None = None,
) -> Response:
    """The parts into which an item is split, each with the particulars of the whole to begin with."""
    view = _view(session, seminar, item)
    blank = ItemDraft(item.kind, "", "", draft_of_item(view).fields)
    drafts = [part if part.title or part.text else blank for part in parts or [blank] * FEWEST_PARTS]
    forms = [
        item_form(
            session,
            seminar=seminar,
            kind=item.kind,
            draft=draft,
            prefix=f"{number}.",
            with_links=False,
        )
        for number, draft in enumerate(drafts, 1)
    ]
    facts = {"item": view, "parts": forms, "most": MOST_PARTS, "kind_words": words.KINDS}
    return _answer(request, "moderation/split.html", values, errors, **facts)


def retiring(
    request: Request,
    session: Session,
    *,
    seminar: Seminar,
    item: Item,
    values: dict[str, str] | None = None,
    errors: Errors | None = None,
) -> Response:
    """What retiring an item does, before it is done."""
    facts = {"item": _view(session, seminar, item), "kind_words": words.KINDS}
    return _answer(request, "moderation/retire.html", values, errors, **facts)


def sealed_texts(
    request: Request,
    session: Session,
    *,
    seminar: Seminar,
    round_: Round,
    question: Question,
    values: dict[str, str] | None = None,
    errors: Errors | None = None,
) -> Response:
    """The texts of a question of a closed round, to be read before the panel reads them."""
    found = texts.sealed_texts(session, seminar=seminar, question=question)
    facts = {
        "round": round_,
        "question": question,
        "texts": found,
        "titles": {subject.code: subject.title for subject in rounds.asked_about(session, question)},
        "done": request.query_params.get("done", ""),
    }
    return _answer(request, "moderation/texts.html", values, errors, **facts)


def _answer(
    request: Request, name: str, values: dict[str, str] | None, errors: Errors | None, **facts: Any
) -> Response:
    status = 422 if errors else 200
    return render.page(request, name, status=status, **facts, values=values or {}, errors=errors or {})


def _proposal(session: Session, seminar: Seminar, proposal: Proposal) -> dict[str, Any]:
    form = item_form(session, seminar=seminar, kind=proposal.kind, draft=draft_of(proposal))
    one = proposals.views(session, seminar=seminar, proposals=[proposal])[0]
    return {"one": one, "form": form, "kind_words": words.KINDS}


def _view(session: Session, seminar: Seminar, item: Item) -> ItemView:
    view = registers.item(session, seminar=seminar, code=item.code)
    if view is None:
        raise NotFound
    return view


def _together(target: ItemView, proposal: Proposal) -> ItemDraft:
    """The item as it stands, tied also to what the proposal would tie it to."""
    draft = draft_of_item(target)
    for word, codes in proposal.links.items():
        tied = {code.partition("=")[0] for code in draft.links.get(word, [])}
        draft.links[word] = [
            *draft.links.get(word, []),
            *(code for code in codes if code.partition("=")[0] not in tied),
        ]
    return draft


def _to_read(session: Session, seminar: Seminar) -> list[tuple[Round, Question]]:
    """The questions of rounds that are closed and not published, whose texts can be held back now."""
    return [
        (round_, question)
        for round_ in rounds.plan(session, seminar)
        if round_.state is RoundState.CLOSED and not lifecycle.is_sealed(round_)
        for question in rounds.questions(session, round_)
        if question.type in WRITTEN
    ]
