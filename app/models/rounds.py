"""The criteria of a seminar, its rounds, their questions and what these are about."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field

from app.models.base import Row, UtcDateTime, Word, one_of


class RoundState(StrEnum):
    """The life of a round, in its order."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"


# The kind of a round that is held in the room, for minutes: no part of the plan, and no outcome rests on it.
ROOM = "room"


class FeedbackPolicy(StrEnum):
    """What a round shows of the one before it, and a real-time round of itself."""

    NONE = "none"
    STATISTICS = "statistics"
    RATIONALES = "rationales"


class Reveal(StrEnum):
    """When the panel sees the figures of a round; by `own_answer` it is a real-time round."""

    PUBLICATION = "publication"
    OWN_ANSWER = "own_answer"


class Criterion(Row, table=True):
    """A named dimension; the one marked `overall` sums up, the others carry weights."""

    __tablename__ = "criterion"
    __table_args__ = (
        UniqueConstraint("seminar_id", "code"),
        CheckConstraint("low < high", name="scale"),
        CheckConstraint("weight >= 0", name="weight"),
    )

    seminar_id: UUID = Field(foreign_key="seminar.id", ondelete="CASCADE")
    code: str = Field(max_length=12)
    label: str = Field(max_length=120)
    question: str = Field(default="", max_length=1000)
    note: str = Field(default="", max_length=1000)
    overall: bool = False
    benefit: bool = True
    weight: float = 0.0
    low: int = 1
    high: int = 9
    anchors: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    position: int = 0


class Round(Row, table=True):
    """One cycle of questions; one without any is planned, and cannot be opened."""

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("seminar_id", "number"),
        CheckConstraint("number >= 0", name="number"),
        CheckConstraint(one_of("state", RoundState), name="state"),
        CheckConstraint("closes_at IS NULL OR opens_at IS NULL OR closes_at > opens_at", name="times"),
        CheckConstraint(one_of("feedback", FeedbackPolicy), name="feedback"),
    )

    seminar_id: UUID = Field(foreign_key="seminar.id", ondelete="CASCADE")
    number: int
    kind: str = Field(default="rating", max_length=32)
    title: str = Field(max_length=200)
    purpose: str = Field(default="", max_length=2000)
    instructions: str = Field(default="", max_length=8000)
    tasks: list[str] = Field(default_factory=list, sa_type=JSON)
    effort: str = Field(default="", max_length=200)
    anonymity_note: str = Field(default="", max_length=1000)
    product: str = Field(default="", max_length=1000)
    note: str = Field(default="", max_length=2000)
    state: RoundState = Field(default=RoundState.DRAFT, sa_type=Word(RoundState))
    feedback: FeedbackPolicy = Field(default=FeedbackPolicy.NONE, sa_type=Word(FeedbackPolicy))
    previous_id: UUID | None = Field(default=None, foreign_key="round.id")
    quorum_share: float = 0.6
    opens_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closes_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    opened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    published_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # when the staff first looked at the result; until then the closed round can be reopened
    looked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reveal: Reveal = Field(
        default=Reveal.PUBLICATION, sa_type=Word(Reveal), sa_column_kwargs={"server_default": "publication"}
    )
    # whether answers that were saved and not submitted count too
    counts_saved: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    # how many days before closing those who have not submitted are reminded
    reminders: list[int] = Field(
        default_factory=lambda: [7, 2], sa_type=JSON, sa_column_kwargs={"server_default": "[7, 2]"}
    )


class Question(Row, table=True):
    """What a round asks; `settings` are those of its type."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("round_id", "code"),)

    round_id: UUID = Field(foreign_key="round.id", ondelete="CASCADE")
    code: str = Field(max_length=12)
    type: str = Field(max_length=16)
    prompt: str = Field(default="", max_length=2000)
    settings: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    position: int = 0


class Subject(Row, table=True):
    """What a question is about: an item in the wording that is frozen at opening, or a criterion."""

    __tablename__ = "subject"
    __table_args__ = (
        UniqueConstraint("question_id", "item_id"),
        UniqueConstraint("question_id", "criterion_id"),
        CheckConstraint("(item_id IS NULL) <> (criterion_id IS NULL)", name="item_or_criterion"),
    )

    question_id: UUID = Field(foreign_key="question.id", ondelete="CASCADE")
    item_id: UUID | None = Field(default=None, foreign_key="item.id")
    criterion_id: UUID | None = Field(default=None, foreign_key="criterion.id")
    item_version: int = 1
    position: int = 0


class Deadline(Row, table=True):
    """A later closing time of one expert; the round is counted when the last of them has passed."""

    __tablename__ = "deadline"
    __table_args__ = (UniqueConstraint("round_id", "membership_id"),)

    round_id: UUID = Field(foreign_key="round.id", ondelete="CASCADE")
    membership_id: UUID = Field(foreign_key="membership.id", ondelete="CASCADE")
    closes_at: datetime = Field(sa_type=UtcDateTime)
    reason: str = Field(default="", max_length=500)


class Blueprint(Row, table=True):
    """A round or a plan of rounds that somebody keeps, to begin others with: no items and no answers."""

    __tablename__ = "blueprint"
    __table_args__ = (CheckConstraint("scope IN ('round', 'plan')", name="scope"),)

    owner_id: UUID = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    scope: str = Field(max_length=8)
    name: str = Field(max_length=120)
    summary: str = Field(default="", max_length=1000)
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
