"""Authors who write proposals, and facilitators who decide on them; every act is a transaction of its own."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine
from sqlmodel import select

from app.db import transaction
from app.models import Item, Membership, Panellist, Person, Proposal, Question, Seminar
from app.models.registers import Kind
from app.moderation import service as moderation
from app.policy import Role
from app.proposals import queries, service
from app.proposals.queries import ProposalView
from app.registers.drafts import ItemDraft
from app.seminars import pseudonyms
from app.settings import Settings
from tests.factories import Make

OPTION = {"time_horizon": "short", "cost_class": "low"}


def gap(title: str = "No common list", text: str = "Nobody keeps one.", **links: list[str]) -> ItemDraft:
    return ItemDraft(Kind.GAP, title, text, {}, links)


def option(
    title: str = "Keep a common list", text: str = "Somebody keeps it.", **links: list[str]
) -> ItemDraft:
    return ItemDraft(Kind.OPTION, title, text, dict(OPTION), links)


@dataclass
class Author:
    """An expert who proposes."""

    desk: "Desk"
    person: Person
    panellist: Panellist

    def write(self, draft: ItemDraft | None = None, question: Question | None = None) -> Proposal:
        with transaction(self.desk.engine) as session:
            return service.save_draft(
                session,
                seminar=self.desk.seminar,
                panellist=self.panellist,
                draft=draft or gap(),
                question=question,
            )

    def change(self, proposal: Proposal, draft: ItemDraft, seen: int | None = None) -> Proposal:
        with transaction(self.desk.engine) as session:
            return service.save_draft(
                session,
                seminar=self.desk.seminar,
                panellist=self.panellist,
                draft=draft,
                proposal=proposal,
                seen=seen,
            )

    def submit(self, proposal: Proposal | None = None) -> Proposal:
        proposal = proposal or self.write()
        with transaction(self.desk.engine) as session:
            return service.submit(
                session, seminar=self.desk.seminar, panellist=self.panellist, proposal=proposal
            )

    def withdraw(self, proposal: Proposal) -> Proposal:
        with transaction(self.desk.engine) as session:
            return service.withdraw(session, panellist=self.panellist, proposal=proposal)

    def answer(self, proposal: Proposal, text: str = "It is so.") -> Proposal:
        with transaction(self.desk.engine) as session:
            return service.answer(session, panellist=self.panellist, proposal=proposal, text=text)

    def view(self, proposal: Proposal) -> ProposalView:
        """The proposal as its author sees it."""
        with transaction(self.desk.engine, write=False) as session:
            found = queries.mine(session, seminar=self.desk.seminar, panellist=self.panellist)
        return next(one for one in found if one.reference == proposal.reference)


class Desk:
    """The seminar, its people and its register."""

    def __init__(self, engine: Engine, settings: Settings, make: Make, seminar: Seminar) -> None:
        self.engine, self.settings, self.make, self.seminar = engine, settings, make, seminar
        self.author = self.another()
        self.facilitator = make.member(seminar, Role.FACILITATOR)

    def another(self) -> Author:
        person = self.make.expert(self.seminar)
        with transaction(self.engine) as session:
            membership = session.exec(
                select(Membership).where(
                    Membership.seminar_id == self.seminar.id, Membership.person_id == person.id
                )
            ).one()
            return Author(self, person, pseudonyms.panellist_of(session, self.settings, membership))

    @property
    def path(self) -> str:
        return f"/seminars/{self.seminar.slug}"

    def decide(self, deed: str, proposal: Proposal, **facts: Any) -> Any:
        """One of the facilitators' decisions on the proposal as it now stands."""
        with transaction(self.engine) as session:
            now = session.get_one(Proposal, proposal.id)
            facts = {"seen": now.revision, "by": self.facilitator} | facts
            if deed == "accept":
                words = ItemDraft(now.kind, now.title, now.text, now.fields, now.links)
                facts = {"draft": words} | facts
            if deed != "ask":
                facts = {"reason": "It fits."} | facts
            return getattr(moderation, deed)(session, seminar=self.seminar, proposal=now, **facts)

    def settle(self, deed: str, item: Item, **facts: Any) -> Any:
        """One of the facilitators' acts on an item."""
        with transaction(self.engine) as session:
            now = session.get_one(Item, item.id)
            facts = {"reason": "It is better so.", "by": self.facilitator} | facts
            return getattr(moderation, deed)(session, seminar=self.seminar, item=now, **facts)

    def item(self, code: str) -> Item:
        with transaction(self.engine, write=False) as session:
            return session.exec(
                select(Item).where(Item.seminar_id == self.seminar.id, Item.code == code)
            ).one()
