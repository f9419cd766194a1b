"""Write proposals, submit them, take them back, and answer what the facilitators ask about them.

None of it is audited: an entry with an actor would tell who wrote what, and one without only when.
"""

import secrets
from uuid import UUID

from sqlmodel import Session, col, func, select

from app.errors import AppError, Conflict, Invalid
from app.models import Membership, Panellist, Proposal, Question, Remark, Round, Seminar
from app.models.proposals import ProposalState
from app.models.registers import Kind
from app.proposals import lengths, queries
from app.questions.propose import Propose
from app.registers import drafts, links
from app.registers import queries as registers
from app.registers.drafts import ItemDraft
from app.registers.faults import Empty, TooLong
from app.rounds.service import lock_open_round

# without letters and figures that can be taken for each other, and without vowels, which would make words
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
REFERENCE_LENGTH = 4
LONGEST_REMARK = 2000
LONGEST_FIELD = 4000
MOST_LINKS = 200
# more than anybody writes, and few enough that nobody fills the database
MOST_DRAFTS = 50


class NotTaken(Conflict):
    """Nothing of this kind is asked for at the moment."""

    message = "Proposals of this kind are not taken at the moment."


class Decided(Conflict):
    """The facilitators have decided on the proposal, or its author has taken it back."""

    message = "Proposal %(reference)s has been settled and stays as it is."


class ChangedElsewhere(Conflict):
    """Another window has saved something else since this one was shown."""

    message = (
        "Proposal %(reference)s was changed in another window. What you typed is kept here, and what was "
        "saved there stands below. Saving again puts yours in its place."
    )


class NothingAsked(Conflict):
    """The author has said what she may say."""

    message = "There is nothing to answer about proposal %(reference)s at the moment."


class LimitReached(AppError):
    """The question takes only so many proposals of each expert."""

    message = (
        "Round R%(number)s takes at most %(limit)s proposals from each expert, and you have submitted "
        "as many. Your draft is kept."
    )


class TooManyDrafts(Conflict):
    """Somebody writes more than anybody reads."""

    message = "You have %(limit)s drafts. Please submit or withdraw some of them first."


class TooFewWords(AppError):
    """A text has fewer words than the question asks for."""

    message = "Please use at least %(least)s words. There are %(count)s now; your draft is kept."


class TooManyWords(AppError):
    """A text has more words than the question asks for."""

    message = "Please use at most %(most)s words. There are %(count)s now; your draft is kept."


def save_draft(
    session: Session,
    *,
    seminar: Seminar,
    panellist: Panellist,
    draft: ItemDraft,
    question: Question | None = None,
    proposal: Proposal | None = None,
    seen: int | None = None,
    membership: Membership | None = None,
) -> Proposal:
    """The proposal as it was typed, a new one if none is given; what was submitted is a draft again.

    `seen` is the revision that the form showed: if another window has saved another one since, nothing is
    saved. A proposal that the facilitators have returned can be revised whether or not its round is open.
    `membership` is the author's, who may have more time than the panel.
    """
    _require_storable(draft)
    if proposal is not None:
        proposal = _fresh(session, proposal)
        question = question_of(session, proposal)
    if proposal is None or proposal.state is not ProposalState.RETURNED:
        _require_taken(session, seminar, question, draft.kind, membership)
    _take_turns(session, panellist)
    if proposal is None:
        if twin := _same_draft(session, seminar, panellist, question, draft):
            return twin  # the form was sent twice
        proposal = _begin(session, seminar, panellist, question, draft.kind)
    else:
        proposal = _undecided(session, proposal)
        if not _differs(proposal, draft):
            return proposal
        if seen is not None and seen != proposal.revision:
            raise ChangedElsewhere(reference=proposal.reference)
        proposal.revision += 1
        if proposal.state is ProposalState.SUBMITTED:
            proposal.state = ProposalState.DRAFT
    proposal.title, proposal.text = draft.title, draft.text
    proposal.fields, proposal.links = draft.fields, draft.links
    session.add(proposal)
    session.flush()
    return proposal


def submit(
    session: Session,
    *,
    seminar: Seminar,
    panellist: Panellist,
    proposal: Proposal,
    membership: Membership | None = None,
) -> Proposal:
    """The proposal goes to the facilitators, if it is whole; submitting it again changes nothing."""
    proposal = _fresh(session, proposal)
    question = question_of(session, proposal)
    if proposal.state is not ProposalState.RETURNED:
        _require_taken(session, seminar, question, proposal.kind, membership)
    _take_turns(session, panellist)
    proposal = _undecided(session, proposal)
    if proposal.state is ProposalState.SUBMITTED:
        return proposal
    if errors := faults_of(session, seminar=seminar, proposal=proposal, question=question):
        raise Invalid(errors)
    if question is not None and proposal.state is ProposalState.DRAFT:
        _require_within_limit(session, question, panellist)
    proposal.state = ProposalState.SUBMITTED
    session.add(proposal)
    session.flush()
    return proposal


def faults_of(
    session: Session, *, seminar: Seminar, proposal: Proposal, question: Question | None
) -> dict[str, AppError]:
    """What is missing or wrong before the proposal can be submitted, field by field."""
    vocabularies = registers.vocabularies(session, seminar=seminar)
    _, errors = drafts.check(proposal.kind, proposal.title, proposal.text, proposal.fields, vocabularies)
    _, _, wrong = links.resolve(session, seminar=seminar, kind=proposal.kind, wanted=proposal.links)
    words = Propose.of(question.settings, {}).words if question else None
    if words and "text" not in errors:
        count, (least, most) = lengths.words(proposal.text), words
        if count < least:
            errors["text"] = TooFewWords(least=least, count=count)
        elif count > most:
            errors["text"] = TooManyWords(most=most, count=count)
    return errors | wrong


def question_of(session: Session, proposal: Proposal) -> Question | None:
    """The question to which it is an answer, if it is one."""
    return session.get(Question, proposal.question_id) if proposal.question_id else None


def withdraw(session: Session, *, panellist: Panellist, proposal: Proposal) -> Proposal:
    """The author takes the proposal back, draft or not, as long as nothing is decided."""
    _take_turns(session, panellist)
    proposal = _undecided(session, proposal)
    proposal.state = ProposalState.WITHDRAWN
    session.add(proposal)
    session.flush()
    return proposal


def answer(session: Session, *, panellist: Panellist, proposal: Proposal, text: str) -> Proposal:
    """The author answers a question, and the proposal is with the facilitators again.

    Of a decision she may say one thing.
    """
    text = remark_of(text)
    _take_turns(session, panellist)
    proposal = held(session, proposal)
    if proposal.state is not ProposalState.RETURNED and proposal.state not in queries.DECIDED:
        raise NothingAsked(reference=proposal.reference)
    last = _last_remark(session, proposal)
    if last is None or last.by_author:
        raise NothingAsked(reference=proposal.reference)
    add_remark(session, proposal=proposal, text=text, by_author=True)
    if proposal.state is ProposalState.RETURNED:
        proposal.state = ProposalState.SUBMITTED
        session.add(proposal)
    session.flush()
    return proposal


def add_remark(session: Session, *, proposal: Proposal, text: str, by_author: bool) -> Remark:
    """One more line of the conversation; the caller holds the proposal."""
    last = _last_remark(session, proposal)
    remark = Remark(
        proposal_id=proposal.id, number=last.number + 1 if last else 1, by_author=by_author, text=text
    )
    session.add(remark)
    session.flush()
    return remark


def _fresh(session: Session, proposal: Proposal) -> Proposal:
    """The proposal as it is now; the round it answers is held before it, as for a ballot."""
    query = select(Proposal).where(Proposal.id == proposal.id)
    return session.exec(query.execution_options(populate_existing=True)).one()


def held(session: Session, proposal: Proposal) -> Proposal:
    """The proposal as it is now, and as it stays until this transaction ends."""
    query = select(Proposal).where(Proposal.id == proposal.id).with_for_update()
    return session.exec(query.execution_options(populate_existing=True)).one()


def remark_of(text: str, name: str = "text") -> str:
    """The text of a remark, or Invalid under this name."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text:
        raise Invalid({name: Empty()})
    if len(text) > LONGEST_REMARK:
        raise Invalid({name: TooLong(limit=LONGEST_REMARK)})
    return text


def new_reference(session: Session, seminar_id: UUID) -> str:
    """A reference drawn by chance, so that it tells no order."""
    while True:
        drawn = "P-" + "".join(secrets.choice(ALPHABET) for _ in range(REFERENCE_LENGTH))
        taken = select(Proposal.id).where(Proposal.seminar_id == seminar_id, Proposal.reference == drawn)
        if session.exec(taken).first() is None:
            return drawn


def _require_taken(
    session: Session, seminar: Seminar, question: Question | None, kind: Kind, membership: Membership | None
) -> None:
    """The round that asks for it is held open, or the seminar takes it at any time."""
    if question is not None:
        lock_open_round(session, session.get_one(Round, question.round_id), membership)
    asked = Propose.of(question.settings, {}).kinds if question else seminar.proposing
    if kind not in queries.PROPOSABLE or kind.value not in asked:
        raise NotTaken


def _require_within_limit(session: Session, question: Question, panellist: Panellist) -> None:
    limit = Propose.of(question.settings, {}).limit
    if limit is not None and queries.sent_count(session, question=question, panellist=panellist) >= limit:
        number = session.get_one(Round, question.round_id).number
        raise Invalid({"": LimitReached(number=number, limit=limit)})


def _require_storable(draft: ItemDraft) -> None:
    """A draft may be wrong in every way but one: it must fit into the database."""
    errors: dict[str, AppError] = {}
    for name, value, limit in (
        ("title", draft.title, drafts.LONGEST_TITLE),
        ("text", draft.text, drafts.LONGEST_TEXT),
        *((name, str(value), LONGEST_FIELD) for name, value in draft.fields.items()),
    ):
        if len(value) > limit:
            errors[name] = TooLong(limit=limit)
    for name, codes in draft.links.items():
        if len(codes) > MOST_LINKS or any(len(code) > drafts.LONGEST_TITLE for code in codes):
            errors[name] = TooLong(limit=MOST_LINKS)
    if errors:
        raise Invalid(errors)


def _take_turns(session: Session, panellist: Panellist) -> None:
    # two windows of one expert, so that each sees what the other has saved
    session.exec(select(Panellist).where(Panellist.id == panellist.id).with_for_update()).one()


def _begin(
    session: Session, seminar: Seminar, panellist: Panellist, question: Question | None, kind: Kind
) -> Proposal:
    mine = select(func.count()).where(
        col(Proposal.panellist_id) == panellist.id, col(Proposal.state) == ProposalState.DRAFT
    )
    if session.exec(mine).one() >= MOST_DRAFTS:
        raise TooManyDrafts(limit=MOST_DRAFTS)
    return Proposal(
        seminar_id=seminar.id,
        panellist_id=panellist.id,
        question_id=question.id if question else None,
        reference=new_reference(session, seminar.id),
        kind=kind,
    )


def _same_draft(
    session: Session, seminar: Seminar, panellist: Panellist, question: Question | None, draft: ItemDraft
) -> Proposal | None:
    mine = select(Proposal).where(
        Proposal.seminar_id == seminar.id,
        Proposal.panellist_id == panellist.id,
        Proposal.question_id == (question.id if question else None),
        Proposal.kind == draft.kind,
        Proposal.state == ProposalState.DRAFT,
        Proposal.title == draft.title,
    )
    return next((one for one in session.exec(mine) if not _differs(one, draft)), None)


def _undecided(session: Session, proposal: Proposal) -> Proposal:
    proposal = held(session, proposal)
    if proposal.state in queries.DECIDED or proposal.state is ProposalState.WITHDRAWN:
        raise Decided(reference=proposal.reference)
    return proposal


def _differs(proposal: Proposal, draft: ItemDraft) -> bool:
    before = (proposal.title, proposal.text, proposal.fields, proposal.links)
    return before != (draft.title, draft.text, draft.fields, draft.links)


def _last_remark(session: Session, proposal: Proposal) -> Remark | None:
    return session.exec(
        select(Remark).where(Remark.proposal_id == proposal.id).order_by(col(Remark.number).desc()).limit(1)
    ).one_or_none()
