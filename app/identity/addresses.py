"""Mail addresses and names as they are kept."""

import re

from app.errors import AppError

LONGEST_ADDRESS = 254
LONGEST_NAME = 200
ADDRESS = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+"
)


class NotAnAddress(AppError, ValueError):
    """A text that no mail can be sent to."""

    message = "Please enter an e-mail address, such as name@example.org."


def tidy_address(typed: str) -> str:
    """The address in lower case, or NotAnAddress."""
    address = typed.strip().lower()
    if len(address) > LONGEST_ADDRESS or not ADDRESS.fullmatch(address):
        raise NotAnAddress
    return address


def tidy_name(typed: str) -> str:
    """The name on one line."""
    return " ".join("".join(c for c in typed if c.isprintable() or c.isspace()).split())[:LONGEST_NAME]
