"""Answers: they hang on a panellist, bear no time and no actor, and are only ever added to.

Beside them, and tied to them by nothing, stands the electorate: who has opened, started and
submitted.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from app.models.base import UNORDERED, Row, Unlinked, UtcDateTime, Word, one_of


class Abstention(StrEnum):
    """Why an expert gives no rating."""

    NO_EXPERTISE = "no_expertise"
    CANNOT_SAY = "cannot_say"
    PREFER_NOT = "prefer_not"


class Progress(StrEnum):
    """How far a member is with a round."""

    OPENED = "opened"
    STARTED = "started"
    SUBMITTED = "submitted"


class EntryState(StrEnum):
    """Where a returned form stands."""

    READ = "read"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


class Ballot(Unlinked, table=True):
    """One panellist's answers in one round."""

    __tablename__ = "ballot"
    __table_args__ = (UniqueConstraint("round_id", "panellist_id"), UNORDERED)

    round_id: UUID = Field(foreign_key="round.id", ondelete="CASCADE")
    panellist_id: UUID = Field(foreign_key="panellist.id", ondelete="CASCADE")


class AnswerRevision(Unlinked, table=True):
    """One saved judgement; the one in force is the highest `revision`.

    A score, or a reason to abstain, or neither: the answer was taken back. What `criterion` names is
    for the type of the question to say: of a `cover` question it is an element of the mandate.
    """

    __tablename__ = "answer_revision"
    __table_args__ = (
        UniqueConstraint("ballot_id", "subject_id", "criterion", "revision"),
        CheckConstraint("score IS NULL OR abstention IS NULL", name="score_or_abstention"),
        CheckConstraint(f"abstention IS NULL OR {one_of('abstention', Abstention)}", name="abstention"),
        CheckConstraint("revision >= 1", name="revision"),
        Index(None, "subject_id"),
        UNORDERED,
    )

    ballot_id: UUID = Field(foreign_key="ballot.id", ondelete="CASCADE")
    subject_id: UUID = Field(foreign_key="subject.id", ondelete="CASCADE")
    criterion: str = Field(max_length=40)
    revision: int = 1
    score: int | None = None
    abstention: Abstention | None = Field(default=None, sa_type=Word(Abstention))
    kept: bool = False


class RationaleRevision(Unlinked, table=True):
    """One saved text on one subject; the highest `revision` is in force.

    `part` says what it is: the reason for the judgements, an argument for or against, a source.
    """

    __tablename__ = "rationale_revision"
    __table_args__ = (
        UniqueConstraint("ballot_id", "subject_id", "part", "revision"),
        CheckConstraint("revision >= 1", name="revision"),
        Index(None, "subject_id"),
        UNORDERED,
    )

    ballot_id: UUID = Field(foreign_key="ballot.id", ondelete="CASCADE")
    subject_id: UUID = Field(foreign_key="subject.id", ondelete="CASCADE")
    part: str = Field(default="rationale", max_length=40, sa_column_kwargs={"server_default": "rationale"})
    revision: int = 1
    text: str = Field(default="", max_length=4000)


class Seal(Unlinked, table=True):
    """A sealed version of a ballot: its content, and a salted digest for the receipt.

    Only the highest `number` of a ballot counts. Where what is saved counts too, the last one may be of
    what was saved and not `submitted`: it is replaced by the next save, a submitted one never is.
    """

    __tablename__ = "seal"
    __table_args__ = (
        UniqueConstraint("ballot_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        UNORDERED,
    )

    ballot_id: UUID = Field(foreign_key="ballot.id", ondelete="CASCADE")
    number: int = 1
    submitted: bool = Field(default=True, sa_column_kwargs={"server_default": sa.true()})
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    salt: str = Field(max_length=64)
    receipt: str = Field(max_length=64, unique=True)


class HelpfulMark(Unlinked, table=True):
    """A panellist found an argument of others helpful; the argument goes by the digest of its text."""

    __tablename__ = "helpful_mark"
    __table_args__ = (UniqueConstraint("panellist_id", "question_id", "item_code", "digest"), UNORDERED)

    panellist_id: UUID = Field(foreign_key="panellist.id", ondelete="CASCADE")
    question_id: UUID = Field(foreign_key="question.id", index=True, ondelete="CASCADE")
    item_code: str = Field(max_length=32)
    digest: str = Field(max_length=64)


class PaperForm(Unlinked, table=True):
    """A round as a file for one panellist; a code stands on it, and nothing of the person.

    The code follows from the row and the seminar's key, and is nowhere kept: `digest`, made with that key,
    finds the row of who brings the code. `proposals` says which proposal came of which line, until the round
    closes. Once the result is published, the row is nobody's: it says of which round a form was, no more.
    """

    __tablename__ = "paper_form"
    __table_args__ = (UniqueConstraint("round_id", "panellist_id"), UNORDERED)

    round_id: UUID = Field(foreign_key="round.id", ondelete="CASCADE")
    panellist_id: UUID | None = Field(default=None, foreign_key="panellist.id", ondelete="CASCADE")
    digest: str = Field(max_length=64, unique=True)
    proposals: dict[str, str] = Field(
        default_factory=dict, sa_type=JSON, sa_column_kwargs={"server_default": "{}"}
    )


class PaperEntry(Unlinked, table=True):
    """What was read from a returned form, until it is confirmed or dropped; `number` counts those of a form.

    `content` is what was read, cell by cell; `by_clerk` says whether a form clerk brought it. Once it is
    confirmed or dropped, the content is emptied: the ballot has it.
    """

    __tablename__ = "paper_entry"
    __table_args__ = (
        UniqueConstraint("form_id", "number"),
        CheckConstraint(one_of("state", EntryState), name="state"),
        UNORDERED,
    )

    form_id: UUID = Field(foreign_key="paper_form.id", ondelete="CASCADE")
    number: int = 1
    state: EntryState = Field(default=EntryState.READ, sa_type=Word(EntryState))
    by_clerk: bool = False
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class Participation(Row, table=True):
    """How far a member is with a round, without a word of what was answered."""

    __tablename__ = "participation"
    __table_args__ = (
        UniqueConstraint("membership_id", "round_id"),
        CheckConstraint(one_of("progress", Progress), name="progress"),
    )

    membership_id: UUID = Field(foreign_key="membership.id", ondelete="CASCADE")
    round_id: UUID = Field(foreign_key="round.id", index=True, ondelete="CASCADE")
    progress: Progress = Field(default=Progress.OPENED, sa_type=Word(Progress))
    # a day, no more: beside the ballots a moment would tell which of them is whose
    started_on: date | None = None
    submitted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
