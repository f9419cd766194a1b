"""Who did what to what, and when; each entry bound to the one before by a hash."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from app.models.base import UtcDateTime


class AuditEntry(SQLModel, table=True):
    """One link of the chain; holds no answer and no address."""

    __tablename__ = "audit_entry"

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(sa_type=UtcDateTime)
    actor_id: UUID | None = None
    seminar_id: UUID | None = Field(default=None, index=True)
    action: str = Field(max_length=64)
    subject: str = Field(default="", max_length=200)
    details: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    previous_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64, unique=True)
