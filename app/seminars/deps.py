"""From the address to the seminar, and from the person to what she may do in it."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from sqlmodel import select

from app.errors import Forbidden, NotFound
from app.identity.deps import CurrentPerson, MaybePerson
from app.identity.tokens import hash_token
from app.models import Membership, Seminar
from app.models.seminars import MembershipState
from app.policy import Permission, allows
from app.seminars import queries
from app.seminars.invitations import fits
from app.seminars.queries import Offer, Seat
from app.web.forms import Submitted, texts
from app.web.paths import local_path
from app.web.session import SessionDep


def memberships(
    request: Request, session: SessionDep, person: CurrentPerson, seminar_slug: str
) -> list[Membership]:
    """The person's memberships in the seminar at this address; a stranger learns nothing."""
    rows = session.exec(
        select(Seminar, Membership)
        .join(Membership)
        .where(
            Seminar.slug == seminar_slug,
            Membership.person_id == person.id,
            Membership.state == MembershipState.JOINED,
        )
    ).all()
    if not rows:
        raise NotFound
    seminar = rows[0][0]
    mine = [membership for _, membership in rows]
    request.state.seminar = seminar
    request.state.roles = frozenset(membership.role for membership in mine)
    request.state.zone = person.timezone or seminar.timezone
    if any(allows(role, Permission.MODERATE) for role in request.state.roles):
        request.state.waiting = queries.proposals_waiting(session, seminar=seminar)
    return mine


MyMemberships = Annotated[list[Membership], Depends(memberships)]


def seminar_of(request: Request, mine: MyMemberships) -> Seminar:
    """The seminar at this address, for one of its members."""
    del mine
    seminar: Seminar = request.state.seminar
    return seminar


SeminarDep = Annotated[Seminar, Depends(seminar_of)]


class MemberWhoMay:
    """A dependency that gives the caller's membership whose role allows `permission`."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission

    def __call__(self, mine: MyMemberships) -> Membership:
        """Give the membership, or refuse."""
        for membership in mine:
            if allows(membership.role, self.permission):
                return membership
        raise Forbidden


def member_who_may(permission: Permission) -> MemberWhoMay:
    """The dependency for this permission, as routes write it: `Depends(member_who_may(...))`."""
    return MemberWhoMay(permission)


def seat_of(session: SessionDep, seminar: SeminarDep, membership_id: UUID) -> Seat:
    """The member at this address, within the seminar at this address."""
    found = queries.seat(session, seminar=seminar, membership_id=membership_id)
    if found is None:
        raise NotFound
    return found


SeatDep = Annotated[Seat, Depends(seat_of)]


def offer_of(request: Request, session: SessionDep, token: str) -> Offer:
    """The invitation with this link."""
    found = queries.offer(session, token_hash=hash_token(token))
    if found is None or found.person.disabled_at is not None:
        raise NotFound
    request.state.zone = found.person.timezone or found.seminar.timezone
    return found


OfferDep = Annotated[Offer, Depends(offer_of)]


def onward_of(request: Request, offer: OfferDep, form: Submitted) -> str:
    """Where the invitation leads on to: the page that a mail's link names, else the seminar."""
    home = str(request.app.url_path_for("home.seminar", seminar_slug=offer.seminar.slug))
    return local_path(texts(form).get("next") or request.query_params.get("next"), otherwise=home)


OnwardFromOffer = Annotated[str, Depends(onward_of)]


def takes_part(request: Request, offer: OfferDep, person: MaybePerson, form: Submitted) -> bool:
    """Whether it is the person invited who answers: signed in, or with the code from the mail typed."""
    if person and person.id == offer.person.id:
        return True
    return fits(request.app.state.settings, offer.invitation, texts(form).get("code", ""))


IsInvitee = Annotated[bool, Depends(takes_part)]
