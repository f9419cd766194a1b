"""How many items were proposed in answer to a closed `propose` question, and where they stood."""

from dataclasses import asdict, dataclass, field
from typing import Any

from app.results.turnout import Turnout

METHOD = "colloquy-propose-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeTally(Turnout):
    """Proposals by kind and state on the day of closing; what was never submitted is not among them.

    No text is here, no reference and no author. `sealed` is how many of them the ballots name.
    """

    kinds: list[str]
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    sealed: int = 0

    @property
    def total(self) -> int:
        """How many there were."""
        return sum(number for states in self.counts.values() for number in states.values())

    def as_numbers(self) -> dict[str, Any]:
        """Plain numbers, to be frozen as JSON."""
        return asdict(self)

    @classmethod
    def from_numbers(cls, numbers: dict[str, Any]) -> "ProposeTally":
        """The tally that was frozen."""
        return cls(**numbers)
