"""What experts have proposed and what became of it, for the author alone unless a function says otherwise."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from app.models import Item, ItemVersion, Membership, Panellist, Proposal, Question, Remark, Round, Seminar
from app.models.proposals import ProposalState
from app.models.registers import ItemStatus, Kind
from app.proposals.similar import Candidate
from app.questions.propose import Propose
from app.registers import history
from app.registers import queries as registers
from app.rounds import deadlines, lifecycle
from app.rounds import queries as rounds

PROPOSE = "propose"
DECIDED = frozenset({ProposalState.ACCEPTED, ProposalState.MERGED, ProposalState.DECLINED})
# What has reached the facilitators, whatever they made of it; what was taken back has not.
SENT = DECIDED | {ProposalState.SUBMITTED, ProposalState.RETURNED}
UNDECIDED = (ProposalState.SUBMITTED, ProposalState.RETURNED)
# What can be proposed at all: the mandate's elements stand as the mandate has them.
PROPOSABLE = tuple(kind for kind in Kind if kind is not Kind.ELEMENT)


@dataclass(frozen=True, slots=True)
class RemarkView:
    """A line of the conversation: by the author, or else by the facilitators."""

    by_author: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalView:
    """A proposal, what was said about it, and the items in which it goes on now.

    `item` is the one into which it was accepted or merged, by code and title; `became` follows it.
    """

    reference: str
    kind: Kind
    state: ProposalState
    revision: int
    title: str
    text: str
    fields: dict[str, Any]
    links: dict[str, list[str]]
    reason: str
    asked: str | None
    remarks: list[RemarkView] = field(default_factory=list)
    item: tuple[str, str] | None = None
    item_version: int | None = None
    became: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_decided(self) -> bool:
        """Whether the facilitators have decided on it."""
        return self.state in DECIDED

    @property
    def can_be_replied_to(self) -> bool:
        """Whether its author is asked something, or may say one thing about a decision."""
        waits = self.state is ProposalState.RETURNED or self.is_decided
        return waits and bool(self.remarks) and not self.remarks[-1].by_author


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a proposal is taken: in answer to a question of the open round, or at any time."""

    question: Question | None
    propose: Propose


def find(
    session: Session, *, seminar: Seminar, reference: str, panellist: Panellist | None = None
) -> Proposal | None:
    """The proposal of that reference: the panellist's own or, where none is named, anybody's."""
    query = select(Proposal).where(Proposal.seminar_id == seminar.id, Proposal.reference == reference)
    if panellist is not None:
        query = query.where(Proposal.panellist_id == panellist.id)
    return session.exec(query).one_or_none()


def mine(
    session: Session, *, seminar: Seminar, panellist: Panellist, question: Question | None = None
) -> list[ProposalView]:
    """The panellist's proposals, all or those in answer to one question, in the order of their titles."""
    query = select(Proposal).where(Proposal.seminar_id == seminar.id, Proposal.panellist_id == panellist.id)
    if question is not None:
        query = query.where(Proposal.question_id == question.id)
    return views(session, seminar=seminar, proposals=session.exec(query).all())


def views(session: Session, *, seminar: Seminar, proposals: Sequence[Proposal]) -> list[ProposalView]:
    """The proposals as pages show them, by kind and title: no order of theirs tells that of submitting."""
    said = _remarks(session, [proposal.id for proposal in proposals])
    asked = _asked(session, {p.question_id for p in proposals if p.question_id})
    items = registers.names(session, {p.item_id for p in proposals if p.item_id})
    found = [
        ProposalView(
            **{name: getattr(one, name) for name in ProposalView.__dataclass_fields__ if hasattr(one, name)},
            asked=asked.get(one.question_id) if one.question_id else None,
            remarks=said[one.id],
            item=items.get(one.item_id) if one.item_id else None,
            became=_became(session, seminar, items.get(one.item_id) if one.item_id else None),
        )
        for one in proposals
    ]
    kinds = list(Kind)
    return sorted(found, key=lambda one: (kinds.index(one.kind), one.title.casefold(), one.reference))


def references(session: Session, *, question: Question, panellist: Panellist) -> list[str]:
    """The references of what the panellist has submitted in answer to the question, in their order."""
    return sorted(
        session.exec(
            select(Proposal.reference).where(
                Proposal.question_id == question.id,
                Proposal.panellist_id == panellist.id,
                col(Proposal.state).in_(SENT),
            )
        )
    )


def takes_from(session: Session, round_: Round, membership: Membership) -> bool:
    """Whether the round takes answers from the member now: she may have more time than the panel."""
    return lifecycle.takes_answers(round_, deadlines.of_member(session, round_, membership))


def places(session: Session, *, seminar: Seminar, membership: Membership) -> dict[Kind, Place]:
    """What the member can propose now, and where: the open round goes before the seminar's own leave."""
    found = {
        kind: Place(question=None, propose=Propose((kind.value,)))
        for kind in PROPOSABLE
        if kind.value in seminar.proposing
    }
    round_ = rounds.current(session, seminar)
    if round_ is not None and takes_from(session, round_, membership):
        for question in rounds.questions(session, round_):
            if question.type == PROPOSE:
                asked = Propose.of(question.settings, {})
                found |= {
                    kind: Place(question=question, propose=asked)
                    for kind in PROPOSABLE
                    if kind.value in asked.kinds
                }
    return {kind: found[kind] for kind in PROPOSABLE if kind in found}


def sent_count(session: Session, *, question: Question, panellist: Panellist) -> int:
    """How many the panellist has submitted in answer to the question."""
    return len(references(session, question=question, panellist=panellist))


def accepted(session: Session, *, seminar: Seminar, kind: Kind) -> list[Candidate]:
    """The items of the kind that stand, to be compared with what is proposed."""
    rows = session.exec(
        select(Item.code, ItemVersion.title, ItemVersion.text)
        .join(ItemVersion, registers.in_force())
        .where(Item.seminar_id == seminar.id, Item.kind == kind, Item.status == ItemStatus.ACCEPTED)
    )
    return [Candidate(code, title, text) for code, title, text in rows]


def undecided(session: Session, *, seminar: Seminar, kind: Kind, other_than: str = "") -> list[Candidate]:
    """For facilitators alone: the proposals of the kind that await a decision, to be compared with one."""
    rows = session.exec(
        select(Proposal.reference, Proposal.title, Proposal.text).where(
            Proposal.seminar_id == seminar.id,
            Proposal.kind == kind,
            col(Proposal.state).in_(UNDECIDED),
            Proposal.reference != other_than,
        )
    )
    return [Candidate(reference, title, text, is_proposal=True) for reference, title, text in rows]


def _remarks(session: Session, keys: Sequence[UUID]) -> dict[UUID, list[RemarkView]]:
    found: dict[UUID, list[RemarkView]] = defaultdict(list)
    for batch in registers.batches(keys):
        rows = session.exec(
            select(Remark).where(col(Remark.proposal_id).in_(batch)).order_by(col(Remark.number))
        )
        for row in rows:
            found[row.proposal_id].append(RemarkView(row.by_author, row.text))
    return found


def _asked(session: Session, keys: Iterable[UUID]) -> dict[UUID, str]:
    """By which question of which round: its number is enough for a person to find it."""
    rows = session.exec(
        select(Question.id, Round.number)
        .join(Round, col(Question.round_id) == Round.id)
        .where(col(Question.id).in_(list(keys)))
    )
    return {key: f"R{number}" for key, number in rows}


def _became(session: Session, seminar: Seminar, item: tuple[str, str] | None) -> list[tuple[str, str]]:
    return history.became(session, seminar=seminar, code=item[0]) if item else []
