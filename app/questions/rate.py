"""The question type `rate`: score subjects on criteria, or abstain, and say why."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from app.errors import AppError
from app.questions.protocol import Fields, Parsed

RATIONALE = "rationale"
RATIONALE_LIMIT = 4000
SEEN = "seen"

# A score, or the word of an abstention. A criterion that was left blank has no judgement.
Judgement = int | str


class ScoreOffScale(AppError):
    """A score that the scale lacks."""

    message = "Please choose a point from %(low)s to %(high)s, or one of the abstentions."


class UnknownCriterion(AppError):
    """A field for a criterion that the round does not ask."""

    message = "This round does not ask for “%(code)s”."


class UnknownSubject(AppError):
    """A field for a subject that the round does not ask about."""

    message = "“%(code)s” is not among the options of this round."


class SaidTwice(AppError):
    """One field with two different values."""

    message = "Two different answers were sent here. Please choose one."


class RationaleTooLong(AppError):
    """A rationale over the limit."""

    message = "Please shorten this to %(limit)s characters. It has %(length)s now; your text is kept here."


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
class Entry:
    """What a form says of one subject; `None` is an answer taken back, and what is missing is unchanged."""

    judgements: dict[str, Judgement | None] = field(default_factory=dict)
    rationale: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What is in force for one subject."""

    judgements: dict[str, Judgement] = field(default_factory=dict)
    rationale: str = ""

    def score(self, criterion: str) -> int | None:
        """The score, or None for an abstention or a blank."""
        judgement = self.judgements.get(criterion)
        return judgement if isinstance(judgement, int) else None

    def abstention(self, criterion: str) -> str | None:
        """The word of the abstention, or None for a score or a blank."""
        judgement = self.judgements.get(criterion)
        return judgement if isinstance(judgement, str) else None


def seal(answers: Mapping[str, Answer]) -> dict[str, Any]:
    """The answers as the JSON that is sealed, in the order of the codes; what is blank leaves no trace.

    Examples
    --------
    >>> seal({"W01": Answer({"OV": 7, "C1": "cannot_say"}, "It exists."), "W02": Answer()})
    {'answers': {'W01': {'C1': 'cannot_say', 'OV': 7}}, 'rationales': {'W01': 'It exists.'}}
    """
    given = sorted(answers.items())
    return {
        "answers": {code: dict(sorted(a.judgements.items())) for code, a in given if a.judgements},
        "rationales": {code: a.rationale for code, a in given if a.rationale},
    }


def read(content: Mapping[str, Any]) -> dict[str, Answer]:
    """The answers that were sealed, by the subject's code.

    Examples
    --------
    >>> read({"answers": {"W01": {"OV": 7}}, "rationales": {}})["W01"].score("OV")
    7
    """
    judgements, rationales = content.get("answers", {}), content.get("rationales", {})
    return {
        code: Answer(dict(judgements.get(code, {})), rationales.get(code, ""))
        for code in sorted({*judgements, *rationales})
    }


@dataclass(frozen=True, slots=True)
class Rate:
    """A `rate` question: its criteria in the order asked, and the abstentions it allows."""

    asked: tuple[Asked, ...]
    abstentions: tuple[str, ...] = ()
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
        )

    @property
    def required(self) -> tuple[Asked, ...]:
        """The criteria that everyone is asked for."""
        return tuple(asked for asked in self.asked if asked.required)

    def missing(self, answer: Answer | None) -> list[str]:
        """The required criteria that are neither rated nor abstained from."""
        given = answer.judgements if answer else {}
        return [asked.code for asked in self.required if asked.code not in given]

    def parse(self, fields: Fields, subjects: Collection[str]) -> Parsed[Entry]:
        """What the form says of each subject, as `W01.OV` or `W01.rationale`; other names are not ours."""
        parsed: Parsed[Entry] = Parsed()
        for name, values in fields.items():
            code, point, part = name.partition(".")
            if not point or part == SEEN:
                continue
            try:
                if code not in subjects:
                    raise UnknownSubject(code=_brief(code))
                entry = parsed.entries.get(code, Entry())
                parsed.entries[code] = self._with(entry, part, _one(values))
            except AppError as error:
                parsed.errors[name] = error
        return parsed

    def _with(self, entry: Entry, part: str, value: str) -> Entry:
        if part == RATIONALE:
            return Entry(entry.judgements, clean_rationale(value))
        return Entry(entry.judgements | {part: self.judgement(part, value)}, entry.rationale)

    def judgement(self, criterion: str, value: str) -> Judgement | None:
        """The score or abstention that the text names; an empty one takes the answer back."""
        asked = next((asked for asked in self.asked if asked.code == criterion), None)
        if asked is None:
            raise UnknownCriterion(code=_brief(criterion))
        if not value:
            return None
        if value in self.abstentions:
            return value
        if re.fullmatch(r"-?[0-9]{1,4}", value) and int(value) in asked.points:
            return int(value)
        raise ScoreOffScale(low=asked.low, high=asked.high)

    def seal(self, answers: Mapping[str, Answer]) -> dict[str, Any]:
        """The answers as the JSON that is sealed."""
        return seal(answers)

    def read(self, content: Mapping[str, Any]) -> dict[str, Answer]:
        """The answers that were sealed."""
        return read(content)

    def columns(self, subjects: Sequence[str]) -> list[str]:
        """One column for each subject and criterion; rationales are exported apart, tied to no ballot."""
        return [f"{code}.{asked.code}" for code in subjects for asked in self.asked]

    def cells(self, answers: Mapping[str, Answer], subjects: Sequence[str]) -> list[int | str | None]:
        """One ballot as the values of those columns: a score, the word of an abstention, or nothing."""
        nothing = Answer()
        return [
            answers.get(code, nothing).judgements.get(asked.code) for code in subjects for asked in self.asked
        ]


def clean_rationale(text: str) -> str:
    """The text with one kind of line end and no space around it, if it is within the limit."""
    clean = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(clean) > RATIONALE_LIMIT:
        raise RationaleTooLong(limit=RATIONALE_LIMIT, length=len(clean))
    return clean


def _one(values: Sequence[str]) -> str:
    if len(set(values)) != 1:
        raise SaidTwice
    return values[0]


def _brief(code: str) -> str:
    return code[:32]
