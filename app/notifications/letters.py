"""What a mail says: made when it is sent, in the recipient's language."""

from contextvars import copy_context
from email.message import EmailMessage

from sqlmodel import Session, select

from app import i18n, mail
from app.i18n import _
from app.models import Invitation, Membership, Message, Person, Seminar
from app.models.seminars import MembershipState
from app.seminars import queries
from app.seminars.invitations import code_of, token_of
from app.settings import Settings
from app.web import render


def write(session: Session, settings: Settings, message: Message) -> EmailMessage:
    """The mail as it is to be sent now; NotSent if there is nothing to say any more."""
    membership = session.get_one(Membership, message.membership_id)
    person = session.get_one(Person, membership.person_id)
    seminar = session.get_one(Seminar, membership.seminar_id)
    invitation = session.exec(
        select(Invitation).where(Invitation.membership_id == membership.id)
    ).one_or_none()
    if invitation is None or membership.state == MembershipState.WITHDRAWN or person.disabled_at:
        raise mail.NotSent(_("The invitation was taken back before it was sent."), for_good=True)
    context = {
        "person": person,
        "membership": membership,
        "seminar": seminar,
        "organisers": [who.name for who in queries.organisers(session, seminar=seminar) if who.name],
        "link": f"{settings.origin}/invitation/{token_of(settings, invitation)}",
        "code": code_of(settings, invitation),
        "origin": settings.origin,
    }
    subject, text = copy_context().run(_rendered, message.kind, person.locale or seminar.language, context)
    return mail.compose(settings, to=person.email, subject=subject, text=text, message_id=str(message.id))


def _rendered(kind: str, language: str, context: dict[str, object]) -> tuple[str, str]:
    i18n.use(language)
    folder = f"email/{kind}"
    return render.text(f"{folder}/subject.txt", **context), render.text(f"{folder}/body.txt", **context)
