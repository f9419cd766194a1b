"""People, how they come in, and how often they may try."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from app.models.base import Row, UtcDateTime


class Person(Row, table=True):
    """One account; the address is kept in lower case."""

    __tablename__ = "person"

    email: str = Field(max_length=254, unique=True)
    name: str = Field(default="", max_length=200)
    locale: str | None = Field(default=None, max_length=8)
    timezone: str | None = Field(default=None, max_length=64)
    may_create_seminars: bool = False
    disabled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SignInLink(Row, table=True):
    """A one-time link; only hashes of its token, its code and the browser that asked are kept."""

    __tablename__ = "sign_in_link"

    person_id: UUID = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    token_hash: str = Field(max_length=64, unique=True)
    code_hash: str = Field(max_length=64)
    browser_hash: str = Field(max_length=64)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class WebSession(Row, table=True):
    """A signed-in browser: kept here and not in the cookie, so that it can be ended."""

    __tablename__ = "web_session"

    person_id: UUID = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    token_hash: str = Field(max_length=64, unique=True)
    last_seen_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)


class RateCount(SQLModel, table=True):
    """How often something was tried in one window of time; the key is a hash."""

    __tablename__ = "rate_count"

    key_hash: str = Field(max_length=64, primary_key=True)
    window_start: datetime = Field(primary_key=True, sa_type=UtcDateTime)
    count: int = 0
