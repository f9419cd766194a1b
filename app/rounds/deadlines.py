"""Which experts have more time than the panel, and when the last of them is through."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, func, select

from app import clock
from app.models import Deadline, Membership, Round
from app.models.seminars import MembershipState
from app.policy import Role


def of_member(session: Session, round_: Round, membership: Membership) -> Deadline | None:
    """The later closing time that the member has in the round, if she has one."""
    return session.exec(
        select(Deadline).where(Deadline.round_id == round_.id, Deadline.membership_id == membership.id)
    ).one_or_none()


def of_person(session: Session, round_: Round, person_id: UUID) -> Deadline | None:
    """The same of a person, in whatever else she is in the seminar beside an expert."""
    return session.exec(
        select(Deadline)
        .join(Membership, col(Membership.id) == col(Deadline.membership_id))
        .where(
            Deadline.round_id == round_.id,
            Membership.person_id == person_id,
            Membership.role == Role.EXPERT,
            Membership.state == MembershipState.JOINED,
        )
    ).one_or_none()


def of_round(session: Session, round_: Round) -> dict[UUID, Deadline]:
    """All personal deadlines of the round by membership: for those who may see people by name."""
    rows = session.exec(select(Deadline).where(Deadline.round_id == round_.id))
    return {row.membership_id: row for row in rows}


def last_running(session: Session, round_: Round) -> datetime | None:
    """The last of the moments until which single experts can still answer; None if nobody has more time.

    The time of who has left the seminar runs no more.
    """
    return session.exec(select(func.max(col(Deadline.closes_at))).where(_running(round_))).one()


def running(session: Session, round_: Round) -> int:
    """How many experts have a deadline of their own that has not passed and is later than the panel's."""
    return session.exec(select(func.count(col(Deadline.id))).where(_running(round_))).one()


def _running(round_: Round) -> ColumnElement[bool]:
    after = max(clock.now(), round_.closes_at) if round_.closes_at else clock.now()
    joined = select(Membership.id).where(Membership.state == MembershipState.JOINED)
    return and_(
        col(Deadline.round_id) == round_.id,
        col(Deadline.closes_at) > after,
        col(Deadline.membership_id).in_(joined),
    )
