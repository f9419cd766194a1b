"""Who is reminded of a round, and when: only who has not submitted, at a decent hour, never twice a day.

It is decided twice: when the reminder is written, and again when it is sent.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlmodel import Session, col, or_, select

from app import audit, clock
from app.i18n import zone
from app.models import Membership, Message, Participation, Person, ReminderChoice, Round, Seminar
from app.models.ballots import Progress
from app.models.rounds import RoundState
from app.models.seminars import MembershipState
from app.policy import Role
from app.rounds import deadlines, lifecycle, notices
from app.rounds.locking import locked_round

HOUR = time(9)
POSTPONED = timedelta(days=3)
# a little less than a day, so that yesterday's at nine does not hold up today's
APART = timedelta(hours=20)
# what could not be sent on its day is sent on the next one
LATE = (timedelta(0), timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Due:
    """A day of a round, in the seminar's zone, on which it is time for reminders."""

    round_id: UUID
    day: date


def due(session: Session) -> list[Due]:
    """The rounds that take answers and where the hour has come today."""
    running = select(Round, Seminar).join(Seminar).where(Round.state == RoundState.OPEN)
    days = [(round_, _today(seminar)) for round_, seminar in session.exec(running)]
    return [Due(round_.id, here.date()) for round_, here in days if here.time() >= HOUR]


def remind_on(session: Session, round_id: UUID, day: date) -> int:
    """Write the reminders that are planned for the day; how many are new. Doing so again changes nothing."""
    round_ = locked_round(session, session.get_one(Round, round_id))
    seminar = session.get_one(Seminar, round_.seminar_id)
    whom: defaultdict[date, list[Membership]] = defaultdict(list)
    planned = _plan(session, round_, seminar)
    for member in willing(session, round_):
        due_on = [one for one in planned(member) if day - one in LATE]
        if due_on:
            whom[max(due_on)].append(member)
    return sum(_write(session, round_, one.isoformat(), to) for one, to in whom.items())


def remind_now(session: Session, *, round_: Round, to: Iterable[UUID] | None, by: Person) -> int:
    """Remind those of these members, or all, who have not submitted and may be reminded; how many."""
    round_ = locked_round(session, round_)
    lifecycle.require_state(round_, RoundState.OPEN)
    wanted = None if to is None else set(to)
    members = [one for one in willing(session, round_) if wanted is None or one.id in wanted]
    seminar = session.get_one(Seminar, round_.seminar_id)
    written = _write(session, round_, f"asked {_today(seminar).date().isoformat()}", members)
    if written:
        _record(session, round_, by, written)
    return written


def waiting(session: Session, round_: Round) -> list[Membership]:
    """The experts who have joined, can still answer and have not submitted, started or not."""
    done = select(Participation.membership_id).where(
        Participation.round_id == round_.id, Participation.progress == Progress.SUBMITTED
    )
    experts = session.exec(
        select(Membership).where(
            Membership.seminar_id == round_.seminar_id,
            Membership.role == Role.EXPERT,
            Membership.state == MembershipState.JOINED,
            col(Membership.id).not_in(done),
        )
    )
    own = deadlines.of_round(session, round_)
    return [one for one in experts if lifecycle.takes_answers(round_, own.get(one.id))]


def willing(session: Session, round_: Round) -> list[Membership]:
    """Those of them who may be reminded now."""
    members = waiting(session, round_)
    not_now = _declined(session, members) | _reminded(session, members)
    return [member for member in members if member.id not in not_now]


def is_wanted(session: Session, message: Message, round_: Round) -> bool:
    """Whether a reminder that was written is still to be sent."""
    members = [one for one in waiting(session, round_) if one.id == message.membership_id]
    return bool(members) and not _declined(session, members) | _reminded(session, members, but=message.id)


def choice(session: Session, membership: Membership) -> ReminderChoice | None:
    """What the member wants of reminders, if she has said so."""
    return session.exec(
        select(ReminderChoice).where(ReminderChoice.membership_id == membership.id)
    ).one_or_none()


def stopped(session: Session, members: list[Membership]) -> set[UUID]:
    """Those of them who want no reminders at all."""
    rows = select(ReminderChoice.membership_id).where(
        col(ReminderChoice.membership_id).in_([member.id for member in members]),
        col(ReminderChoice.stopped_at).is_not(None),
    )
    return set(session.exec(rows))


def postpone(session: Session, membership: Membership) -> None:
    """No reminder for three days; then one, if it is still needed."""
    seminar = session.get_one(Seminar, membership.seminar_id)
    day = (_today(seminar) + POSTPONED).date()
    until = datetime.combine(day, time(), zone(seminar.timezone))
    _choose(session, membership, postponed_until=until, stopped_at=None)


def stop(session: Session, membership: Membership) -> None:
    """No reminders any more; stopping twice changes nothing."""
    now = choice(session, membership)
    if now is None or now.stopped_at is None:
        _choose(session, membership, postponed_until=None, stopped_at=clock.now())


def resume(session: Session, membership: Membership) -> None:
    """Reminders as planned."""
    _choose(session, membership, postponed_until=None, stopped_at=None)


def _choose(session: Session, membership: Membership, **wishes: datetime | None) -> None:
    # of two that come at once, one waits: there is one row for each member
    session.get_one(Membership, membership.id, with_for_update=True)
    row = choice(session, membership) or ReminderChoice(membership_id=membership.id)
    for name, value in wishes.items():
        setattr(row, name, value)
    session.add(row)
    session.flush()


def _plan(session: Session, round_: Round, seminar: Seminar) -> "Planned":
    chosen = session.exec(select(ReminderChoice).join(Membership).where(Membership.seminar_id == seminar.id))
    return Planned(
        round_=round_,
        zone_name=seminar.timezone,
        own={key: one.closes_at for key, one in deadlines.of_round(session, round_).items()},
        postponed={one.membership_id: one.postponed_until for one in chosen if one.postponed_until},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """The days on which a member is to be reminded: before her closing time, and when she wanted it later."""

    round_: Round
    zone_name: str
    own: dict[UUID, datetime]
    postponed: dict[UUID, datetime]

    def __call__(self, member: Membership) -> list[date]:
        """Never on the day of opening, which has a mail of its own."""
        closing = self._day(max(filter(None, (self.round_.closes_at, self.own.get(member.id)))))
        days = [closing - timedelta(days=before) for before in self.round_.reminders]
        if member.id in self.postponed:
            days.append(self._day(self.postponed[member.id]))
        opened = self._day(self.round_.opened_at) if self.round_.opened_at else date.min
        return [day for day in days if day > opened]

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(zone(self.zone_name)).date()


def _today(seminar: Seminar) -> datetime:
    return clock.now().astimezone(zone(seminar.timezone))


def _record(session: Session, round_: Round, by: Person, count: int) -> None:
    number, seminar_id = f"R{round_.number}", round_.seminar_id
    audit.record(session, "round:reminder:send", actor=by.id, seminar=seminar_id, subject=number, count=count)


def _write(session: Session, round_: Round, occasion: str, to: list[Membership]) -> int:
    return notices.announce(session, round_, notices.REMINDER, occasion, to)


def _declined(session: Session, members: list[Membership]) -> set[UUID]:
    rows = select(ReminderChoice.membership_id).where(
        col(ReminderChoice.membership_id).in_([member.id for member in members]),
        or_(col(ReminderChoice.stopped_at).is_not(None), col(ReminderChoice.postponed_until) > clock.now()),
    )
    return set(session.exec(rows))


def _reminded(session: Session, members: list[Membership], but: UUID | None = None) -> set[UUID]:
    """Whose person had a reminder a short while ago, in whatever seminar; written ones count as well."""
    since = clock.now() - APART
    recent = or_(col(Message.created_at) > since, col(Message.sent_at) > since)
    if but:
        recent = col(Message.sent_at) > since
    people = (
        select(Membership.person_id)
        .join(Message, col(Message.membership_id) == col(Membership.id))
        .where(Message.kind == notices.REMINDER, recent, Message.id != but)
    )
    found = set(session.exec(people))
    return {member.id for member in members if member.person_id in found}
