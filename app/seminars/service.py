"""People are invited to a seminar, join it, decline, leave, and change their roles."""

from uuid import UUID

from sqlmodel import Session, col, select

from app import audit, clock
from app.errors import Conflict
from app.identity.service import find_or_make_person
from app.models import Invitation, Membership, Message, Person, Seminar
from app.models.notifications import MessageState
from app.models.seminars import MembershipState, SeminarStatus
from app.policy import Role
from app.seminars import clerks, pseudonyms
from app.seminars.importing import BrokenList, Fault, Line
from app.seminars.invitations import make_invitation
from app.settings import Settings

STAFF = frozenset({Role.FACILITATOR, Role.ORGANISER})
ACTIVE = frozenset({MembershipState.INVITED, MembershipState.JOINED})
OVER = frozenset({SeminarStatus.CONCLUDED, SeminarStatus.ARCHIVED})
INVITATION = "invitation"


class AlreadyInvited(Conflict):
    """The person holds or has been offered this role."""

    message = "This person has already been invited in this role."


class StaffOrExpert(Conflict):
    """An expert would see or run what experts must not, or staff would answer."""

    message = "Nobody can be an expert and a facilitator or organizer of the same seminar."


class SeminarIsOver(Conflict):
    """Nobody is invited to, or joins, a seminar that has ended."""

    message = "This seminar has ended, and its invitations with it."


class NoLongerInvited(Conflict):
    """The organisers took the invitation back, or the person left."""

    message = "This invitation is no longer open. The organizers of the seminar can send you a new one."


class AlreadyAnswering(Conflict):
    """An expert who has joined stays one, since the panel counts on it."""

    message = "An expert who has joined keeps this role, and nobody who runs the seminar can become one."


class AddressIsHers(Conflict):
    """The address of who has come in is nobody's to change: whoever holds it comes in as her."""

    message = "This person has joined with this address. Only before that can organizers correct it."


class LastOrganiser(Conflict):
    """A seminar without an organiser could never be repaired."""

    message = "A seminar needs at least one organizer."


def invite(
    session: Session,
    settings: Settings,
    *,
    seminar: Seminar,
    email: str,
    name: str,
    role: Role,
    sector: str | None = None,
    region: str | None = None,
    by: Person | None,
) -> Membership:
    """The person is offered the role, and a mail that says so is due."""
    require_running(seminar)
    person = find_or_make_person(session, email=email, name=name)
    membership = _offered(session, seminar=seminar, person=person, role=role)
    membership.state = MembershipState.INVITED
    membership.sector, membership.region = sector, region
    session.add(membership)
    session.flush()
    if _invitation(session, membership) is None:
        session.add(make_invitation(settings, membership))
    _queue(session, membership)
    _record(session, "invite", membership, by, role=role.value)
    return membership


def import_people(
    session: Session, settings: Settings, *, seminar: Seminar, lines: list[Line], by: Person | None
) -> list[Membership]:
    """All people of a list are invited, or none: BrokenList says who cannot be."""
    faults: list[Fault] = []
    with session.begin_nested():
        invited = [_invite_line(session, settings, seminar, line, by, faults) for line in lines]
        if faults:
            raise BrokenList(faults)
    return [membership for membership in invited if membership]


def _invite_line(
    session: Session, settings: Settings, seminar: Seminar, line: Line, by: Person | None, faults: list[Fault]
) -> Membership | None:
    try:
        return invite(session, settings, seminar=seminar, by=by, **line.invitee.as_dict())
    except SeminarIsOver:
        raise
    except Conflict as refused:
        faults.append(Fault(line.row, "email", refused))
        return None


def resend(session: Session, *, seminar: Seminar, membership: Membership, by: Person | None) -> None:
    """The invitation is due to be mailed again, with the same link."""
    require_running(seminar)
    if membership.state == MembershipState.WITHDRAWN or _invitation(session, membership) is None:
        raise NoLongerInvited
    _queue(session, membership)
    _record(session, "resend", membership, by)


def correct_address(
    session: Session, settings: Settings, *, membership: Membership, email: str, by: Person | None
) -> None:
    """The invitation goes to another address, as to another person; the link that went astray ends.

    Nobody's account changes: whoever could move a member's address could come in as her.
    """
    if membership.state != MembershipState.INVITED:
        raise AddressIsHers
    before = session.get_one(Person, membership.person_id)
    person = find_or_make_person(session, email=email, name=before.name)
    if person.id == before.id:
        return
    theirs = _of_person(session, membership.seminar_id, person.id)
    _refuse_clash(session, theirs, theirs, membership.role)
    if any(other.role == membership.role for other in theirs):
        raise AlreadyInvited
    membership.person_id = person.id
    if invitation := _invitation(session, membership):
        renewed = make_invitation(settings, membership)
        invitation.nonce, invitation.token_hash = renewed.nonce, renewed.token_hash
    session.flush()
    _record(session, "address", membership, by)


def join(session: Session, settings: Settings, *, membership: Membership) -> None:
    """The member has joined; an expert has a pseudonym from here on. Joining twice changes nothing."""
    if membership.state == MembershipState.JOINED:
        return
    seminar = session.get_one(Seminar, membership.seminar_id)
    require_running(seminar)
    if membership.state == MembershipState.WITHDRAWN:
        raise NoLongerInvited
    membership.state = MembershipState.JOINED
    session.add(membership)
    if membership.role == Role.EXPERT:
        pseudonyms.assign(session, settings, membership)
    _answered(session, membership)
    _record(session, "join", membership, membership.person_id)


def decline(session: Session, *, membership: Membership) -> None:
    """The person has said no; the same invitation can still be taken up later."""
    if membership.state != MembershipState.INVITED:
        raise NoLongerInvited
    membership.state = MembershipState.DECLINED
    session.add(membership)
    _answered(session, membership)
    _record(session, "decline", membership, membership.person_id)


def mark_opened(session: Session, *, invitation: Invitation) -> None:
    """Somebody, and no program that only follows links, has the invitation before them."""
    if invitation.opened_at is None:
        invitation.opened_at = clock.now()
        session.add(invitation)


def withdraw(session: Session, *, membership: Membership, by: Person | None) -> None:
    """The member is no longer in the seminar; answers already submitted stay, without a name."""
    if membership.state == MembershipState.WITHDRAWN:
        return
    _keep_an_organiser(session, membership)
    membership.state = MembershipState.WITHDRAWN
    session.add(membership)
    _record(session, "withdraw", membership, by)


def change_role(session: Session, *, membership: Membership, role: Role, by: Person | None) -> None:
    """The member holds another role; in or out of the panel only before joining."""
    if membership.role == role:
        return
    if Role.EXPERT in {membership.role, role} and membership.state == MembershipState.JOINED:
        raise AlreadyAnswering
    _keep_an_organiser(session, membership)
    theirs = _of_person(session, membership.seminar_id, membership.person_id)
    others = [m for m in theirs if m != membership]
    _refuse_clash(session, theirs, others, role)
    if any(other.role == role for other in others):
        raise AlreadyInvited
    before, membership.role = membership.role, role
    session.add(membership)
    _record(session, "role", membership, by, before=before.value, after=role.value)


def lock_wording(session: Session, *, seminar: Seminar, by: Person | None) -> None:
    """The rules that turn numbers into words are fixed from now on; locking twice changes nothing."""
    if seminar.wording_locked_at is not None:
        return
    seminar.wording_locked_at = clock.now()
    session.add(seminar)
    session.flush()
    audit.record(session, "seminar:wording:lock", actor=by.id if by else None, seminar=seminar.id)


def require_running(seminar: Seminar) -> None:
    """Refuse what makes no sense once the seminar has ended."""
    if seminar.status in OVER:
        raise SeminarIsOver


def _offered(session: Session, *, seminar: Seminar, person: Person, role: Role) -> Membership:
    theirs = _of_person(session, seminar.id, person.id)
    _refuse_clash(session, theirs, theirs, role)
    mine = next((m for m in theirs if m.role == role), None)
    if mine and mine.state in ACTIVE:
        raise AlreadyInvited
    return mine or Membership(seminar_id=seminar.id, person_id=person.id, role=role)


def _of_person(session: Session, seminar_id: UUID, person_id: UUID) -> list[Membership]:
    mine = (Membership.seminar_id == seminar_id, Membership.person_id == person_id)
    return list(session.exec(select(Membership).where(*mine)))


def _refuse_clash(session: Session, all_hers: list[Membership], others: list[Membership], role: Role) -> None:
    held = {m.role for m in others if m.state in ACTIVE}
    clerks.refuse_clash(session, all_hers, held, role)
    if (role == Role.EXPERT and held & STAFF) or (role in STAFF and Role.EXPERT in held):
        raise StaffOrExpert


def _keep_an_organiser(session: Session, membership: Membership) -> None:
    if membership.role != Role.ORGANISER or membership.state != MembershipState.JOINED:
        return
    others = select(Membership.id).where(
        Membership.seminar_id == membership.seminar_id,
        Membership.role == Role.ORGANISER,
        Membership.state == MembershipState.JOINED,
        Membership.id != membership.id,
    )
    if session.exec(others.limit(1)).one_or_none() is None:
        raise LastOrganiser


def _invitation(session: Session, membership: Membership) -> Invitation | None:
    return session.exec(select(Invitation).where(Invitation.membership_id == membership.id)).one_or_none()


def _answered(session: Session, membership: Membership) -> None:
    if invitation := _invitation(session, membership):
        invitation.opened_at = invitation.opened_at or clock.now()
        invitation.answered_at = clock.now()
        session.add(invitation)


def _queue(session: Session, membership: Membership) -> None:
    waiting = session.exec(
        select(Message).where(
            Message.membership_id == membership.id,
            Message.kind == INVITATION,
            col(Message.state).in_([MessageState.QUEUED]),
        )
    ).first()
    message = waiting or Message(kind=INVITATION, membership_id=membership.id, due_at=clock.now())
    message.due_at = clock.now()
    session.add(message)
    session.flush()


def _record(
    session: Session,
    deed: str,
    membership: Membership,
    by: Person | UUID | None,
    **details: str | float | bool | None,
) -> None:
    session.flush()
    audit.record(
        session,
        f"seminar:member:{deed}",
        actor=by.id if isinstance(by, Person) else by,
        seminar=membership.seminar_id,
        subject=str(membership.id),
        **details,
    )
