"""The answers to what is sent: a file to fill in, what was read of one, and what became of it.

To write a form, or to read one, takes a second: on SQLite nobody could save as long. What must be stored is
stored in a short transaction of its own, beside the one of the request, which only reads.
"""

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from app.ballots.addresses import path_of
from app.ballots.papers.reading import Reading
from app.db import transaction
from app.errors import Invalid
from app.models import Person
from app.offline import pages, queries, receiving, sending, service
from app.offline.deps import Desk, Preview
from app.offline.forms import DROP, ENTER, Decided, Sent
from app.offline.queries import Recipient
from app.offline.receiving import Received
from app.offline.service import Entered
from app.rounds.lifecycle import RoundNotOpen, RoundOver
from app.web import render
from app.web.errors import status_of

UNFIT = 422
# what refuses a form as a whole, and leaves what was read of it as it is
REFUSED = (RoundNotOpen, RoundOver, service.NothingOnIt, service.OffThePanel)


def received(session: Session, desk: Desk, sent: Sent) -> Received:
    """The form that was sent: an expert's own, or any that a form clerk brings or types in."""
    seminar, round_, asked = desk.seminar, desk.round_, desk.asked
    if desk.by_clerk:
        return receiving.from_clerk(session, desk.book, seminar, round_, asked, sent.content, sent.code)
    return receiving.receive(
        session,
        desk.book,
        seminar=seminar,
        round_=round_,
        asked=asked,
        content=sent.content,
        of=desk.panellist,
    )


def prepared(
    request: Request, session: Session, desk: Desk, to: list[Recipient], kind: str, person: Person
) -> Response:
    """The archive of blank forms for these."""
    state, seminar, round_ = request.app.state, desk.seminar, desk.round_
    with transaction(state.engine) as writing:
        issued = sending.issue(writing, state.settings, seminar=seminar, round_=round_, to=to, by=person)
    content = sending.written(
        session,
        state.settings,
        seminar=seminar,
        round_=round_,
        asked=desk.asked,
        issued=issued,
        kind=kind,
        write=pages.WRITERS[kind].write,
    )
    name = f"{desk.seminar.slug}-R{desk.round_.number}-forms.zip"
    return pages.attachment(content, name, sending.MEDIA)


def file(request: Request, session: Session, desk: Desk, kind: str) -> Response:
    """The expert's own form; who gets hers first draws the codes for all."""
    assert desk.panellist is not None
    service.require_forms(desk.round_)
    paper = queries.form_of(session, desk.book, round_=desk.round_, panellist=desk.panellist)
    if paper is None:
        with transaction(request.app.state.engine) as writing:
            paper = service.form_for(writing, desk.book, round_=desk.round_, panellist=desk.panellist)
    return pages.file(request, session, desk, paper, kind)


def taken_in(request: Request, desk: Desk, received: Received) -> Response:
    """On to what was read."""
    with transaction(request.app.state.engine) as writing:
        kept = service.take_in(writing, form=received.form.row, entry=received.entry, by_clerk=desk.by_clerk)
    return render.redirect(pages.address_of(request, desk, received.form, kept.number))


def decided(request: Request, session: Session, shown: Preview, person: Person, said: Decided) -> Response:
    """Keep what was decided, lay the form aside, or enter it."""
    desk, kept = shown.desk, shown.kept
    if said.then == DROP:
        service.lay_aside(session, kept=kept)
        return render.redirect(pages.way_back(request, desk, "dropped"))
    try:
        kept = service.settle(
            session, kept=kept, form=shown.form, decisions=said.decisions, all_of_them=said.then == ENTER
        )
        if said.then != ENTER:
            return render.redirect(pages.address_of(request, desk, shown.paper, kept.number))
        entered = _enter(request, session, shown, person)
    except Invalid as problem:
        return pages.preview(request, shown, typed=said.decisions, errors=problem.errors, status=UNFIT)
    except REFUSED as refused:
        return pages.preview(request, shown, refused=refused, status=status_of(refused))
    return render.redirect(_onward(request, desk, entered))


def _enter(request: Request, session: Session, shown: Preview, person: Person) -> Entered:
    return service.enter(
        session,
        request.app.state.settings,
        seminar=shown.desk.seminar,
        round_=shown.desk.round_,
        asked=shown.desk.asked,
        paper=shown.paper,
        kept=shown.kept,
        form=shown.form,
        by=person,
    )


def receipt_of(request: Request, reading: Reading) -> str:
    """The page of the receipt, or the review if nothing was submitted."""
    route = "ballots.receipt" if reading.filled.seal else "ballots.review"
    return path_of(request, reading.seminar, reading.round_, route)


def _onward(request: Request, desk: Desk, entered: Entered) -> str:
    """To the receipt, or to what is missing; a form clerk goes back to the others."""
    is_whole = entered.seal is not None
    if desk.by_clerk:
        return pages.way_back(request, desk, "entered" if is_whole else "saved")
    route = "ballots.receipt" if is_whole else "ballots.review"
    return path_of(request, desk.seminar, desk.round_, route)
