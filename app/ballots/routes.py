"""The expert's ballot: shown, saved as it is filled in, reviewed, submitted, and its receipt."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.ballots import pages, service
from app.ballots.deps import AskingDep, CodeDep, SeatDep, Staff
from app.ballots.forms import SentDep
from app.ballots.pages import LATE, UNFIT, Attempt
from app.ballots.paper import paper
from app.errors import Invalid
from app.rounds.deps import RoundDep
from app.seminars.deps import SeminarDep
from app.web import render
from app.web.session import SessionDep

router = APIRouter(prefix="/seminars/{seminar_slug}/rounds/{round_number}")


@router.get("/ballot", name="ballots.ballot")
def ballot(request: Request, session: SessionDep, seat: SeatDep) -> Response:
    """The whole ballot: to fill in while the round is open, to look at when it is over."""
    return pages.ballot(request, session, seat)


@router.post("/ballot", name="ballots.save")
def save(request: Request, session: SessionDep, seat: SeatDep, sent: SentDep) -> Response:
    """Save all that the form holds, as a page without script sends it."""
    parsed = seat.asked.rate.parse(sent.fields, seat.asked.subjects)
    try:
        saved = service.save(session, **seat.author, entries=parsed.entries, seen=sent.seen)
    except LATE as error:
        return pages.late(request, session, seat, sent, error)
    return pages.form_saved(request, session, seat, Attempt(sent, saved, parsed.errors))


@router.post("/ballot/opened", name="ballots.opened")
def opened(session: SessionDep, seat: SeatDep) -> Response:
    """Note that the expert has looked at her ballot; a GET may not."""
    service.opened(session, round_=seat.round_, membership=seat.membership)
    return Response(status_code=204)


@router.get("/ballot/review", name="ballots.review")
def review(request: Request, session: SessionDep, seat: SeatDep) -> Response:
    """All answers in one table, with what is still blank."""
    return pages.review(request, session, seat)


@router.post("/ballot/submit", name="ballots.submit")
def submit(request: Request, session: SessionDep, seat: SeatDep, sent: SentDep) -> Response:
    """Seal what is in force."""
    try:
        service.submit(session, **seat.author, blanks_meant=sent.get("blanks") == "meant")
    except Invalid as problem:
        return pages.review(request, session, seat, error=problem, status=UNFIT)
    return render.redirect(pages.path_of(request, seat, "ballots.receipt"))


@router.get("/ballot/receipt", name="ballots.receipt")
def receipt(request: Request, session: SessionDep, seat: SeatDep) -> Response:
    """What was recorded, and the code by which it can be checked."""
    return pages.receipt(request, session, seat)


@router.get("/ballot/receipt.txt", name="ballots.receipt_text")
def receipt_text(session: SessionDep, seat: SeatDep) -> Response:
    """The receipt as a file to keep."""
    return pages.receipt_text(session, seat)


@router.get("/ballot/{item_code}", name="ballots.card")
def card(request: Request, session: SessionDep, seat: SeatDep, code: CodeDep) -> Response:
    """One card alone."""
    return pages.ballot(request, session, seat, only=code)


@router.post("/ballot/{item_code}", name="ballots.save_card")
def save_card(request: Request, session: SessionDep, seat: SeatDep, code: CodeDep, sent: SentDep) -> Response:
    """Save one card as it is filled in; serves the script and the card's own page."""
    parsed = seat.asked.rate.parse(sent.fields, {code})
    try:
        saved = service.save(session, **seat.author, entries=parsed.entries, seen=sent.seen)
    except LATE as error:
        return pages.late(request, session, seat, sent, error)
    return pages.card_saved(request, session, seat, code, Attempt(sent, saved, parsed.errors))


@router.post("/ballot/{item_code}/keep", name="ballots.keep")
def keep(request: Request, session: SessionDep, seat: SeatDep, code: CodeDep, sent: SentDep) -> Response:
    """Save what was typed, then take the answer of the round before for this one, in one click."""
    mine = sent.of(code) if render.is_htmx(request) else sent
    parsed = seat.asked.rate.parse(mine.fields, seat.asked.subjects)
    try:
        saved = service.save(session, **seat.author, entries=parsed.entries, seen=mine.seen)
        if parsed.errors or saved.stale:
            return pages.not_kept(request, session, seat, code, Attempt(sent, saved, parsed.errors))
        service.keep(session, **seat.author, code=code)
    except LATE as error:
        return pages.late(request, session, seat, sent, error)
    return pages.kept(request, session, seat, code)


@router.get("/preview", name="ballots.preview")
def preview(
    request: Request,
    session: SessionDep,
    seminar: SeminarDep,
    staff: Staff,
    round_: RoundDep,
    asked: AskingDep,
) -> Response:
    """The ballot as an expert will see it, blank; nothing in it can be saved."""
    reader = staff.id
    blank = paper(session, seminar=seminar, round_=round_, asked=asked, panellist=None, reader=reader)
    return pages.preview(request, seminar, blank)
