"""What there is to do, found in rows: each job has a name, ids alone as its input, and a key used once.

A key tells one time of doing a thing from the next, so that no worker does it twice and a job that failed is
not lost: what a row goes on calling due gets another key a minute later.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session

from app import clock
from app.db import transaction
from app.models import Round
from app.notifications import reminders
from app.notifications import service as notifications
from app.outcome import preparing
from app.results import glimpses
from app.results import service as results
from app.rounds import service as rounds
from app.settings import Settings

A_MINUTE, AN_HOUR = "%Y%m%dT%H%M", "%Y%m%dT%H"


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do once."""

    deed: str
    ids: tuple[str, ...]
    key: str


Deed = Callable[..., str]


def due(session: Session) -> list[Job]:
    """What is to be done now: rounds before mails, since they cause some; files last, which take long."""
    told = [*_rounds(session), *_glimpses(session), *_reminders(session), *_messages(session)]
    return [*told, *_files(session)]


def _rounds(session: Session) -> list[Job]:
    return [_job(f"{one.act}_round", one.round_id, once=A_MINUTE) for one in rounds.due(session)]


def _glimpses(session: Session) -> list[Job]:
    return [_job("renew_glimpses", round_id, once=A_MINUTE) for round_id in glimpses.due(session)]


def _reminders(session: Session) -> list[Job]:
    return [_job("remind", one.round_id, one.day.isoformat(), once=AN_HOUR) for one in reminders.due(session)]


def _messages(session: Session) -> list[Job]:
    return [_job("send", one.message_id, one.attempt) for one in notifications.due(session)]


def _files(session: Session) -> list[Job]:
    made = [_job("make_file", one, once=A_MINUTE) for one in preparing.due(session)]
    return [*made, *(_job("forget_file", one, once=AN_HOUR) for one in preparing.old(session))]


def open_round(engine: Engine, _settings: Settings, round_id: str) -> str:
    """Open a scheduled round, or tell its staff why not."""
    with transaction(engine) as session:
        return "opened" if rounds.open_due(session, UUID(round_id)) else "not opened"


def close_round(engine: Engine, settings: Settings, round_id: str) -> str:
    """Close a round whose time is over, and count it."""
    with transaction(engine) as session:
        return "closed" if results.close_due(session, settings, UUID(round_id)) else "not closed"


def renew_glimpses(engine: Engine, settings: Settings, round_id: str) -> str:
    """Let what a real-time round shows of itself go on."""
    with transaction(engine) as session:
        renewed = glimpses.renew(session, settings, session.get_one(Round, UUID(round_id)))
    return f"{renewed} renewed"


def remind(engine: Engine, _settings: Settings, round_id: str, day: str) -> str:
    """Write the reminders of that day."""
    with transaction(engine) as session:
        written = reminders.remind_on(session, UUID(round_id), date.fromisoformat(day))
    return f"{written} written"


def send(engine: Engine, settings: Settings, message_id: str, attempt: str) -> str:
    """Make an attempt at sending a message."""
    one = notifications.Due(UUID(message_id), int(attempt))
    return notifications.deliver(engine, settings, one, alone=True)


def make_file(engine: Engine, settings: Settings, file_id: str) -> str:
    """Make a file that somebody has asked for."""
    return preparing.make(engine, settings, UUID(file_id))


def forget_file(engine: Engine, _settings: Settings, file_id: str) -> str:
    """Keep a file no longer."""
    return preparing.forget(engine, UUID(file_id))


DEEDS: Mapping[str, Deed] = MappingProxyType(
    {
        "open_round": open_round,
        "close_round": close_round,
        "renew_glimpses": renew_glimpses,
        "remind": remind,
        "send": send,
        "make_file": make_file,
        "forget_file": forget_file,
    }
)


def _job(deed: str, *ids: object, once: str = "") -> Job:
    """A job that is done once, or once in each of the spans of time that the format `once` tells apart."""
    named = tuple(str(one) for one in ids)
    span = (f"{clock.now():{once}}",) if once else ()
    return Job(deed, named, "-".join((deed, *named, *span)))
