"""The mails that a round causes: rows in the transaction of their cause, sent once that is certain."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from sqlmodel import Session, col, select

from app import clock
from app.models import Membership, Message, Round
from app.models.rounds import ROOM
from app.models.seminars import MembershipState
from app.policy import Role

OPENED, REMINDER = "round_opened", "round_reminder"
EXTENDED, REOPENED = "round_extended", "round_reopened"
PUBLISHED, NOT_OPENED = "round_published", "round_not_opened"
MORE_TIME = "deadline_extended"
FORM_ENTERED = "form_entered"
MINORITY_WORDING = "minority_wording"

PANEL = frozenset({Role.EXPERT})
# to whom a mail of each kind goes, if nobody is named
AUDIENCE: dict[str, frozenset[Role]] = {
    OPENED: PANEL,
    EXTENDED: PANEL,
    REOPENED: PANEL,
    PUBLISHED: PANEL | {Role.OBSERVER},
    NOT_OPENED: frozenset({Role.FACILITATOR}),
    # to all alike: a mail to the owners alone would tell who they are
    MINORITY_WORDING: PANEL,
}


def announce(
    session: Session,
    round_: Round,
    kind: str,
    occasion: str = "",
    to: Iterable[Membership] | None = None,
) -> int:
    """A mail of this kind is due to these members, or to all whom it concerns; how many are new.

    Nobody gets two mails of one kind and one occasion about one round, however often this is called. Of a
    vote in the room nobody is told by mail: who takes part sits there.
    """
    if round_.kind == ROOM:
        return 0
    members = to if to is not None else _audience(session, round_, AUDIENCE[kind])
    has_one = _written(session, round_, kind, occasion)
    new = [member.id for member in members if member.id not in has_one]
    now = clock.now()
    for membership_id in new:
        mail = Message(membership_id=membership_id, round_id=round_.id, kind=kind, due_at=now)
        mail.occasion = occasion
        session.add(mail)
    session.flush()
    return len(new)


def at(moment: datetime) -> str:
    """The occasion of a mail about a time that is given once."""
    return moment.isoformat(timespec="minutes")


def anew(moment: datetime) -> str:
    """The occasion of a mail about a closing time: whenever it is given, as after it was taken back."""
    return f"{at(moment)} {uuid4().hex[:8]}"


def _audience(session: Session, round_: Round, roles: frozenset[Role]) -> list[Membership]:
    return list(
        session.exec(
            select(Membership).where(
                Membership.seminar_id == round_.seminar_id,
                Membership.state == MembershipState.JOINED,
                col(Membership.role).in_(roles),
            )
        )
    )


def _written(session: Session, round_: Round, kind: str, occasion: str) -> set[UUID]:
    mine = (Message.round_id == round_.id, Message.kind == kind, Message.occasion == occasion)
    return set(session.exec(select(Message.membership_id).where(*mine)))
