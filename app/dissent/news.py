"""What an expert finds on coming in about the statements in which she has a part, and facilitators of all."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from app.dissent import queries
from app.models import Panellist, Seminar
from app.models.dissent import StatementState
from app.policy import Permission, Role, allows

TOLD = queries.UNSETTLED | {StatementState.RELEASED}


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """How many of an expert's wait for her approval, are withheld, being collected, or released.

    `queue` is how many are being made, for who settles them, and of these `edited` those whose author has
    yet to approve other words.
    """

    to_approve: int = 0
    withheld: int = 0
    collected: int = 0
    released: int = 0
    queue: int = 0
    edited: int = 0

    @property
    def any(self) -> bool:
        """Whether there is anything to tell."""
        return any((self.to_approve, self.withheld, self.collected, self.released, self.queue))


def news(session: Session, *, seminar: Seminar, roles: Collection[Role], panellist: Panellist | None) -> News:
    """The news for a reader in these roles, who is this panellist if she is one."""
    settles = any(allows(role, Permission.SETTLE_DISSENT) for role in roles)
    if panellist is None and not settles:
        return News()
    nobody = UUID(int=0)  # nothing is shown in order here
    seen = queries.visible(
        session, seminar=seminar, roles=roles, panellist=panellist, reader=nobody, states=TOLD
    )
    mine = [one for one in seen if one.mine is not None]
    queue = [one for one in seen if settles and one.state in queries.COLLECTING]
    return News(
        to_approve=sum(one.awaits_me for one in mine),
        withheld=sum(one.state is StatementState.WITHHELD for one in mine),
        collected=sum(one.is_collecting and not one.awaits_me for one in mine),
        released=sum(one.state is StatementState.RELEASED for one in mine),
        queue=len(queue),
        edited=sum(one.state is StatementState.EDITED for one in queue),
    )
