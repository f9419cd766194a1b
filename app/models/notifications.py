"""Mail that is due, under way or sent."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from app.models.base import Row, UtcDateTime, Word, one_of


class MessageState(StrEnum):
    """Where a message stands."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class Message(Row, table=True):
    """One mail to one member; its text is made when it is sent and is not kept."""

    __tablename__ = "message"
    __table_args__ = (CheckConstraint(one_of("state", MessageState), name="state"),)

    kind: str = Field(max_length=32)
    membership_id: UUID = Field(foreign_key="membership.id", index=True, ondelete="CASCADE")
    round_id: UUID | None = Field(default=None, foreign_key="round.id", ondelete="CASCADE")
    state: MessageState = Field(default=MessageState.QUEUED, sa_type=Word(MessageState), index=True)
    attempts: int = 0
    due_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    problem: str = Field(default="", max_length=500)
