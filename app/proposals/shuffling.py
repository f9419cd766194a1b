"""Rewrite a seminar's proposals in random order, so that storage tells no order of proposing.

PostgreSQL keeps rows where they were written, and shows it by `ctid`: beside the times at which members
were there it could say whose proposal is whose (security.md, trap 2). Done whenever a round closes. A row
that is written again stands behind all others; what the database keeps of old rows is out of reach here.
"""

from secrets import SystemRandom
from uuid import UUID

from sqlmodel import Session, col, select, update

from app.models import Proposal, Remark, Seminar


def shuffle(session: Session, seminar: Seminar) -> None:
    """Nothing that can be read says any more in which order proposals and remarks were written.

    What somebody holds at this moment stays where it is. To wait for it could take for ever: a facilitator
    who decides on it waits for the audit log, which the closing of a round holds already.
    """
    session.flush()
    mine = select(Proposal.id).where(Proposal.seminar_id == seminar.id)
    proposals = list(session.exec(mine.with_for_update(skip_locked=True)))
    remarks = list(session.exec(select(Remark.id).where(col(Remark.proposal_id).in_(proposals))))
    for key in _mixed(proposals):
        rewritten = update(Proposal).where(col(Proposal.id) == key).values(reference=Proposal.reference)
        session.exec(rewritten.execution_options(synchronize_session=False))
    for key in _mixed(remarks):
        said = update(Remark).where(col(Remark.id) == key).values(text=Remark.text)
        session.exec(said.execution_options(synchronize_session=False))


def _mixed(keys: list[UUID]) -> list[UUID]:
    SystemRandom().shuffle(keys)
    return keys
