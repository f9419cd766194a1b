"""Send the mail that is due, each message once as far as that can be known."""

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, Engine
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select, update

from app import clock, mail
from app.db import transaction
from app.i18n import _
from app.models import Message
from app.models.notifications import MessageState
from app.notifications import letters
from app.settings import Settings

log = structlog.get_logger()
BATCH = 50
# long enough for the slowest server; a message under way for longer was dropped by a process that died
UNDER_WAY = timedelta(minutes=5)
MOST_ATTEMPTS = 12
LONGEST_WAIT = timedelta(hours=4)


def deliver_due(engine: Engine, settings: Settings) -> int:
    """Send what is due, at most a batch of it; the number of messages that were taken in hand."""
    taken = 0
    while taken < BATCH and (message := _claim(engine)):
        _settle(engine, message.id, _deliver(engine, settings, message))
        taken += 1
    return taken


def _claim(engine: Engine) -> Message | None:
    """The message that has waited longest, marked as under way so that nobody else takes it."""
    with transaction(engine, write=False) as session:
        if session.exec(select(Message.id).where(_is_due()).limit(1)).first() is None:
            return None
    with transaction(engine) as session:
        waiting = select(Message).where(_is_due()).order_by(col(Message.due_at)).limit(1)
        message = session.exec(waiting.with_for_update(skip_locked=True)).one_or_none()
        if message is None or not _take(session, message):
            return None
        return message


def _is_due() -> ColumnElement[bool]:
    waiting = col(Message.state).in_([MessageState.QUEUED, MessageState.SENDING])
    return waiting & (col(Message.due_at) <= clock.now())


def _take(session: Session, message: Message) -> bool:
    taken = session.exec(
        update(Message)
        .where(col(Message.id) == message.id, _is_due())
        .values(state=MessageState.SENDING, attempts=Message.attempts + 1, due_at=clock.now() + UNDER_WAY)
    )
    session.refresh(message)
    return taken.rowcount == 1


def _deliver(engine: Engine, settings: Settings, message: Message) -> dict[str, object]:
    """What becomes of the message now that it was tried."""
    try:
        with transaction(engine, write=False) as session:
            letter = letters.write(session, settings, message)
        mail.send(settings, letter)
    except mail.NotSent as refused:
        return _after(refused, message.attempts)
    except OperationalError:
        raise  # the database is away: the message stays under way, and is due again in a while
    except Exception as fault:
        log.exception("mail cannot be written", message=str(message.id), kind=type(fault).__name__)
        return _after(mail.NotSent(_("The mail could not be written."), for_good=False), message.attempts)
    return {"state": MessageState.SENT, "sent_at": clock.now(), "problem": ""}


def _after(refused: mail.NotSent, attempts: int) -> dict[str, object]:
    if refused.for_good or attempts >= MOST_ATTEMPTS:
        return {"state": MessageState.FAILED, "problem": refused.reason}
    return {"state": MessageState.QUEUED, "problem": refused.reason, "due_at": next_try(attempts)}


def next_try(attempts: int) -> datetime:
    """When to try again: after 1, 2, 4 … minutes, and never after more than some hours."""
    return clock.now() + min(timedelta(minutes=2 ** (attempts - 1)), LONGEST_WAIT)


def _settle(engine: Engine, message_id: UUID, outcome: dict[str, object]) -> None:
    with transaction(engine) as session:
        session.exec(update(Message).where(col(Message.id) == message_id).values(**outcome))
