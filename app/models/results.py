"""The frozen numbers of a closed round."""

from typing import Any
from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field

from app.models.base import Row


class Result(Row, table=True):
    """The tally of one question, computed once at closing, with the digest of its input."""

    __tablename__ = "result"

    question_id: UUID = Field(foreign_key="question.id", unique=True, ondelete="CASCADE")
    method: str = Field(max_length=64)
    input_digest: str = Field(max_length=64)
    numbers: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
