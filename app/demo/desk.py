"""What the demonstration's experts propose, and what its facilitator makes of it, all by the services."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, select

from app import clock
from app.demo.invented import read
from app.models import Item, Panellist, Person, Proposal, Question, Seminar
from app.models.registers import Kind
from app.moderation import service as moderation
from app.proposals import service as proposals
from app.registers import queries as registers
from app.registers.drafts import ItemDraft

PACE = timedelta(hours=5)  # from one deed at the desk to the next


class Desk:
    """Proposals come to it, and each goes the way that is written for it."""

    def __init__(
        self, session: Session, *, seminar: Seminar, facilitator: Person, experts: Sequence[Panellist]
    ) -> None:
        self.session = session
        self.seminar = seminar
        self.facilitator = facilitator
        self.experts = experts
        self.made: list[tuple[dict[str, Any], Proposal]] = []

    def propose(self, when: str, begin: datetime, question: Question | None = None) -> None:
        """The experts write what is theirs to propose, and submit it."""
        moments = _moments(begin)
        for one in read("proposals.yaml")[when]:
            with clock.standing_at(next(moments)):
                self.made.append((one, self._propose(one, question)))

    def decide(self, begin: datetime) -> None:
        """The facilitator asks about what is unclear, and decides; what was decided is off the desk."""
        moments = _moments(begin)
        for one, proposal in self.made:
            for deed in (self._ask, self._accept, self._merge, self._decline):
                with clock.standing_at(next(moments)):
                    deed(one, proposal)
        self.made = []

    def _propose(self, one: dict[str, Any], question: Question | None) -> Proposal:
        author = self.experts[one["by"]]
        draft = ItemDraft(
            Kind(one["kind"]),
            one["title"],
            one["text"].strip(),
            dict(one.get("fields", {})),
            dict(one.get("links", {})),
        )
        proposal = proposals.save_draft(
            self.session, seminar=self.seminar, panellist=author, draft=draft, question=question
        )
        proposals.submit(self.session, seminar=self.seminar, panellist=author, proposal=proposal)
        if one.get("withdraw"):
            proposals.withdraw(self.session, panellist=author, proposal=proposal)
        return proposal

    def _ask(self, one: dict[str, Any], proposal: Proposal) -> None:
        if "ask" in one:
            moderation.ask(self.session, **self._of(proposal), text=one["ask"])
            author = self.experts[one["by"]]
            proposals.answer(self.session, panellist=author, proposal=proposal, text=one["answer"])

    def _accept(self, one: dict[str, Any], proposal: Proposal) -> None:
        if accepted := one.get("accept"):
            draft = ItemDraft(
                proposal.kind, proposal.title, proposal.text, dict(proposal.fields), dict(proposal.links)
            )
            moderation.accept(
                self.session, **self._of(proposal), draft=draft, reason=accepted["reason"].strip()
            )

    def _merge(self, one: dict[str, Any], proposal: Proposal) -> None:
        if merged := one.get("merge"):
            into = self.session.exec(
                select(Item).where(Item.seminar_id == self.seminar.id, Item.code == merged["into"])
            ).one()
            wording = self._wording(into, **merged["reword"]) if "reword" in merged else None
            moderation.merge(
                self.session,
                **self._of(proposal),
                into=into,
                reason=merged["reason"].strip(),
                wording=wording,
                minor=True,
            )

    def _decline(self, one: dict[str, Any], proposal: Proposal) -> None:
        if declined := one.get("decline"):
            moderation.decline(self.session, **self._of(proposal), reason=declined["reason"].strip())

    def _of(self, proposal: Proposal) -> dict[str, Any]:
        return {
            "seminar": self.seminar,
            "proposal": proposal,
            "seen": proposal.revision,
            "by": self.facilitator,
        }

    def _wording(self, item: Item, *, instead: str, say: str) -> ItemDraft:
        """The item's words with some of them replaced, its links as they are."""
        view = registers.item(self.session, seminar=self.seminar, code=item.code)
        assert view is not None
        assert instead in view.text
        links: dict[str, list[str]] = {}
        for link in view.links:
            links.setdefault(link.kind.value, []).append(link.code)
        return ItemDraft(view.kind, view.title, view.text.replace(instead, say), dict(view.fields), links)


def _moments(begin: datetime) -> Iterator[datetime]:
    while True:
        yield begin
        begin += PACE
