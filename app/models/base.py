"""What tables share: keys, times in UTC, and names for every constraint."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from app import clock

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

E = TypeVar("E", bound=StrEnum)

# Rows of these tables must not tell the order in which they were written (security.md, trap 2).
UNORDERED: dict[str, Any] = {"sqlite_with_rowid": False}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment with its zone; SQLite would forget the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone; store all others in UTC."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment back in UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Word(TypeDecorator[E]):
    """A word of the domain, stored as itself and given back as its enumeration's member."""

    impl = String(32)
    cache_ok = True

    def __init__(self, words: type[E]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: E | str | None, dialect: Dialect) -> str | None:
        """Refuse a word that the enumeration lacks."""
        del dialect
        return None if value is None else self.words(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:
        """Give the member back."""
        del dialect
        return None if value is None else self.words(value)


class Row(SQLModel):
    """A random key and the moment of writing."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    created_at: datetime = Field(default_factory=lambda: clock.now(), sa_type=UtcDateTime)  # noqa: PLW0108 - tests replace the clock


class Unlinked(SQLModel):
    """A random key and nothing that says when or by whom."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)


def one_of(column: str, words: type[StrEnum]) -> str:
    """The SQL of a check that a column holds one of the words."""
    return f"{column} IN ({', '.join(repr(str(word)) for word in words)})"
