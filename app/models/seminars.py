"""A seminar, its people, and the two sides of a pseudonym."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import JSON, CheckConstraint, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.base import UNORDERED, Row, Unlinked, UtcDateTime, Word, one_of
from app.policy import Role


class Anonymity(StrEnum):
    """How an answer is tied to its author."""

    NAMED = "named"
    PSEUDONYMOUS = "pseudonymous"
    SEALED = "sealed"


class SeminarStatus(StrEnum):
    """Where a seminar stands."""

    PREPARING = "preparing"
    RUNNING = "running"
    CONCLUDED = "concluded"
    ARCHIVED = "archived"


class MembershipState(StrEnum):
    """Where a member stands."""

    INVITED = "invited"
    JOINED = "joined"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Seminar(Row, table=True):
    """The whole exercise; `mandate` holds the instrument, the paragraph and the aims."""

    __tablename__ = "seminar"
    __table_args__ = (
        CheckConstraint("min_group >= 2", name="min_group"),
        CheckConstraint(one_of("anonymity", Anonymity), name="anonymity"),
        CheckConstraint(one_of("status", SeminarStatus), name="status"),
    )

    slug: str = Field(max_length=64, unique=True)
    title: str = Field(max_length=300)
    short_title: str = Field(default="", max_length=160)
    summary: str = Field(default="", max_length=4000)
    language: str = Field(default="en", max_length=8)
    timezone: str = Field(default="UTC", max_length=64)
    anonymity: Anonymity = Field(default=Anonymity.PSEUDONYMOUS, sa_type=Word(Anonymity))
    attribution: str = Field(default="", max_length=2000)
    min_group: int = 5
    status: SeminarStatus = Field(default=SeminarStatus.PREPARING, sa_type=Word(SeminarStatus))
    synthetic: bool = False
    template: str | None = Field(default=None, max_length=64)
    mandate: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    wording: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    wording_locked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # what may be done with the data set that leaves; empty while the organisers have said nothing
    licence: str = Field(default="", max_length=4000, sa_column_kwargs={"server_default": ""})
    # the kinds of items that experts may propose at any time, whatever a round asks
    proposing: list[str] = Field(
        default_factory=list, sa_type=JSON, sa_column_kwargs={"server_default": "[]"}
    )
    # whether mails about an open round bring its form along, for whom nothing else is said
    forms_by_mail: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})


class SeminarKey(SQLModel, table=True):
    """The seminar's key, wrapped by the installation's; deleting the row destroys the link."""

    __tablename__ = "seminar_key"

    seminar_id: UUID = Field(foreign_key="seminar.id", primary_key=True, ondelete="CASCADE")
    wrapped: bytes = Field(sa_type=LargeBinary)


class Sector(Row, table=True):
    """A part of public life from which experts and stakeholders come."""

    __tablename__ = "sector"
    __table_args__ = (UniqueConstraint("seminar_id", "code"),)

    seminar_id: UUID = Field(foreign_key="seminar.id", ondelete="CASCADE")
    code: str = Field(max_length=32)
    label: str = Field(max_length=200)
    description: str = Field(default="", max_length=2000)
    position: int = 0


class Membership(Row, table=True):
    """A person in one role in one seminar."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("seminar_id", "person_id", "role"),
        CheckConstraint(one_of("role", Role), name="role"),
        CheckConstraint(one_of("state", MembershipState), name="state"),
    )

    seminar_id: UUID = Field(foreign_key="seminar.id", ondelete="CASCADE")
    person_id: UUID = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    role: Role = Field(sa_type=Word(Role))
    state: MembershipState = Field(default=MembershipState.INVITED, sa_type=Word(MembershipState))
    sector: str | None = Field(default=None, max_length=32)
    region: str | None = Field(default=None, max_length=64)
    # whether she gets forms by mail; as the seminar says, if nothing is said here
    forms_by_mail: bool | None = None


class Invitation(Row, table=True):
    """A standing invitation: its link stays good until the seminar ends.

    The link's token is derived from `nonce` with the installation's secret, so that it can
    be sent again and is nowhere stored; only its hash is, to find it by.
    """

    __tablename__ = "invitation"

    membership_id: UUID = Field(foreign_key="membership.id", unique=True, ondelete="CASCADE")
    nonce: str = Field(max_length=64)
    token_hash: str = Field(max_length=64, unique=True)
    opened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Panellist(Unlinked, table=True):
    """The expert as the panel knows her: a pseudonym, and nothing else of the person.

    No sector and no region: in most panels the two together, beside those of the members, would tell who
    is who without the seminar's key, and after its destruction.
    """

    __tablename__ = "panellist"
    __table_args__ = (UniqueConstraint("seminar_id", "pseudonym"), UNORDERED)

    seminar_id: UUID = Field(foreign_key="seminar.id", ondelete="CASCADE")
    pseudonym: str = Field(max_length=64)


class PseudonymLink(SQLModel, table=True):
    """Which panellist a member is, encrypted with the seminar's key.

    Read and written by `seminars.pseudonyms` alone.
    """

    __tablename__ = "pseudonym_link"
    __table_args__ = (UNORDERED,)

    membership_id: UUID = Field(foreign_key="membership.id", primary_key=True, ondelete="CASCADE")
    encrypted: bytes = Field(sa_type=LargeBinary)
