"""The frozen numbers of a closed round, and what an open one shows of itself."""

from typing import Any
from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field

from app.models.base import Row


class Glimpse(Row, table=True):
    """What a real-time round shows of a question while it is open; renewed in steps, never ballot by ballot.

    `ballots` is how many it rests on. What it and those before it were counted from stands in `counted`,
    locked with the seminar's key, until nobody can answer any more: beside it, the next one and the result
    must not show what few answered.
    """

    __tablename__ = "glimpse"

    question_id: UUID = Field(foreign_key="question.id", unique=True, ondelete="CASCADE")
    ballots: int = 0
    counted: list[str] = Field(default_factory=list, sa_type=JSON)
    numbers: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    method: str = Field(max_length=64)


class Result(Row, table=True):
    """The tally of one question, computed once at closing, with the digest of its input.

    `left_out` has, by part of the question, the panellists whose answers to it are not counted, because
    beside what a real-time round had shown they would stand alone (`results.steps`).
    """

    __tablename__ = "result"

    question_id: UUID = Field(foreign_key="question.id", unique=True, ondelete="CASCADE")
    method: str = Field(max_length=64)
    input_digest: str = Field(max_length=64)
    numbers: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    left_out: dict[str, list[str]] = Field(
        default_factory=dict, sa_type=JSON, sa_column_kwargs={"server_default": "{}"}
    )
