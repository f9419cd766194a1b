"""The criteria of a seminar, its rounds, their questions and what these are about."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

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


class FeedbackPolicy(StrEnum):
    """What a round shows of the one before it."""

    NONE = "none"
    STATISTICS = "statistics"
    RATIONALES = "rationales"


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
    """What a question is about: an item in the wording that is frozen when the round opens."""

    __tablename__ = "subject"
    __table_args__ = (UniqueConstraint("question_id", "item_id"),)

    question_id: UUID = Field(foreign_key="question.id", ondelete="CASCADE")
    item_id: UUID = Field(foreign_key="item.id")
    item_version: int = 1
    position: int = 0
