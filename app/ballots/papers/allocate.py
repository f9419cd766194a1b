"""Allocating: points beside each subject, and how many are given and left."""

from dataclasses import dataclass

from app.ballots.papers.whole import WholePaper
from app.i18n import _
from app.questions.allocate import POINTS, Allocate


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocatePaper(WholePaper):
    """A question that has points to spend."""

    folder = "allocate"
    value = POINTS
    called = _("Points")

    @property
    def type(self) -> Allocate:
        """The question's type."""
        assert isinstance(self.part.type, Allocate)
        return self.part.type

    @property
    def given(self) -> int:
        """How many points are given."""
        return self.type.given(self.answers)
