"""The secret in a reminder by which it is postponed or stopped, without signing in; it is nowhere stored."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from uuid import UUID

from sqlmodel import Session, select

from app.identity.tokens import mac, same
from app.models import Invitation, Membership, Person
from app.settings import Settings


def token_of(session: Session, settings: Settings, membership: Membership) -> str:
    """The member's: it says whose it is, and that this installation made it.

    It lets nobody in, and opens nothing but the choice about reminders. It changes with the invitation.
    """
    nonce = session.exec(select(Invitation.nonce).where(Invitation.membership_id == membership.id)).first()
    proof = mac(settings, "reminder choice", membership.id.hex, nonce or "")
    return f"{_text(membership.id.bytes)}.{_text(proof[:18])}"


def find_member(session: Session, settings: Settings, token: str) -> Membership | None:
    """Whose token it is, or nobody."""
    try:
        key = UUID(bytes=urlsafe_b64decode(token.partition(".")[0].encode("ascii") + b"=="))
    except (ValueError, Error):
        return None
    membership = session.get(Membership, key)
    if membership is None or not same(token_of(session, settings, membership), token):
        return None
    person = session.get_one(Person, membership.person_id)
    return None if person.disabled_at else membership


def _text(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()
