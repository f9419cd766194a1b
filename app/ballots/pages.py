"""The answers to a ballot's requests: pages, a card's saved line, and what was not saved, shown back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request
from sqlmodel import Session
from starlette.responses import PlainTextResponse, Response

from app import clock
from app.ballots import queries, receipts
from app.ballots.deps import Seat
from app.ballots.forms import Sent
from app.ballots.merging import Merge
from app.ballots.paper import Paper, codes_in_order, feedback, labels, paper
from app.ballots.service import Saved
from app.errors import AppError, Conflict, NotFound
from app.models import Round, Seal, Seminar
from app.models.rounds import RoundState
from app.rounds import queries as rounds
from app.rounds.lifecycle import RoundNotOpen, RoundOver, is_open
from app.web import render
from app.web.errors import status_of

# what refuses an answer that comes too late
LATE = (RoundNotOpen, RoundOver)

DONE, CLASHES, UNFIT = 200, 409, 422


@dataclass(frozen=True, slots=True)
class Attempt:
    """What was sent to be saved, and what became of it."""

    sent: Sent
    saved: Saved
    errors: Mapping[str, AppError] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """Whether something does not fit, or clashes with another window, or all is done."""
        return UNFIT if self.errors else CLASHES if self.saved.stale else DONE

    @property
    def typed(self) -> dict[str, str]:
        """What stands in the fields that were not saved: what was typed there."""
        stale = {f"{code}.{name}" for code, merge in self.saved.merges.items() for name in merge.conflicts}
        return {name: self.sent.get(name) for name in {*self.errors, *stale}}

    def seen(self, code: str) -> dict[str, int]:
        """What a new page shows of a card that is older than what is in force: the fields that clash."""
        merge = self.saved.merges.get(code, Merge())
        return {name: merge.seen[name] for name in merge.conflicts}


def ballot(
    request: Request, session: Session, seat: Seat, *, only: str | None = None, attempt: Attempt | None = None
) -> Response:
    """The ballot, or one card of it; after an attempt with what was typed and what is wrong with that."""
    about = _paper_and_all(session, seat, only)
    about |= (
        {"typed": attempt.typed, "errors": attempt.errors, "merges": attempt.saved.merges} if attempt else {}
    )
    about["seen"] = {
        card.code: card.given.seen | (attempt.seen(card.code) if attempt else {})
        for card in about["paper"].cards
    }
    name = "ballots/card.html" if only else "ballots/ballot.html"
    return render.page(request, name, status=attempt.status if attempt else DONE, **about)


def preview(request: Request, seminar: Seminar, blank: Paper) -> Response:
    """A blank ballot in which nothing can be saved."""
    about: dict[str, Any] = {"typed": {}, "seen": {}, "merges": {}, "next": None, "card": None}
    about |= {"paper": blank, "mode": "preview", "progress": blank.progress, "round": blank.round_}
    return render.page(request, "ballots/ballot.html", path=address(seminar, blank.round_), **about)


def form_saved(request: Request, session: Session, seat: Seat, attempt: Attempt) -> Response:
    """After a whole form: on to where its button leads, unless something needs attention."""
    if attempt.status != DONE:
        return ballot(request, session, seat, attempt=attempt)
    if attempt.sent.get("then") == "review":
        return render.redirect(path_of(request, seat, "ballots.review"))
    at = attempt.sent.get("at")
    return render.redirect(path_of(request, seat) + (f"#{at}" if at in seat.asked.subjects else ""))


def card_saved(request: Request, session: Session, seat: Seat, code: str, attempt: Attempt) -> Response:
    """For a script the card's saved line, never the card; else its page."""
    if render.is_htmx(request):
        return _saved_line(request, session, seat, code, attempt)
    if attempt.status != DONE:
        return ballot(request, session, seat, only=code, attempt=attempt)
    return render.redirect(path_of(request, seat, "ballots.card", item_code=code))


def kept(request: Request, session: Session, seat: Seat, code: str) -> Response:
    """For a script the card as it now is: nobody is typing in it, and what was typed has been saved."""
    if not render.is_htmx(request):
        return render.redirect(f"{path_of(request, seat)}#{code}")
    about = _paper_and_all(session, seat, code)
    about["seen"] = {code: about["card"].given.seen}
    return render.page(request, "ballots/_card_kept.html", **about)


def not_kept(request: Request, session: Session, seat: Seat, code: str, attempt: Attempt) -> Response:
    """What was typed needs attention first: it is shown where it was typed."""
    if not render.is_htmx(request):
        return form_saved(request, session, seat, attempt)
    response = _saved_line(request, session, seat, code, attempt)
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = f"#saved-{code}", "innerHTML"
    return response


def late(request: Request, session: Session, seat: Seat, sent: Sent, error: Conflict) -> Response:
    """An answer that came too late: refused, and shown back so that nothing typed is lost."""
    if render.is_htmx(request):
        return render.page(request, "ballots/_late.html", status=status_of(error), error=error)
    about = _paper_and_all(session, seat)
    return render.page(request, "ballots/late.html", status=status_of(error), error=error, sent=sent, **about)


def review(
    request: Request, session: Session, seat: Seat, *, error: AppError | None = None, status: int = DONE
) -> Response:
    """All answers at a glance, and the button that submits them."""
    about = _paper_and_all(session, seat)
    return render.page(request, "ballots/review.html", status=status, error=error, **about)


def receipt(request: Request, session: Session, seat: Seat) -> Response:
    """The receipt of what was submitted last."""
    about = _paper_and_all(session, seat)
    return render.page(request, "ballots/receipt.html", **about, **_sealed(about["paper"]))


def receipt_text(session: Session, seat: Seat) -> Response:
    """The same as a file to keep, from which the digest can be computed again."""
    about = _sealed(paper_of(session, seat))
    text = render.text("ballots/receipt.txt", seminar=seat.seminar, round=seat.round_, **about)
    name = f"receipt-{seat.seminar.slug}-R{seat.round_.number}-{about['seal'].number}.txt"
    return PlainTextResponse(text, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def path_of(request: Request, seat: Seat, route: str = "ballots.ballot", **more: str) -> str:
    """The path of one of the ballot's pages."""
    return str(request.app.url_path_for(route, **address(seat.seminar, seat.round_), **more))


def address(seminar: Seminar, round_: Round) -> dict[str, str]:
    """The parts of the address that all of a round's pages share."""
    return {"seminar_slug": seminar.slug, "round_number": str(round_.number)}


def paper_of(session: Session, seat: Seat) -> Paper:
    """The expert's ballot; there is none before the round has been opened."""
    if seat.round_.state in {RoundState.DRAFT, RoundState.SCHEDULED}:
        raise RoundNotOpen(number=seat.round_.number)
    return paper(
        session,
        seminar=seat.seminar,
        round_=seat.round_,
        asked=seat.asked,
        panellist=seat.panellist,
        reader=seat.panellist.id,
    )


def _paper_and_all(session: Session, seat: Seat, only: str | None = None) -> dict[str, Any]:
    """What every page of a ballot shows."""
    mine = paper_of(session, seat)
    order = [card.code for card in mine.cards]
    return {
        "paper": mine,
        "round": seat.round_,
        "path": address(seat.seminar, seat.round_),
        "mode": "live" if is_open(seat.round_) else "over",
        "progress": mine.progress,
        "next": _after(order, [card.code for card in mine.cards if card.missing], only),
        "card": mine.card(only) if only else None,
        "typed": {},
        "merges": {},
    }


def _saved_line(request: Request, session: Session, seat: Seat, code: str, attempt: Attempt) -> Response:
    """The saved line of a card, and beside it how far the ballot is; read without the texts of the cards."""
    asked, merge = seat.asked, attempt.saved.merges.get(code, Merge(seen=attempt.sent.seen.get(code, {})))
    answers = queries.answers(asked, attempt.saved.given)
    mine = queries.find_ballot(session, round_=seat.round_, panellist=seat.panellist)
    result = feedback(session, seat.round_)
    order = codes_in_order(asked.subjects, seat.round_, seat.panellist.id, result)
    return render.page(
        request,
        "ballots/_card_saved.html",
        status=attempt.status,
        round=seat.round_,
        path=address(seat.seminar, seat.round_),
        mode="live",
        code=code,
        labels=labels(asked, rounds.criteria(session, seat.seminar)),
        progress=queries.progress_of(asked, answers, queries.latest_seal(session, mine)),
        next=_after(order, [one for one in order if asked.rate.missing(answers.get(one))], code),
        missing=asked.rate.missing(answers.get(code)),
        seen={code: merge.seen},
        merge=merge,
        errors=attempt.errors,
        at=clock.now(),
    )


def _after(order: list[str], unanswered: list[str], code: str | None) -> str | None:
    """The first unanswered card after this one, beginning again at the top if need be."""
    place = order.index(code) if code in order else -1
    later = [one for one in unanswered if order.index(one) > place]
    return next(iter(later + unanswered), None)


def _sealed(mine: Paper) -> dict[str, Any]:
    seal: Seal | None = mine.seal
    if seal is None:
        raise NotFound
    return {"seal": seal, "code": receipts.code(seal.receipt), "content": receipts.canonical(seal.content)}
