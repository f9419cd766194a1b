"""The question type `cover`: grade how far each framework covers each element of the mandate.

Its subjects are the frameworks. Of each element a framework has a grade, or the expert does not know;
she may say how sure she is, and name a source.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from app.questions import answers
from app.questions.answers import RATIONALE, RATIONALE_LIMIT, Answer, Judgement, UnknownPart, Written

# The grades as they are stored, and the words by which registers and exports name them.
GRADES = ("none", "partial", "full")
SURENESS = (1, 2, 3)
DONT_KNOW = "cannot_say"
SURE, SOURCE = ".sure", ".source"
SOURCE_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Cover(Written):
    """A `cover` question: the codes of the elements in their order.

    Of the element `E01` the part `E01` is its grade, `E01.sure` how sure the expert is of it, from 1 to
    3, and `E01.source` where it can be read.
    """

    elements: tuple[str, ...]
    name: str = "cover"

    @classmethod
    def of(cls, settings: Mapping[str, Any], scales: Mapping[str, tuple[int, int]]) -> Self:
        """From a question's settings; it has scales of its own."""
        del scales
        return cls(tuple(settings.get("elements", [])))

    @property
    def requires(self) -> bool:
        """An expert answers for the frameworks that she knows."""
        return False

    def missing(self, answer: Answer | None) -> list[str]:
        """Nothing, therefore."""
        del answer
        return []

    def is_done(self, answer: Answer | None) -> bool:
        """With a grade for any element, or the word that she does not know."""
        return bool(self.graded(answer))

    def graded(self, answer: Answer | None) -> list[str]:
        """The elements that have a grade, or of which she does not know."""
        return [element for element in self.elements if answer and element in answer.judgements]

    def text_limit(self, part: str) -> int | None:
        """A source is a line, the rationale a passage."""
        if part == RATIONALE:
            return RATIONALE_LIMIT
        return SOURCE_LIMIT if part.removesuffix(SOURCE) in self.elements and part.endswith(SOURCE) else None

    def judgement(self, part: str, value: str) -> Judgement | None:
        """A grade by its word or number, `cannot_say`, or how sure; an empty text takes it back."""
        if part.removesuffix(SURE) not in self.elements:
            raise UnknownPart(code=answers.brief(part))
        if not value:
            return None
        if part.endswith(SURE):
            return answers.point(value, SURENESS, ())
        value = str(GRADES.index(value)) if value in GRADES else value
        return answers.point(value, range(len(GRADES)), (DONT_KNOW,))

    def columns(self, subjects: Sequence[str]) -> list[str]:
        """A column for each framework and element, and one for how sure."""
        return [
            f"{code}.{element}{part}" for code in subjects for element in self.elements for part in ("", SURE)
        ]

    def cells(self, given: Mapping[str, Answer], subjects: Sequence[str]) -> list[int | str | None]:
        """One ballot as the values of those columns."""
        nothing = Answer()
        return [
            given.get(code, nothing).judgements.get(f"{element}{part}")
            for code in subjects
            for element in self.elements
            for part in ("", SURE)
        ]
