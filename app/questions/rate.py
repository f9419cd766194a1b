"""The question type `rate`: score subjects on criteria, or abstain, and say why.

In the layout `plane` two criteria span a plane, and a subject is a point on it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from app.questions import answers, scales
from app.questions.answers import RATIONALE, RATIONALE_LIMIT, Answer, Entry, Judgement, UnknownPart, Written
from app.questions.protocol import Fields, Parsed

PLANE = "plane"


@dataclass(frozen=True, slots=True)
class Asked:
    """One criterion as the question asks it."""

    code: str
    low: int
    high: int
    required: bool = False

    @property
    def points(self) -> range:
        """The points of its scale, from low to high."""
        return range(self.low, self.high + 1)


@dataclass(frozen=True, slots=True)
class Rate(Written):
    """A `rate` question: its criteria in the order asked, and the abstentions it allows.

    `layout` is `cards`, or `plane` where the first criterion is drawn across and the second upwards.
    """

    asked: tuple[Asked, ...]
    abstentions: tuple[str, ...] = ()
    layout: str = "cards"
    name: str = "rate"

    @classmethod
    def of(cls, settings: Mapping[str, Any], scales: Mapping[str, tuple[int, int]]) -> Self:
        """From a question's settings and the ends of its criteria's scales."""
        return cls(
            tuple(
                Asked(c["code"], *scales[c["code"]], required=bool(c.get("required")))
                for c in settings.get("criteria", [])
            ),
            tuple(abstention["value"] for abstention in settings.get("abstentions", [])),
            settings.get("layout", "cards"),
        )

    def parse(self, fields: Fields, subjects: Collection[str]) -> Parsed[Entry]:
        """What the form says; where a number is typed, an abstention is chosen beside it."""
        return answers.parse(self, answers.with_abstentions(fields), subjects)

    @property
    def typed(self) -> frozenset[str]:
        """The criteria that are answered by a number in a field, for their scale is too long to be shown."""
        return frozenset(asked.code for asked in self.asked if scales.is_long(asked.low, asked.high))

    @property
    def required(self) -> tuple[Asked, ...]:
        """The criteria that everyone is asked for."""
        return tuple(asked for asked in self.asked if asked.required)

    @property
    def requires(self) -> bool:
        """Whether it has such criteria."""
        return bool(self.required)

    def missing(self, answer: Answer | None) -> list[str]:
        """The required criteria that are neither rated nor abstained from."""
        given = answer.judgements if answer else {}
        return [asked.code for asked in self.required if asked.code not in given]

    def is_done(self, answer: Answer | None) -> bool:
        """With all that is required; with both sides of a point on a plane; or with any judgement."""
        if answer is None or not answer.judgements:
            return False
        both = self.asked if self.layout == PLANE else ()
        return all(asked.code in answer.judgements for asked in self.required or both)

    def text_limit(self, part: str) -> int | None:
        """The rationale is a text, all else a judgement."""
        return RATIONALE_LIMIT if part == RATIONALE else None

    def judgement(self, part: str, value: str) -> Judgement | None:
        """The score or abstention that the text names; an empty one takes the answer back."""
        asked = next((asked for asked in self.asked if asked.code == part), None)
        if asked is None:
            raise UnknownPart(code=answers.brief(part))
        return answers.point(value, asked.points, self.abstentions) if value else None

    def columns(self, subjects: Sequence[str]) -> list[str]:
        """One column for each subject and criterion; rationales are exported apart, tied to no ballot."""
        return [f"{code}.{asked.code}" for code in subjects for asked in self.asked]

    def cells(self, given: Mapping[str, Answer], subjects: Sequence[str]) -> list[int | str | None]:
        """One ballot as the values of those columns: a score, the word of an abstention, or nothing."""
        nothing = Answer()
        return [
            given.get(code, nothing).judgements.get(asked.code) for code in subjects for asked in self.asked
        ]
