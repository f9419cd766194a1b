"""What an expert finds about her proposals on coming in: a mail about it would tell whose they are."""

from collections import Counter
from dataclasses import dataclass

from sqlmodel import Session, select

from app.models import Panellist, Proposal, Seminar
from app.models.proposals import ProposalState
from app.proposals import aftermath
from app.proposals.queries import DECIDED


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """How many of her proposals wait for her or for the facilitators, are decided, or are drafts.

    `changed` counts the items about which she answered and that were changed since, `withheld` her texts
    that the panel does not see as she wrote them.
    """

    returned: int = 0
    waiting: int = 0
    decided: int = 0
    drafts: int = 0
    changed: int = 0
    withheld: int = 0

    @property
    def any(self) -> bool:
        """Whether there is anything to tell."""
        return any((self.returned, self.waiting, self.decided, self.drafts, self.changed, self.withheld))


def of_author(session: Session, *, seminar: Seminar, panellist: Panellist) -> News:
    """The news for one panellist."""
    mine = select(Proposal.state).where(
        Proposal.seminar_id == seminar.id, Proposal.panellist_id == panellist.id
    )
    states = Counter(ProposalState(state) for state in session.exec(mine))
    return News(
        returned=states[ProposalState.RETURNED],
        waiting=states[ProposalState.SUBMITTED],
        decided=sum(states[state] for state in DECIDED),
        drafts=states[ProposalState.DRAFT],
        changed=len(aftermath.of_answers(session, seminar=seminar, panellist=panellist)),
        withheld=len(aftermath.of_texts(session, seminar=seminar, panellist=panellist)),
    )
