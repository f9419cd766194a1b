"""The question type `compare`: of two subjects at a time, say which comes first."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from app.errors import AppError
from app.questions.answers import RATIONALE, RATIONALE_LIMIT, Answer, Judgement
from app.questions.pairs import EQUAL, FIRST, SECOND, Paired, pairs

CANNOT_SAY = "cannot_say"
# so many pairs for each subject are asked of an expert, if the question does not say how many
EACH = 2
NAME = "compare"


class NoSuchChoice(AppError):
    """What a pair cannot be answered with."""

    message = "Please choose one of the two, or one of the answers beside them."


@dataclass(frozen=True, slots=True)
class Compare(Paired):
    """A `compare` question: its abstentions, whether both may be equal, and how many pairs it asks for."""

    abstentions: tuple[str, ...] = (CANNOT_SAY,)
    ties: bool = True
    most: int | None = None
    name: str = NAME

    @classmethod
    def of(cls, settings: Mapping[str, Any], scales: Mapping[str, tuple[int, int]]) -> Self:
        """From a question's settings; there are no scales. One can always say that one cannot say."""
        del scales
        words = tuple(abstention["value"] for abstention in settings.get("abstentions", []))
        return cls(words or (CANNOT_SAY,), bool(settings.get("ties", True)), settings.get("pairs"))

    @property
    def requires(self) -> bool:
        """Every pair is an offer."""
        return False

    def missing(self, answer: Answer | None) -> list[str]:
        """Nothing, therefore."""
        del answer
        return []

    def is_done(self, answer: Answer | None) -> bool:
        """With what is said of any pair in which it stands first."""
        return answer is not None and bool(answer.judgements)

    def budget(self, count: int) -> int:
        """How many pairs of so many subjects are asked of an expert.

        Examples
        --------
        >>> Compare().budget(12), Compare().budget(4), Compare(most=5).budget(12)
        (24, 6, 5)
        """
        return min(self.most or EACH * count, count * (count - 1) // 2)

    def enough(self, count: int) -> int:
        """After how many pairs each of so many subjects has been compared: she may stop there."""
        return min(max(count - 1, 0), self.budget(count))

    def far(self, given: Mapping[str, Answer], subjects: Collection[str]) -> tuple[int, int]:
        """How many pairs are asked for, and how many of them are answered."""
        asked = self.budget(len(subjects))
        return asked, min(asked, sum(len(answer.judgements) for answer in given.values()))

    def text_limit(self, part: str) -> int | None:
        """The reason is a text, all else a judgement."""
        return RATIONALE_LIMIT if part == RATIONALE else None

    def judgement(self, part: str, value: str) -> Judgement | None:
        """Which comes first, that neither does, or an abstention; an empty text takes it back."""
        del part
        if value in {"", *self.abstentions}:
            return value or None
        scores = {str(score): score for score in ((FIRST, EQUAL, SECOND) if self.ties else (FIRST, SECOND))}
        if value not in scores:
            raise NoSuchChoice
        return scores[value]

    def columns(self, subjects: Sequence[str]) -> list[str]:
        """A column for each pair: 1 its first comes first, -1 its second, 0 about equal."""
        return [f"{one}.{other}" for one, other in pairs(subjects)]

    def cells(self, given: Mapping[str, Answer], subjects: Sequence[str]) -> list[int | str | None]:
        """One ballot as the values of those columns."""
        nothing = Answer()
        return [given.get(one, nothing).judgements.get(other) for one, other in pairs(subjects)]
