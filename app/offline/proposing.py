"""The proposals of a form become its author's; one of which something is missing waits for her as a draft.

A form may come back twice. What became of each of its lines is kept beside it until the round closes, so that
a line is one proposal, whatever its author has made of that since.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlmodel import Session, col, select

from app.errors import Invalid
from app.models import Membership, Panellist, PaperForm, Proposal, Question, Seminar
from app.models.proposals import ProposalState
from app.models.registers import Kind
from app.offline.entries import Entry
from app.offline.layouts.propose import KIND, TEXT, TITLE
from app.offline.sheet import Row, Section
from app.proposals import queries
from app.proposals import service as proposals
from app.questions.fingerprint import fingerprint
from app.registers.drafts import ItemDraft

OVER = queries.DECIDED | {ProposalState.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class Proposer:
    """The author of a form, before the question that asks for proposals."""

    session: Session
    seminar: Seminar
    panellist: Panellist
    membership: Membership
    question: Question
    form: PaperForm

    def propose(self, section: Section, entry: Entry) -> int:
        """Save and submit each proposal; the number of those that could only be saved."""
        return sum(self._line(row, entry) for _, row in section.rows)

    def _line(self, row: Row, entry: Entry) -> bool:
        """Whether what the line says waits for its author."""
        said = {cell.part: entry.reading(cell).value for cell in row.cells}
        if not said[TITLE] and not said[TEXT]:
            return False
        # a line that says what it said before is no news: its author may have gone on from there
        known, digest = self.form.proposals.get(row.key, ""), fingerprint("\x1f".join(said.values()))
        if known.partition(" ")[2] == digest:
            return False
        kinds = [option.value for cell in row.cells if cell.part == KIND for option in cell.options]
        kind = Kind(said[KIND] or kinds[0])
        draft = ItemDraft(kind=kind, title=" ".join(said[TITLE].split()), text=said[TEXT])
        kind_said = Kind(said[KIND]) if said[KIND] else None
        there = self._same(draft, kind_said)
        saved = there or self._saved(draft, self._of_line(known, kind))
        self.form.proposals = self.form.proposals | {row.key: f"{saved.id.hex} {digest}"}
        self.session.add(self.form)
        if there and there.state is not ProposalState.DRAFT:
            return False
        # without a kind it is for its author to say what it is
        return not (kind_said and self._submitted(saved))

    def _same(self, draft: ItemDraft, kind: Kind | None) -> Proposal | None:
        """What the line says, if its author has proposed it already, by whatever way."""
        same = select(Proposal).where(
            Proposal.panellist_id == self.panellist.id,
            Proposal.question_id == self.question.id,
            Proposal.title == draft.title,
            Proposal.text == draft.text,
            col(Proposal.state) != ProposalState.WITHDRAWN,
        )
        if kind is not None:
            same = same.where(Proposal.kind == kind)
        return self.session.exec(same).first()

    def _of_line(self, known: str, kind: Kind) -> Proposal | None:
        """What came of the line before, unless it is settled; of another kind, it makes way."""
        found = self.session.get(Proposal, UUID(hex=known.partition(" ")[0])) if known else None
        if found is None or found.state in OVER:
            return None
        if found.kind is kind:
            return found
        proposals.withdraw(self.session, panellist=self.panellist, proposal=found)
        return None

    def _saved(self, draft: ItemDraft, before: Proposal | None) -> Proposal:
        if before:
            draft = replace(draft, fields=before.fields, links=before.links)
        return proposals.save_draft(
            self.session,
            seminar=self.seminar,
            panellist=self.panellist,
            membership=self.membership,
            draft=draft,
            question=self.question,
            proposal=before,
        )

    def _submitted(self, saved: Proposal) -> bool:
        try:
            proposals.submit(
                self.session,
                seminar=self.seminar,
                panellist=self.panellist,
                membership=self.membership,
                proposal=saved,
            )
        except Invalid:
            return False
        return True
