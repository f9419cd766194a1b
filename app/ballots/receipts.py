"""The receipt of a sealed ballot: a digest that fits one content only, and a code to quote it by."""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any

GROUPS, GROUP = 4, 4


def new_salt() -> str:
    """What keeps a digest from being guessed by trying out ballots."""
    return secrets.token_hex(16)


def canonical(content: Mapping[str, Any]) -> str:
    """The content as one line that is the same for the same content, wherever it is written."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(salt: str, content: Mapping[str, Any]) -> str:
    r"""SHA-256 of the salt, a line feed and the canonical content, in hexadecimal.

    Examples
    --------
    >>> digest("00", {"answers": {}}) == hashlib.sha256(b'00\n{"answers":{}}').hexdigest()
    True
    """
    return hashlib.sha256(f"{salt}\n{canonical(content)}".encode()).hexdigest()


def code(digest_: str) -> str:
    """The first eighty bits of the digest in letters and digits that are not mistaken for each other.

    Examples
    --------
    >>> code("00" * 32)
    'AAAA-AAAA-AAAA-AAAA'
    """
    letters = base64.b32encode(bytes.fromhex(digest_)[:10]).decode()
    return "-".join(letters[start : start + GROUP] for start in range(0, GROUPS * GROUP, GROUP))
