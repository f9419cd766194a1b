"""Decide on proposals, settle what becomes of items, and keep the rounds to come in step with both.

What is audited names the item or the proposal, and never an author.
"""

from collections.abc import Collection, Sequence

from sqlmodel import Session, select

from app import audit
from app.errors import AppError, Conflict, Invalid
from app.models import Item, Person, Proposal, Seminar
from app.models.proposals import ProposalState
from app.models.registers import ItemStatus
from app.moderation import queries
from app.proposals import queries as proposals
from app.proposals.service import add_remark, held, remark_of
from app.registers import drafts
from app.registers import queries as views
from app.registers import service as registers
from app.registers.drafts import ItemDraft, NewItem, Wording
from app.registers.faults import NothingChanged, NotStanding, OtherKind, ReasonMissing, TooLong, UnknownCode
from app.registers.links import GRADE
from app.registers.queries import ItemView
from app.rounds import subjects


class AlreadyDecided(Conflict):
    """The proposal is with nobody any more: decided, or taken back."""

    message = "Proposal %(reference)s has been decided or taken back already."


class ChangedMeanwhile(Conflict):
    """The author has written in the proposal since it was read."""

    message = "The author has changed proposal %(reference)s since you opened it. Please read it again."


def accept(
    session: Session,
    *,
    seminar: Seminar,
    proposal: Proposal,
    seen: int,
    draft: ItemDraft,
    reason: str,
    by: Person | None,
) -> Item:
    """The proposal is an item, in the words that are accepted; rounds to come ask about it."""
    hold(session, seminar)
    proposal = _to_decide(session, proposal, seen)
    item = registers.accept(
        session,
        seminar=seminar,
        kind=proposal.kind,
        title=draft.title,
        text=draft.text,
        fields=draft.fields,
        links=draft.links,
        reason=reason,
        by=by,
    )
    subjects.include(session, item=item)
    _decide(session, proposal, ProposalState.ACCEPTED, item, reason)
    _record(session, seminar, proposal, "accept", by, into=item.code)
    return item


def merge(
    session: Session,
    *,
    seminar: Seminar,
    proposal: Proposal,
    seen: int,
    into: Item,
    reason: str,
    by: Person | None,
    wording: ItemDraft | None = None,
    minor: bool = True,
) -> Item:
    """The proposal is a part of an item that stands, which may get new words by it."""
    hold(session, seminar)
    proposal = _to_decide(session, proposal, seen)
    reason = reason_of(reason)
    _require_mergeable(session, into, proposal)
    if wording is not None:
        _reword(session, seminar, into, wording, minor=minor, reason=reason, by=by)
    _decide(session, proposal, ProposalState.MERGED, into, reason)
    _record(session, seminar, proposal, "merge", by, into=into.code, version=into.version)
    return into


def ask(
    session: Session, *, seminar: Seminar, proposal: Proposal, seen: int, text: str, by: Person | None
) -> None:
    """The author is asked something, without a name, and it is her turn."""
    text = remark_of(text)
    proposal = _to_decide(session, proposal, seen)
    add_remark(session, proposal=proposal, text=text, by_author=False)
    proposal.state = ProposalState.RETURNED
    session.add(proposal)
    _record(session, seminar, proposal, "ask", by)


def decline(
    session: Session, *, seminar: Seminar, proposal: Proposal, seen: int, reason: str, by: Person | None
) -> None:
    """Nothing comes of the proposal, and its author is told why."""
    reason = reason_of(reason)
    proposal = _to_decide(session, proposal, seen)
    _decide(session, proposal, ProposalState.DECLINED, None, reason)
    _record(session, seminar, proposal, "decline", by)


def reword(
    session: Session,
    *,
    seminar: Seminar,
    item: Item,
    wording: ItemDraft,
    minor: bool,
    reason: str,
    by: Person | None,
) -> None:
    """The item has other words, other links or both; rounds to come ask about it in the new ones."""
    hold(session, seminar)
    if not _reword(session, seminar, item, wording, minor=minor, reason=reason, by=by):
        raise Invalid({"title": NothingChanged()})


def merge_item(
    session: Session, *, seminar: Seminar, item: Item, into: Item, reason: str, by: Person | None
) -> None:
    """The item goes on in another one, in the registers and in rounds to come."""
    hold(session, seminar)
    registers.merge(session, item=item, into=into, reason=reason, by=by)
    subjects.follow(session, item=item, into=[into])


def split(
    session: Session,
    *,
    seminar: Seminar,
    item: Item,
    parts: Sequence[NewItem],
    reason: str,
    by: Person | None,
) -> list[Item]:
    """The item goes on in several, in the registers and in rounds to come."""
    hold(session, seminar)
    made = registers.split(session, item=item, parts=parts, reason=reason, by=by)
    subjects.follow(session, item=item, into=made)
    return made


def retire(session: Session, *, seminar: Seminar, item: Item, reason: str, by: Person | None) -> None:
    """The item stands no more, and rounds to come do not ask about it."""
    hold(session, seminar)
    registers.retire(session, item=item, reason=reason, by=by)
    subjects.follow(session, item=item)


def set_proposing(session: Session, *, seminar: Seminar, kinds: Collection[str], by: Person | None) -> None:
    """These kinds of items may be proposed at any time, whatever a round asks."""
    seminar = hold(session, seminar)
    chosen = [kind.value for kind in proposals.PROPOSABLE if kind.value in kinds]
    if chosen == seminar.proposing:
        return
    seminar.proposing = chosen
    session.add(seminar)
    audit.record(
        session,
        "moderation:setting:proposing",
        actor=by.id if by else None,
        seminar=seminar.id,
        kinds=", ".join(chosen),
    )


def target(session: Session, *, seminar: Seminar, code: str) -> Item:
    """The item into which something is to be merged, or Invalid if none that stands has the code."""
    found = queries.find_item(session, seminar=seminar, code=code)
    if found is None:
        raise Invalid({"into": UnknownCode(code=code)})
    return found


def reason_of(reason: str) -> str:
    """Why something was decided, or Invalid: it is always said."""
    if errors := _reason_fault(reason):
        raise Invalid(errors)
    return reason.strip()


def hold(session: Session, seminar: Seminar) -> Seminar:
    """The seminar, held: no round opens while it changes what rounds ask about."""
    query = select(Seminar).where(Seminar.id == seminar.id).with_for_update()
    return session.exec(query.execution_options(populate_existing=True)).one()


def _reason_fault(reason: str) -> dict[str, AppError]:
    if not reason.strip():
        return {"reason": ReasonMissing()}
    if len(reason.strip()) > registers.LONGEST_REASON:
        return {"reason": TooLong(limit=registers.LONGEST_REASON)}
    return {}


def _reword(
    session: Session,
    seminar: Seminar,
    item: Item,
    wording: ItemDraft,
    *,
    minor: bool,
    reason: str,
    by: Person | None,
) -> bool:
    """Give the item other words and links where they differ; whether any did."""
    view = views.item(session, seminar=seminar, code=item.code)
    assert view is not None
    errors = registers.faults_of(session, seminar=seminar, draft=wording)
    if errors:
        raise Invalid(errors | _reason_fault(reason))
    other_words, other_links = _differs(session, seminar, view, wording)
    if other_words:
        registers.reword(
            session,
            item=item,
            title=wording.title,
            text=wording.text,
            fields=wording.fields,
            minor=minor,
            reason=reason,
            by=by,
        )
        subjects.refresh(session, item=item)
    if other_links:
        reason_of(reason)
        registers.relink(session, item=item, links=wording.links, by=by)
    return other_words or other_links


def _differs(session: Session, seminar: Seminar, view: ItemView, wording: ItemDraft) -> tuple[bool, bool]:
    """Whether the words differ from those in force, and whether the links do."""
    words, _ = drafts.check(
        wording.kind,
        wording.title,
        wording.text,
        wording.fields,
        views.vocabularies(session, seminar=seminar),
    )
    before = {
        (link.kind.value, f"{link.code}{GRADE}{link.value}" if link.value else link.code)
        for link in view.links
    }
    after = {(word, code) for word, codes in wording.links.items() for code in codes}
    return words != Wording(view.title, view.text, view.fields), before != after


def _require_mergeable(session: Session, into: Item, proposal: Proposal) -> None:
    query = select(Item).where(Item.id == into.id).with_for_update()
    into = session.exec(query.execution_options(populate_existing=True)).one()
    if into.status is not ItemStatus.ACCEPTED:
        raise NotStanding(code=into.code)
    if into.kind is not proposal.kind:
        raise OtherKind({"into": OtherKind()})


def _to_decide(session: Session, proposal: Proposal, seen: int) -> Proposal:
    proposal = held(session, proposal)
    if proposal.state not in proposals.UNDECIDED:
        raise AlreadyDecided(reference=proposal.reference)
    if proposal.revision != seen:
        raise ChangedMeanwhile(reference=proposal.reference)
    return proposal


def _decide(
    session: Session, proposal: Proposal, state: ProposalState, item: Item | None, reason: str
) -> None:
    """Keep what was decided and why; the reason is also the last word to the author, who may reply to it."""
    reason = reason.strip()
    proposal.state, proposal.reason = state, reason
    if item is not None:
        proposal.item_id, proposal.item_version = item.id, item.version
    session.add(proposal)
    add_remark(session, proposal=proposal, text=reason, by_author=False)


def _record(
    session: Session,
    seminar: Seminar,
    proposal: Proposal,
    deed: str,
    by: Person | None,
    **details: str | float | bool | None,
) -> None:
    audit.record(
        session,
        f"moderation:proposal:{deed}",
        actor=by.id if by else None,
        seminar=seminar.id,
        subject=proposal.reference,
        **details,
    )
