"""The proposals of a form become its author's; one of which something is missing waits for her as a draft."""

from sqlmodel import Session, col, select

from app.errors import Invalid
from app.models import Membership, Panellist, Proposal, Question, Seminar
from app.models.proposals import ProposalState
from app.models.registers import Kind
from app.offline.entries import Entry
from app.offline.layouts.propose import KIND, TEXT, TITLE
from app.offline.sheet import Section
from app.proposals import service as proposals
from app.registers.drafts import ItemDraft


def propose(
    session: Session,
    seminar: Seminar,
    panellist: Panellist,
    membership: Membership,
    question: Question,
    section: Section,
    entry: Entry,
) -> int:
    """Save and submit each proposal; the number of those that could only be saved."""
    waiting = 0
    for _, row in section.rows:
        said = {cell.part: entry.reading(cell).value for cell in row.cells}
        if not said[TITLE] and not said[TEXT]:
            continue
        kinds = [option.value for cell in row.cells if cell.part == KIND for option in cell.options]
        kind = Kind(said[KIND] or kinds[0])
        draft = ItemDraft(kind=kind, title=" ".join(said[TITLE].split()), text=said[TEXT])
        if _is_there(session, panellist, question, draft):
            continue  # the same form was entered before
        saved = proposals.save_draft(
            session,
            seminar=seminar,
            panellist=panellist,
            membership=membership,
            draft=draft,
            question=question,
        )
        # without a kind it is for its author to say what it is
        waiting += not (said[KIND] and _submitted(session, seminar, panellist, membership, saved))
    return waiting


def _submitted(
    session: Session, seminar: Seminar, panellist: Panellist, membership: Membership, proposal: Proposal
) -> bool:
    try:
        proposals.submit(
            session, seminar=seminar, panellist=panellist, membership=membership, proposal=proposal
        )
    except Invalid:
        return False
    return True


def _is_there(session: Session, panellist: Panellist, question: Question, draft: ItemDraft) -> bool:
    same = select(Proposal.id).where(
        Proposal.panellist_id == panellist.id,
        Proposal.question_id == question.id,
        Proposal.title == draft.title,
        Proposal.text == draft.text,
        col(Proposal.state) != ProposalState.WITHDRAWN,
    )
    return session.exec(same).first() is not None
