"""The queue of proposals, what is decided on them and on items, and the texts of a closed round."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.errors import Invalid
from app.identity.deps import CurrentPerson
from app.models import Membership, Seminar
from app.moderation import importing, pages, service, texts
from app.moderation.deps import ItemDep, Moderator, ProposalDep, QuestionDep, Reader
from app.moderation.forms import DecisionDep, new_items
from app.policy import Permission
from app.registers import import_pages
from app.registers.bulk import ChangedMeanwhile
from app.registers.deps import KindDep
from app.registers.uploads import UploadDep
from app.rounds.deps import RoundDep
from app.seminars.deps import SeminarDep, member_who_may
from app.web import render
from app.web.session import SessionDep

router = APIRouter(prefix="/seminars/{seminar_slug}/moderation")
Importer = Annotated[Membership, Depends(member_who_may(Permission.IMPORT))]
ITEM = "/items/{code}"
TEXTS = "/texts/{round_number}/{question_code}"


@router.get("", name="moderation.queue")
def queue(request: Request, session: SessionDep, seminar: SeminarDep, moderator: Moderator) -> Response:
    """What was proposed, by where it stands."""
    del moderator
    return pages.queue(request, session, seminar=seminar)


@router.get("/table", name="moderation.table")
def table(request: Request, session: SessionDep, seminar: SeminarDep, reader: Reader) -> Response:
    """What became of all proposals and items, without names."""
    del reader
    return pages.table(request, session, seminar=seminar)


@router.post("/setting", name="moderation.setting")
def setting(
    request: Request,
    session: SessionDep,
    seminar: SeminarDep,
    moderator: Moderator,
    person: CurrentPerson,
    sent: DecisionDep,
) -> Response:
    """Say what may be proposed at any time."""
    del moderator
    service.set_proposing(session, seminar=seminar, kinds=sent.kinds, by=person)
    return _done(request, seminar, "setting")


@router.post("/import/{kind}", name="moderation.import_register")
def import_register(
    request: Request,
    session: SessionDep,
    seminar: SeminarDep,
    importer: Importer,
    person: CurrentPerson,
    kind: KindDep,
    upload: UploadDep,
) -> Response:
    """Do what the preview showed, or show a new one if the register is no longer the same."""
    del importer
    about: dict[str, Any] = {"seminar": seminar, "kind": kind, "upload": upload}
    try:
        importing.import_register(session, **about, by=person)
    except (Invalid, ChangedMeanwhile) as refused:
        return import_pages.again(request, session, **about, refused=refused)
    path = request.app.url_path_for("registers.register", seminar_slug=seminar.slug, kind=kind.value)
    return render.redirect(f"{path}?done=imported")


@router.get(TEXTS, name="moderation.texts")
def sealed_texts(
    request: Request, session: SessionDep, seminar: SeminarDep, round_: RoundDep, question: QuestionDep
) -> Response:
    """The texts of a closed round, before the panel reads them."""
    return pages.sealed_texts(request, session, seminar=seminar, round_=round_, question=question)


@router.post(TEXTS, name="moderation.hold")
def hold(
    request: Request,
    session: SessionDep,
    seminar: SeminarDep,
    person: CurrentPerson,
    round_: RoundDep,
    question: QuestionDep,
    sent: DecisionDep,
) -> Response:
    """Hold a text back, shorten it, or let it through after all."""
    about: dict[str, Any] = {"session": session, "seminar": seminar, "question": question}
    try:
        texts.settle(**about, **sent.on_text, by=person)
    except Invalid as refused:
        said: dict[str, Any] = {"values": sent.values, "errors": refused.errors}
        return pages.sealed_texts(request, **about, round_=round_, **said)
    path = request.app.url_path_for("moderation.texts", **request.path_params)
    return render.redirect(f"{path}?done=text")


@router.get(f"{ITEM}/reword", name="moderation.confirm_reword")
def confirm_reword(request: Request, session: SessionDep, seminar: SeminarDep, item: ItemDep) -> Response:
    """The words of an item, to be changed."""
    return pages.rewording(request, session, seminar=seminar, item=item)


@router.post(f"{ITEM}/reword", name="moderation.reword")
def reword(
    request: Request,
    session: SessionDep,
    seminar: SeminarDep,
    person: CurrentPerson,
    item: ItemDep,
    sent: DecisionDep,
) -> Response:
    """Give an item other words, and say whether it still means the same."""
    draft = sent.draft(item.kind)
    deed: dict[str, Any] = {"wording": draft, "minor": sent.minor, "reason": sent.reason, "by": person}
    try:
        service.reword(session, seminar=seminar, item=item, **deed)
    except Invalid as refused:
        said: dict[str, Any] = {"draft": draft, "values": sent.values, "errors": refused.errors}
        return pages.rewording(request, session, seminar=seminar, item=item, **said)
    return _to_item(request, seminar, item.code)


@router.get(f"{ITEM}/merge", name="moderation.confirm_merge_item")
def confirm_merge_item(request: Request, session: SessionDep, seminar: SeminarDep, item: ItemDep) -> Response:
    """Into what an item is merged."""
    return pages.merging_item(
        request, session, seminar=seminar, item=item, into=request.query_params.get("into", "")
    )


@router.post(f"{ITEM}/merge", name="moderation.merge_item")
def merge_item(
    request: Request,
    session: SessionDep,
    seminar: SeminarDep,
    person: CurrentPerson,
    item: ItemDep,
    sent: DecisionDep,
) -> Response:
    """Merge an item into another one."""
    try:
        into = service.target(session, seminar=seminar, code=sent.into)
        service.merge_item(session, seminar=seminar, item=item, into=into, reason=sent.reason, by=person)
    except Invalid as refused:
        said: dict[str, Any] = {"into": sent.into, "values": sent.values, "errors": refused.errors}
        return pages.merging_item(request, session, seminar=seminar, item=item, **said)
    return _to_item(request, seminar, item.code)


@router.get(f"{ITEM}/split", name="moderation.confirm_split")
def confirm_split(request: Request, session: SessionDep, seminar: SeminarDep, item: ItemDep) -> Response:
    """The parts of an item that is to be split."""
    return pages.splitting(request, session, seminar=seminar, item=item)


@router.post(f"{ITEM}/split", name="moderation.split")
def split(
    request: Request,
    session: SessionDep,
    seminar: SeminarDep,
    person: CurrentPerson,
    item: ItemDep,
    sent: DecisionDep,
) -> Response:
    """Split an item into several."""
    parts = sent.parts(item.kind)
    if sent.wants_more:
        return pages.splitting(request, session, seminar=seminar, item=item, **sent.with_one_more(parts))
    deed: dict[str, Any] = {"parts": new_items(parts), "reason": sent.reason, "by": person}
    try:
        service.split(session, seminar=seminar, item=item, **deed)
    except Invalid as refused:
        said: dict[str, Any] = {"parts": parts, "values": sent.values, "errors": refused.errors}
        return pages.splitting(request, session, seminar=seminar, item=item, **said)
    return _to_item(request, seminar, item.code)


@router.get(f"{ITEM}/retire", name="moderation.confirm_retire")
def confirm_retire(request: Request, session: SessionDep, seminar: SeminarDep, item: ItemDep) -> Response:
    """What retiring an item does."""
    return pages.retiring(request, session, seminar=seminar, item=item)


@router.post(f"{ITEM}/retire", name="moderation.retire")
def retire(
    request: Request,
    session: SessionDep,
    seminar: SeminarDep,
    person: CurrentPerson,
    item: ItemDep,
    sent: DecisionDep,
) -> Response:
    """Take an item out of its register."""
    try:
        service.retire(session, seminar=seminar, item=item, reason=sent.reason, by=person)
    except Invalid as refused:
        said: dict[str, Any] = {"values": sent.values, "errors": refused.errors}
        return pages.retiring(request, session, seminar=seminar, item=item, **said)
    return _to_item(request, seminar, item.code)


@router.get("/{reference}", name="moderation.proposal")
def proposal(request: Request, session: SessionDep, seminar: SeminarDep, proposal: ProposalDep) -> Response:
    """A proposal beside what is most like it."""
    return pages.proposal(request, session, seminar=seminar, proposal=proposal)


@router.get("/{reference}/accept", name="moderation.confirm_accept")
def confirm_accept(
    request: Request, session: SessionDep, seminar: SeminarDep, proposal: ProposalDep
) -> Response:
    """The words in which a proposal is accepted."""
    return pages.accepting(request, session, seminar=seminar, proposal=proposal)


@router.post("/{reference}/accept", name="moderation.accept")
def accept(
    request: Request,
    session: SessionDep,
    seminar: SeminarDep,
    person: CurrentPerson,
    proposal: ProposalDep,
    sent: DecisionDep,
) -> Response:
    """Make an item of a proposal."""
    about: dict[str, Any] = {"seminar": seminar, "proposal": proposal, "draft": sent.draft(proposal.kind)}
    try:
        service.accept(session, **about, **sent.as_read, by=person)
    except Invalid as refused:
        return pages.accepting(request, session, **about, values=sent.values, errors=refused.errors)
    return _done(request, seminar, "accept")


@router.get("/{reference}/merge", name="moderation.confirm_merge")
def confirm_merge(
    request: Request, session: SessionDep, seminar: SeminarDep, proposal: ProposalDep
) -> Response:
    """Into what a proposal is merged, and with what words."""
    return pages.merging(
        request, session, seminar=seminar, proposal=proposal, into=request.query_params.get("into", "")
    )


@router.post("/{reference}/merge", name="moderation.merge")
def merge(
    request: Request,
    session: SessionDep,
    seminar: SeminarDep,
    person: CurrentPerson,
    proposal: ProposalDep,
    sent: DecisionDep,
) -> Response:
    """Make a proposal a part of an item that stands."""
    about: dict[str, Any] = {"seminar": seminar, "proposal": proposal}
    try:
        into = service.target(session, seminar=seminar, code=sent.into)
        service.merge(session, **about, into=into, **sent.as_merged(proposal.kind), by=person)
    except Invalid as refused:
        said: dict[str, Any] = {"draft": sent.draft(proposal.kind), "values": sent.values}
        said["errors"] = refused.errors
        return pages.merging(request, session, **about, into=sent.into, **said)
    return _done(request, seminar, "merge")


@router.get("/{reference}/ask", name="moderation.confirm_ask")
def confirm_ask(
    request: Request, session: SessionDep, seminar: SeminarDep, proposal: ProposalDep
) -> Response:
    """What the author is asked."""
    return pages.saying(request, session, seminar=seminar, proposal=proposal, deed="ask")


@router.post("/{reference}/ask", name="moderation.ask")
def ask(
    request: Request,
    session: SessionDep,
    seminar: SeminarDep,
    person: CurrentPerson,
    proposal: ProposalDep,
    sent: DecisionDep,
) -> Response:
    """Ask the author something."""
    about: dict[str, Any] = {"seminar": seminar, "proposal": proposal}
    try:
        service.ask(session, **about, seen=sent.seen, text=sent.get("text"), by=person)
    except Invalid as refused:
        said: dict[str, Any] = {"values": sent.values, "errors": refused.errors}
        return pages.saying(request, session, **about, deed="ask", **said)
    return _done(request, seminar, "ask")


@router.get("/{reference}/decline", name="moderation.confirm_decline")
def confirm_decline(
    request: Request, session: SessionDep, seminar: SeminarDep, proposal: ProposalDep
) -> Response:
    """Why nothing comes of a proposal."""
    return pages.saying(request, session, seminar=seminar, proposal=proposal, deed="decline")


@router.post("/{reference}/decline", name="moderation.decline")
def decline(
    request: Request,
    session: SessionDep,
    seminar: SeminarDep,
    person: CurrentPerson,
    proposal: ProposalDep,
    sent: DecisionDep,
) -> Response:
    """Decline a proposal."""
    about: dict[str, Any] = {"seminar": seminar, "proposal": proposal}
    try:
        service.decline(session, **about, **sent.as_read, by=person)
    except Invalid as refused:
        said: dict[str, Any] = {"values": sent.values, "errors": refused.errors}
        return pages.saying(request, session, **about, deed="decline", **said)
    return _done(request, seminar, "decline")


def _done(request: Request, seminar: Seminar, done: str) -> Response:
    path = request.app.url_path_for("moderation.queue", seminar_slug=seminar.slug)
    return render.redirect(f"{path}?done={done}")


def _to_item(request: Request, seminar: Seminar, code: str) -> Response:
    return render.redirect(request.app.url_path_for("registers.item", seminar_slug=seminar.slug, code=code))
