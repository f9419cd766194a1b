"""How a round is getting on, in numbers of people and mails: never who, never what."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, func, select

from app import clock, i18n
from app.models import Membership, Message, Participation, Round, Seminar
from app.models.ballots import Progress
from app.models.notifications import MessageState
from app.models.rounds import ROOM, RoundState
from app.models.seminars import MembershipState
from app.policy import Role
from app.rounds import queries as rounds
from app.rounds.times import day_of

# so many days are drawn and told at most: the last ones
LONGEST = 120
# how far one must be to be counted, without and with answers that were only saved
COUNTS = {False: (Progress.SUBMITTED,), True: (Progress.STARTED, Progress.SUBMITTED)}
UNDER_WAY = frozenset({MessageState.QUEUED, MessageState.SENDING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """How many had come how far when the day was over."""

    on: date
    opened: int
    started: int
    submitted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MailCount:
    """How many mails of one kind about the round wait, have gone out, or came back."""

    kind: str
    waiting: int
    sent: int
    failed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One round of the plan: how many submitted, and how many of those who had before; None in the first."""

    round_: Round
    joined: int
    submitted: int
    stayed: int | None = None
    left: int | None = None
    came: int | None = None


def course(session: Session, round_: Round, zone: str) -> list[Day]:
    """Day by day since the round opened, as the calendar of the zone has the days; empty before that.

    While a vote in the room is open it is empty too: its screen says as much as may be known.
    """
    if round_.opened_at is None or (round_.kind == ROOM and round_.state is RoundState.OPEN):
        return []
    rows = session.exec(
        select(Participation)
        .join(Membership, col(Membership.id) == col(Participation.membership_id))
        .where(Participation.round_id == round_.id, Membership.state == MembershipState.JOINED)
    ).all()
    where = i18n.zone(zone)
    first = round_.opened_at.astimezone(where).date()
    last = max(first, min(clock.now(), round_.closed_at or clock.now()).astimezone(where).date())

    def on(at: datetime | None) -> date | None:
        return at.astimezone(where).date() if at else None

    def submitted_on(at: datetime | None) -> date | None:
        return day_of(at, where) if at else None

    opened = _by_day((on(row.created_at) for row in rows), first, last)
    # who submitted had started, though older rounds kept no day of it
    started = _by_day((row.started_on or submitted_on(row.submitted_at) for row in rows), first, last)
    submitted = _by_day((submitted_on(row.submitted_at) for row in rows), first, last)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [
        Day(on=day, opened=max(o, s, d), started=max(s, d), submitted=d)
        for day, o, s, d in zip(days, opened, started, submitted, strict=True)
    ][-LONGEST:]


def _by_day(found: Iterable[date | None], first: date, last: date) -> list[int]:
    """How many there are up to each day; what lies outside counts on the nearest."""
    counted = Counter(min(max(day, first), last) for day in found if day)
    total, sums = 0, []
    for number in range((last - first).days + 1):
        total += counted[first + timedelta(days=number)]
        sums.append(total)
    return sums


def mails(session: Session, round_: Round) -> list[MailCount]:
    """The mails about the round, kind by kind."""
    rows = session.exec(
        select(Message.kind, Message.state, func.count(col(Message.id)))
        .where(Message.round_id == round_.id)
        .group_by(col(Message.kind), col(Message.state))
        .order_by(col(Message.kind))
    ).all()
    counts = {(kind, MessageState(state)): number for kind, state, number in rows}
    return [
        MailCount(
            kind=kind,
            waiting=sum(counts.get((kind, state), 0) for state in UNDER_WAY),
            sent=counts.get((kind, MessageState.SENT), 0),
            failed=counts.get((kind, MessageState.FAILED), 0),
        )
        for kind in dict.fromkeys(kind for kind, _, _ in rows)
    ]


def bounced_invitations(session: Session, seminar: Seminar) -> int:
    """How many experts' last invitation could not be delivered."""
    last = (
        select(Message.membership_id, func.max(col(Message.created_at)).label("at"))
        .where(col(Message.round_id).is_(None))
        .group_by(col(Message.membership_id))
        .subquery()
    )
    return session.exec(
        select(func.count(col(Message.id)))
        .join(
            last,
            (col(Message.membership_id) == last.c.membership_id) & (col(Message.created_at) == last.c.at),
        )
        .join(Membership, col(Membership.id) == col(Message.membership_id))
        .where(
            Membership.seminar_id == seminar.id,
            Membership.role == Role.EXPERT,
            Message.state == MessageState.FAILED,
            col(Message.round_id).is_(None),
        )
    ).one()


def passages(session: Session, seminar: Seminar) -> list[Passage]:
    """Who came along from round to round, in numbers, over the rounds that have been opened."""
    asked = [
        one
        for one in rounds.plan(session, seminar)
        if one.kind != ROOM and one.opened_at is not None and rounds.questions(session, one)
    ]
    found: list[Passage] = []
    before: set[UUID] | None = None
    for one in asked:
        now = _submitted(session, one)
        joined = rounds.participation(session, one, seminar.min_group).whole.joined
        passage = Passage(round_=one, joined=joined, submitted=len(now))
        if before is not None:
            passage = Passage(
                round_=one,
                joined=joined,
                submitted=len(now),
                stayed=len(before & now),
                left=len(before - now),
                came=len(now - before),
            )
        found.append(passage)
        before = now
    return found


def _submitted(session: Session, round_: Round) -> set[UUID]:
    return set(
        session.exec(
            select(Participation.membership_id).where(
                Participation.round_id == round_.id,
                col(Participation.progress).in_(COUNTS[round_.counts_saved]),
            )
        )
    )
