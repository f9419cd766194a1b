"""Who is who on the panel: the only module that reads or writes the link between the two.

The link of a member to a panellist is encrypted with the seminar's key. The key lies beside it, wrapped by
one that is derived from the installation's secret: neither a copy of the database nor the secret alone
gives the link away, and deleting the seminar's key takes it from everybody for good.
"""

import hmac
import secrets
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import TypeAlias
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlmodel import Session, col, delete, select, update

from app import audit
from app.errors import Conflict
from app.models import Membership, Panellist, Person, PseudonymLink, Seminar, SeminarKey
from app.seminars.pseudonym_names import NAMES
from app.settings import Settings

KEY_BYTES = 32
NONCE_BYTES = 12
FINGERPRINT = 12

Stamp: TypeAlias = Callable[[str, str], bytes]


class LinkDestroyed(Conflict):
    """Nobody can tell any more who is who on the panel."""

    message = "The link between people and their answers has been destroyed in this seminar."


class LinkUnreadable(Conflict):
    """The installation's secret is not the one with which the link was made."""

    message = "The link between people and their answers cannot be read with this installation's secret key."


def make_key(session: Session, settings: Settings, seminar: Seminar) -> None:
    """The seminar has a key; calling again changes nothing."""
    if session.get(SeminarKey, seminar.id) is None:
        wrapped = _encrypt(_wrapping_key(settings, seminar.id), secrets.token_bytes(KEY_BYTES), seminar.id)
        session.add(SeminarKey(seminar_id=seminar.id, wrapped=wrapped))
        session.flush()


def assign(session: Session, settings: Settings, membership: Membership) -> Panellist:
    """The member's panellist, made with a pseudonym drawn by chance if there was none."""
    key = _key(session, settings, membership.seminar_id, lock=True)
    if link := session.get(PseudonymLink, membership.id):
        return _panellist(session, key, link)
    panellist = Panellist(seminar_id=membership.seminar_id, pseudonym=_draw(session, membership.seminar_id))
    session.add(panellist)
    session.add(
        PseudonymLink(membership_id=membership.id, encrypted=_encrypt(key, panellist.id.bytes, membership.id))
    )
    session.flush()
    _blur_order(session, membership.seminar_id)
    return panellist


def panellist_of(session: Session, settings: Settings, membership: Membership) -> Panellist:
    """The member's panellist; LinkDestroyed if it cannot be known any more."""
    key = _key(session, settings, membership.seminar_id)
    link = session.get(PseudonymLink, membership.id)
    if link is None:
        raise LinkDestroyed
    return _panellist(session, key, link)


def membership_of(session: Session, settings: Settings, panellist: Panellist) -> Membership:
    """The member whose panellist it is; LinkDestroyed if it cannot be known any more.

    For what must be done to her and shown to nobody: a form that came back by its code alone is entered as
    hers, and she is told.
    """
    key = _key(session, settings, panellist.seminar_id)
    rows = session.exec(
        select(PseudonymLink.encrypted, Membership)
        .join(Membership, col(PseudonymLink.membership_id) == col(Membership.id))
        .where(Membership.seminar_id == panellist.seminar_id)
    )
    for encrypted, membership in rows:
        if _decrypt(key, encrypted, membership.id) == panellist.id.bytes:
            return membership
    raise LinkDestroyed


def fingerprint(session: Session, settings: Settings, seminar: Seminar, text: str) -> str:
    """By what a code can be told from others in the log, and found by nobody who has the log alone.

    It is made with the seminar's key: with the link goes every way from the fingerprint to its code.
    """
    return stamp(session, settings, seminar)("fingerprint", text).hex()[:FINGERPRINT]


def stamp(session: Session, settings: Settings, seminar: Seminar) -> Stamp:
    """Makes of a purpose and a text what nobody without the seminar's key can make, or trace back."""
    key = _key(session, settings, seminar.id)
    return lambda purpose, text: hmac.new(key, f"{purpose}\x1f{text}".encode(), "sha256").digest()


def lock_away(session: Session, settings: Settings, seminar: Seminar, text: str) -> str:
    """The text as nobody reads it who has the database alone, nor anybody once the key is destroyed."""
    content = zlib.compress(text.encode())
    return b64encode(_encrypt(_key(session, settings, seminar.id), content, seminar.id)).decode()


def unlock(session: Session, settings: Settings, seminar: Seminar, locked: str) -> str:
    """The text that was locked away; LinkDestroyed if it cannot be known any more."""
    content = _decrypt(_key(session, settings, seminar.id), b64decode(locked), seminar.id)
    return zlib.decompress(content).decode()


def sectors_of(session: Session, settings: Settings, seminar: Seminar) -> dict[UUID, str]:
    """The sector of every panellist by key, empty for those who stated none; LinkDestroyed if it is too late.

    For one count in memory: it must neither be stored nor shown.
    """
    key = _key(session, settings, seminar.id)
    rows = session.exec(
        select(PseudonymLink.membership_id, PseudonymLink.encrypted, Membership.sector)
        .join(Membership, col(PseudonymLink.membership_id) == col(Membership.id))
        .where(Membership.seminar_id == seminar.id)
    )
    return {UUID(bytes=_decrypt(key, encrypted, member)): sector or "" for member, encrypted, sector in rows}


def is_linked(session: Session, membership: Membership) -> bool:
    """Whether the member has, or once had, a panellist that can still be found."""
    return session.get(PseudonymLink, membership.id) is not None


def has_key(session: Session, seminar: Seminar) -> bool:
    """Whether the seminar's link between people and answers still exists."""
    return session.get(SeminarKey, seminar.id) is not None


def blur(session: Session, seminar: Seminar) -> None:
    """Nothing beside a panellist's row says any more when it was last used, or by whose request.

    Who is writing at this moment stays as she is: to wait for her could take for ever.
    """
    here = select(Panellist.id).where(Panellist.seminar_id == seminar.id)
    _rewrite(session, list(session.exec(here.with_for_update(skip_locked=True))))


def destroy_key(session: Session, seminar: Seminar, *, by: Person | None = None) -> None:
    """Nobody can tell any more who is who on this seminar's panel; written into the audit log."""
    if session.get(SeminarKey, seminar.id) is None:
        return
    members = select(Membership.id).where(Membership.seminar_id == seminar.id)
    session.exec(delete(PseudonymLink).where(col(PseudonymLink.membership_id).in_(members)))
    session.exec(delete(SeminarKey).where(col(SeminarKey.seminar_id) == seminar.id))
    audit.record(session, "seminar:key:destroy", actor=by.id if by else None, seminar=seminar.id)


def _key(session: Session, settings: Settings, seminar_id: UUID, *, lock: bool = False) -> bytes:
    wanted = select(SeminarKey).where(SeminarKey.seminar_id == seminar_id)
    row = session.exec(wanted.with_for_update() if lock else wanted).one_or_none()
    if row is None:
        raise LinkDestroyed
    return _decrypt(_wrapping_key(settings, seminar_id), row.wrapped, seminar_id)


def _wrapping_key(settings: Settings, seminar_id: UUID) -> bytes:
    derivation = HKDF(SHA256(), KEY_BYTES, salt=seminar_id.bytes, info=b"colloquy seminar key")
    return derivation.derive(settings.secret_key.get_secret_value().encode())


def _encrypt(key: bytes, content: bytes, bound_to: UUID) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, bound_to.bytes)


def _decrypt(key: bytes, encrypted: bytes, bound_to: UUID) -> bytes:
    try:
        return AESGCM(key).decrypt(encrypted[:NONCE_BYTES], encrypted[NONCE_BYTES:], bound_to.bytes)
    except InvalidTag:
        raise LinkUnreadable from None


def _panellist(session: Session, key: bytes, link: PseudonymLink) -> Panellist:
    panellist = session.get(Panellist, UUID(bytes=_decrypt(key, link.encrypted, link.membership_id)))
    if panellist is None:
        raise LinkDestroyed
    return panellist


def _draw(session: Session, seminar_id: UUID) -> str:
    taken = set(session.exec(select(Panellist.pseudonym).where(Panellist.seminar_id == seminar_id)))
    free = [name for name in (f"Expert {word}" for word in NAMES) if name not in taken]
    if free:
        return secrets.choice(free)
    number = secrets.randbelow(9000) + 1000
    while f"Expert {number}" in taken:
        number += 1
    return f"Expert {number}"


def _blur_order(session: Session, seminar_id: UUID) -> None:
    # read in the order in which they are stored, the panel would stand in that in which people joined
    _rewrite(session, list(session.exec(select(Panellist.id).where(Panellist.seminar_id == seminar_id))))


def _rewrite(session: Session, everyone: list[UUID]) -> None:
    # PostgreSQL keeps rows where they were written and marks them with the transactions that wrote and that
    # locked them: the same ones that wrote what is known of a member. Rewriting all in one hides both.
    secrets.SystemRandom().shuffle(everyone)
    for panellist_id in everyone:
        session.exec(
            update(Panellist)
            .where(col(Panellist.id) == panellist_id)
            .values(pseudonym=Panellist.pseudonym)
            .execution_options(synchronize_session=False)
        )
