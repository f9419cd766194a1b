"""From the address to the author and her proposal."""

from typing import Annotated

from fastapi import Depends, Request

from app.errors import NotFound
from app.models import Membership, Panellist, Proposal
from app.policy import Permission
from app.proposals import queries
from app.registers.deps import KindDep
from app.seminars import pseudonyms
from app.seminars.deps import SeminarDep, member_who_may
from app.web.session import SessionDep

Proposer = Annotated[Membership, Depends(member_who_may(Permission.PROPOSE))]


def author_of(request: Request, session: SessionDep, proposer: Proposer) -> Panellist:
    """The expert as the panel knows her."""
    return pseudonyms.panellist_of(session, request.app.state.settings, proposer)


AuthorDep = Annotated[Panellist, Depends(author_of)]


def own_proposal(session: SessionDep, seminar: SeminarDep, author: AuthorDep, reference: str) -> Proposal:
    """The author's own proposal of that reference; nobody learns of others'."""
    found = queries.find(session, seminar=seminar, reference=reference, panellist=author)
    if found is None:
        raise NotFound
    return found


ProposalDep = Annotated[Proposal, Depends(own_proposal)]


def proposable(kind: KindDep) -> KindDep:
    """A kind of which something can be proposed."""
    if kind not in queries.PROPOSABLE:
        raise NotFound
    return kind


ProposableDep = Annotated[KindDep, Depends(proposable)]
