"""The sealed answers to one question of a concluded round, as its type reads them, and by nobody's name."""

from collections.abc import Mapping
from typing import Any, TypeAlias
from uuid import UUID

from sqlmodel import Session, col, select

from app.errors import Conflict
from app.models import Ballot, Question, Round, Seal
from app.questions import sealing
from app.questions.answers import Answer
from app.rounds import lifecycle
from app.rounds import queries as rounds


class StillOpen(Conflict):
    """Numbers of a round that still takes answers, or has not begun to."""

    message = "Round R%(number)s has not been closed, so there is no result."


class BrokenSeal(Conflict):
    """A sealed ballot does not hold what it can have held when it was sealed."""

    message = "A sealed ballot of round R%(number)s cannot be read."


# One ballot: what it says of each subject, by the subject's code.
Sheet: TypeAlias = Mapping[str, Answer]


def sheets(session: Session, question: Question) -> dict[UUID, Sheet]:
    """What every submitted ballot says in answer to the question, by panellist; it may say nothing."""
    round_ = session.get_one(Round, question.round_id)
    if not lifecycle.is_concluded(round_):
        raise StillOpen(number=round_.number)
    type_ = rounds.question_type(session, question)
    try:
        return {
            panellist: type_.read(sealing.parts(content).get(question.code, {}))
            for panellist, content in _contents(session, round_)
        }
    except (AttributeError, TypeError, ValueError):
        raise BrokenSeal(number=round_.number) from None


def _contents(session: Session, round_: Round) -> list[tuple[UUID, Mapping[str, Any]]]:
    """The content of the latest seal of every ballot."""
    rows = session.exec(
        select(Ballot.panellist_id, Seal.content)
        .join(Seal, col(Seal.ballot_id) == col(Ballot.id))
        .where(Ballot.round_id == round_.id)
        .order_by(col(Seal.number))
    )
    return list(dict(rows.all()).items())
