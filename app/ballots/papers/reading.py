"""Who looks at which ballot, and what its pages are made from."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlmodel import Session

from app.ballots import queries
from app.ballots.queries import Asking, Filled, Progress
from app.models import Panellist, Round, Seminar
from app.rounds.lifecycle import is_open

Mode = Literal["live", "over", "preview"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A ballot and its reader: its author, or without a panellist somebody who previews a blank one.

    `reader` is whose order the subjects stand in.
    """

    seminar: Seminar
    round_: Round
    panellist: Panellist | None
    reader: UUID
    filled: Filled

    @property
    def asked(self) -> Asking:
        """What the round asks."""
        return self.filled.asked

    @property
    def mode(self) -> Mode:
        """Whether it can be filled in, only looked at, or tried out."""
        if self.panellist is None:
            return "preview"
        return "live" if is_open(self.round_) else "over"

    @property
    def progress(self) -> Progress:
        """How far the ballot is."""
        return self.filled.progress


def author_reads(
    session: Session, *, seminar: Seminar, round_: Round, asked: Asking, panellist: Panellist
) -> Reading:
    """The panellist at her own ballot."""
    filled = queries.filled(session, round_=round_, asked=asked, panellist=panellist)
    return Reading(seminar=seminar, round_=round_, panellist=panellist, reader=panellist.id, filled=filled)


def staff_previews(*, seminar: Seminar, round_: Round, asked: Asking, reader: UUID) -> Reading:
    """A blank ballot in an order of the reader's own."""
    return Reading(seminar=seminar, round_=round_, panellist=None, reader=reader, filled=Filled(asked))
