"""What lies in the folder into which mail goes where no SMTP host is set."""

import email
import re
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit


class Letter(NamedTuple):
    """A mail, and the link and the code in it."""

    to: str
    subject: str
    text: str
    link: str
    code: str
    message_id: str


def letters(folder: Path) -> list[Letter]:
    """The mails in the order in which they were sent."""
    files = sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns) if folder.exists() else []
    return [read(file.read_bytes()) for file in files]


def read(content: bytes) -> Letter:
    """One mail."""
    message = email.message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    text = message.get_content()
    link = re.search(r"https?://\S+/(?:sign-in|invitation)/\S+", text)
    code = re.search(r"^ +(\d{6})\s*$", text, re.MULTILINE)
    assert link
    assert code
    path = urlsplit(link.group())
    return Letter(
        to=message["To"],
        subject=message["Subject"],
        text=text,
        link=path.path + (f"?{path.query}" if path.query else ""),
        code=code.group(1),
        message_id=message["Message-ID"],
    )
