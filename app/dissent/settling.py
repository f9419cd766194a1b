"""What facilitators do with minority statements, without a name: other words, release, or holding back.

Audited by the statement's reference and its option, never by what it says or who holds it.
"""

from dataclasses import dataclass

from sqlmodel import Session

from app import audit, clock
from app.dissent import basis, faults, queries, service, shuffling
from app.dissent.basis import Basis
from app.dissent.queries import COLLECTING, UNSETTLED
from app.errors import Invalid
from app.models import MinorityStatement, MinorityWording, Person, Round, Seminar
from app.models.dissent import StatementState
from app.models.rounds import RoundState
from app.moderation.service import hold
from app.rounds import notices
from app.rounds import queries as rounds

LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """Whether a statement can be released, as far as facilitators may know.

    `is_held` says that enough who approved this wording stand outside the main view, `is_alone` that it is
    one, who consents to being called so; how many there are is not said. `all_approved` is of its
    supporters. `asks_again` is a later round that still takes ratings.
    """

    author_approved: bool
    all_approved: bool
    is_held: bool
    is_alone: bool
    basis: Basis | None
    asks_again: Round | None
    wordings: list[MinorityWording]
    replies: list[str]

    @property
    def is_ready(self) -> bool:
        """Whether it can be released now."""
        return self.author_approved and self.is_held and self.basis is not None


def readiness(session: Session, *, seminar: Seminar, statement: MinorityStatement) -> Readiness:
    """What is missing before the statement can be released, and what its owners said of its wording."""
    found = basis.bases(session, seminar).get(queries.code_of(session, statement))
    wordings, owners = queries.wordings(session, statement), queries.owners(session, statement)
    number = wordings[-1].number
    count = service.holders(session, statement, found) if found else 0
    return Readiness(
        author_approved=all(one.approved == number for one in owners if one.wrote),
        all_approved=all(one.approved == number for one in owners),
        is_held=service.is_enough(statement, count),
        is_alone=count == 1 and statement.alone,
        basis=found,
        asks_again=_asks_again(session, seminar, found) if found else None,
        wordings=wordings,
        replies=sorted(one.reply for one in owners if one.replied == number),
    )


def edit(
    session: Session,
    *,
    seminar: Seminar,
    statement: MinorityStatement,
    seen: int,
    text: str,
    reason: str,
    by: Person,
) -> None:
    """Other words, shorter or telling less of who wrote them, wait for the approval of all who hold it."""
    seminar = hold(session, seminar)
    statement = service.fresh(session, statement)
    service.require_state(statement, UNSETTLED)
    text, reason = service.words_of(text), service.words_of(reason, "reason", LONGEST_REASON)
    now = service.require_seen(session, statement, seen)
    if text == now.text:
        raise Invalid({"text": faults.SameWords()})
    wording = service.add_wording(session, statement, now, text, by_author=False, reason=reason)
    statement.state, statement.reason = StatementState.EDITED, ""
    session.add(statement)
    _tell(session, seminar, statement)
    shuffling.shuffle(session, seminar)
    _record(session, seminar, statement, "edit", by, version=wording.number)


def release(
    session: Session, *, seminar: Seminar, statement: MinorityStatement, seen: int, by: Person
) -> None:
    """The wording in force stands under its option from now on, and is not changed any more."""
    seminar = hold(session, seminar)
    statement = service.fresh(session, statement)
    service.require_state(statement, COLLECTING)
    service.require_seen(session, statement, seen)
    ready = readiness(session, seminar=seminar, statement=statement)
    if not ready.author_approved:
        raise faults.NotApproved(reference=statement.reference)
    if not ready.is_held or ready.basis is None:
        raise faults.TooFewHolders(reference=statement.reference)
    statement.state, statement.round_id = StatementState.RELEASED, ready.basis.round_.id
    statement.counted = service.holders(session, statement, ready.basis)
    statement.raters = ready.basis.view.raters
    session.add(statement)
    shuffling.shuffle(session, seminar)
    _record(session, seminar, statement, "release", by, version=seen)


def withhold(
    session: Session, *, seminar: Seminar, statement: MinorityStatement, reason: str, by: Person
) -> None:
    """The panel sees it no more, and its author is told why; she can write it in other words."""
    seminar = hold(session, seminar)
    statement = service.fresh(session, statement)
    service.require_state(statement, COLLECTING)
    statement.reason = service.words_of(reason, "why", LONGEST_REASON)
    statement.state = StatementState.WITHHELD
    session.add(statement)
    _tell(session, seminar, statement)
    shuffling.shuffle(session, seminar)
    _record(session, seminar, statement, "withhold", by)


def _tell(session: Session, seminar: Seminar, statement: MinorityStatement) -> None:
    """A mail to the whole panel, once a day at most: one to its owners would tell who they are."""
    found = basis.bases(session, seminar).get(queries.code_of(session, statement))
    if found is not None:
        today = clock.now().date().isoformat()
        notices.announce(session, found.round_, notices.MINORITY_WORDING, today)


def _asks_again(session: Session, seminar: Seminar, found: Basis) -> Round | None:
    later = (one for one in rounds.plan(session, seminar) if one.number > found.round_.number)
    return next((one for one in later if _still_rates(session, one)), None)


def _still_rates(session: Session, round_: Round) -> bool:
    is_on = round_.state in {RoundState.OPEN, RoundState.CLOSED}
    return is_on and rounds.rate_question(session, round_) is not None


def _record(
    session: Session,
    seminar: Seminar,
    statement: MinorityStatement,
    deed: str,
    by: Person,
    **details: int,
) -> None:
    audit.record(
        session,
        f"dissent:statement:{deed}",
        actor=by.id,
        seminar=seminar.id,
        subject=statement.reference,
        item=queries.code_of(session, statement),
        **details,
    )
