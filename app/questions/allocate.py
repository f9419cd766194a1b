"""The question type `allocate`: spend a number of points over subjects, as many on each as it deserves."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from app.errors import AppError
from app.questions import answers
from app.questions.answers import RATIONALE, RATIONALE_LIMIT, Answer, Entry, Judgement, UnknownPart, Written
from app.questions.protocol import Fields, Parsed

POINTS = "points"
ALL = 100


class NoPoints(AppError):
    """What was typed is no number of points."""

    message = "Please give whole points from 0 to %(points)s, or leave the field empty."


class NotAllSpent(AppError):
    """Points that do not add up."""

    message = "You have given %(given)s of %(points)s points. Please give exactly %(points)s."


class TooManyGiven(AppError):
    """Points to more subjects than the question allows."""

    message = "You have given points to %(given)s. Please give them to %(most)s at most."


@dataclass(frozen=True, slots=True)
class Allocate(Written):
    """An `allocate` question: how many points there are, and on how many subjects they may be spent.

    A subject without points has none: that is the same as 0, as soon as all points are spent.
    """

    points: int = ALL
    most: int | None = None
    abstentions: tuple[str, ...] = ()
    name: str = "allocate"

    @classmethod
    def of(cls, settings: Mapping[str, Any], scales: Mapping[str, tuple[int, int]]) -> Self:
        """From a question's settings; there are no scales."""
        del scales
        return cls(
            points=settings.get("points", ALL),
            most=settings.get("most"),
            abstentions=tuple(one["value"] for one in settings.get("abstentions", [])),
        )

    @property
    def requires(self) -> bool:
        """Nobody must give points to any one subject."""
        return False

    def missing(self, answer: Answer | None) -> list[str]:
        """Nothing, therefore."""
        del answer
        return []

    def is_done(self, answer: Answer | None) -> bool:
        """With points, were they 0, or an abstention."""
        return answer is not None and POINTS in answer.judgements

    def parse(self, fields: Fields, subjects: Collection[str]) -> Parsed[Entry]:
        """What the form says of each subject; an abstention stands in a field of its own."""
        return answers.parse(self, answers.with_abstentions(fields, POINTS), subjects)

    def text_limit(self, part: str) -> int | None:
        """The rationale is a text, the points none."""
        return RATIONALE_LIMIT if part == RATIONALE else None

    def judgement(self, part: str, value: str) -> Judgement | None:
        """The points or abstention that the text names; an empty one takes the points back."""
        if part != POINTS:
            raise UnknownPart(code=answers.brief(part))
        try:
            return answers.point(value, range(self.points + 1), self.abstentions) if value else None
        except answers.ScoreOffScale:
            raise NoPoints(points=self.points) from None

    def unfit(self, given: Mapping[str, Answer]) -> AppError | None:
        """Points that are not all spent, or on too many; who has given none has answered nothing."""
        spent = [points for answer in given.values() if (points := answer.score(POINTS))]
        if self.most is not None and len(spent) > self.most:
            return TooManyGiven(given=len(spent), most=self.most)
        if spent and sum(spent) != self.points:
            return NotAllSpent(given=sum(spent), points=self.points)
        return None

    def given(self, answers_: Mapping[str, Answer]) -> int:
        """How many points are spent."""
        return sum(answer.score(POINTS) or 0 for answer in answers_.values())

    def columns(self, subjects: Sequence[str]) -> list[str]:
        """One column for each subject; rationales are exported apart, tied to no ballot."""
        return [f"{code}.{POINTS}" for code in subjects]

    def cells(self, given: Mapping[str, Answer], subjects: Sequence[str]) -> list[int | str | None]:
        """One ballot as the values of those columns: points, the word of an abstention, or nothing."""
        nothing = Answer()
        return [given.get(code, nothing).judgements.get(POINTS) for code in subjects]
