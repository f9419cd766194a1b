"""From the address to who reads, as whom on the panel, and to the statement if she may see it."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request

from app.dissent import queries
from app.errors import NotFound
from app.models import Membership, MinorityStatement, Panellist, Seminar
from app.policy import Permission, Role, allows
from app.seminars import pseudonyms
from app.seminars.deps import MyMemberships, SeminarDep, member_who_may
from app.seminars.pseudonyms import LinkDestroyed
from app.web.session import SessionDep

Member = Annotated[Membership, Depends(member_who_may(Permission.READ))]
Expert = Annotated[Membership, Depends(member_who_may(Permission.DISSENT))]
Settler = Annotated[Membership, Depends(member_who_may(Permission.SETTLE_DISSENT))]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: in which roles, and as whom on the panel, if she is of it and that can still be known."""

    seminar: Seminar
    roles: frozenset[Role]
    panellist: Panellist | None
    key: UUID


def reader_of(
    request: Request, session: SessionDep, member: Member, mine: MyMemberships, seminar: SeminarDep
) -> Reader:
    """Any member of the seminar."""
    expert = next((one for one in mine if allows(one.role, Permission.DISSENT)), None)
    panellist = None
    if expert is not None:
        try:
            panellist = pseudonyms.panellist_of(session, request.app.state.settings, expert)
        except LinkDestroyed:
            panellist = None
    return Reader(seminar, request.state.roles, panellist, panellist.id if panellist else member.id)


ReaderDep = Annotated[Reader, Depends(reader_of)]


def panellist_of(request: Request, session: SessionDep, expert: Expert) -> Panellist:
    """The expert as whom she is on the panel."""
    return pseudonyms.panellist_of(session, request.app.state.settings, expert)


PanellistDep = Annotated[Panellist, Depends(panellist_of)]


def statement_of(session: SessionDep, reader: ReaderDep, statement_reference: str) -> MinorityStatement:
    """The statement of that reference, if the reader may see it; else nothing is said of it."""
    found = queries.find(session, seminar=reader.seminar, reference=statement_reference)
    if found is None or not queries.may_see(queries.view(session, found, reader.panellist), reader.roles):
        raise NotFound
    return found


StatementDep = Annotated[MinorityStatement, Depends(statement_of)]
