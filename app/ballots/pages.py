"""The pages of a ballot: all its questions, one of them, one card, the review and the receipt."""

from dataclasses import replace
from typing import Any

from fastapi import Request
from sqlmodel import Session
from starlette.responses import PlainTextResponse, Response

from app.ballots import receipts
from app.ballots.addresses import of_round, page_of
from app.ballots.attempts import DONE, Attempt
from app.ballots.former import Formerly, formerly, shown_before
from app.ballots.papers.catalogue import kind_of
from app.ballots.papers.reading import Reading
from app.ballots.papers.sheet import Paper, after, unanswered
from app.ballots.queries import Part
from app.ballots.words import name_of
from app.errors import AppError, NotFound
from app.models import Seal
from app.rounds import agreement, lifecycle
from app.rounds import queries as rounds
from app.web import render


def ballot(request: Request, session: Session, reading: Reading) -> Response:
    """The only question of the round; of several, how far each is and the way to it."""
    parts = list(reading.asked.parts.values())
    if len(parts) == 1:
        return question(request, session, reading, parts[0])
    about = around(request, reading)
    about["lines"] = [
        {
            "part": part,
            "folder": kind_of(part).folder,
            "name": name_of(part),
            "page": page_of(request, reading, part),
            "progress": reading.filled.progress_of(part),
        }
        for part in parts
    ]
    return render.page(request, "ballots/ballot.html", **about)


def question(
    request: Request, session: Session, reading: Reading, part: Part, attempt: Attempt | None = None
) -> Response:
    """One question; after an attempt with what was typed and what is wrong with that."""
    about = with_paper(request, session, reading, part, attempt)
    status = attempt.status if attempt else DONE
    return render.page(request, "ballots/question.html", status=status, **about)


def card(
    request: Request,
    session: Session,
    reading: Reading,
    part: Part,
    code: str,
    attempt: Attempt | None = None,
) -> Response:
    """One card of a question alone."""
    about = with_paper(request, session, reading, part, attempt)
    paper: Paper = about["paper"]
    order = [one.code for one in paper.cards]
    about |= {"card": paper.card(code), "next": after(order, unanswered(reading, part, order), code)}
    return render.page(request, "ballots/card.html", status=attempt.status if attempt else DONE, **about)


def review(
    request: Request,
    session: Session,
    reading: Reading,
    *,
    error: AppError | None = None,
    status: int = DONE,
) -> Response:
    """All answers at a glance, and the button that submits them."""
    about = around(request, reading) | {"sheets": _sheets(request, session, reading)}
    return render.page(request, "ballots/review.html", status=status, error=error, **about)


def receipt(request: Request, session: Session, reading: Reading) -> Response:
    """The receipt of what was submitted last."""
    about = around(request, reading) | sealed(reading)
    about["sheets"] = _sheets(request, session, reading)
    return render.page(request, "ballots/receipt.html", **about)


def receipt_text(reading: Reading) -> Response:
    """The same as a file to keep, from which the digest can be computed again."""
    about, seminar, round_ = sealed(reading), reading.seminar, reading.round_
    text = render.text("ballots/receipt.txt", seminar=seminar, round=round_, **about)
    name = f"receipt-{seminar.slug}-R{round_.number}-{about['seal'].number}.txt"
    return PlainTextResponse(text, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def around(request: Request, reading: Reading) -> dict[str, Any]:
    """What every page of a ballot shows."""
    parts = list(reading.asked.parts.values())
    return {
        "round": reading.round_,
        "path": of_round(reading.seminar, reading.round_),
        "mode": reading.mode,
        "until": reading.closes_at,
        "real_time": lifecycle.is_real_time(reading.round_),
        "whole": reading.progress,
        "seal": reading.filled.seal,
        "several": len(parts) > 1,
        "first": page_of(request, reading, parts[0]),
    }


def with_part(request: Request, reading: Reading, part: Part) -> dict[str, Any]:
    """What every page shows that is about one of the questions."""
    parts = list(reading.asked.parts.values())
    place = parts.index(part)
    following = parts[place + 1] if place + 1 < len(parts) else None
    progress, whole = reading.filled.progress_of(part), reading.progress
    return around(request, reading) | {
        "part": part,
        "folder": kind_of(part).folder,
        "called": name_of(part),
        "number": place + 1,
        "count": len(parts),
        "page": page_of(request, reading, part),
        "here": of_round(reading.seminar, reading.round_) | {"question_code": part.code},
        "onward": name_of(following) if following else None,
        "onward_page": page_of(request, reading, following) if following else None,
        "shows_panel": lifecycle.shows_itself(reading.round_) and bool(progress.answered),
        "progress": replace(progress, submitted=whole.submitted, changed_since=whole.changed_since),
    }


def with_paper(
    request: Request, session: Session, reading: Reading, part: Part, attempt: Attempt | None = None
) -> dict[str, Any]:
    """The same with all that the question asks and has as answers."""
    paper = kind_of(part).lay(session, reading, part)
    order = [card.code for card in paper.cards]
    about = with_part(request, reading, part) | paper.more(session)
    rule = part.question.settings.get("agreement")
    about |= {
        "paper": paper,
        "rule": agreement.sentence(rule) if rule else "",
        "words": paper.words,
        "next": after(order, unanswered(reading, part, order), None) if paper.one_by_one else None,
        "formerly": _formerly(session, reading, part),
        "before": shown_before(session, reading.round_),
        "card": None,
        "last": request.query_params.get("last", ""),
        "typed": attempt.typed if attempt else {},
        "errors": attempt.errors if attempt else {},
        "merges": attempt.saved.merges if attempt else {},
    }
    about["seen"] = {
        card.code: card.given.seen | (attempt.seen(card.code) if attempt else {}) for card in paper.cards
    }
    return about


def _formerly(session: Session, reading: Reading, part: Part) -> Formerly | None:
    """What can be kept all at once: of cards nothing, since each is to be looked at anew."""
    if shown_before(session, reading.round_) is None or rounds.rates_on_cards(part.question):
        return None
    found = formerly(session, round_=reading.round_, part=part, panellist=reading.panellist)
    return found if found and found.says_something else None


def sealed(reading: Reading) -> dict[str, Any]:
    """What was submitted last, and the code by which it can be checked."""
    seal: Seal | None = reading.filled.seal
    if seal is None:
        raise NotFound
    return {"seal": seal, "code": receipts.code(seal.receipt), "content": receipts.canonical(seal.content)}


def _sheets(request: Request, session: Session, reading: Reading) -> list[dict[str, Any]]:
    return [
        {
            "paper": kind_of(part).lay(session, reading, part),
            "folder": kind_of(part).folder,
            "name": name_of(part),
            "page": page_of(request, reading, part),
            "progress": reading.filled.progress_of(part),
            "unfit": reading.filled.unfit(part),
        }
        for part in reading.asked.parts.values()
    ]
