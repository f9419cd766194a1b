"""Who looks at which ballot, and what its pages are made from."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlmodel import Session

from app.ballots import queries
from app.ballots.queries import Asking, Filled, Progress
from app.models import Deadline, Panellist, Round, Seminar
from app.rounds import lifecycle

Mode = Literal["live", "over", "preview"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A ballot and its reader: its author, or without a panellist somebody who previews a blank one.

    `reader` is whose order the subjects stand in, `deadline` a later closing time of her own.
    """

    seminar: Seminar
    round_: Round
    panellist: Panellist | None
    reader: UUID
    filled: Filled
    deadline: Deadline | None = None

    @property
    def asked(self) -> Asking:
        """What the round asks."""
        return self.filled.asked

    @property
    def mode(self) -> Mode:
        """Whether it can be filled in, only looked at, or tried out."""
        if self.panellist is None:
            return "preview"
        return "live" if lifecycle.takes_answers(self.round_, self.deadline) else "over"

    @property
    def closes_at(self) -> datetime | None:
        """Until when she can fill it in."""
        return lifecycle.closes_at(self.round_, self.deadline)

    @property
    def progress(self) -> Progress:
        """How far the ballot is."""
        return self.filled.progress


def author_reads(
    session: Session,
    *,
    seminar: Seminar,
    round_: Round,
    asked: Asking,
    panellist: Panellist,
    deadline: Deadline | None = None,
) -> Reading:
    """The panellist at her own ballot."""
    return Reading(
        seminar=seminar,
        round_=round_,
        panellist=panellist,
        reader=panellist.id,
        filled=queries.filled(session, round_=round_, asked=asked, panellist=panellist),
        deadline=deadline,
    )


def staff_previews(*, seminar: Seminar, round_: Round, asked: Asking, reader: UUID) -> Reading:
    """A blank ballot in an order of the reader's own."""
    return Reading(seminar=seminar, round_=round_, panellist=None, reader=reader, filled=Filled(asked))
