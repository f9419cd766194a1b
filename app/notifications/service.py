"""Send the mail that is due, each message once as far as that can be known."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, Engine
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, delete, select, update

from app import clock, mail
from app.db import transaction
from app.errors import Conflict
from app.i18n import _
from app.models import Message
from app.models.notifications import MessageState
from app.notifications import attachments, letters
from app.settings import Settings

log = structlog.get_logger()
BATCH = 50
# long enough for the slowest server; a message under way for longer was dropped by a process that died
UNDER_WAY = timedelta(minutes=5)
MOST_ATTEMPTS = 12
LONGEST_WAIT = timedelta(hours=4)


class Outcome(StrEnum):
    """What became of an attempt at sending a message: its new state, or that there was nothing to do."""

    SENT = MessageState.SENT
    QUEUED = MessageState.QUEUED
    FAILED = MessageState.FAILED
    DROPPED = "dropped"
    NOTHING = "nothing"


class NotFailed(Conflict):
    """A message that was not given up."""

    message = "This mail has not failed."


@dataclass(frozen=True, slots=True)
class Due:
    """A message that is to be sent now, and the how-manieth attempt at it that is."""

    message_id: UUID
    attempt: int


def due(session: Session, limit: int = BATCH) -> list[Due]:
    """What is to be sent, the longest due first; a message dropped by a process that died is due again."""
    waiting = select(Message.id, Message.attempts).where(_is_due())
    rows = session.exec(waiting.order_by(col(Message.due_at), col(Message.id)).limit(limit))
    return [Due(message_id, attempts + 1) for message_id, attempts in rows]


def deliver_due(engine: Engine, settings: Settings) -> int:
    """Send what is due one after the other, at most a batch of it; how many messages were taken in hand."""
    with transaction(engine, write=False) as session:
        waiting = due(session)
    return sum(deliver(engine, settings, one) is not Outcome.NOTHING for one in waiting)


def deliver(engine: Engine, settings: Settings, due: Due, *, alone: bool = False) -> Outcome:
    """Make this attempt at sending the message, unless it has been made; what became of it.

    Who is `alone` in making it, and was interrupted, makes it again: the message may then arrive twice,
    under one Message-ID.
    """
    if not _take(engine, due, alone=alone):
        return Outcome.NOTHING
    try:
        attachments.prepare(engine, settings, due.message_id)
        with transaction(engine, write=False) as session:
            letter = letters.write(session, settings, session.get_one(Message, due.message_id))
        mail.send(settings, letter)
    except letters.NotNeeded:
        with transaction(engine) as session:
            session.exec(delete(Message).where(col(Message.id) == due.message_id))
        return Outcome.DROPPED
    except mail.NotSent as refused:
        return _settle(engine, due, _after(refused, due.attempt))
    except OperationalError:
        raise  # the database is away: the message stays under way, and is due again in a while
    except Exception as fault:
        log.exception("mail cannot be written", message=str(due.message_id), kind=type(fault).__name__)
        unwritten = mail.NotSent(_("The mail could not be written."), for_good=False)
        return _settle(engine, due, _after(unwritten, due.attempt))
    return _settle(engine, due, {"state": MessageState.SENT, "sent_at": clock.now(), "problem": ""})


def send_again(session: Session, message: Message) -> None:
    """A message that was given up is due once more, with as many attempts as a new one has."""
    if message.state is not MessageState.FAILED:
        raise NotFailed
    # attempts are counted on, since each is made once: the next is the first of another dozen
    message.attempts = -(-message.attempts // MOST_ATTEMPTS) * MOST_ATTEMPTS
    message.state, message.due_at, message.problem = MessageState.QUEUED, clock.now(), ""
    session.add(message)


def _is_due() -> ColumnElement[bool]:
    waiting = col(Message.state).in_([MessageState.QUEUED, MessageState.SENDING])
    return waiting & (col(Message.due_at) <= clock.now())


def _take(engine: Engine, due: Due, *, alone: bool) -> bool:
    """Mark the message as under way in this attempt, so that nobody else takes it."""
    free = _is_due() & (col(Message.attempts) == due.attempt - 1)
    if alone:
        free |= (col(Message.state) == MessageState.SENDING) & (col(Message.attempts) == due.attempt)
    under_way = {"state": MessageState.SENDING, "attempts": due.attempt, "due_at": clock.now() + UNDER_WAY}
    with transaction(engine) as session:
        mine = update(Message).where(col(Message.id) == due.message_id, free)
        return session.exec(mine.values(**under_way)).rowcount == 1


def _after(refused: mail.NotSent, attempt: int) -> dict[str, object]:
    if refused.for_good or attempt % MOST_ATTEMPTS == 0:
        return {"state": MessageState.FAILED, "problem": refused.reason}
    return {"state": MessageState.QUEUED, "problem": refused.reason, "due_at": next_try(attempt)}


def next_try(attempt: int) -> datetime:
    """When to try again: after 1, 2, 4 … minutes, and never after more than some hours."""
    failures = (attempt - 1) % MOST_ATTEMPTS
    return clock.now() + min(timedelta(minutes=2**failures), LONGEST_WAIT)


def _settle(engine: Engine, due: Due, changes: dict[str, object]) -> Outcome:
    with transaction(engine) as session:
        session.exec(update(Message).where(col(Message.id) == due.message_id).values(**changes))
    return Outcome(str(changes["state"]))
