"""The installation's signature: one Ed25519 key, derived from its secret, that is nowhere stored.

Whoever has the installation's secret has the key; after a move to another machine with the same secret it is
the same, and with another secret it is another.
"""

import hashlib
import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.settings import Settings

ALGORITHM = "Ed25519"
KEY_BYTES = 32
GROUP = 4


def sign(settings: Settings, content: bytes) -> bytes:
    """The installation's signature of the content."""
    return _key(settings.secret_key.get_secret_value()).sign(content)


def public_key(settings: Settings) -> bytes:
    """By what anybody can check it."""
    return _key(settings.secret_key.get_secret_value()).public_key().public_bytes_raw()


def fingerprint(public: bytes) -> str:
    """By what people compare public keys: their SHA-256 in groups.

    Examples
    --------
    >>> fingerprint(b"")[:19]
    'e3b0:c442:98fc:1c14'
    """
    return ":".join(re.findall(f".{{{GROUP}}}", hashlib.sha256(public).hexdigest()))


def is_fingerprint(text: str) -> bool:
    """Whether somebody has typed one, in groups or not."""
    return re.fullmatch("[0-9a-f]{64}", _plain(text)) is not None


def is_of(public: bytes, typed: str) -> bool:
    """Whether the typed fingerprint is that of the key."""
    return _plain(typed) == _plain(fingerprint(public))


def has_signed(public: bytes, signature: bytes, content: bytes) -> bool:
    """Whether the signature of the content is by that key."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True


def is_everybodys(public: bytes) -> bool:
    """Whether it is the key of an installation that has no secret of its own: anybody can sign with that."""
    default = Settings.model_fields["secret_key"].default
    return public == _key(default.get_secret_value()).public_key().public_bytes_raw()


def _key(secret: str) -> Ed25519PrivateKey:
    derivation = HKDF(SHA256(), KEY_BYTES, salt=None, info=b"colloquy signing key")
    return Ed25519PrivateKey.from_private_bytes(derivation.derive(secret.encode()))


def _plain(text: str) -> str:
    return re.sub(r"[\s:]", "", text).lower()
