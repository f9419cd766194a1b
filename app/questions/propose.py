"""The question type `propose`: add items of some kinds to the registers.

Proposals live beside the ballot, since they go on after its round: the ballot seals which there were.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from app.errors import AppError
from app.questions.answers import Answer, Entry
from app.questions.protocol import Fields, Parsed


@dataclass(frozen=True, slots=True)
class Propose:
    """A `propose` question: the kinds it asks for, and how many of all a panellist may propose.

    `words` are the fewest and the most words of a text, if the question says so.
    """

    kinds: tuple[str, ...]
    limit: int | None = None
    words: tuple[int, int] | None = None
    name: str = "propose"

    @classmethod
    def of(cls, settings: Mapping[str, Any], scales: Mapping[str, tuple[int, int]]) -> Self:
        """From a question's settings; there are no scales."""
        del scales
        words = settings.get("words")
        return cls(tuple(settings["kinds"]), settings.get("limit"), (words[0], words[1]) if words else None)

    @property
    def requires(self) -> bool:
        """Nobody must propose."""
        return False

    def missing(self, answer: Answer | None) -> list[str]:
        """Nothing, therefore."""
        del answer
        return []

    def is_done(self, answer: Answer | None) -> bool:
        """What was submitted is there."""
        return answer is not None

    def far(self, given: Mapping[str, Answer], subjects: Collection[str]) -> tuple[int, int]:
        """There is no number to reach."""
        del given, subjects
        return 0, 0

    def parse(self, fields: Fields, subjects: Collection[str]) -> Parsed[Entry]:
        """Nothing: proposals have a form of their own."""
        del fields, subjects
        return Parsed()

    def unfit(self, given: Mapping[str, Answer]) -> AppError | None:
        """Nothing keeps proposals from being submitted."""
        del given
        return None

    def seal(self, given: Mapping[str, Answer]) -> dict[str, Any]:
        """The references of the proposals that were submitted, in their alphabetical order."""
        return {"proposals": sorted(given)}

    def read(self, content: Mapping[str, Any]) -> dict[str, Answer]:
        """An empty answer for each reference that was sealed."""
        return {reference: Answer() for reference in content.get("proposals", [])}

    def columns(self, subjects: Sequence[str]) -> list[str]:
        """None: what came of proposals is exported with the registers, tied to no ballot."""
        del subjects
        return []

    def cells(self, given: Mapping[str, Answer], subjects: Sequence[str]) -> list[int | str | None]:
        """None either."""
        del given, subjects
        return []
