"""The mail with a one-time link, made after the answer has left: its time tells nobody who is known."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.message import EmailMessage
from functools import partial
from urllib.parse import urlencode

import structlog
from sqlalchemy import Engine

from app import i18n, mail
from app.db import transaction
from app.identity import queries, service
from app.identity.service import LinkSecrets
from app.settings import Settings
from app.web import render

log = structlog.get_logger()
# of its own, so that a slow mail server takes no thread from requests
_threads = ThreadPoolExecutor(4, "sign-in mail")


async def post_link(engine: Engine, settings: Settings, **facts: str) -> None:
    """The mail is sent, if anybody is to have it, while other requests are answered."""
    await asyncio.get_running_loop().run_in_executor(_threads, partial(send_link, engine, settings, **facts))


def send_link(
    engine: Engine, settings: Settings, *, email: str, browser: str, onward: str, language: str
) -> None:
    """The person with this address has a link in her mail; nobody else has anything.

    The link's secrets live here and in the mail alone. Should the mail fail, a fresh link is one click away.
    """
    try:
        with transaction(engine) as session:
            service.forget_old_rows(session, settings)
            person = queries.find_person(session, email=email)
            made = service.make_link(session, settings, person=person, browser=browser) if person else None
        if person and made:
            i18n.use(person.locale or language)
            mail.send(settings, _letter(settings, to=person.email, made=made, onward=onward))
    except Exception as fault:  # noqa: BLE001 - nobody waits, and a trace would name the person in the log
        log.error("sign-in mail not sent", kind=type(fault).__name__)  # noqa: TRY400


def _letter(settings: Settings, *, to: str, made: LinkSecrets, onward: str) -> EmailMessage:
    context = {
        "link": f"{settings.origin}/sign-in/{made.token}?{urlencode({'next': onward})}",
        "code": made.code,
        "validity": i18n.duration(timedelta(minutes=settings.sign_in_minutes)),
        "origin": settings.origin,
    }
    return mail.compose(
        settings,
        to=to,
        subject=render.text("email/sign_in/subject.txt", **context),
        text=render.text("email/sign_in/body.txt", **context),
    )
