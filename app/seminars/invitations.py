"""The link and the code of an invitation: derived, so that they can be sent again and are nowhere stored."""

import secrets
from base64 import urlsafe_b64encode

from app.identity.tokens import CODE_DIGITS, hash_token, mac, same, tidy_code
from app.models import Invitation, Membership
from app.settings import Settings


def make_invitation(settings: Settings, membership: Membership) -> Invitation:
    """A standing invitation for the member."""
    invitation = Invitation(membership_id=membership.id, nonce=secrets.token_urlsafe(24), token_hash="")
    invitation.token_hash = hash_token(token_of(settings, invitation))
    return invitation


def token_of(settings: Settings, invitation: Invitation) -> str:
    """The secret in the invitation's link."""
    fingerprint = mac(settings, "invitation link", invitation.nonce)
    return urlsafe_b64encode(fingerprint).rstrip(b"=").decode()


def code_of(settings: Settings, invitation: Invitation) -> str:
    """The six digits in the invitation's mail."""
    fingerprint = mac(settings, "invitation code", invitation.nonce)
    return f"{int.from_bytes(fingerprint[:8]) % 10**CODE_DIGITS:0{CODE_DIGITS}}"


def fits(settings: Settings, invitation: Invitation, typed: str) -> bool:
    """Whether the code that was typed is the one in the mail."""
    return same(code_of(settings, invitation), tidy_code(typed))
