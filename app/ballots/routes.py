"""The expert's ballot: shown, saved as it is filled in, reviewed, submitted, and its receipt."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.ballots import pages, replies, service
from app.ballots.addresses import path_of
from app.ballots.attempts import UNFIT, Attempt
from app.ballots.deps import CodeDep, PartDep, PreviewDep, ReadingDep, SeatDep, reading_of
from app.ballots.forms import SentDep
from app.ballots.replies import LATE
from app.errors import Invalid
from app.web import render
from app.web.session import SessionDep

router = APIRouter(prefix="/seminars/{seminar_slug}/rounds/{round_number}")


@router.get("/ballot", name="ballots.ballot")
def ballot(request: Request, session: SessionDep, reading: ReadingDep) -> Response:
    """The ballot: to fill in while the round is open, to look at when it is over."""
    return pages.ballot(request, session, reading)


@router.post("/ballot/opened", name="ballots.opened")
def opened(session: SessionDep, seat: SeatDep) -> Response:
    """Note that the expert has looked at her ballot; a GET may not."""
    service.opened(session, round_=seat.round_, membership=seat.membership)
    return Response(status_code=204)


@router.get("/ballot/review", name="ballots.review")
def review(request: Request, session: SessionDep, reading: ReadingDep) -> Response:
    """All answers, with what is still blank."""
    return pages.review(request, session, reading)


@router.post("/ballot/submit", name="ballots.submit")
def submit(request: Request, session: SessionDep, seat: SeatDep, sent: SentDep) -> Response:
    """Seal what is in force."""
    try:
        service.submit(session, **seat.author, blanks_meant=sent.get("blanks") == "meant")
    except Invalid as problem:
        return pages.review(request, session, reading_of(session, seat), error=problem, status=UNFIT)
    return render.redirect(path_of(request, seat.seminar, seat.round_, "ballots.receipt"))


@router.get("/ballot/receipt", name="ballots.receipt")
def receipt(request: Request, session: SessionDep, reading: ReadingDep) -> Response:
    """What was recorded, and the code by which it can be checked."""
    return pages.receipt(request, session, reading)


@router.get("/ballot/receipt.txt", name="ballots.receipt_text")
def receipt_text(reading: ReadingDep) -> Response:
    """The receipt as a file to keep."""
    return pages.receipt_text(reading)


@router.get("/ballot/{question_code}", name="ballots.question")
def question(request: Request, session: SessionDep, reading: ReadingDep, part: PartDep) -> Response:
    """One of the questions."""
    return pages.question(request, session, reading, part)


@router.post("/ballot/{question_code}", name="ballots.save")
def save(request: Request, session: SessionDep, seat: SeatDep, part: PartDep, sent: SentDep) -> Response:
    """Save all that the form of a question holds, as a page without script sends it."""
    parsed = part.type.parse(sent.fields, part.subjects)
    try:
        saved = service.save(session, **seat.of(part), entries=parsed.entries, seen=sent.seen)
    except LATE as error:
        return replies.late(request, session, seat, part, sent, error)
    return replies.form_saved(request, session, seat, part, Attempt(sent, saved, parsed.errors))


@router.get("/ballot/{question_code}/{item_code}", name="ballots.card")
def card(
    request: Request, session: SessionDep, reading: ReadingDep, part: PartDep, code: CodeDep
) -> Response:
    """One card alone."""
    return pages.card(request, session, reading, part, code)


@router.post("/ballot/{question_code}/{item_code}", name="ballots.save_card")
def save_card(
    request: Request, session: SessionDep, seat: SeatDep, part: PartDep, code: CodeDep, sent: SentDep
) -> Response:
    """Save one card as it is filled in; serves the script and the card's own page."""
    parsed = part.type.parse(sent.without(part.subjects.keys() - {code}).fields, part.subjects)
    try:
        saved = service.save(session, **seat.of(part), entries=parsed.entries, seen=sent.seen)
    except LATE as error:
        return replies.late(request, session, seat, part, sent, error)
    return replies.card_saved(request, session, seat, part, code, Attempt(sent, saved, parsed.errors))


@router.post("/ballot/{question_code}/{item_code}/keep", name="ballots.keep")
def keep(
    request: Request, session: SessionDep, seat: SeatDep, part: PartDep, code: CodeDep, sent: SentDep
) -> Response:
    """Save what was typed, then take the answer of the round before for this one, in one click."""
    mine = sent.of(code) if render.is_htmx(request) else sent
    parsed = part.type.parse(mine.fields, part.subjects)
    try:
        saved = service.save(session, **seat.of(part), entries=parsed.entries, seen=mine.seen)
        if parsed.errors or saved.stale:
            return replies.not_kept(request, session, seat, part, code, Attempt(sent, saved, parsed.errors))
        service.keep(session, **seat.of(part), code=code)
    except LATE as error:
        return replies.late(request, session, seat, part, sent, error)
    return replies.kept(request, session, seat, part, code)


@router.post("/ballot/{question_code}/keep/all", name="ballots.keep_all")
def keep_all(request: Request, session: SessionDep, seat: SeatDep, part: PartDep, sent: SentDep) -> Response:
    """Save what was typed, then take all answers of the round before to the question, in one click."""
    parsed = part.type.parse(sent.fields, part.subjects)
    try:
        saved = service.save(session, **seat.of(part), entries=parsed.entries, seen=sent.seen)
        if parsed.errors or saved.stale:
            return replies.form_saved(request, session, seat, part, Attempt(sent, saved, parsed.errors))
        service.keep_all(session, **seat.of(part))
    except LATE as error:
        return replies.late(request, session, seat, part, sent, error)
    return replies.all_kept(request, session, seat, part)


@router.get("/preview", name="ballots.preview")
def preview(request: Request, session: SessionDep, blank: PreviewDep) -> Response:
    """The ballot as an expert will see it, blank; nothing in it can be saved."""
    return pages.ballot(request, session, blank)


@router.get("/preview/{question_code}", name="ballots.preview_question")
def preview_question(request: Request, session: SessionDep, blank: PreviewDep, part: PartDep) -> Response:
    """One of its questions."""
    return pages.question(request, session, blank, part)
