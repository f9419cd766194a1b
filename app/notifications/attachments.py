"""The form that comes with the mails in which an expert is asked to answer."""

from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session

from app.db import transaction
from app.mail import Attachment
from app.models import Membership, Message, Round, Seminar
from app.offline import mailing
from app.rounds import notices
from app.settings import Settings

WITH_FORM = frozenset({notices.OPENED, notices.REMINDER})


def prepare(engine: Engine, settings: Settings, message_id: UUID) -> None:
    """What the mail brings along can be written: this is done apart, since it concerns the whole panel."""
    with transaction(engine, write=False) as session:
        message = session.get_one(Message, message_id)
        round_id = message.round_id if _brings_form(session, message) else None
    if round_id is not None:
        with transaction(engine) as session:
            mailing.prepare(session, settings, session.get_one(Round, round_id))


def form(session: Session, settings: Settings, message: Message, language: str) -> Attachment | None:
    """The form that the mail brings along, if it brings one."""
    if not _brings_form(session, message):
        return None
    membership = session.get_one(Membership, message.membership_id)
    round_ = session.get_one(Round, message.round_id)
    return mailing.attachment(session, settings, round_=round_, membership=membership, language=language)


def _brings_form(session: Session, message: Message) -> bool:
    if message.kind not in WITH_FORM:
        return False
    membership = session.get_one(Membership, message.membership_id)
    return mailing.is_wanted(session.get_one(Seminar, membership.seminar_id), membership)
