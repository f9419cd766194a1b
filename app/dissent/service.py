"""Write minority statements, support those of others, approve their wording, and take back one's part.

None of it is audited: an entry with an actor would tell who holds what, and one without only when. Every
deed holds the seminar, so that no two meet, and leaves no order in storage.
"""

import secrets
from dataclasses import dataclass

from sqlmodel import Session, col, delete, select

from app.dissent import basis, faults, queries, shuffling
from app.dissent.queries import COLLECTING, UNSETTLED
from app.dissent.sizes import Size
from app.errors import AppError, Invalid
from app.i18n import LANGUAGES
from app.models import (
    MinorityOwner,
    MinorityStatement,
    MinorityWording,
    Panellist,
    PreparedFile,
    Seminar,
)
from app.models.dissent import StatementState
from app.moderation.service import hold
from app.proposals.service import ALPHABET, REFERENCE_LENGTH
from app.registers import queries as registers
from app.registers.faults import Empty, TooLong
from app.seminars.service import OVER
from app.wording import Rules

LONGEST, LONGEST_REPLY = 1500, 1000
# of owners outside the main view; one is enough if she consents to being alone
LEAST_HOLDERS = 2


@dataclass(frozen=True, slots=True)
class Draft:
    """What an author sends: words, their language, and whether she consents to standing alone."""

    text: str
    language: str = "en"
    alone: bool = False


def write(
    session: Session, *, seminar: Seminar, panellist: Panellist, code: str, draft: Draft
) -> MinorityStatement:
    """A new statement on the option, by an expert whose published rating lies outside the main view."""
    seminar = hold(session, seminar)
    require_taken(session, seminar)
    text = words_of(draft.text)
    found = _require_outside(session, seminar, panellist, code)
    item = registers.by_codes(session, seminar=seminar, codes=[code])[code]
    for one in _own(session, seminar, panellist):
        if one.item_id == item.id and one.state is not StatementState.WITHDRAWN:
            if queries.wording(session, one).text == text:
                return one  # the form was sent twice
            raise faults.HasOne(code=code, reference=one.reference)
    statement = MinorityStatement(
        seminar_id=seminar.id,
        item_id=item.id,
        item_version=found.option.version,
        reference=_new_reference(session, seminar),
        language=_language(draft, seminar),
        alone=draft.alone,
    )
    session.add(statement)
    session.flush()
    session.add(MinorityWording(statement_id=statement.id, by_author=True, text=text))
    session.add(MinorityOwner(statement_id=statement.id, panellist_id=panellist.id, wrote=True, approved=1))
    shuffling.shuffle(session, seminar)
    return statement


def revise(
    session: Session,
    *,
    seminar: Seminar,
    panellist: Panellist,
    statement: MinorityStatement,
    seen: int,
    draft: Draft,
) -> None:
    """The author's own words in place of those in force; who supports it has to approve them anew."""
    seminar, statement = _held(session, seminar, statement)
    require_taken(session, seminar)
    mine = queries.own_part(session, statement, panellist)
    if mine is None or not mine.wrote:
        raise faults.NotAuthor(reference=statement.reference)
    require_state(statement, UNSETTLED)
    text = words_of(draft.text)
    now = require_seen(session, statement, seen)
    if text != now.text:
        mine.approved = add_wording(session, statement, now, text, by_author=True).number
        statement.state, statement.reason = StatementState.WRITTEN, ""
    statement.alone, statement.language = draft.alone, _language(draft, seminar)
    session.add_all((statement, mine))
    shuffling.shuffle(session, seminar)


def support(
    session: Session, *, seminar: Seminar, panellist: Panellist, statement: MinorityStatement, seen: int
) -> None:
    """The panellist holds it too, in the wording that she has read; doing so twice is the same as once."""
    seminar, statement = _held(session, seminar, statement)
    require_taken(session, seminar)
    require_state(statement, COLLECTING)
    now = require_seen(session, statement, seen)
    mine = queries.own_part(session, statement, panellist)
    mine = mine or MinorityOwner(statement_id=statement.id, panellist_id=panellist.id, wrote=False)
    _approve(session, statement, mine, now)
    shuffling.shuffle(session, seminar)


def approve(
    session: Session, *, seminar: Seminar, panellist: Panellist, statement: MinorityStatement, seen: int
) -> None:
    """Its author, or who supports it, agrees to the wording in force."""
    seminar, statement = _held(session, seminar, statement)
    mine = _require_owner(session, statement, panellist)
    require_state(statement, COLLECTING)
    _approve(session, statement, mine, require_seen(session, statement, seen))
    shuffling.shuffle(session, seminar)


def reply(
    session: Session,
    *,
    seminar: Seminar,
    panellist: Panellist,
    statement: MinorityStatement,
    seen: int,
    text: str,
) -> None:
    """What she has to say of the wording goes to the facilitators without her name, once for each."""
    seminar, statement = _held(session, seminar, statement)
    mine = _require_owner(session, statement, panellist)
    require_state(statement, UNSETTLED)
    text = words_of(text, "reply", LONGEST_REPLY)
    now = require_seen(session, statement, seen)
    if mine.replied == now.number and mine.reply != text:
        raise faults.HasReplied(reference=statement.reference)
    mine.replied, mine.reply = now.number, text
    session.add(mine)
    shuffling.shuffle(session, seminar)


def withdraw(
    session: Session, *, seminar: Seminar, panellist: Panellist, statement: MinorityStatement
) -> None:
    """The author takes the statement back, or a supporter her support, until the outcome is out.

    A released one that too few then hold is no longer printed.
    """
    seminar, statement = _held(session, seminar, statement)
    mine = _require_owner(session, statement, panellist)
    if is_final(seminar):
        raise faults.IsFinal(reference=statement.reference)
    printed = _printed(seminar, statement)
    if mine.wrote:
        statement.state, statement.round_id = StatementState.WITHDRAWN, None
        statement.counted = statement.raters = None
    else:
        session.delete(mine)
        session.flush()
        _count_again(session, seminar, statement)
    session.add(statement)
    if _printed(seminar, statement) != printed:
        _forget_files(session, seminar)
    shuffling.shuffle(session, seminar)


def holders(session: Session, statement: MinorityStatement, found: basis.Basis) -> int:
    """How many of those who approved the wording in force rated outside the main view."""
    number = queries.wording(session, statement).number
    agreed = [one.panellist_id for one in queries.owners(session, statement) if one.approved == number]
    return basis.outside(session, found, agreed)


def is_enough(statement: MinorityStatement, count: int) -> bool:
    """Whether so many hold it that the seminar's rules let it be printed."""
    return count >= LEAST_HOLDERS or (count == 1 and statement.alone)


def require_taken(session: Session, seminar: Seminar) -> None:
    """Refuse what is possible only while statements are being made."""
    if not is_taken(session, seminar):
        raise faults.NotTaken


def is_taken(session: Session, seminar: Seminar) -> bool:
    """Whether statements are being made: from the round that asks again to the seminar's end."""
    return not is_final(seminar) and basis.is_asked(session, seminar)


def is_final(seminar: Seminar) -> bool:
    """Whether the seminar has ended and its outcome is out: what is printed then stays."""
    return seminar.status in OVER


def require_state(statement: MinorityStatement, states: frozenset[StatementState]) -> None:
    """Refuse what its state does not allow; a released one is never changed."""
    if statement.state is StatementState.RELEASED:
        raise faults.StaysReleased(reference=statement.reference)
    if statement.state not in states:
        raise faults.NotCollected(reference=statement.reference)


def require_seen(session: Session, statement: MinorityStatement, seen: int) -> MinorityWording:
    """The wording in force, if it is the one that was read."""
    now = queries.wording(session, statement)
    if now.number != seen:
        raise faults.Reworded(reference=statement.reference)
    return now


def add_wording(
    session: Session,
    statement: MinorityStatement,
    before: MinorityWording,
    text: str,
    *,
    by_author: bool,
    reason: str = "",
) -> MinorityWording:
    """Other words are in force."""
    wording = MinorityWording(
        statement_id=statement.id, number=before.number + 1, by_author=by_author, text=text, reason=reason
    )
    session.add(wording)
    session.flush()
    return wording


def words_of(text: str, name: str = "text", limit: int = LONGEST) -> str:
    """What was written, or Invalid under this name."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    problem: AppError | None = None
    if not text:
        problem = Empty()
    elif len(text) > limit:
        problem = TooLong(limit=limit)
    if problem:
        raise Invalid({name: problem})
    return text


def fresh(session: Session, statement: MinorityStatement) -> MinorityStatement:
    """The statement as it is now; the caller holds the seminar."""
    query = select(MinorityStatement).where(MinorityStatement.id == statement.id)
    return session.exec(query.execution_options(populate_existing=True)).one()


def _held(
    session: Session, seminar: Seminar, statement: MinorityStatement
) -> tuple[Seminar, MinorityStatement]:
    seminar = hold(session, seminar)
    return seminar, fresh(session, statement)


def _approve(
    session: Session, statement: MinorityStatement, mine: MinorityOwner, now: MinorityWording
) -> None:
    mine.approved = now.number
    if mine.wrote and statement.state is StatementState.EDITED:
        statement.state = StatementState.APPROVED
    session.add_all((mine, statement))


def _require_owner(session: Session, statement: MinorityStatement, panellist: Panellist) -> MinorityOwner:
    mine = queries.own_part(session, statement, panellist)
    if mine is None:
        raise faults.NotOwner(reference=statement.reference)
    return mine


def _require_outside(session: Session, seminar: Seminar, panellist: Panellist, code: str) -> basis.Basis:
    found = basis.bases(session, seminar).get(code)
    if found is None:
        raise faults.NotPublished(code=code)
    about = {"code": code, "number": found.round_.number}
    score = basis.ratings_of(session, {code: found}, panellist.id).get(code)
    if score is None:
        raise faults.NotRated(**about)
    if not found.view.is_outside(score):
        raise faults.WithinMainView(**about)
    return found


def _count_again(session: Session, seminar: Seminar, statement: MinorityStatement) -> None:
    if statement.state is not StatementState.RELEASED:
        return
    code = queries.code_of(session, statement)
    found = basis.in_round(session, seminar, code, statement.round_id)
    count = holders(session, statement, found) if found else 0
    if is_enough(statement, count):
        statement.counted = count
        return
    statement.state, statement.round_id = StatementState.APPROVED, None
    statement.counted = statement.raters = None


def _printed(seminar: Seminar, statement: MinorityStatement) -> Size | None:
    """As of how many it is printed, if it is."""
    if statement.state is not StatementState.RELEASED:
        return None
    return queries.size_of(statement, Rules.read(seminar.wording), seminar.min_group)


def _forget_files(session: Session, seminar: Seminar) -> None:
    """Files in which it stands are given out no more: the log, by which they are told, knows of no owner."""
    session.exec(delete(PreparedFile).where(col(PreparedFile.seminar_id) == seminar.id))


def _own(session: Session, seminar: Seminar, panellist: Panellist) -> list[MinorityStatement]:
    mine = (
        select(MinorityStatement)
        .join(MinorityOwner)
        .where(
            MinorityStatement.seminar_id == seminar.id,
            MinorityOwner.panellist_id == panellist.id,
            MinorityOwner.wrote,
        )
    )
    return list(session.exec(mine))


def _language(draft: Draft, seminar: Seminar) -> str:
    return draft.language if draft.language in LANGUAGES else seminar.language


def _new_reference(session: Session, seminar: Seminar) -> str:
    while True:
        drawn = "M-" + "".join(secrets.choice(ALPHABET) for _ in range(REFERENCE_LENGTH))
        if queries.find(session, seminar=seminar, reference=drawn) is None:
            return drawn
