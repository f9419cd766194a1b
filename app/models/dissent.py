"""Minority statements: texts with owners, in wordings that these approve; they bear no time and no order.

Who wrote or supports one is a panellist, and known to her alone: the staff and the panel read statements
without authors.
"""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from app.models.base import UNORDERED, Unlinked, Word, one_of


class StatementState(StrEnum):
    """Where a statement stands; `edited` waits for its author's approval of other words."""

    WRITTEN = "written"
    EDITED = "edited"
    APPROVED = "approved"
    RELEASED = "released"
    WITHHELD = "withheld"
    WITHDRAWN = "withdrawn"


class MinorityStatement(Unlinked, table=True):
    """What experts outside the main view say on an option; `reference` is drawn by chance.

    `item_version` is the option's wording of which it speaks, `alone` whether its author consents to its
    being printed as of one participant, `reason` why it is withheld. Once it is released, `round_id` is
    the round on whose ratings that rests: `counted` of the `raters` then had it, outside the main view.
    """

    __tablename__ = "minority_statement"
    __table_args__ = (
        UniqueConstraint("seminar_id", "reference"),
        CheckConstraint(one_of("state", StatementState), name="state"),
        UNORDERED,
    )

    seminar_id: UUID = Field(foreign_key="seminar.id", ondelete="CASCADE")
    item_id: UUID = Field(foreign_key="item.id", index=True, ondelete="CASCADE")
    item_version: int = 1
    reference: str = Field(max_length=16)
    state: StatementState = Field(default=StatementState.WRITTEN, sa_type=Word(StatementState))
    language: str = Field(default="en", max_length=8)
    alone: bool = False
    reason: str = Field(default="", max_length=1000)
    round_id: UUID | None = Field(default=None, foreign_key="round.id", index=True, ondelete="SET NULL")
    counted: int | None = None
    raters: int | None = None


class MinorityWording(Unlinked, table=True):
    """One version of a statement's words; the highest `number` is in force.

    Of the facilitators' versions `reason` tells the owners why.
    """

    __tablename__ = "minority_wording"
    __table_args__ = (
        UniqueConstraint("statement_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        UNORDERED,
    )

    statement_id: UUID = Field(foreign_key="minority_statement.id", ondelete="CASCADE")
    number: int = 1
    by_author: bool
    text: str = Field(max_length=2000)
    reason: str = Field(default="", max_length=1000)


class MinorityOwner(Unlinked, table=True):
    """A panellist who wrote a statement or supports it, and which of its wordings she approved last.

    `reply` is what she has to say of wording `replied`, once for each.
    """

    __tablename__ = "minority_owner"
    __table_args__ = (UniqueConstraint("statement_id", "panellist_id"), UNORDERED)

    statement_id: UUID = Field(foreign_key="minority_statement.id", ondelete="CASCADE")
    panellist_id: UUID = Field(foreign_key="panellist.id", index=True, ondelete="CASCADE")
    wrote: bool
    approved: int = 0
    replied: int = 0
    reply: str = Field(default="", max_length=1000)
