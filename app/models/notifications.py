"""Mail that is due, under way or sent."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
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
    __table_args__ = (
        CheckConstraint(one_of("state", MessageState), name="state"),
        UniqueConstraint("membership_id", "round_id", "kind", "occasion"),
    )

    kind: str = Field(max_length=32)
    membership_id: UUID = Field(foreign_key="membership.id", index=True, ondelete="CASCADE")
    round_id: UUID | None = Field(default=None, foreign_key="round.id", ondelete="CASCADE")
    # what tells two mails of one kind about one round apart, so that none is written twice
    occasion: str = Field(default="", max_length=64, sa_column_kwargs={"server_default": ""})
    state: MessageState = Field(default=MessageState.QUEUED, sa_type=Word(MessageState), index=True)
    attempts: int = 0
    due_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    problem: str = Field(default="", max_length=500)


class ReminderChoice(Row, table=True):
    """What a member wants of reminders: none any more, or none before a time."""

    __tablename__ = "reminder_choice"

    membership_id: UUID = Field(foreign_key="membership.id", unique=True, ondelete="CASCADE")
    stopped_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    postponed_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
