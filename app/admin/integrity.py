"""Look for the first fault in what must never change: the audit log, sealed ballots, frozen results."""

from collections.abc import Iterator

from sqlmodel import Session, col, select

from app import audit
from app.ballots.queries import broken_seals
from app.models import Question, Result, Round, Seminar
from app.results.recount import recompute


def first_fault(session: Session) -> str | None:
    """The first fault in words, or None if everything is whole."""
    return next(faults(session), None)


def faults(session: Session) -> Iterator[str]:
    """All faults, in the order in which they are looked for."""
    number = audit.first_fault(session)
    if number is not None:
        yield f"audit log: entry {number} does not fit the one before it"
    for receipt in broken_seals(session):
        yield f"ballots: the sealed ballot with receipt {receipt} is not what was sealed"
    yield from _results(session)


def _results(session: Session) -> Iterator[str]:
    frozen = session.exec(
        select(Result, Question.code, Round.number, Seminar.slug)
        .join(Question, col(Result.question_id) == col(Question.id))
        .join(Round, col(Question.round_id) == col(Round.id))
        .join(Seminar, col(Round.seminar_id) == col(Seminar.id))
        .order_by(col(Seminar.slug), col(Round.number), col(Question.position))
    )
    for result, code, number, slug in frozen:
        for fault in recompute(session, result).faults:
            yield f"results: {slug} R{number} {code}: {fault}"
