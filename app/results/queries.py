"""What was counted of a round, in how many ballots: never what they said."""

from dataclasses import dataclass

from sqlmodel import Session, select

from app.models import Result, Round, Seminar
from app.results.tally import RateTally
from app.rounds import queries as rounds
from app.rounds import quorum


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many ballots a result rests on, and what follows from that for its publication."""

    submitted: int
    joined: int
    quorum: int
    has_quorum: bool
    is_withheld: bool


def result_of(session: Session, round_: Round) -> Result | None:
    """The frozen result of the round's rating, whoever may see it: pages ask `results.disclosure`."""
    question = rounds.rate_question(session, round_)
    if question is None:
        return None
    return session.exec(select(Result).where(Result.question_id == question.id)).one_or_none()


def counted(session: Session, round_: Round) -> Counted | None:
    """On how many ballots the round's result rests; None for a round that has none."""
    result = result_of(session, round_)
    if result is None:
        return None
    tally = RateTally.from_numbers(result.numbers)
    return Counted(
        submitted=tally.submitted,
        joined=tally.enrolled,
        quorum=quorum.needed(tally.quorum_share, tally.enrolled),
        has_quorum=tally.quorum_reached,
        is_withheld=tally.submitted < session.get_one(Seminar, round_.seminar_id).min_group,
    )
