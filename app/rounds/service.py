"""Move rounds through their life; who moves one holds its row, so that nobody else does at the same time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlmodel import Session, col, select

from app import audit, clock
from app.errors import AppError, Invalid
from app.models import Deadline, Item, Membership, Person, Question, Round, Seminar, Subject
from app.models.registers import ItemStatus
from app.models.rounds import RoundState
from app.models.seminars import MembershipState, SeminarStatus
from app.policy import Role
from app.rounds import chronicle, deadlines, lifecycle, notices, queries
from app.rounds.checklist import BY_THE_HOUR, checklist
from app.rounds.locking import hold_seminar, locked_round
from app.rounds.refusals import (
    AnotherIsOpen,
    BuiltUpon,
    ClosesFirst,
    ClosingPast,
    DeadlinesRun,
    NoLongerStands,
    NoMoreTime,
    NotComplete,
    NotLater,
    NotOnThePanel,
    NotReady,
    NotScheduled,
    OpeningPast,
    ReasonNeeded,
    ReasonTooLong,
)
from app.seminars import service as seminars

REASON_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Due:
    """A round whose hour has come, to be opened or to be closed."""

    round_id: UUID
    act: Literal["open", "close"]


def lock_open_round(session: Session, round_: Round, membership: Membership | None = None) -> Round:
    """The round, which stays open until this transaction ends; refused if it takes no answers.

    Those who save share the row, who closes wants it alone: an answer is either in before the round
    closes or refused. With a membership, her own deadline holds if she has a later one.
    """
    locked = locked_round(session, round_, share=True)
    deadline = deadlines.of_member(session, locked, membership) if membership else None
    lifecycle.require_open(locked, deadline)
    return locked


def lock_design(session: Session, round_: Round) -> Round:
    """The draft, which nobody opens or schedules until this transaction ends; refused if it is none."""
    locked = locked_round(session, round_)
    lifecycle.require_design(locked)
    return locked


def schedule_round(
    session: Session, *, round_: Round, opens_at: datetime, closes_at: datetime, by: Person | None
) -> Round:
    """The draft opens by itself at its hour, unless something is missing then."""
    round_ = locked_round(session, round_)
    lifecycle.require_move(round_, RoundState.SCHEDULED)
    if any(
        not point.done for point in checklist(session, round_, closes_at) if point.name not in BY_THE_HOUR
    ):
        raise NotComplete(number=round_.number)
    errors: dict[str, AppError] = {}
    if opens_at <= clock.now():
        errors["opens_at"] = OpeningPast()
    if closes_at <= max(opens_at, clock.now()):
        errors["closes_at"] = ClosesFirst()
    if errors:
        raise Invalid(errors)
    round_.state, round_.opens_at, round_.closes_at = RoundState.SCHEDULED, opens_at, closes_at
    _record(session, chronicle.SCHEDULED, round_, by, opens=_iso(opens_at), until=_iso(closes_at))
    return round_


def unschedule_round(session: Session, *, round_: Round, by: Person | None) -> Round:
    """The round is a draft again and opens by hand only; its times stay as a plan."""
    round_ = locked_round(session, round_)
    if round_.state is not RoundState.SCHEDULED:
        raise NotScheduled(number=round_.number)
    round_.state = RoundState.DRAFT
    _record(session, chronicle.UNSCHEDULED, round_, by)
    return round_


def due(session: Session) -> list[Due]:
    """The rounds whose hour has come, those to be closed first.

    One makes room for another: in a seminar in which a round is still to be closed, none opens yet.
    """
    now = clock.now()
    over = session.exec(
        select(Round)
        .where(Round.state == RoundState.OPEN, col(Round.closes_at) <= now)
        .order_by(col(Round.closes_at), col(Round.id))
    ).all()
    waiting = session.exec(
        select(Round)
        .where(Round.state == RoundState.SCHEDULED, col(Round.opens_at) <= now)
        .order_by(col(Round.opens_at), col(Round.id))
    ).all()
    closing = [round_ for round_ in over if deadlines.last_running(session, round_) is None]
    busy = {round_.seminar_id for round_ in closing}
    opening = [round_ for round_ in waiting if round_.seminar_id not in busy]
    return [*(Due(one.id, "close") for one in closing), *(Due(one.id, "open") for one in opening)]


def open_due(session: Session, round_id: UUID) -> bool:
    """Open a scheduled round whose hour has come; whether it is open now. Doing so again changes nothing.

    If something on its checklist is missing at its hour, it is a draft again and is not opened later
    without somebody wanting it so: the staff are told why.
    """
    round_ = session.get_one(Round, round_id)
    hold_seminar(session, round_)
    round_ = locked_round(session, round_)
    if round_.state is not RoundState.SCHEDULED or round_.opens_at is None or round_.opens_at > clock.now():
        return False
    missing = [point.name for point in checklist(session, round_, round_.closes_at) if not point.done]
    if not missing:
        open_round(session, round_=round_, by=None)
        return True
    planned, round_.state = round_.opens_at, RoundState.DRAFT
    _record(session, chronicle.MISSED, round_, None, planned=_iso(planned), missing=" ".join(missing))
    notices.announce(session, round_, notices.NOT_OPENED, notices.at(planned))
    return False


def open_round(
    session: Session, *, round_: Round, by: Person | None, closes_at: datetime | None = None
) -> Round:
    """The round is open until `closes_at`, or until its planned time; what it asks is frozen."""
    seminar = hold_seminar(session, round_)
    round_ = locked_round(session, round_)
    lifecycle.require_unopened(round_)
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
    notices.announce(session, round_, notices.OPENED)
    return round_


def extend_round(
    session: Session, *, round_: Round, closes_at: datetime, reason: str, by: Person | None
) -> Round:
    """The round closes later than it would have; the reason is kept for the panel to see."""
    round_ = locked_round(session, round_)
    lifecycle.require_state(round_, RoundState.OPEN)
    require_reason_and_time(reason, closes_at, after=round_.closes_at)
    before, round_.closes_at = round_.closes_at, closes_at
    times = {"from": _iso(before), "to": _iso(closes_at)}
    _record(session, chronicle.EXTENDED, round_, by, reason=reason.strip(), **times)
    notices.announce(session, round_, notices.EXTENDED, notices.anew(closes_at))
    return round_


def give_deadline(
    session: Session, *, round_: Round, membership: Membership, closes_at: datetime, reason: str, by: Person
) -> Deadline:
    """One expert can answer until then, whatever holds for the others; the round is counted after the last.

    It can be given while the round is open, to who has run out of time too, and never once it is counted.
    """
    round_ = locked_round(session, round_)
    lifecycle.require_state(round_, RoundState.OPEN)
    deadline = deadlines.of_member(session, round_, membership)
    if membership.role is not Role.EXPERT or membership.state is not MembershipState.JOINED:
        raise NotOnThePanel
    require_reason_and_time(reason, closes_at, after=lifecycle.closes_at(round_, deadline))
    deadline = deadline or Deadline(round_id=round_.id, membership_id=membership.id, closes_at=closes_at)
    deadline.closes_at, deadline.reason = closes_at, reason.strip()
    session.add(deadline)
    told = {"member": str(membership.id), "to": _iso(closes_at), "reason": reason.strip()}
    _record(session, "round:time:grant", round_, by, **told)
    notices.announce(session, round_, notices.MORE_TIME, notices.anew(closes_at), [membership])
    return deadline


def take_deadline_back(
    session: Session, *, round_: Round, membership: Membership, reason: str, by: Person
) -> None:
    """The time of the panel holds for the expert again, from now on."""
    round_ = locked_round(session, round_)
    lifecycle.require_state(round_, RoundState.OPEN)
    deadline = deadlines.of_member(session, round_, membership)
    if deadline is None:
        raise NoMoreTime
    require_reason(reason)
    session.delete(deadline)
    session.flush()
    told = {"member": str(membership.id), "reason": reason.strip()}
    _record(session, "round:time:revoke", round_, by, **told)


def mark_closed(session: Session, *, round_: Round, by: Person | None) -> Round:
    """The round takes no more answers; the caller holds its row until the transaction ends."""
    round_ = locked_round(session, round_)
    lifecycle.require_move(round_, RoundState.CLOSED)
    if deadlines.last_running(session, round_) is not None:
        raise DeadlinesRun(number=round_.number)
    round_.state, round_.closed_at = RoundState.CLOSED, clock.now()
    _record(session, "round:state:close", round_, by)
    return round_


def mark_reopened(
    session: Session, *, round_: Round, closes_at: datetime, reason: str, by: Person | None
) -> Round:
    """The closed round takes answers again until then; the caller does away with what was counted.

    Only while nobody has looked at the result, no other round is open, and nothing rests on this one.
    """
    hold_seminar(session, round_)
    round_ = locked_round(session, round_)
    require_reopening(session, round_)
    require_reason_and_time(reason, closes_at)
    round_.state, round_.closes_at, round_.closed_at = RoundState.OPEN, closes_at, None
    _record(session, chronicle.REOPENED, round_, by, reason=reason.strip(), to=_iso(closes_at))
    notices.announce(session, round_, notices.REOPENED, notices.anew(closes_at))
    return round_


def require_reopening(session: Session, round_: Round) -> None:
    """Refuse to open again a round that has been looked at, built upon, or has lost what it asks about."""
    lifecycle.require_state(round_, RoundState.CLOSED)
    lifecycle.require_move(round_, RoundState.OPEN)
    seminar = session.get_one(Seminar, round_.seminar_id)
    others = [one for one in queries.plan(session, seminar) if one.id != round_.id]
    if any(one.state is RoundState.OPEN for one in others):
        raise AnotherIsOpen(number=round_.number)
    if any(one.previous_id == round_.id and not lifecycle.is_unopened(one) for one in others):
        raise BuiltUpon(number=round_.number)
    gone = (
        select(Item.id)
        .join(Subject, col(Subject.item_id) == col(Item.id))
        .join(Question, col(Question.id) == col(Subject.question_id))
        .where(Question.round_id == round_.id, Item.status != ItemStatus.ACCEPTED)
    )
    if session.exec(gone.limit(1)).first() is not None:
        raise NoLongerStands(number=round_.number)


def mark_looked(session: Session, *, round_: Round, by: Person | None) -> Round:
    """The staff may see the result, and the round cannot be opened again; looking twice changes nothing."""
    round_ = locked_round(session, round_)
    lifecycle.require_state(round_, RoundState.CLOSED)
    if round_.looked_at is None:
        round_.looked_at = clock.now()
        _record(session, "round:result:look", round_, by)
    return round_


def mark_published(session: Session, *, round_: Round, by: Person | None) -> Round:
    """The panel may see the result of the round."""
    round_ = locked_round(session, round_)
    lifecycle.require_move(round_, RoundState.PUBLISHED)
    round_.state, round_.published_at = RoundState.PUBLISHED, clock.now()
    round_.looked_at = round_.looked_at or round_.published_at
    _record(session, "round:state:publish", round_, by)
    notices.announce(session, round_, notices.PUBLISHED)
    return round_


def require_reason_and_time(reason: str, closes_at: datetime, after: datetime | None = None) -> None:
    """Refuse a closing time that is not later, or has passed, and a move without a reason."""
    errors: dict[str, AppError] = {}
    if after is not None and closes_at <= after:
        errors["closes_at"] = NotLater()
    elif closes_at <= clock.now():
        errors["closes_at"] = ClosingPast()
    if fault := _fault(reason):
        errors["reason"] = fault
    if errors:
        raise Invalid(errors)


def require_reason(reason: str) -> None:
    """Refuse an act that nobody could understand afterwards."""
    if fault := _fault(reason):
        raise Invalid({"reason": fault})


def _fault(reason: str) -> AppError | None:
    if not reason.strip():
        return ReasonNeeded()
    return ReasonTooLong(limit=REASON_LIMIT) if len(reason) > REASON_LIMIT else None


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
