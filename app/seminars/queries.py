"""Who is in a seminar, what became of each invitation, and how far each member is with the open round."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session, col, func, select

from app import clock
from app.models import (
    Invitation,
    Membership,
    Message,
    Participation,
    Person,
    Proposal,
    Round,
    Sector,
    Seminar,
)
from app.models.ballots import Progress
from app.models.notifications import MessageState
from app.models.proposals import ProposalState
from app.models.rounds import RoundState
from app.models.seminars import MembershipState
from app.policy import Role

INVITATION = "invitation"


class Stage(StrEnum):
    """How far an invitation has come."""

    FAILED = "failed"
    WAITING = "waiting"
    SENT = "sent"
    OPENED = "opened"
    JOINED = "joined"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One person in one role, as the organiser's board shows her."""

    membership: Membership
    person: Person
    invitation: Invitation | None
    mail: Message | None
    stage: Stage
    progress: Progress | None

    @property
    def can_resend(self) -> bool:
        """Whether sending the invitation again makes sense."""
        return self.invitation is not None and self.membership.state != MembershipState.WITHDRAWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An invitation as the person invited sees it."""

    invitation: Invitation
    membership: Membership
    person: Person
    seminar: Seminar

    @property
    def has_joined(self) -> bool:
        """Whether the invitation was taken up, and its holder is a member now."""
        return self.membership.state == MembershipState.JOINED


def board(session: Session, *, seminar: Seminar, round_: Round | None) -> list[Seat]:
    """Everybody who was ever invited, in the order of the alphabet."""
    mails = _latest_mails(session, seminar)
    progress = _progress(session, round_) if round_ else {}
    rows = session.exec(
        select(Membership, Person, Invitation)
        .join(Person, col(Person.id) == col(Membership.person_id))
        .join(Invitation, col(Invitation.membership_id) == col(Membership.id), isouter=True)
        .where(Membership.seminar_id == seminar.id)
    )
    seats = [
        Seat(
            membership=membership,
            person=person,
            invitation=invitation,
            mail=mails.get(membership.id),
            stage=_stage(membership, invitation, mails.get(membership.id)),
            progress=progress.get(membership.id),
        )
        for membership, person, invitation in rows
    ]
    return sorted(seats, key=lambda s: ((s.person.name or s.person.email).casefold(), s.person.email))


def seat(session: Session, *, seminar: Seminar, membership_id: UUID) -> Seat | None:
    """One row of the board."""
    seats = board(session, seminar=seminar, round_=None)
    return next((seat for seat in seats if seat.membership.id == membership_id), None)


def open_round(session: Session, *, seminar: Seminar) -> Round | None:
    """The round that is taking answers now, or None."""
    return session.exec(
        select(Round)
        .where(
            Round.seminar_id == seminar.id,
            Round.state == RoundState.OPEN,
            (col(Round.closes_at).is_(None)) | (col(Round.closes_at) > clock.now()),
        )
        .order_by(col(Round.number).desc())
    ).first()


def rounds_ahead(session: Session, *, seminar: Seminar) -> Sequence[Round]:
    """The rounds that are still to be answered."""
    waiting = {RoundState.DRAFT, RoundState.SCHEDULED, RoundState.OPEN}
    return session.exec(
        select(Round)
        .where(Round.seminar_id == seminar.id, col(Round.state).in_(waiting))
        .order_by(col(Round.number))
    ).all()


def sectors(session: Session, *, seminar: Seminar) -> dict[str, str]:
    """The seminar's sectors, code to label."""
    rows = session.exec(
        select(Sector).where(Sector.seminar_id == seminar.id).order_by(col(Sector.position), col(Sector.code))
    )
    return {sector.code: sector.label for sector in rows}


def organisers(session: Session, *, seminar: Seminar) -> list[Person]:
    """The people who invite."""
    return _holders(session, seminar, Role.ORGANISER)


def has_two_hats(session: Session, *, seminar: Seminar) -> bool:
    """Whether one person is organiser and facilitator at once."""
    facilitators = {person.id for person in _holders(session, seminar, Role.FACILITATOR)}
    return any(person.id in facilitators for person in _holders(session, seminar, Role.ORGANISER))


def offer(session: Session, *, token_hash: str) -> Offer | None:
    """The invitation with this link, and all that its page shows."""
    row = session.exec(
        select(Invitation, Membership, Person, Seminar)
        .join(Membership, col(Membership.id) == col(Invitation.membership_id))
        .join(Person, col(Person.id) == col(Membership.person_id))
        .join(Seminar, col(Seminar.id) == col(Membership.seminar_id))
        .where(Invitation.token_hash == token_hash)
    ).one_or_none()
    return Offer(invitation=row[0], membership=row[1], person=row[2], seminar=row[3]) if row else None


def _holders(session: Session, seminar: Seminar, role: Role) -> list[Person]:
    joined = (Membership.role == role, Membership.state == MembershipState.JOINED)
    return list(
        session.exec(
            select(Person)
            .join(Membership)
            .where(Membership.seminar_id == seminar.id, *joined)
            .order_by(col(Person.name), col(Person.email))
        )
    )


def proposals_waiting(session: Session, *, seminar: Seminar) -> int:
    """How many proposals wait for the facilitators to decide on them."""
    return session.exec(
        select(func.count(col(Proposal.id))).where(
            Proposal.seminar_id == seminar.id, Proposal.state == ProposalState.SUBMITTED
        )
    ).one()


def _latest_mails(session: Session, seminar: Seminar) -> dict[UUID, Message]:
    mails = session.exec(
        select(Message)
        .join(Membership)
        .where(Membership.seminar_id == seminar.id, Message.kind == INVITATION)
        .order_by(col(Message.created_at))
    )
    return {mail.membership_id: mail for mail in mails}


def _progress(session: Session, round_: Round) -> dict[UUID, Progress]:
    rows = session.exec(select(Participation).where(Participation.round_id == round_.id))
    return {row.membership_id: row.progress for row in rows}


def _stage(membership: Membership, invitation: Invitation | None, mail: Message | None) -> Stage:
    if membership.state != MembershipState.INVITED:
        return Stage(membership.state.value)
    if mail and mail.state == MessageState.FAILED:
        return Stage.FAILED
    if invitation and invitation.opened_at:
        return Stage.OPENED
    return Stage.SENT if mail and mail.state == MessageState.SENT else Stage.WAITING
