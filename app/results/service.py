"""Close a round and count it; open it again while nobody has looked; publish what was counted."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col, select

from app import audit
from app.errors import Conflict
from app.models import Person, Question, Result, Round, Seminar
from app.models.ballots import EntryState
from app.moderation import texts
from app.proposals import shuffling as proposals
from app.results import counting, glimpses, marks, paper, queries, sealed, tallies
from app.results.shuffling import shuffle
from app.results.turnout import Facts
from app.rounds import deadlines, lifecycle
from app.rounds import queries as rounds
from app.rounds.locking import locked_round
from app.rounds.service import mark_closed, mark_looked, mark_published, mark_reopened
from app.seminars import pseudonyms
from app.settings import Settings
from app.wording import BrokenRule


class NothingCounted(Conflict):
    """A round that asked something was closed without its result."""

    message = "Round R%(number)s has no result that could be published."


class RulesUnreadable(Conflict):
    """The seminar's wording rules are broken, so that no option could get its label."""

    message = "The wording rules of this seminar cannot be read. %(reason)s"


def close_round(session: Session, settings: Settings, *, round_: Round, by: Person | None) -> list[Result]:
    """The round takes no more answers, their order is forgotten, and they are counted.

    One result for each of its questions, frozen; texts that were held back before are so again. A round
    that is closed already is a conflict.
    """
    round_ = mark_closed(session, round_=round_, by=by)
    shuffle(session, round_)
    seminar = session.get_one(Seminar, round_.seminar_id)
    pseudonyms.blur(session, seminar)
    proposals.shuffle(session, seminar)
    marks.shuffle_all(session, seminar)
    paper.forget(session, round_)
    people = rounds.participation(session, round_, seminar.min_group).whole
    facts = Facts(invited=people.invited, enrolled=people.joined, quorum_share=round_.quorum_share)
    asked = rounds.questions(session, round_)
    counted = [_count(session, settings, question, facts, by) for question in asked]
    texts.hold_again(session, seminar=seminar, round_=round_)
    return counted


def close_due(session: Session, settings: Settings, round_id: UUID) -> bool:
    """Close and count a round whose time is over, the last personal deadline too; whether this did it.

    However often it is called, by however many at once, the round is counted once.
    """
    round_ = locked_round(session, session.get_one(Round, round_id))
    if not lifecycle.is_overdue(round_) or deadlines.last_running(session, round_) is not None:
        return False
    close_round(session, settings, round_=round_, by=None)
    return True


def reopen_round(
    session: Session, *, round_: Round, closes_at: datetime, reason: str, by: Person | None
) -> Round:
    """The closed round takes answers again, and what was counted, which nobody has seen, is forgotten.

    Texts that facilitators held back in rounds before stay held back.
    """
    round_ = mark_reopened(session, round_=round_, closes_at=closes_at, reason=reason, by=by)
    mine = select(Question.id).where(Question.round_id == round_.id)
    session.exec(delete(Result).where(col(Result.question_id).in_(mine)))
    return round_


def look(session: Session, *, round_: Round, by: Person | None) -> Round:
    """The staff may see the result from now on, and the round can no longer be opened again."""
    was_sealed = lifecycle.is_sealed(round_)
    round_ = mark_looked(session, round_=round_, by=by)
    if was_sealed:
        _attest(session, round_, by)
    glimpses.forget(session, round_)
    return round_


def _count(
    session: Session, settings: Settings, question: Question, facts: Facts, by: Person | None
) -> Result:
    round_ = session.get_one(Round, question.round_id)
    out = glimpses.left_out(session, settings, question)
    try:
        with sealed.counted_from(question, sealed.but_for(session, question, out)):
            tally = counting.count(session, settings, question, facts)
    except BrokenRule as fault:
        raise RulesUnreadable(reason=fault) from None
    result = Result(
        question_id=question.id,
        method=tally.method,
        input_digest=tally.input_digest,
        numbers=tally.as_numbers(),
        left_out=out,
    )
    session.add(result)
    _record(session, "result:tally:freeze", round_, by, question=question.code)
    return result


def _attest(session: Session, round_: Round, by: Person | None) -> None:
    """Note by what digest each result can be told from any other, now that it is the only one.

    Of a round that was opened again, the digests of two closings would be of ballots of which all but a
    few are the same: who knows these could try what the few said.
    """
    minimum = session.get_one(Seminar, round_.seminar_id).min_group
    for result in queries.results_of(session, round_):
        # so few ballots could be found by trying all that have this digest
        told = tallies.read(result.method, result.numbers).submitted >= minimum
        question = session.get_one(Question, result.question_id)
        about = {"question": question.code, "digest": result.input_digest if told else None}
        _record(session, "result:tally:attest", round_, by, **about)


def publish_round(session: Session, *, round_: Round, by: Person | None) -> Round:
    """The panel may see the results of the round; whether its quorum was reached is said, no condition."""
    was_sealed = lifecycle.is_sealed(round_)
    round_ = mark_published(session, round_=round_, by=by)
    if not queries.is_counted(session, round_):
        raise NothingCounted(number=round_.number)
    if was_sealed:
        _attest(session, round_, by)
    glimpses.forget(session, round_)
    paper.forget(session, round_, tuple(EntryState))
    counted = queries.counted(session, round_)
    if counted is not None:
        _record(session, "result:tally:release", round_, by, quorum_reached=counted.has_quorum)
    return round_


def _record(
    session: Session, action: str, round_: Round, by: Person | None, **details: str | bool | None
) -> None:
    actor = by.id if by else None
    subject = f"R{round_.number}"
    audit.record(session, action, actor=actor, seminar=round_.seminar_id, subject=subject, **details)
