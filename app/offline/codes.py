"""The code on a form: nobody can guess it, it is read aloud without mistakes, and a slip of the pen shows.

Letters and digits are Crockford's thirty-two, the last of them a check (crockford.com/base32.html). Codes
are derived until the check is one of the thirty-two too, so that none needs his five further signs.
"""

import re
from collections.abc import Callable
from itertools import count

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 16, 4
MODULUS = 37
MISREAD = str.maketrans("OIL", "011")
WRITTEN = re.compile(
    r"(?<![A-Z0-9-])[A-Z0-9]{4}(?:[\u2010-\u2015-][A-Z0-9]{4}){3}(?![A-Z0-9-])", re.IGNORECASE
)


def derived(secret: Callable[[int], bytes]) -> str:
    """The code in groups, of seventy-five bits of a secret less a fraction; each attempt has its own."""
    for attempt in count():
        digits = "".join(ALPHABET[byte % len(ALPHABET)] for byte in secret(attempt)[: LENGTH - 1])
        if (check := _check(digits)) is not None:
            return grouped(digits + check)
    raise AssertionError


def tidy(written: str) -> str | None:
    """The code as we write it, or None for what no code can be.

    Examples
    --------
    >>> tidy("oooo-oooo-oooo-ooo0")
    '0000-0000-0000-0000'
    >>> tidy("0000-0000-0000-0001") is None
    True
    """
    plain = re.sub(r"[\s\u2010-\u2015-]", "", written).upper().translate(MISREAD)
    if len(plain) != LENGTH or not set(plain) <= set(ALPHABET) or plain[-1] != _check(plain[:-1]):
        return None
    return grouped(plain)


def found_in(text: str) -> list[str]:
    """All that looks like a code in the text, as it stands there, each once."""
    return list(dict.fromkeys(match.group() for match in WRITTEN.finditer(text)))


def grouped(plain: str) -> str:
    """The code with a hyphen after each four."""
    return "-".join(plain[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def _check(digits: str) -> str | None:
    value = 0
    for digit in digits:
        value = value * len(ALPHABET) + ALPHABET.index(digit)
    rest = value % MODULUS
    return ALPHABET[rest] if rest < len(ALPHABET) else None
