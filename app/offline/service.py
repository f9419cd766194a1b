"""Make forms, take returned forms in, settle what is unclear in them, and enter them as ballots.

Here alone a form's code leads to a member: when it is entered, to know whose deadline holds, and to whom the
receipt goes. Whoever enters it is not told.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from secrets import SystemRandom
from uuid import uuid4

from sqlmodel import Session, col, func, select, update

from app import audit
from app.ballots import queries as ballots
from app.ballots import service as voting
from app.ballots.queries import Asking, Part
from app.errors import AppError, Conflict, Invalid
from app.models import Membership, Panellist, PaperEntry, PaperForm, Person, Question, Round, Seal, Seminar
from app.models.ballots import EntryState
from app.models.rounds import RoundState
from app.models.seminars import MembershipState
from app.offline import entries, proposing, queries
from app.offline.codebook import CodeBook, Paper
from app.offline.entries import Entry
from app.offline.sheet import Form, Section
from app.questions.propose import Propose
from app.rounds import notices
from app.rounds.service import lock_open_round
from app.seminars import pseudonyms
from app.settings import Settings


class NoForms(Conflict):
    """The round takes no forms in its present state."""

    message = "Round R%(number)s takes no forms at the moment."


class AlreadySettled(Conflict):
    """What came back has been entered or laid aside."""

    message = "This form has been entered or laid aside in the meantime."


class NothingOnIt(Conflict):
    """A form on which nothing is said."""

    message = "Nothing is filled in on this form, so there is nothing to enter."


class OffThePanel(Conflict):
    """The form of somebody who has left."""

    message = "The form with this code belongs to nobody on the panel any more."


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of a form: the seal, or why its answers are saved and not submitted yet.

    `drafts` is how many of its proposals wait for their author, since something of them is missing.
    """

    seal: Seal | None
    unfit: AppError | None
    drafts: int = 0


def make_forms(session: Session, book: CodeBook, round_: Round) -> None:
    """Every panellist has a form with a code of its own; that one asked for hers tells nothing of her.

    They are made for all at once, and written again when more are made, so that no row stands out.
    """
    # two who ask at the same time take turns
    mine = select(Question.id).where(Question.round_id == round_.id)
    session.exec(mine.with_for_update(key_share=True)).all()
    without = queries.without_form(session, round_)
    if not without:
        return
    SystemRandom().shuffle(without)
    session.add_all(book.new(round_.id, panellist) for panellist in without)
    session.flush()
    everyone = list(session.exec(select(PaperForm.id).where(PaperForm.round_id == round_.id)))
    SystemRandom().shuffle(everyone)
    for key in everyone:
        rewritten = update(PaperForm).where(col(PaperForm.id) == key).values(digest=PaperForm.digest)
        session.exec(rewritten.execution_options(synchronize_session=False))


def form_for(session: Session, book: CodeBook, *, round_: Round, panellist: Panellist) -> Paper:
    """The panellist's form; it is made, for all of the panel, if there is none."""
    require_forms(round_)
    form = queries.form_of(session, book, round_=round_, panellist=panellist)
    if form is None:
        make_forms(session, book, round_)
        form = queries.form_of(session, book, round_=round_, panellist=panellist)
    assert form is not None
    return form


def require_forms(round_: Round) -> None:
    """Refuse a round that has not been opened, or whose result is out."""
    if round_.state not in {RoundState.OPEN, RoundState.CLOSED}:
        raise NoForms(number=round_.number)


def take_in(session: Session, *, form: PaperForm, entry: Entry, by_clerk: bool) -> PaperEntry:
    """What was read is kept until it is decided on; what was read of the same form before is laid aside.

    What its author has sent, and what a form clerk took in, are two: neither touches what the other has read.
    """
    # who sends a form twice at the same time takes turns with herself
    _take_turns(session, form)
    while (before := queries.waiting(session, form, by_clerk=by_clerk)) is not None:
        _empty(before, EntryState.DROPPED)
        session.flush()
    last = session.exec(select(func.max(PaperEntry.number)).where(PaperEntry.form_id == form.id)).one()
    kept = PaperEntry(form_id=form.id, number=(last or 0) + 1, by_clerk=by_clerk, content=entry.pack())
    session.add(kept)
    session.flush()
    return kept


def settle(
    session: Session, *, kept: PaperEntry, form: Form, decisions: Mapping[str, str], all_of_them: bool = False
) -> PaperEntry:
    """What was decided about unclear cells is kept."""
    kept = _held(session, kept)
    kept.content = entries.settled(
        form, entries.unpack(kept.content), decisions, all_of_them=all_of_them
    ).pack()
    session.flush()
    return kept


def lay_aside(session: Session, *, kept: PaperEntry) -> None:
    """The form is not entered, and what was read of it is forgotten."""
    _empty(_held(session, kept), EntryState.DROPPED)
    session.flush()


def enter(
    session: Session,
    settings: Settings,
    *,
    seminar: Seminar,
    round_: Round,
    asked: Asking,
    paper: Paper,
    kept: PaperEntry,
    form: Form,
    by: Person,
) -> Entered:
    """What the form says is saved and submitted as its author's, and she is told.

    Where something else was said before, this holds, since it is confirmed later. Late, it is refused, and
    what was read stays as it is for whoever gets more time.
    """
    panellist = session.get_one(Panellist, paper.row.panellist_id)
    membership = pseudonyms.membership_of(session, settings, panellist)
    if membership.state != MembershipState.JOINED:
        raise OffThePanel
    lock_open_round(session, round_, membership)
    kept = _held(session, kept)
    entry = entries.unpack(kept.content)
    if entry.open_cells(form):
        raise Invalid({cell.key: entries.NotSettled(cell=cell.called) for cell in entry.open_cells(form)})
    if entry.is_blank:
        raise NothingOnIt
    author = _Author(round_, panellist, membership, asked)
    _take_turns(session, paper.row)
    was_submitted = ballots.progress(session, round_=round_, panellist=panellist).submitted
    # all of it or nothing, even where a refusal is shown on a page and what was settled is kept
    with session.begin_nested():
        drafts = _save(session, seminar, author, paper.row, form, entry)
        result = replace(_submit(session, author), drafts=drafts)
        _empty(kept, EntryState.CONFIRMED)
        notices.announce(session, round_, notices.FORM_ENTERED, uuid4().hex, [membership])
        _log(session, settings, seminar, round_, paper, by, replaced=was_submitted)
    return result


@dataclass(frozen=True, slots=True)
class _Author:
    round_: Round
    panellist: Panellist
    membership: Membership
    asked: Asking


def _save(
    session: Session, seminar: Seminar, author: _Author, row: PaperForm, form: Form, entry: Entry
) -> int:
    """Save question by question; the number of proposals that could not be submitted."""
    drafts = 0
    for section in form.sections:
        part = author.asked.parts[section.code]
        if isinstance(part.type, Propose):
            proposer = proposing.Proposer(
                session, seminar, author.panellist, author.membership, part.question, row
            )
            drafts += proposer.propose(section, entry)
        else:
            _save_part(session, author, part, section, entry)
    return drafts


def _save_part(session: Session, author: _Author, part: Part, section: Section, entry: Entry) -> None:
    parsed = part.type.parse(entries.fields(section, entry), part.subjects)
    if parsed.errors:
        raise Invalid({f"{part.code}.{name}": error for name, error in parsed.errors.items()})
    if not parsed.entries:
        return
    # her own windows wait: what is there must not change between being seen and being overruled
    session.exec(select(Panellist).where(Panellist.id == author.panellist.id).with_for_update()).one()
    ballot = ballots.find_ballot(session, round_=author.round_, panellist=author.panellist)
    given = ballots.given(session, ballot, [part.subjects[code] for code in parsed.entries])
    voting.save(
        session,
        round_=author.round_,
        panellist=author.panellist,
        membership=author.membership,
        question=part.code,
        entries=parsed.entries,
        # what is confirmed later holds, whatever was saved since the form was printed
        seen={code: given[key].seen for code, key in part.subjects.items() if key in given},
        asked=author.asked,
    )


def _submit(session: Session, author: _Author) -> Entered:
    try:
        seal = voting.submit(
            session,
            round_=author.round_,
            panellist=author.panellist,
            membership=author.membership,
            blanks_meant=True,
            asked=author.asked,
        )
    except (Invalid, voting.NothingToSubmit) as refused:
        return Entered(None, refused)
    return Entered(seal, None)


def require_waiting(kept: PaperEntry) -> None:
    """Refuse what has been entered or laid aside."""
    if kept.state is not EntryState.READ:
        raise AlreadySettled


def _held(session: Session, kept: PaperEntry) -> PaperEntry:
    """What came back as it is now, and as it stays until this transaction ends."""
    query = select(PaperEntry).where(PaperEntry.id == kept.id).with_for_update()
    kept = session.exec(query.execution_options(populate_existing=True)).one()
    require_waiting(kept)
    return kept


def _take_turns(session: Session, form: PaperForm) -> None:
    """The form as it is now, held until this transaction ends."""
    query = select(PaperForm).where(PaperForm.id == form.id).with_for_update()
    session.exec(query.execution_options(populate_existing=True)).one()


def _empty(kept: PaperEntry, state: EntryState) -> None:
    kept.state, kept.content = state, {}


def _log(
    session: Session,
    settings: Settings,
    seminar: Seminar,
    round_: Round,
    paper: Paper,
    by: Person,
    *,
    replaced: bool,
) -> None:
    audit.record(
        session,
        "offline:form:replace" if replaced else "offline:form:enter",
        actor=by.id,
        seminar=seminar.id,
        subject=f"R{round_.number}",
        form=pseudonyms.fingerprint(session, settings, seminar, paper.code),
    )
