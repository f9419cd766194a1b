"""Which mails were sent, wait or failed: by name, for organisers."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import case, func
from sqlmodel import Session, col, select

from app.models import Membership, Message, Participation, Person, Round, Seminar
from app.models.ballots import Progress
from app.models.notifications import MessageState
from app.models.seminars import MembershipState
from app.notifications import reminders

SHOWN = 200
# as people see it: whether a mail waits for its turn or is under way makes no difference to them
STATES: dict[str, frozenset[MessageState]] = {
    "failed": frozenset({MessageState.FAILED}),
    "waiting": frozenset({MessageState.QUEUED, MessageState.SENDING}),
    "sent": frozenset({MessageState.SENT}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A mail, and to whom it goes."""

    message: Message
    membership: Membership
    person: Person
    round_number: int | None

    @property
    def state(self) -> str:
        """One of `STATES`."""
        return next(name for name, states in STATES.items() if self.message.state in states)

    @property
    def address_is_open(self) -> bool:
        """Whether the organisers can still correct the address: nobody has come in by it."""
        return self.membership.state == MembershipState.INVITED


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """An expert who has not submitted: how far she is, and why she is not reminded now, if so."""

    membership: Membership
    person: Person
    progress: Progress | None
    may_be_reminded: bool
    has_stopped: bool


def posted(session: Session, seminar: Seminar, state: str) -> list[Posted]:
    """The seminar's mails in one of the `STATES`, or all: those that failed first, then the newest."""
    urgent = case((col(Message.state) == MessageState.FAILED, 0), else_=1)
    rows = (
        select(Message, Membership, Person, Round.number)
        .join(Membership, col(Membership.id) == col(Message.membership_id))
        .join(Person, col(Person.id) == col(Membership.person_id))
        .join(Round, col(Round.id) == col(Message.round_id), isouter=True)
        .where(Membership.seminar_id == seminar.id)
        .order_by(urgent, col(Message.created_at).desc(), col(Message.id))
        .limit(SHOWN)
    )
    if state in STATES:
        rows = rows.where(col(Message.state).in_(STATES[state]))
    return [
        Posted(message=message, membership=membership, person=person, round_number=number)
        for message, membership, person, number in session.exec(rows)
    ]


def counts(session: Session, seminar: Seminar) -> Counter[str]:
    """How many mails stand in each of the `STATES`."""
    rows = session.exec(
        select(Message.state, func.count(col(Message.id)))
        .join(Membership, col(Membership.id) == col(Message.membership_id))
        .where(Membership.seminar_id == seminar.id)
        .group_by(col(Message.state))
    )
    found = {MessageState(state): number for state, number in rows}
    return Counter({name: sum(found.get(one, 0) for one in states) for name, states in STATES.items()})


def find(session: Session, seminar: Seminar, message_id: UUID) -> Posted | None:
    """One mail of the seminar."""
    row = session.exec(
        select(Message, Membership, Person)
        .join(Membership, col(Membership.id) == col(Message.membership_id))
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(Message.id == message_id, Membership.seminar_id == seminar.id)
    ).one_or_none()
    if row is None:
        return None
    message, membership, person = row
    return Posted(message=message, membership=membership, person=person, round_number=None)


def awaited(session: Session, round_: Round) -> list[Awaited]:
    """The experts of whom the round still awaits something, in the order of the alphabet."""
    waiting = reminders.waiting(session, round_)
    willing = {member.id for member in reminders.willing(session, round_)}
    stopped = reminders.stopped(session, waiting)
    people = {
        person.id: person
        for person in session.exec(
            select(Person).where(col(Person.id).in_([member.person_id for member in waiting]))
        )
    }
    begun = dict(
        session.exec(
            select(Participation.membership_id, Participation.progress).where(
                Participation.round_id == round_.id
            )
        ).all()
    )
    found = [
        Awaited(
            membership=member,
            person=people[member.person_id],
            progress=Progress(begun[member.id]) if member.id in begun else None,
            may_be_reminded=member.id in willing,
            has_stopped=member.id in stopped,
        )
        for member in waiting
    ]
    return sorted(found, key=lambda one: ((one.person.name or one.person.email).casefold(), one.person.email))
