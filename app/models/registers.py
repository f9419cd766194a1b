"""What the seminar talks about: items of every kind, their versions and their links."""

from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field

from app.models.base import Row, Word, one_of


class Kind(StrEnum):
    """The registers; `element` is a part of the mandate, to which all else is traced."""

    ELEMENT = "element"
    THREAT = "threat"
    STAKEHOLDER = "stakeholder"
    FRAMEWORK = "framework"
    PRACTICE = "practice"
    GAP = "gap"
    OPPORTUNITY = "opportunity"
    OPTION = "option"


class ItemStatus(StrEnum):
    """Where an item stands; what is proposed becomes an item only when it is accepted."""

    ACCEPTED = "accepted"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


class LinkKind(StrEnum):
    """How one item bears on another."""

    ADDRESSES = "addresses"
    BUILDS_ON = "builds_on"
    LED_BY = "led_by"
    SUPPORTED_BY = "supported_by"
    SERVES = "serves"
    COVERS = "covers"
    TOUCHES = "touches"
    CONCERNS = "concerns"


class ChangeKind(StrEnum):
    """What can become of an item."""

    ACCEPTED = "accepted"
    REWORDED = "reworded"
    MERGED = "merged"
    SPLIT = "split"
    RETIRED = "retired"
    IMPORTED = "imported"


class Item(Row, table=True):
    """Anything deliberated on; what it says now is its version number `version`."""

    __tablename__ = "item"
    __table_args__ = (
        UniqueConstraint("seminar_id", "code"),
        CheckConstraint(one_of("kind", Kind), name="kind"),
        CheckConstraint(one_of("status", ItemStatus), name="status"),
    )

    seminar_id: UUID = Field(foreign_key="seminar.id", ondelete="CASCADE")
    kind: Kind = Field(sa_type=Word(Kind))
    code: str = Field(max_length=32)
    position: int = 0
    status: ItemStatus = Field(default=ItemStatus.ACCEPTED, sa_type=Word(ItemStatus))
    version: int = 1


class ItemVersion(Row, table=True):
    """One wording of an item; `fields` are those of its kind.

    A `minor` rewording means the same as the one before: answers to that one hold for it too.
    """

    __tablename__ = "item_version"
    __table_args__ = (UniqueConstraint("item_id", "number"),)

    item_id: UUID = Field(foreign_key="item.id", ondelete="CASCADE")
    number: int = 1
    title: str = Field(max_length=300)
    text: str = Field(default="", max_length=8000)
    fields: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    minor: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})


class ItemChange(Row, table=True):
    """What became of an item, and why: the line of its history that everybody may read.

    `version` is the wording that came of it; `into_id` the item in which this one goes on: one line
    for each, where an item was split.
    """

    __tablename__ = "item_change"
    __table_args__ = (CheckConstraint(one_of("kind", ChangeKind), name="kind"),)

    item_id: UUID = Field(foreign_key="item.id", index=True, ondelete="CASCADE")
    kind: ChangeKind = Field(sa_type=Word(ChangeKind))
    version: int = 1
    into_id: UUID | None = Field(default=None, foreign_key="item.id", index=True, ondelete="CASCADE")
    reason: str = Field(default="", max_length=1000)


class ItemLink(Row, table=True):
    """One item bears on another; `value` grades it where the kind of link has grades."""

    __tablename__ = "item_link"
    __table_args__ = (
        UniqueConstraint("source_id", "kind", "target_id"),
        CheckConstraint(one_of("kind", LinkKind), name="kind"),
    )

    seminar_id: UUID = Field(foreign_key="seminar.id", index=True, ondelete="CASCADE")
    source_id: UUID = Field(foreign_key="item.id", ondelete="CASCADE")
    kind: LinkKind = Field(sa_type=Word(LinkKind))
    target_id: UUID = Field(foreign_key="item.id", index=True, ondelete="CASCADE")
    value: str | None = Field(default=None, max_length=16)
    position: int = 0


class GlossaryTerm(Row, table=True):
    """A term in the languages of the seminar."""

    __tablename__ = "glossary_term"
    __table_args__ = (UniqueConstraint("seminar_id", "key"),)

    seminar_id: UUID = Field(foreign_key="seminar.id", ondelete="CASCADE")
    key: str = Field(max_length=64)
    kind: str = Field(default="", max_length=32)
    words: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    position: int = 0
