"""The question type `comment`: write what speaks for a subject, and what against it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from app.questions import answers
from app.questions.answers import Answer, Judgement, UnknownPart, Written

FOR, AGAINST = "for", "against"
SIDES = (FOR, AGAINST)
LIMIT = 2000


@dataclass(frozen=True, slots=True)
class Comment(Written):
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

    def text_limit(self, part: str) -> int | None:
        """Both sides are texts; there is nothing else."""
        return LIMIT if part in SIDES else None

    def judgement(self, part: str, value: str) -> Judgement | None:
        """Nothing is judged."""
        del value
        raise UnknownPart(code=answers.brief(part))

    def columns(self, subjects: Sequence[str]) -> list[str]:
        """None: arguments are exported apart, tied to no ballot."""
        del subjects
        return []

    def cells(self, given: Mapping[str, Answer], subjects: Sequence[str]) -> list[int | str | None]:
        """None either."""
        del given, subjects
        return []
