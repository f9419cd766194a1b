"""What every frozen result says beside its numbers: of which question, from how many, made from what."""

from dataclasses import asdict, dataclass, field
from typing import Any

from app.rounds import quorum


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """How many were invited and had joined on the day of closing, and what share was wanted of these.

    They are told and not counted: a recount takes them as they were frozen.
    """

    invited: int
    enrolled: int
    quorum_share: float

    def as_keywords(self) -> dict[str, Any]:
        """By name, for a tally that is made of them."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnout:
    """The facts of the day of closing, and the digests.

    `inputs` has a digest for each part of what the numbers were made from; `input_digest` is theirs.
    """

    round_number: int
    question: str
    invited: int
    submitted: int
    method: str
    input_digest: str
    enrolled: int = 0
    quorum_share: float = 0.0
    inputs: dict[str, str] = field(default_factory=dict)

    @property
    def facts(self) -> Facts:
        """What was told, and not counted."""
        return Facts(invited=self.invited, enrolled=self.enrolled, quorum_share=self.quorum_share)

    @property
    def quorum_reached(self) -> bool:
        """Whether enough of the panel had submitted."""
        return quorum.is_reached(self.submitted, share=self.quorum_share, joined=self.enrolled)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What was asked about, in the wording that was asked about."""

    code: str
    title: str
    version: int
