"""Close a round and count it once; publish what was counted."""

from sqlmodel import Session

from app import audit
from app.errors import Conflict
from app.models import Person, Question, Result, Round, Seminar
from app.results import matrix, queries, snapshot
from app.results.shuffling import shuffle
from app.results.tally import RateTally
from app.rounds import queries as rounds
from app.rounds.service import mark_closed, mark_published
from app.wording import BrokenRule


class NothingCounted(Conflict):
    """A rating round was closed without its result."""

    message = "Round R%(number)s has no result that could be published."


class RulesUnreadable(Conflict):
    """The seminar's wording rules are broken, so that no option could get its label."""

    message = "The wording rules of this seminar cannot be read. %(reason)s"


def close_round(session: Session, *, round_: Round, by: Person | None) -> Result | None:
    """The round takes no more answers, their order is forgotten, and they are counted, once and for all.

    None for a round that rates nothing. A round that is closed already is a conflict.
    """
    round_ = mark_closed(session, round_=round_, by=by)
    shuffle(session, round_)
    question = rounds.rate_question(session, round_)
    return _count(session, round_, question, by) if question else None


def _count(session: Session, round_: Round, question: Question, by: Person | None) -> Result:
    seminar = session.get_one(Seminar, round_.seminar_id)
    panel = matrix.load(session, question)
    people = rounds.participation(session, round_, seminar.min_group).whole
    try:
        tally = snapshot.tally(
            panel, invited=people.invited, enrolled=people.joined, quorum_share=round_.quorum_share
        )
    except BrokenRule as fault:
        raise RulesUnreadable(reason=fault) from None
    result = Result(
        question_id=question.id,
        method=tally.method,
        input_digest=tally.input_digest,
        numbers=tally.as_numbers(),
    )
    session.add(result)
    # so few ballots could be found by trying all that have this digest
    told = tally.input_digest if tally.submitted >= seminar.min_group else None
    _record(session, "result:tally:freeze", round_, by, digest=told)
    return result


def publish_round(session: Session, *, round_: Round, by: Person | None) -> Round:
    """The panel may see the result of the round; whether its quorum was reached is said, and no condition."""
    round_ = mark_published(session, round_=round_, by=by)
    if rounds.rate_question(session, round_) is None:
        return round_
    result = queries.result_of(session, round_)
    if result is None:
        raise NothingCounted(number=round_.number)
    reached = RateTally.from_numbers(result.numbers).quorum_reached
    _record(session, "result:tally:release", round_, by, quorum_reached=reached)
    return round_


def _record(
    session: Session, action: str, round_: Round, by: Person | None, **details: str | bool | None
) -> None:
    actor = by.id if by else None
    subject = f"R{round_.number}"
    audit.record(session, action, actor=actor, seminar=round_.seminar_id, subject=subject, **details)
