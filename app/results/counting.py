"""Count a question by its type: once on the day of closing, and again whenever somebody doubts it."""

from typing import Any, Protocol, TypeVar

from sqlmodel import Session

from app.models import Question
from app.results import allotting, comments, comparing, coverage, placing, proposing, rating, weighing
from app.results.tallies import Tally
from app.results.turnout import Facts
from app.settings import Settings

OneTally = TypeVar("OneTally")


class Tallier(Protocol[OneTally]):
    """What counts the questions of one type: a module with these two functions."""

    def count(self, session: Session, settings: Settings, question: Question, facts: Facts) -> OneTally:
        """The result of a question whose round has just been closed."""

    def count_again(self, session: Session, question: Question, frozen: OneTally) -> OneTally:
        """The same from the sealed ballots of today, with what the frozen result tells of its day."""


# Adding a type is adding a line here, and one in `tallies.TALLIES` for what it freezes.
TALLIERS: dict[str, Tallier[Any]] = {
    "rate": rating,
    "cover": coverage,
    "comment": comments,
    "propose": proposing,
    "rank": placing,
    "allocate": allotting,
    "compare": comparing,
    "weigh": weighing,
}


def count(session: Session, settings: Settings, question: Question, facts: Facts) -> Tally:
    """The result of a question whose round has just been closed."""
    counted: Tally = TALLIERS[question.type].count(session, settings, question, facts)
    return counted


def count_again(session: Session, question: Question, frozen: Tally) -> Tally:
    """The same from the sealed ballots of today, with what the frozen result tells of its day."""
    counted: Tally = TALLIERS[question.type].count_again(session, question, frozen)
    return counted
