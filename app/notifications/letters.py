"""What a mail says: made when it is sent, in the recipient's language."""

from contextvars import copy_context
from dataclasses import dataclass
from email.message import EmailMessage

from sqlmodel import Session, select

from app import i18n, mail
from app.i18n import _
from app.models import Invitation, Membership, Message, Person, Round, Seminar
from app.models.seminars import MembershipState
from app.notifications import attachments, choices, round_letters
from app.notifications.round_letters import NotNeeded
from app.rounds import notices
from app.seminars import queries
from app.seminars.invitations import code_of, token_of
from app.settings import Settings
from app.web import render

__all__ = ["NotNeeded", "Wording", "preview", "write"]


@dataclass(frozen=True, slots=True)
class Wording:
    """Subject and text of a mail."""

    subject: str
    text: str


def write(session: Session, settings: Settings, message: Message) -> EmailMessage:
    """The mail as it is to be sent now; NotSent or NotNeeded if there is nothing to say any more."""
    membership = session.get_one(Membership, message.membership_id)
    person = session.get_one(Person, membership.person_id)
    seminar = session.get_one(Seminar, membership.seminar_id)
    invitation = _invitation(session, membership)
    gone = membership.state == MembershipState.WITHDRAWN or person.disabled_at is not None
    context = _ambient(session, settings, membership)
    if message.round_id is None:
        if invitation is None or gone:
            raise mail.NotSent(_("The invitation was taken back before it was sent."), for_good=True)
    else:
        round_ = session.get_one(Round, message.round_id)
        if gone or not round_letters.is_needed(session, message, round_, membership):
            raise NotNeeded
        context |= round_letters.facts(session, round_, membership)
        context["link"] = _link(settings, invitation, round_letters.page(message.kind, seminar, round_))
    language = person.locale or seminar.language
    attached = attachments.form(session, settings, message, language)
    words = _say(message.kind, language, context | {"form": attached is not None})
    reminds = message.kind == notices.REMINDER
    return mail.compose(
        settings,
        to=person.email,
        subject=words.subject,
        text=words.text,
        message_id=str(message.id),
        one_click=str(context["choice"]) if reminds else "",
        sender=seminar.short_title or seminar.title if message.round_id else "",
        attached=attached,
    )


def preview(session: Session, settings: Settings, round_: Round, language: str) -> Wording:
    """What a reminder says, to nobody in particular: no name, no link of anybody's."""
    seminar = session.get_one(Seminar, round_.seminar_id)
    context = {
        "person": Person(email="", timezone=None),
        "seminar": seminar,
        "organisers": _organisers(session, seminar),
        "link": f"{settings.origin}/…",
        "code": "••••••",
        "choice": f"{settings.origin}/reminders/…",
        "origin": settings.origin,
        "form": False,
    }
    return _say(notices.REMINDER, language, context | round_letters.facts(session, round_, None))


def _ambient(session: Session, settings: Settings, membership: Membership) -> dict[str, object]:
    seminar = session.get_one(Seminar, membership.seminar_id)
    invitation = _invitation(session, membership)
    return {
        "person": session.get_one(Person, membership.person_id),
        "membership": membership,
        "seminar": seminar,
        "organisers": _organisers(session, seminar),
        "link": _link(settings, invitation, ""),
        "code": code_of(settings, invitation) if invitation else "",
        "choice": f"{settings.origin}/reminders/{choices.token_of(session, settings, membership)}",
        "origin": settings.origin,
    }


def _link(settings: Settings, invitation: Invitation | None, page: str) -> str:
    """The member's own way in, on to a page; who has no invitation signs in there."""
    if invitation is None:
        return f"{settings.origin}{page}"
    onward = f"?next={page}" if page else ""
    return f"{settings.origin}/invitation/{token_of(settings, invitation)}{onward}"


def _organisers(session: Session, seminar: Seminar) -> list[str]:
    return [who.name for who in queries.organisers(session, seminar=seminar) if who.name]


def _invitation(session: Session, membership: Membership) -> Invitation | None:
    return session.exec(select(Invitation).where(Invitation.membership_id == membership.id)).one_or_none()


def _say(kind: str, language: str, context: dict[str, object]) -> Wording:
    return copy_context().run(_rendered, kind, language, context)


def _rendered(kind: str, language: str, context: dict[str, object]) -> Wording:
    i18n.use(language)
    folder = f"email/{kind}"
    return Wording(
        render.text(f"{folder}/subject.txt", **context), render.text(f"{folder}/body.txt", **context)
    )
