"""Dissent: where it is, the statements of minorities, and what experts and facilitators do with them."""

from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.dissent import faults, pages, service, settling
from app.dissent.deps import PanellistDep, Reader, ReaderDep, Settler, StatementDep
from app.dissent.forms import Sent, SentDep
from app.errors import Invalid
from app.identity.deps import CurrentPerson, unseen
from app.models import MinorityStatement, Seminar
from app.web import render
from app.web.session import SessionDep

# the transaction that writes in a statement, and the next one, must not also write that a person was there
router = APIRouter(prefix="/seminars/{seminar_slug}/dissent", dependencies=[Depends(unseen)])
ONE = "/{statement_reference}"


@router.get("", name="dissent.dissent")
def dissent(request: Request, session: SessionDep, reader: ReaderDep) -> Response:
    """Every option on which there is dissent."""
    return pages.index(request, session, reader)


@router.get("/on/{item_code}", name="dissent.new")
def new(
    request: Request, session: SessionDep, reader: ReaderDep, panellist: PanellistDep, item_code: str
) -> Response:
    """The form of a new statement."""
    del panellist
    return pages.writing(request, session, reader, item_code)


@router.post("/on/{item_code}", name="dissent.write")
def write(
    request: Request,
    session: SessionDep,
    reader: ReaderDep,
    panellist: PanellistDep,
    item_code: str,
    sent: SentDep,
) -> Response:
    """Write it; others read it without a name from now on."""
    who: dict[str, Any] = {"seminar": reader.seminar, "panellist": panellist}
    try:
        written = service.write(session, **who, code=item_code, draft=sent.draft)
    except Invalid as refused:
        said: dict[str, Any] = {"values": sent.values, "errors": refused.errors}
        return pages.writing(request, session, reader, item_code, **said)
    return _to(request, reader.seminar, written, "written")


@router.get(ONE, name="dissent.statement")
def show(request: Request, session: SessionDep, reader: ReaderDep, statement: StatementDep) -> Response:
    """One statement, and what the reader may do with it."""
    return pages.statement(request, session, reader, statement)


@router.post(ONE, name="dissent.revise")
def revise(
    request: Request,
    session: SessionDep,
    reader: ReaderDep,
    panellist: PanellistDep,
    statement: StatementDep,
    sent: SentDep,
) -> Response:
    """The author's other words, unless there are others since."""
    deed: dict[str, Any] = {"panellist": panellist, "seen": sent.seen, "draft": sent.draft}
    try:
        service.revise(session, seminar=reader.seminar, statement=statement, **deed)
    except (Invalid, faults.Reworded) as refused:
        return _again(request, session, reader, statement, sent, refused)
    return _to(request, reader.seminar, statement, "revised")


@router.post(f"{ONE}/support", name="dissent.support")
def support(
    request: Request,
    session: SessionDep,
    reader: ReaderDep,
    panellist: PanellistDep,
    statement: StatementDep,
    sent: SentDep,
) -> Response:
    """Hold it too, in the wording that was read."""
    deed: dict[str, Any] = {"panellist": panellist, "seen": sent.seen}
    try:
        service.support(session, seminar=reader.seminar, statement=statement, **deed)
    except faults.Reworded as refused:
        return pages.statement(request, session, reader, statement, refused=refused)
    return _to(request, reader.seminar, statement, "supported")


@router.post(f"{ONE}/approve", name="dissent.approve")
def approve(
    request: Request,
    session: SessionDep,
    reader: ReaderDep,
    panellist: PanellistDep,
    statement: StatementDep,
    sent: SentDep,
) -> Response:
    """Agree to the wording that was read."""
    deed: dict[str, Any] = {"panellist": panellist, "seen": sent.seen}
    try:
        service.approve(session, seminar=reader.seminar, statement=statement, **deed)
    except faults.Reworded as refused:
        return pages.statement(request, session, reader, statement, refused=refused)
    return _to(request, reader.seminar, statement, "approved")


@router.post(f"{ONE}/reply", name="dissent.reply")
def reply(
    request: Request,
    session: SessionDep,
    reader: ReaderDep,
    panellist: PanellistDep,
    statement: StatementDep,
    sent: SentDep,
) -> Response:
    """Say something about the wording to the facilitators."""
    deed: dict[str, Any] = {"panellist": panellist, "seen": sent.seen, "text": sent.reply}
    try:
        service.reply(session, seminar=reader.seminar, statement=statement, **deed)
    except (Invalid, faults.Reworded) as refused:
        return _again(request, session, reader, statement, sent, refused)
    return _to(request, reader.seminar, statement, "replied")


@router.get(f"{ONE}/withdraw", name="dissent.confirm_withdraw")
def confirm_withdraw(
    request: Request,
    session: SessionDep,
    reader: ReaderDep,
    panellist: PanellistDep,
    statement: StatementDep,
) -> Response:
    """What taking it back does, before it is done."""
    del panellist
    return pages.confirm_withdraw(request, session, reader, statement)


@router.post(f"{ONE}/withdraw", name="dissent.withdraw")
def withdraw(
    request: Request,
    session: SessionDep,
    reader: ReaderDep,
    panellist: PanellistDep,
    statement: StatementDep,
) -> Response:
    """Take back a statement, or one's support of it."""
    service.withdraw(session, seminar=reader.seminar, panellist=panellist, statement=statement)
    path = request.app.url_path_for("dissent.dissent", seminar_slug=reader.seminar.slug)
    return render.redirect(f"{path}?done=withdrawn")


@router.post(f"{ONE}/wording", name="dissent.edit")
def edit(
    request: Request,
    session: SessionDep,
    reader: ReaderDep,
    settler: Settler,
    person: CurrentPerson,
    statement: StatementDep,
    sent: SentDep,
) -> Response:
    """Put other words to the approval of its owners."""
    del settler
    deed: dict[str, Any] = {"seen": sent.seen, "text": sent.text, "reason": sent.reason, "by": person}
    try:
        settling.edit(session, seminar=reader.seminar, statement=statement, **deed)
    except (Invalid, faults.Reworded) as refused:
        return _again(request, session, reader, statement, sent, refused)
    return _to(request, reader.seminar, statement, "edited")


@router.post(f"{ONE}/release", name="dissent.release")
def release(
    request: Request,
    session: SessionDep,
    reader: ReaderDep,
    settler: Settler,
    person: CurrentPerson,
    statement: StatementDep,
    sent: SentDep,
) -> Response:
    """Print it under its option."""
    del settler
    deed: dict[str, Any] = {"seen": sent.seen, "by": person}
    try:
        settling.release(session, seminar=reader.seminar, statement=statement, **deed)
    except (faults.Reworded, faults.NotApproved, faults.TooFewHolders) as refused:
        return pages.statement(request, session, reader, statement, refused=refused)
    return _to(request, reader.seminar, statement, "released")


@router.post(f"{ONE}/withhold", name="dissent.withhold")
def withhold(
    request: Request,
    session: SessionDep,
    reader: ReaderDep,
    settler: Settler,
    person: CurrentPerson,
    statement: StatementDep,
    sent: SentDep,
) -> Response:
    """Hold it back, and tell its author why."""
    del settler
    deed: dict[str, Any] = {"reason": sent.why, "by": person}
    try:
        settling.withhold(session, seminar=reader.seminar, statement=statement, **deed)
    except Invalid as refused:
        return _again(request, session, reader, statement, sent, refused)
    return _to(request, reader.seminar, statement, "withheld")


def _again(
    request: Request,
    session: SessionDep,
    reader: Reader,
    statement: MinorityStatement,
    sent: Sent,
    refused: Invalid | faults.Reworded,
) -> Response:
    """The page once more, with what was typed."""
    if isinstance(refused, Invalid):
        said: dict[str, Any] = {"errors": refused.errors}
    else:
        said = {"refused": refused}
    return pages.statement(request, session, reader, statement, values=sent.values, **said)


def _to(request: Request, seminar: Seminar, statement: MinorityStatement, done: str) -> Response:
    place = {"seminar_slug": seminar.slug, "statement_reference": statement.reference}
    return render.redirect(f"{request.app.url_path_for('dissent.statement', **place)}?done={done}")
