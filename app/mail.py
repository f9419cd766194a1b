"""Send one message: by SMTP where a host is set, else as a file in a folder."""

import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, parseaddr
from pathlib import Path
from uuid import uuid4

import structlog

from app import clock
from app.i18n import _
from app.settings import Settings

log = structlog.get_logger()
TIMEOUT_SECONDS = 20
FOR_GOOD = 500  # SMTP's codes from here on say that trying again is of no use
LONGEST_REASON = 300


class NotSent(Exception):
    """The message did not leave; `reason` says why, `for_good` whether trying again is of no use."""

    def __init__(self, reason: str, *, for_good: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.for_good = for_good


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that comes with a mail."""

    name: str
    media: str
    content: bytes


def compose(
    settings: Settings,
    *,
    to: str,
    subject: str,
    text: str,
    message_id: str | None = None,
    one_click: str = "",
    sender: str = "",
    attached: Attachment | None = None,
) -> EmailMessage:
    """A plain-text message; a line break in the subject becomes a blank, one in the address is refused.

    `one_click` is an address at which mail programs ask for no more such mails (RFC 8058), `sender` a name
    to be shown instead of the installation's.
    """
    message = EmailMessage()
    try:
        message["From"] = _named(sender, settings.mail_from)
        message["To"] = to
        message["Subject"] = _one_line(subject)
    except ValueError:
        raise NotSent(_("The address cannot be written into a mail."), for_good=True) from None
    message["Date"] = formatdate(clock.now().timestamp(), localtime=False)
    message["Message-ID"] = f"<{message_id or uuid4()}@{settings.base_url.host}>"
    message["Auto-Submitted"] = "auto-generated"
    if one_click:
        message["List-Unsubscribe"] = f"<{one_click}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(text)
    if attached:
        kind, _slash, subtype = attached.media.partition("/")
        message.add_attachment(attached.content, maintype=kind, subtype=subtype, filename=attached.name)
    return message


def _named(name: str, configured: str) -> str | Address:
    return Address(_one_line(name), addr_spec=parseaddr(configured)[1]) if name else configured


def _one_line(text: str) -> str:
    # "=?" would begin an encoded word, in which anything could stand
    return " ".join(text.split()).replace("=?", "= ?")


def send(settings: Settings, message: EmailMessage) -> None:
    """Hand the message over, or raise NotSent with what the server or the disk said."""
    try:
        if settings.smtp_host:
            _send_by_smtp(settings, message)
        else:
            _write_to_folder(settings, message)
    except smtplib.SMTPRecipientsRefused as refused:
        code, words = next(iter(refused.recipients.values()))
        raise _answered(code, words) from None
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as refused:
        raise _answered(refused.smtp_code, refused.smtp_error) from None
    except (smtplib.SMTPException, OSError) as fault:
        # this installation's fault or the network's, and no word about the address: it is worth another try
        log.warning("mail not handed over", kind=type(fault).__name__)
        raise NotSent(_("The mail server cannot be used at the moment."), for_good=False) from None


def _answered(code: int, words: bytes | str) -> NotSent:
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    return NotSent(f"{code} {' '.join(text.split())}"[:LONGEST_REASON], for_good=code >= FOR_GOOD)


def _send_by_smtp(settings: Settings, message: EmailMessage) -> None:
    server = _connect(settings)
    try:
        if settings.smtp_security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
        server.send_message(message)
    finally:
        # once the message is taken, a rude goodbye must not make it look as if it were not
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
        server.close()


def _connect(settings: Settings) -> smtplib.SMTP:
    host, port, name = settings.smtp_host, settings.smtp_port, settings.base_url.host
    if settings.smtp_security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(host, port, name, timeout=TIMEOUT_SECONDS, context=context)
    return smtplib.SMTP(host, port, name, timeout=TIMEOUT_SECONDS)


def _write_to_folder(settings: Settings, message: EmailMessage) -> None:
    settings.mail_folder.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^0-9A-Za-z-]", "", str(message["Message-ID"]).partition("@")[0])
    path = settings.mail_folder / f"{clock.now():%Y%m%d-%H%M%S}-{name[:36]}.eml"
    _write_privately(path, bytes(message))
    log.info(
        "mail written to a folder, as no SMTP host is set", folder=str(settings.mail_folder), file=path.name
    )


def _write_privately(path: Path, content: bytes) -> None:
    # links that sign people in stand in these files; and whoever lists the folder sees whole mails only
    unfinished = path.with_suffix(".part")
    unfinished.touch(mode=0o600)
    unfinished.write_bytes(content)
    unfinished.rename(path)
