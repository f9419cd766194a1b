"""Whether those who submitted in one round and not in the next had answered otherwise than the others.

A round is only held against the one before it. Two later rounds held against the same earlier one would
tell, by subtraction, what the few answered who left in between.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from app.aggregation import attrition
from app.models import Question, Round, Seminar
from app.models.rounds import ROOM
from app.results import matrix
from app.results.panel import Ballot, scores
from app.results.sealed import sheets
from app.results.turnout import Entry
from app.rounds import queries as rounds

SURE = 0.05

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What the comparison says in words: no figure of a group.

    Beside single ballots, which are exported, and beside who left, which the organizers know by name, means
    of leavers would tell which ballots are theirs. `differing` are the subjects on which they had answered
    otherwise than chance would explain.
    """

    criterion: str
    stood_apart: bool
    differing: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """From one round to the next: who stayed, who left, who came; `compared` is None where it is withheld."""

    before: int
    now: int
    stayed: int
    left: int
    came: int
    minimum: int
    compared: Compared | None

    @property
    def is_withheld(self) -> bool:
        """Whether so few left or stayed that a comparison would tell what each of them said."""
        return self.left > 0 and min(self.left, self.stayed) < self.minimum


def leaving(session: Session, *, before: Round, round_: Round, minimum: int) -> Leaving:
    """What may be told of those who submitted in the round before and not in this one; both are concluded."""
    then, now = _submitted(session, before), _submitted(session, round_)
    stayed, left = len(then & now), len(then - now)
    compared = _compared(session, before, now, minimum) if min(stayed, left) >= minimum else None
    return Leaving(
        before=before.number,
        now=round_.number,
        stayed=stayed,
        left=left,
        came=len(now - then),
        minimum=minimum,
        compared=compared,
    )


def round_before(session: Session, round_: Round) -> Round | None:
    """The last round before it that asked anything."""
    plan = rounds.plan(session, session.get_one(Seminar, round_.seminar_id))
    held = [one for one in plan if one.kind != ROOM and one.number < round_.number]
    earlier = [one for one in held if rounds.questions(session, one)]
    return earlier[-1] if earlier else None


def _submitted(session: Session, round_: Round) -> set[UUID]:
    asked = rounds.questions(session, round_)
    return set(sheets(session, asked[0])) if asked else set()


def _compared(session: Session, previous: Round, now: set[UUID], minimum: int) -> Compared | None:
    question = _rated(session, previous)
    if question is None:
        return None
    panel = matrix.load(session, question)
    place = next((place for place, scale in enumerate(panel.scales) if scale.overall), 0)
    ratings, left = _rows(matrix.by_panellist(session, question), place, now)
    found = attrition(ratings.reshape(len(left), -1), left)
    if np.isnan(found.distance_p) or min(found.left, found.stayed) < minimum:
        return None
    return Compared(
        criterion=panel.scales[place].label,
        stood_apart=found.distance_p < SURE and found.distance_left > found.distance_stayed,
        differing=[
            option
            for row, option in enumerate(panel.options)
            if found.p[row] < SURE and min(found.n_left[row], found.n_stayed[row]) >= minimum
        ],
    )


def _rated(session: Session, round_: Round) -> Question | None:
    """What the round rated: on cards, or else on its first plane."""
    asked = rounds.questions(session, round_)
    first = next((question for question in asked if question.type == rounds.RATE), None)
    return rounds.rate_question(session, round_) or first


def _rows(ballots: Mapping[UUID, Ballot], place: int, now: set[UUID]) -> tuple[Floats, list[bool]]:
    """The ratings on one criterion by expert, and who left; in the order of what they say, not of storage."""
    rows = [
        (key not in now, scores([tuple((cells[place],) for cells in ballot)]))
        for key, ballot in ballots.items()
    ]
    rows.sort(key=lambda row: (row[0], np.nan_to_num(row[1], nan=-1.0).tolist()))
    ratings = np.concatenate([ratings for _, ratings in rows]) if rows else np.empty(0)
    return ratings, [gone for gone, _ in rows]
