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

from app.aggregation import Attrition, attrition
from app.models import Question, Round, Seminar
from app.models.rounds import ROOM
from app.results import matrix
from app.results.panel import Ballot, scores
from app.results.sealed import sheets
from app.results.tally import Scale
from app.rounds import queries as rounds

SURE = 0.05

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLeft:
    """One subject: how leavers and stayers had rated it on average, and the corrected p-value."""

    code: str
    title: str
    n_left: int
    n_stayed: int
    mean_left: float
    mean_stayed: float
    p: float

    @property
    def differs(self) -> bool:
        """Whether chance alone would seldom make so great a difference."""
        return self.p < SURE


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Leavers beside stayers on one criterion of the earlier round; `items` where enough of both rated."""

    scale: Scale
    distance_left: float
    distance_stayed: float
    p: float
    items: list[ItemLeft] = field(default_factory=list)

    @property
    def stood_apart(self) -> bool:
        """Whether leavers had stood farther from the panel's median than chance would explain."""
        return self.p < SURE and self.distance_left > self.distance_stayed


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
    titles = [(option.code, option.title) for option in panel.options]
    return Compared(
        scale=panel.scales[place],
        distance_left=found.distance_left,
        distance_stayed=found.distance_stayed,
        p=found.distance_p,
        items=_items(found, titles, minimum),
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


def _items(found: Attrition, titles: list[tuple[str, str]], minimum: int) -> list[ItemLeft]:
    """The subjects that enough of both groups rated, those that differ most first."""
    items = [
        ItemLeft(
            code=code,
            title=title,
            n_left=int(found.n_left[row]),
            n_stayed=int(found.n_stayed[row]),
            mean_left=float(found.mean_left[row]),
            mean_stayed=float(found.mean_stayed[row]),
            p=float(found.p[row]),
        )
        for row, (code, title) in enumerate(titles)
        if min(found.n_left[row], found.n_stayed[row]) >= minimum
    ]
    return sorted(items, key=lambda item: (item.p, -abs(item.mean_left - item.mean_stayed), item.code))
