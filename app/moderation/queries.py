"""What facilitators decide on, and what all may read of what was decided: never by whom it was written."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.models import Item, ItemChange, ItemVersion, Proposal, Seminar
from app.models.proposals import ProposalState
from app.models.registers import ChangeKind, ItemStatus, Kind
from app.proposals import queries as proposals
from app.proposals.queries import ProposalView
from app.registers import queries as registers

# What facilitators see, in the order in which it concerns them; never drafts, nor what was taken back.
QUEUE = (
    ProposalState.SUBMITTED,
    ProposalState.RETURNED,
    ProposalState.ACCEPTED,
    ProposalState.MERGED,
    ProposalState.DECLINED,
)
SETTLED = (ChangeKind.MERGED, ChangeKind.SPLIT, ChangeKind.RETIRED, ChangeKind.REWORDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A proposal in the table that everybody may read.

    The words are those of the register: of what was declined there are none, and what was accepted has
    the title under which it was.
    """

    reference: str
    kind: Kind
    state: ProposalState
    title: str
    item: tuple[str, str] | None
    version: int | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of an item, in the table that everybody may read; `into` has all in which it goes on."""

    code: str
    kind: Kind
    title: str
    change: ChangeKind
    version: int
    minor: bool
    into: list[tuple[str, str]]
    reason: str


def queue(session: Session, *, seminar: Seminar) -> dict[ProposalState, list[ProposalView]]:
    """What was proposed by where it stands, each by kind and title."""
    rows = session.exec(
        select(Proposal).where(Proposal.seminar_id == seminar.id, col(Proposal.state).in_(QUEUE))
    ).all()
    found = proposals.views(session, seminar=seminar, proposals=rows)
    return {state: [one for one in found if one.state is state] for state in QUEUE}


def find(session: Session, *, seminar: Seminar, reference: str) -> Proposal | None:
    """The proposal of that reference, if it has ever reached the facilitators and is still with them."""
    found = proposals.find(session, seminar=seminar, reference=reference)
    return found if found and found.state in QUEUE else None


def find_item(session: Session, *, seminar: Seminar, code: str) -> Item | None:
    """The item of that code, if it stands."""
    found = registers.by_codes(session, seminar=seminar, codes=[code]).get(code)
    return found if found and found.status is ItemStatus.ACCEPTED else None


def outcomes(session: Session, *, seminar: Seminar) -> list[Outcome]:
    """What became of every proposal that was decided, by kind and outcome and never in order of time."""
    rows = session.exec(
        select(Proposal).where(Proposal.seminar_id == seminar.id, col(Proposal.state).in_(proposals.DECIDED))
    ).all()
    first = _first_titles(session, seminar)
    found = [
        Outcome(
            reference=one.reference,
            kind=one.kind,
            state=one.state,
            title=_public_title(one, first),
            item=one.item,
            version=one.item_version,
            reason=one.reason,
        )
        for one in proposals.views(session, seminar=seminar, proposals=rows)
    ]
    kinds, states = list(Kind), list(QUEUE)
    return sorted(found, key=lambda one: (kinds.index(one.kind), states.index(one.state), one.reference))


def settled(session: Session, *, seminar: Seminar) -> list[Settled]:
    """What became of the items themselves, by their codes."""
    rows = session.exec(
        select(Item, ItemChange, ItemVersion)
        .join(ItemChange, col(ItemChange.item_id) == Item.id)
        .join(
            ItemVersion,
            (col(ItemVersion.item_id) == Item.id) & (col(ItemVersion.number) == ItemChange.version),
        )
        .where(Item.seminar_id == seminar.id, col(ItemChange.kind).in_(SETTLED))
        .order_by(col(Item.position), col(Item.code), col(ItemChange.version), col(ItemChange.created_at))
    ).all()
    names = registers.names(session, {change.into_id for _, change, _ in rows if change.into_id})
    found: dict[tuple[str, ChangeKind, int], Settled] = {}
    for item, change, words in rows:
        key = (item.code, change.kind, change.version)
        one = found.setdefault(key, _settled(item, change, words))
        if change.into_id:
            one.into.append(names[change.into_id])
    kinds = list(Kind)
    return sorted(found.values(), key=lambda one: kinds.index(one.kind))


def counts(session: Session, *, seminar: Seminar) -> Counter[ProposalState]:
    """How many proposals stand where, of those that facilitators see."""
    states = select(Proposal.state).where(Proposal.seminar_id == seminar.id, col(Proposal.state).in_(QUEUE))
    return Counter(ProposalState(state) for state in session.exec(states))


def _settled(item: Item, change: ItemChange, words: ItemVersion) -> Settled:
    return Settled(
        code=item.code,
        kind=item.kind,
        title=words.title,
        change=change.kind,
        version=change.version,
        minor=words.minor,
        into=[],
        reason=change.reason,
    )


def _public_title(one: ProposalView, first: Mapping[str, str]) -> str:
    match one.state:
        case ProposalState.ACCEPTED if one.item:
            return first[one.item[0]]
        case ProposalState.MERGED:
            return one.title
        case _:
            return ""


def _first_titles(session: Session, seminar: Seminar) -> dict[str, str]:
    """Of each item that came of a proposal the title under which it was accepted, by its code."""
    rows = session.exec(
        select(Item.code, ItemVersion.title)
        .join(ItemVersion, col(ItemVersion.item_id) == Item.id)
        .join(Proposal, col(Proposal.item_id) == Item.id)
        .where(Proposal.seminar_id == seminar.id, ItemVersion.number == 1)
    )
    return dict(rows.all())
