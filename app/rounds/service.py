"""Move rounds through their life; who moves one holds its row, so that nobody else does at the same time."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from app import audit, clock
from app.errors import AppError, Conflict, Invalid
from app.models import Item, Person, Question, Round, Seminar, Subject
from app.models.rounds import RoundState
from app.models.seminars import SeminarStatus
from app.rounds import lifecycle, queries
from app.rounds.checklist import checklist
from app.seminars import service as seminars

REASON_LIMIT = 500


class NotReady(Conflict):
    """Something that opening needs is missing."""

    message = "Round R%(number)s cannot be opened yet: something on its checklist is missing."


class ClosingPast(AppError):
    """A closing time that has passed."""

    message = "Please choose a time in the future."


class NotLater(AppError):
    """An extension that extends nothing."""

    message = "Please choose a time later than the present closing time."


class ReasonNeeded(AppError):
    """An extension without a reason."""

    message = "Please say why: the panel will see the reason."


class ReasonTooLong(AppError):
    """A reason over the limit."""

    message = "Please use at most %(limit)s characters."


def lock_open_round(session: Session, round_: Round) -> Round:
    """The round, which stays open until this transaction ends; refused if it takes no answers.

    Those who save share the row, who closes wants it alone: an answer is either in before the round
    closes or refused.
    """
    locked = _locked(session, round_, share=True)
    lifecycle.require_open(locked)
    return locked


def open_round(
    session: Session, *, round_: Round, by: Person | None, closes_at: datetime | None = None
) -> Round:
    """The round is open until `closes_at`, or until its planned time; what it asks is frozen."""
    # one round opens at a time, so the seminar is held too, and first
    seminar = session.get_one(Seminar, round_.seminar_id, with_for_update=True)
    round_ = _locked(session, round_)
    lifecycle.require_move(round_, RoundState.OPEN)
    closes_at = closes_at or round_.closes_at
    missing = {point.name for point in checklist(session, round_, closes_at) if not point.done}
    if missing == {"closing"}:
        raise Invalid({"closes_at": ClosingPast()})
    if missing:
        raise NotReady(number=round_.number)

    _freeze(session, round_)
    now = clock.now()
    round_.state, round_.opens_at, round_.opened_at, round_.closes_at = RoundState.OPEN, now, now, closes_at
    seminar.status = SeminarStatus.RUNNING
    if queries.rate_question(session, round_) is not None:
        # the rules that turn numbers into words are fixed before there are numbers
        seminars.lock_wording(session, seminar=seminar, by=by)
    _record(session, "round:state:open", round_, by, until=_iso(closes_at))
    return round_


def extend_round(
    session: Session, *, round_: Round, closes_at: datetime, reason: str, by: Person | None
) -> Round:
    """The round closes later than it would have; the reason is kept for the panel to see."""
    round_ = _locked(session, round_)
    lifecycle.require_state(round_, RoundState.OPEN)
    errors: dict[str, AppError] = {}
    if round_.closes_at is not None and closes_at <= round_.closes_at:
        errors["closes_at"] = NotLater()
    elif closes_at <= clock.now():
        errors["closes_at"] = ClosingPast()
    if not reason.strip():
        errors["reason"] = ReasonNeeded()
    elif len(reason) > REASON_LIMIT:
        errors["reason"] = ReasonTooLong(limit=REASON_LIMIT)
    if errors:
        raise Invalid(errors)

    before, round_.closes_at = round_.closes_at, closes_at
    times = {"from": _iso(before), "to": _iso(closes_at)}
    _record(session, queries.EXTENDED, round_, by, reason=reason.strip(), **times)
    return round_


def mark_closed(session: Session, *, round_: Round, by: Person | None) -> Round:
    """The round takes no more answers; the caller holds its row until the transaction ends."""
    round_ = _locked(session, round_)
    lifecycle.require_move(round_, RoundState.CLOSED)
    round_.state, round_.closed_at = RoundState.CLOSED, clock.now()
    _record(session, "round:state:close", round_, by)
    return round_


def mark_published(session: Session, *, round_: Round, by: Person | None) -> Round:
    """The panel may see the result of the round."""
    round_ = _locked(session, round_)
    lifecycle.require_move(round_, RoundState.PUBLISHED)
    round_.state, round_.published_at = RoundState.PUBLISHED, clock.now()
    _record(session, "round:state:publish", round_, by)
    return round_


def _locked(session: Session, round_: Round, *, share: bool = False) -> Round:
    _queue(session, round_, share=share)
    # populate_existing: what was read before the row was held may have changed since
    query = select(Round).where(Round.id == round_.id).with_for_update(read=share)
    return session.exec(query.execution_options(populate_existing=True)).one()


def _queue(session: Session, round_: Round, *, share: bool) -> None:
    """Wait for one's turn: of a row's lock, PostgreSQL lets those who share it pass one who wants it alone.

    While experts went on saving, nobody could close their round.
    """
    if session.get_bind().dialect.name != "postgresql":
        return
    key = int.from_bytes(round_.id.bytes[:8], signed=True)
    lock = func.pg_advisory_xact_lock_shared if share else func.pg_advisory_xact_lock
    session.exec(select(lock(key)))


def _freeze(session: Session, round_: Round) -> None:
    """What is asked about stays in its present wording, and coverage is asked of the elements that stand."""
    rows = session.exec(
        select(Subject, Item)
        .join(Item, col(Subject.item_id) == col(Item.id))
        .join(Question, col(Subject.question_id) == col(Question.id))
        .where(Question.round_id == round_.id)
    )
    for subject, item in rows:
        subject.item_version = item.version
    for question in queries.questions(session, round_):
        if question.type == queries.COVER:
            standing = [element.code for element in queries.elements(session, question)]
            question.settings = question.settings | {"elements": standing}


def _record(session: Session, action: str, round_: Round, by: Person | None, **details: str | None) -> None:
    audit.record(
        session,
        action,
        actor=_id(by),
        seminar=round_.seminar_id,
        subject=f"R{round_.number}",
        **details,
    )


def _id(by: Person | None) -> UUID | None:
    return by.id if by else None


def _iso(at: datetime | None) -> str | None:
    return at.isoformat(timespec="minutes") if at else None
