"""What was counted of a round, in how many ballots: never what they said."""

from dataclasses import dataclass

from sqlmodel import Session, select

from app.models import Question, Result, Round, Seminar
from app.results import tallies
from app.rounds import queries as rounds
from app.rounds import quorum


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many ballots a result rests on, and what follows from that for its publication.

    `submitted` are those that count, where the round counts what is saved also such as were only saved.
    """

    submitted: int
    joined: int
    quorum: int
    has_quorum: bool
    is_withheld: bool
    counts_saved: bool


def result_to(session: Session, question: Question) -> Result | None:
    """The frozen result of a question, whoever may see it: pages ask `results.disclosure`."""
    return session.exec(select(Result).where(Result.question_id == question.id)).one_or_none()


def results_of(session: Session, round_: Round) -> list[Result]:
    """The frozen results of a round's questions, in the order of these."""
    found = [result_to(session, question) for question in rounds.questions(session, round_)]
    return [result for result in found if result is not None]


def left_out(session: Session, question: Question) -> int:
    """Of how many panellists some answer is not counted: beside what was shown, it would stand alone."""
    result = result_to(session, question)
    return len({one for whose in result.left_out.values() for one in whose}) if result else 0


def is_counted(session: Session, round_: Round) -> bool:
    """Whether every question of the round has its result; so it is with a round that asks nothing."""
    return len(results_of(session, round_)) == len(rounds.questions(session, round_))


def counted(session: Session, round_: Round) -> Counted | None:
    """On how many ballots the round's results rest; None for a round that has none."""
    result = next(iter(results_of(session, round_)), None)
    if result is None:
        return None
    tally = tallies.read(result.method, result.numbers)
    return Counted(
        submitted=tally.submitted,
        joined=tally.enrolled,
        quorum=quorum.needed(tally.quorum_share, tally.enrolled),
        has_quorum=tally.quorum_reached,
        is_withheld=tally.submitted < session.get_one(Seminar, round_.seminar_id).min_group,
        counts_saved=round_.counts_saved,
    )
