"""The question type `comment`: write what speaks for a subject, and what against it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from app.questions import answers
from app.questions.answers import Answer, Entry, Judgement, UnknownPart
from app.questions.protocol import Fields, Parsed

FOR, AGAINST = "for", "against"
SIDES = (FOR, AGAINST)
LIMIT = 2000


@dataclass(frozen=True, slots=True)
class Comment:
    """A `comment` question: one text of each side on each subject, all of them optional."""

    name: str = "comment"

    @classmethod
    def of(cls, settings: Mapping[str, Any], scales: Mapping[str, tuple[int, int]]) -> Self:
        """It needs neither."""
        del settings, scales
        return cls()

    @property
    def requires(self) -> bool:
        """An expert comments on what she has something to say of."""
        return False

    def missing(self, answer: Answer | None) -> list[str]:
        """Nothing, therefore."""
        del answer
        return []

    def is_done(self, answer: Answer | None) -> bool:
        """With a text on either side."""
        return answer is not None and any(answer.texts.values())

    def parse(self, fields: Fields, subjects: Collection[str]) -> Parsed[Entry]:
        """What the form says of each subject, as `W01.for` and `W01.against`."""
        return answers.parse(self, fields, subjects)

    def text_limit(self, part: str) -> int | None:
        """Both sides are texts; there is nothing else."""
        return LIMIT if part in SIDES else None

    def judgement(self, part: str, value: str) -> Judgement | None:
        """Nothing is judged."""
        del value
        raise UnknownPart(code=answers.brief(part))

    def seal(self, given: Mapping[str, Answer]) -> dict[str, Any]:
        """The answers as the JSON that is sealed."""
        return answers.seal(given)

    def read(self, content: Mapping[str, Any]) -> dict[str, Answer]:
        """The answers that were sealed."""
        return answers.read(content)

    def columns(self, subjects: Sequence[str]) -> list[str]:
        """None: arguments are exported apart, tied to no ballot."""
        del subjects
        return []

    def cells(self, given: Mapping[str, Answer], subjects: Sequence[str]) -> list[int | str | None]:
        """None either."""
        del given, subjects
        return []
