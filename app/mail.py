"""Send one message: by SMTP where a host is set, else as a file in a folder."""

import re
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate
from uuid import uuid4

import structlog

from app import clock
from app.settings import Settings

log = structlog.get_logger()
TIMEOUT_SECONDS = 20


def compose(
    settings: Settings, *, to: str, subject: str, text: str, message_id: str | None = None
) -> EmailMessage:
    """A plain-text message; a line break in an address or subject is refused by `EmailMessage`."""
    message = EmailMessage()
    message["From"] = settings.mail_from
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = formatdate(clock.now().timestamp(), localtime=False)
    message["Message-ID"] = f"<{message_id or uuid4()}@{settings.base_url.host}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


def send(settings: Settings, message: EmailMessage) -> None:
    """Hand the message over, or raise what the server or the disk said."""
    if settings.smtp_host:
        _send_by_smtp(settings, message)
    else:
        _write_to_folder(settings, message)


def _send_by_smtp(settings: Settings, message: EmailMessage) -> None:
    context = ssl.create_default_context()
    if settings.smtp_security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            settings.smtp_host, settings.smtp_port, timeout=TIMEOUT_SECONDS, context=context
        )
    else:
        server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT_SECONDS)
    with server:
        if settings.smtp_security == "starttls":
            server.starttls(context=context)
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
        server.send_message(message)


def _write_to_folder(settings: Settings, message: EmailMessage) -> None:
    settings.mail_folder.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^0-9A-Za-z-]", "", str(message["Message-ID"]).partition("@")[0])
    path = settings.mail_folder / f"{clock.now():%Y%m%d-%H%M%S}-{name[:36]}.eml"
    path.write_bytes(bytes(message))
    log.info(
        "mail written to a folder, as no SMTP host is set", folder=str(settings.mail_folder), file=path.name
    )
