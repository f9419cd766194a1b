"""From the address to who reads, and as whom on the panel."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request

from app.feedback import queries
from app.models import Membership, Panellist, Round, Seminar
from app.policy import Permission, Role, allows
from app.rounds.deps import RoundDep
from app.seminars import pseudonyms
from app.seminars.deps import MyMemberships, SeminarDep, member_who_may
from app.seminars.pseudonyms import LinkDestroyed
from app.web.session import SessionDep

Member = Annotated[Membership, Depends(member_who_may(Permission.READ))]
Expert = Annotated[Membership, Depends(member_who_may(Permission.ANSWER))]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: in which roles, and as whom on the panel, if she is of it and that can still be known."""

    seminar: Seminar
    round_: Round
    roles: frozenset[Role]
    panellist: Panellist | None
    key: UUID


def reader_of(
    request: Request,
    session: SessionDep,
    member: Member,
    mine: MyMemberships,
    seminar: SeminarDep,
    round_: RoundDep,
) -> Reader:
    """Any member of the seminar at the round at this address."""
    expert = next((one for one in mine if allows(one.role, Permission.ANSWER)), None)
    panellist = None
    if expert is not None:
        try:
            panellist = pseudonyms.panellist_of(session, request.app.state.settings, expert)
        except LinkDestroyed:
            panellist = None
    key = queries.reader_key(panellist, member.id)
    return Reader(seminar, round_, request.state.roles, panellist, key)


ReaderDep = Annotated[Reader, Depends(reader_of)]


def panellist_of(request: Request, session: SessionDep, expert: Expert) -> Panellist:
    """The expert as whom she is on the panel."""
    return pseudonyms.panellist_of(session, request.app.state.settings, expert)


PanellistDep = Annotated[Panellist, Depends(panellist_of)]
