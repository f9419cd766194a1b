"""What was said for and against each subject of a closed `comment` question."""

from dataclasses import asdict, dataclass, field
from typing import Any, TypedDict

from app.results.turnout import Entry, Turnout

# by the first method the digests of texts had no salt
METHOD, METHOD_1 = "colloquy-comment-2", "colloquy-comment-1"

Sides = TypedDict("Sides", {"for": list[str], "against": list[str]})


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentTally(Turnout):
    """The arguments on each subject that has any, by its code; each side in an order that says nothing."""

    subjects: list[Entry]
    arguments: dict[str, Sides] = field(default_factory=dict)

    def of(self, code: str) -> Sides:
        """The arguments on one subject."""
        return self.arguments.get(code, {"for": [], "against": []})

    def as_numbers(self) -> dict[str, Any]:
        """Plain words, to be frozen as JSON."""
        return asdict(self)

    @classmethod
    def from_numbers(cls, numbers: dict[str, Any]) -> "CommentTally":
        """The tally that was frozen."""
        return cls(**numbers | {"subjects": [Entry(**one) for one in numbers["subjects"]]})
