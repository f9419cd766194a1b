"""What experts propose for the registers: it hangs on a panellist and bears no time.

A proposal becomes an item, or a part of one, only when it is accepted. Until then nobody but its
author and the facilitators sees it, and what is never accepted is in no register and no export.
"""

from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field

from app.models.base import UNORDERED, Row, Unlinked, Word, one_of
from app.models.registers import Kind


class ProposalState(StrEnum):
    """Where a proposal stands; `returned` waits for its author, `submitted` for the facilitators."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    MERGED = "merged"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Proposal(Unlinked, table=True):
    """An item that an expert would add; `reference` is drawn by chance and is its public name.

    `question_id` is the question that asked for it, or none where the seminar takes proposals at any
    time. `fields` and `links` are as they were typed, to be checked when it is submitted. `item_id`
    and `item_version` say in which item and wording it goes on, `reason` why it was decided so.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        UniqueConstraint("seminar_id", "reference"),
        CheckConstraint(one_of("kind", Kind), name="kind"),
        CheckConstraint(one_of("state", ProposalState), name="state"),
        UNORDERED,
    )

    seminar_id: UUID = Field(foreign_key="seminar.id", ondelete="CASCADE")
    panellist_id: UUID = Field(foreign_key="panellist.id", index=True, ondelete="CASCADE")
    question_id: UUID | None = Field(default=None, foreign_key="question.id", index=True, ondelete="SET NULL")
    reference: str = Field(max_length=16)
    kind: Kind = Field(sa_type=Word(Kind))
    state: ProposalState = Field(default=ProposalState.DRAFT, sa_type=Word(ProposalState))
    revision: int = 1
    title: str = Field(default="", max_length=300)
    text: str = Field(default="", max_length=8000)
    fields: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    links: dict[str, list[str]] = Field(default_factory=dict, sa_type=JSON)
    item_id: UUID | None = Field(default=None, foreign_key="item.id", index=True, ondelete="SET NULL")
    item_version: int | None = None
    reason: str = Field(default="", max_length=2000)


class Remark(Unlinked, table=True):
    """One line of the conversation between the author of a proposal and the facilitators, both nameless."""

    __tablename__ = "remark"
    __table_args__ = (
        UniqueConstraint("proposal_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        UNORDERED,
    )

    proposal_id: UUID = Field(foreign_key="proposal.id", ondelete="CASCADE")
    number: int = 1
    by_author: bool
    text: str = Field(max_length=2000)


class HeldText(Row, table=True):
    """A text of a closed round that the facilitators hold back or show with words left out.

    The text itself stays sealed; `digest` finds it wherever it would be shown. Without `instead` it is
    shown nowhere. Its author is told why.
    """

    __tablename__ = "held_text"
    __table_args__ = (UniqueConstraint("question_id", "item_code", "digest"),)

    question_id: UUID = Field(foreign_key="question.id", ondelete="CASCADE")
    item_code: str = Field(max_length=32)
    digest: str = Field(max_length=64)
    instead: str | None = Field(default=None, max_length=4000)
    reason: str = Field(max_length=1000)
