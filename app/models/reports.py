"""The report of a seminar: its sections as they are written, its versions, and what is said of them."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field

from app.models.base import Row, UtcDateTime, Word, one_of


class ReportState(StrEnum):
    """Where a report stands: it goes forward, and back to draft when somebody takes it up again."""

    DRAFT = "draft"
    REVIEW = "review"
    APPROVED = "approved"


class Paper(StrEnum):
    """The sheet on which a report is printed."""

    A4 = "a4"
    LETTER = "letter"


class Report(Row, table=True):
    """The one report of a seminar; `attribution` says on its first page what may be quoted of whom.

    `review_round_id` is the round in which the panel comments on the draft, `approved_version` the
    number of the version that was approved.
    """

    __tablename__ = "report"
    __table_args__ = (
        CheckConstraint(one_of("paper", Paper), name="paper"),
        CheckConstraint(one_of("state", ReportState), name="state"),
    )

    seminar_id: UUID = Field(foreign_key="seminar.id", unique=True, ondelete="CASCADE")
    title: str = Field(max_length=300)
    language: str = Field(default="en", max_length=8)
    paper: Paper = Field(default=Paper.A4, sa_type=Word(Paper))
    state: ReportState = Field(default=ReportState.DRAFT, sa_type=Word(ReportState))
    attribution: str = Field(default="", max_length=2000)
    review_round_id: UUID | None = Field(default=None, foreign_key="round.id", ondelete="SET NULL")
    approved_version: int | None = None
    approved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ReportSection(Row, table=True):
    """One section: Markdown with places for what is bound to data, as in `[[figure:coverage]]`.

    `bound` has for every such place what stood there when a person last confirmed it. `drafted` is the
    digest of the text that the platform wrote: of an edited section it is not the digest of `body`.
    `version` counts the savings, so that nobody writes over what another has saved meanwhile.
    """

    __tablename__ = "report_section"
    __table_args__ = (UniqueConstraint("report_id", "key"),)

    report_id: UUID = Field(foreign_key="report.id", ondelete="CASCADE")
    key: str = Field(max_length=40)
    position: int = 0
    title: str = Field(max_length=300)
    body: str = Field(default="", sa_type=Text)
    included: bool = True
    annex: bool = False
    # why the platform drafted nothing, in words; empty where it did
    reason: str = Field(default="", max_length=1000)
    bound: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    drafted: str = Field(default="", max_length=64)
    version: int = 1
    edited_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ReportVersion(Row, table=True):
    """The whole report as it stood once: all its sections, and why somebody kept them."""

    __tablename__ = "report_version"
    __table_args__ = (UniqueConstraint("report_id", "number"),)

    report_id: UUID = Field(foreign_key="report.id", ondelete="CASCADE")
    number: int = 1
    note: str = Field(default="", max_length=1000)
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    person_id: UUID | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")


class ReportComment(Row, table=True):
    """What a member of the staff says of a section."""

    __tablename__ = "report_comment"

    section_id: UUID = Field(foreign_key="report_section.id", index=True, ondelete="CASCADE")
    person_id: UUID | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    text: str = Field(max_length=4000)
    resolved: bool = False
