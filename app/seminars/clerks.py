"""Who reads forms by their code must never be one who knows names, answers herself, or reads results."""

from collections.abc import Iterable, Iterator

from sqlmodel import Session, col, select

from app.errors import Conflict
from app.models import AuditEntry, Membership
from app.models.seminars import MembershipState
from app.policy import Role

# what a form clerk may be beside, before and after
BESIDE = frozenset({Role.CLERK, Role.OBSERVER})
JOINED, CHANGED = "seminar:member:join", "seminar:member:role"


class ClerkOrMore(Conflict):
    """Names and single answers would meet in one head."""

    message = (
        "A form clerk sees what single experts answered, and others see names. Who is or was a form clerk of "
        "this seminar can only be an observer beside it, and who is or was anything else no form clerk."
    )


def refuse_clash(session: Session, theirs: Iterable[Membership], offered: Iterable[Role], role: Role) -> None:
    """Refuse the role to who has been what does not go with it; `offered` are the roles held besides."""
    known = {*offered, *_roles_had(session, list(theirs))}
    if (role is Role.CLERK and known - BESIDE) or (Role.CLERK in known and role not in BESIDE):
        raise ClerkOrMore


def _roles_had(session: Session, theirs: list[Membership]) -> Iterator[Role]:
    """What she has been here since she joined, as the log tells: what was seen stays seen."""
    told = session.exec(
        select(AuditEntry)
        .where(
            col(AuditEntry.subject).in_([str(one.id) for one in theirs]),
            col(AuditEntry.action).in_([JOINED, CHANGED]),
        )
        .order_by(col(AuditEntry.number))
    ).all()
    for one in theirs:
        entries = [entry for entry in told if entry.subject == str(one.id)]
        joined = next((entry.number for entry in entries if entry.action == JOINED), None)
        if joined is None and one.state is not MembershipState.JOINED:
            continue
        yield one.role
        for entry in entries:
            if entry.action == CHANGED and entry.number > (joined or 0):
                yield Role(entry.details["before"])
