"""Votes in the room on one subject, one after the other: which of them may be shown beside each other.

Somebody can hold a vote, let one more come in and hold it again: the difference of two results would be her
answer. So a vote is shown only where at least the minimum group of ballots differ from those of every vote on
the same subject that is shown, whoever took part in one of them alone included.
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias
from uuid import UUID

from sqlmodel import Session, col, select

from app.models import Question, Round, Subject
from app.models.rounds import ROOM
from app.results import sealed
from app.rounds import lifecycle

Said: TypeAlias = Mapping[UUID, Mapping[str, int | str]]


def is_shown(session: Session, question: Question, minimum: int) -> bool:
    """Whether a vote in the room may be shown beside those before it."""
    shown: list[Said] = []
    for vote in _before(session, question):
        said = _said(session, vote)
        if _may_join(shown, said, minimum):
            shown.append(said)
    return _may_join(shown, _said(session, question), minimum)


def _may_join(shown: Sequence[Said], said: Said, minimum: int) -> bool:
    return len(said) >= minimum and all(_differing(said, other) >= minimum for other in shown)


def _before(session: Session, question: Question) -> list[Question]:
    """The votes in the room on the same subject by the same criteria that were held before, oldest first."""
    this = session.get_one(Round, question.round_id)
    item = select(Subject.item_id).where(Subject.question_id == question.id)
    rows = session.exec(
        select(Question, Round)
        .join(Round, col(Round.id) == col(Question.round_id))
        .join(Subject, col(Subject.question_id) == col(Question.id))
        .where(
            Round.seminar_id == this.seminar_id,
            Round.kind == ROOM,
            Round.number < this.number,
            col(Subject.item_id).in_(item),
        )
        .order_by(col(Round.number))
    )
    criteria = question.settings.get("criteria")
    return [
        vote
        for vote, round_ in rows
        if lifecycle.is_concluded(round_) and vote.settings.get("criteria") == criteria
    ]


def _said(session: Session, question: Question) -> Said:
    """What each ballot says of the one subject."""
    return {
        ballot: {name: value for answer in sheet.values() for name, value in answer.judgements.items()}
        for ballot, sheet in sealed.sheets(session, question).items()
    }


def _differing(one: Said, other: Said) -> int:
    return sum(one.get(ballot) != other.get(ballot) for ballot in {*one, *other})
