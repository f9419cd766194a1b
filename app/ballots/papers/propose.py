"""Proposing: the author's proposals and their form, which have a room of their own."""

from dataclasses import dataclass
from typing import Any, Self

from sqlmodel import Session

from app.ballots.papers.reading import Reading
from app.ballots.papers.sheet import Paper, Words
from app.ballots.queries import Part
from app.i18n import gettext
from app.models.registers import Kind
from app.proposals import pages as proposals
from app.questions.propose import Propose
from app.registers.words import KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposePaper(Paper):
    """A question that asks for proposals."""

    folder = "propose"

    @classmethod
    def lay(cls, session: Session, reading: Reading, part: Part) -> Self:
        """There is nothing to lay out: proposals are shown by their own room."""
        return cls(reading=reading, part=part, words=cls.wording(session, reading, part), cards=())

    @classmethod
    def wording(cls, session: Session, reading: Reading, part: Part) -> Words:
        """Its fields are not the ballot's."""
        del cls, session, reading, part
        return Words({})

    @property
    def kinds(self) -> list[str]:
        """What can be proposed, in words."""
        assert isinstance(self.part.type, Propose)
        return [gettext(KINDS[Kind(kind)].one) for kind in self.part.type.kinds]

    def more(self, session: Session) -> dict[str, Any]:
        """What the templates of proposals need; in a preview there are none."""
        if self.reading.panellist is None:
            return {}
        return proposals.mine(
            session,
            seminar=self.reading.seminar,
            panellist=self.reading.panellist,
            question=self.part.question,
            is_open=self.reading.mode == "live",
        )
