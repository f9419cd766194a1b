"""Secrets that travel in links, mails and cookies: made by chance, kept as hashes."""

import hashlib
import hmac
import secrets

from app.settings import Settings

CODE_DIGITS = 6


def new_token() -> str:
    """A secret that nobody can guess."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """Six digits to be typed."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"


def hash_token(token: str) -> str:
    """What is kept of a secret: enough to know it again, not enough to use it."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def mac(settings: Settings, purpose: str, *parts: str) -> bytes:
    """A fingerprint of the parts that only this installation can make, for one purpose."""
    content = "\x1f".join((purpose, *parts)).encode(errors="replace")
    return hmac.digest(settings.secret_key.get_secret_value().encode(), content, "sha256")


def hash_code(settings: Settings, link: str, code: str) -> str:
    """What is kept of a code; without the installation's secret nobody can try all million."""
    return mac(settings, "sign-in code", link, tidy_code(code)).hex()


def tidy_code(typed: str) -> str:
    """The code as it was meant: without the spaces and dashes people put in, in any script's digits."""
    return "".join(str(int(character)) for character in typed if character.isdecimal())[:12]


def same(one: str, other: str) -> bool:
    """Whether two secrets are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())
