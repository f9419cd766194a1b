"""Files that take long to make: asked for, made by the worker, and kept for a day."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint
from sqlmodel import Field

from app.models.base import Row, UtcDateTime, Word, one_of


class FileState(StrEnum):
    """Where a file stands."""

    ASKED = "asked"
    READY = "ready"
    FAILED = "failed"


class PreparedFile(Row, table=True):
    """One file of a seminar in one form, for all who may export: it holds what is published and no more.

    `made_at` is when making it was begun: it holds what was so then. `fault` is the sentence that refused it.
    """

    __tablename__ = "prepared_file"
    __table_args__ = (
        UniqueConstraint("seminar_id", "form"),
        CheckConstraint(one_of("state", FileState), name="state"),
    )

    seminar_id: UUID = Field(foreign_key="seminar.id", ondelete="CASCADE")
    form: str = Field(max_length=16)
    state: FileState = Field(default=FileState.ASKED, sa_type=Word(FileState))
    made_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    content: bytes | None = Field(default=None, sa_type=LargeBinary)
    fault: str = Field(default="", max_length=300)
