"""The answers to what a form sends: the saved line, the way on, and what was not saved, shown back."""

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from app import clock
from app.ballots import pages
from app.ballots.addresses import page_of, path_of
from app.ballots.attempts import DONE, Attempt
from app.ballots.deps import Seat, reading_of
from app.ballots.former import WHOLE
from app.ballots.forms import Sent
from app.ballots.merging import Merge
from app.ballots.papers.catalogue import kind_of
from app.ballots.papers.reading import Reading
from app.ballots.papers.sheet import after, unanswered
from app.ballots.queries import Part
from app.errors import Conflict
from app.rounds.lifecycle import RoundNotOpen, RoundOver
from app.web import render
from app.web.errors import status_of

# what refuses an answer that comes too late
LATE = (RoundNotOpen, RoundOver)


def form_saved(request: Request, session: Session, seat: Seat, part: Part, attempt: Attempt) -> Response:
    """After a whole form: on to where its button leads, unless something needs attention.

    For a script that saves a sheet as it is filled in, the sheet's saved line.
    """
    reading = _as_saved(seat, attempt)
    if render.is_htmx(request) and part.type.name in WHOLE:
        return _sheet_saved(request, session, reading, part, attempt)
    if attempt.status != DONE:
        return pages.question(request, session, reading, part, attempt)
    if attempt.sent.get("then") == "review":
        return render.redirect(path_of(request, reading.seminar, reading.round_, "ballots.review"))
    if attempt.sent.get("then") == "next":
        return render.redirect(_onward(request, reading, part))
    back = kind_of(part).back_to(part, attempt.sent.get("at"))
    return render.redirect(page_of(request, reading, part) + back)


def card_saved(
    request: Request, session: Session, seat: Seat, part: Part, code: str, attempt: Attempt
) -> Response:
    """For a script the card's saved line, never the card; else its page, or the next one's."""
    reading = _as_saved(seat, attempt)
    if render.is_htmx(request):
        return _saved_line(request, session, reading, part, code, attempt)
    if attempt.status != DONE:
        return pages.card(request, session, reading, part, code, attempt)
    if attempt.sent.get("then") == "next":
        order = kind_of(part).order(session, reading, part)
        code = after(order, order, code) or code
    return render.redirect(
        path_of(
            request, reading.seminar, reading.round_, "ballots.card", question_code=part.code, item_code=code
        )
    )


def kept(request: Request, session: Session, seat: Seat, part: Part, code: str) -> Response:
    """For a script the card as it now is: nobody is typing in it, and what was typed has been saved."""
    reading = reading_of(session, seat)
    if not render.is_htmx(request):
        return render.redirect(f"{page_of(request, reading, part)}#{code}")
    about = pages.with_paper(request, session, reading, part)
    about["card"] = about["paper"].card(code)
    return render.page(request, "ballots/_card_kept.html", **about)


def all_kept(request: Request, session: Session, seat: Seat, part: Part) -> Response:
    """Back to the question, where it now stands."""
    return render.redirect(page_of(request, reading_of(session, seat), part))


def not_kept(
    request: Request, session: Session, seat: Seat, part: Part, code: str, attempt: Attempt
) -> Response:
    """What was typed needs attention first: it is shown where it was typed."""
    if not render.is_htmx(request):
        return form_saved(request, session, seat, part, attempt)
    response = _saved_line(request, session, _as_saved(seat, attempt), part, code, attempt)
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = f"#saved-{code}", "innerHTML"
    return response


def late(request: Request, session: Session, seat: Seat, part: Part, sent: Sent, error: Conflict) -> Response:
    """An answer that came too late: refused, and shown back so that nothing typed is lost."""
    if render.is_htmx(request):
        return render.page(request, "ballots/_late.html", status=status_of(error), error=error)
    about = pages.with_paper(request, session, reading_of(session, seat), part)
    return render.page(request, "ballots/late.html", status=status_of(error), error=error, sent=sent, **about)


def _as_saved(seat: Seat, attempt: Attempt) -> Reading:
    return Reading(
        seminar=seat.seminar,
        round_=seat.round_,
        panellist=seat.panellist,
        reader=seat.panellist.id,
        filled=attempt.saved.filled,
        deadline=seat.deadline,
    )


def _saved_line(
    request: Request, session: Session, reading: Reading, part: Part, code: str, attempt: Attempt
) -> Response:
    """A card's saved line, and beside it how far the question is; read without the texts of the cards."""
    kind = kind_of(part)
    merge = attempt.saved.merges.get(code, Merge(seen=attempt.sent.seen.get(code, {})))
    order = kind.order(session, reading, part)
    about = pages.with_part(request, reading, part) | kind.beside(session, reading, part, code)
    about |= {"code": code, "merge": merge, "seen": {code: merge.seen}, "errors": attempt.errors}
    return render.page(
        request,
        "ballots/_card_saved.html",
        status=attempt.status,
        words=kind.wording(session, reading, part),
        next=after(order, unanswered(reading, part, order), code),
        at=clock.now(),
        **about,
    )


def _sheet_saved(
    request: Request, session: Session, reading: Reading, part: Part, attempt: Attempt
) -> Response:
    """A sheet's saved line, and beside it how far it is and what keeps it from being submitted."""
    merges, seen = attempt.saved.merges, attempt.sent.seen
    about = pages.with_part(request, reading, part) | {
        "part": part,
        "unfit": reading.filled.unfit(part),
        "answers": reading.filled.answers(part),
        "seen": {code: merges[code].seen if code in merges else seen.get(code, {}) for code in part.subjects},
        "merges": merges,
        "errors": attempt.errors,
        "words": kind_of(part).wording(session, reading, part),
        "at": clock.now(),
        "next": None,
    }
    about |= kind_of(part).beside(session, reading, part, "")
    return render.page(request, "ballots/_sheet_saved.html", status=attempt.status, **about)


def _onward(request: Request, reading: Reading, part: Part) -> str:
    """The page of the question after this one; after the last, the review."""
    parts = list(reading.asked.parts.values())
    place = parts.index(part) + 1
    if place < len(parts):
        return page_of(request, reading, parts[place])
    return path_of(request, reading.seminar, reading.round_, "ballots.review")
