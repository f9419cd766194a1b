"""What a form says and what is in force, whatever the type of the question, and how it is sealed."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from app.errors import AppError
from app.questions.protocol import Fields, Parsed

RATIONALE = "rationale"
RATIONALE_LIMIT = 4000
# a form says beside its fields which revision of each it shows
SEEN = "seen"
# where a number is typed, an abstention is chosen beside it, in a field of its own
ABSTAIN = "abstain"

# A score, or the word of an abstention. What was left blank has no judgement.
Judgement = int | str


class ScoreOffScale(AppError):
    """A score that the scale lacks."""

    message = "Please choose a point from %(low)s to %(high)s, or one of the abstentions."


class UnknownPart(AppError):
    """A field that the question does not ask for."""

    message = "This round does not ask for “%(code)s”."


class UnknownSubject(AppError):
    """A field for a subject that the round does not ask about."""

    message = "“%(code)s” is not among what this round asks about."


class SaidTwice(AppError):
    """One field with two different values."""

    message = "Two different answers were sent here. Please choose one."


class TextTooLong(AppError):
    """A text over the limit."""

    message = "Please shorten this to %(limit)s characters. It has %(length)s now; your text is kept here."


@dataclass(frozen=True, slots=True)
class Entry:
    """What a form says of one subject.

    `None` is a judgement taken back, an empty text one that was deleted, and what is missing is unchanged.
    """

    judgements: dict[str, Judgement | None] = field(default_factory=dict)
    rationale: str | None = None
    texts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is in force for one subject: judgements, the reason for them, and other texts by their part."""

    judgements: dict[str, Judgement] = field(default_factory=dict)
    rationale: str = ""
    texts: dict[str, str] = field(default_factory=dict)

    def score(self, criterion: str) -> int | None:
        """The score, or None for an abstention or a blank."""
        judgement = self.judgements.get(criterion)
        return judgement if isinstance(judgement, int) else None

    def abstention(self, criterion: str) -> str | None:
        """The word of the abstention, or None for a score or a blank."""
        judgement = self.judgements.get(criterion)
        return judgement if isinstance(judgement, str) else None

    @property
    def is_blank(self) -> bool:
        """Whether nothing is said."""
        return not (self.judgements or self.rationale or any(self.texts.values()))


class Reader(Protocol):
    """What a type says about single fields and subjects; what does not fit a field is an AppError."""

    def is_done(self, answer: Answer | None) -> bool:
        """Whether a subject counts as answered."""

    def judgement(self, part: str, value: str) -> Judgement | None:
        """The judgement that the text names; an empty one takes the answer back."""

    def text_limit(self, part: str) -> int | None:
        """How long a text of this part may be, or None if the part is not a text."""


class Written:
    """A type whose answers are written on its subjects, field by field: it says what each field may hold."""

    __slots__ = ()

    def parse(self: Reader, fields: Fields, subjects: Collection[str]) -> Parsed[Entry]:
        """What the form says of each subject."""
        return parse(self, fields, subjects)

    def far(self: Reader, given: Mapping[str, Answer], subjects: Collection[str]) -> tuple[int, int]:
        """One answer for each subject, unless the type counts otherwise."""
        return len(subjects), sum(1 for code in subjects if self.is_done(given.get(code)))

    def unfit(self, given: Mapping[str, Answer]) -> AppError | None:
        """Nothing keeps answers from being submitted, unless the type says what does."""
        del given
        return None

    def seal(self, given: Mapping[str, Answer]) -> dict[str, Any]:
        """The answers as the JSON that is sealed."""
        return seal(given)

    def read(self, content: Mapping[str, Any]) -> dict[str, Answer]:
        """The answers that were sealed."""
        return read(content)


def parse(reader: Reader, fields: Fields, subjects: Collection[str]) -> Parsed[Entry]:
    """What a form says of each subject, in fields such as `W01.OV`; other names are not ours."""
    parsed: Parsed[Entry] = Parsed()
    for name, values in fields.items():
        code, point, part = name.partition(".")
        if not point or part == SEEN:
            continue
        try:
            if code not in subjects:
                raise UnknownSubject(code=brief(code))
            entry = parsed.entries.get(code, Entry())
            parsed.entries[code] = _with(reader, entry, part, _one(values))
        except AppError as error:
            parsed.errors[name] = error
    return parsed


def _with(reader: Reader, entry: Entry, part: str, value: str) -> Entry:
    limit = reader.text_limit(part)
    if limit is None:
        judgements = entry.judgements | {part: reader.judgement(part, value)}
        return Entry(judgements, entry.rationale, entry.texts)
    text = clean(value, limit)
    if part == RATIONALE:
        return Entry(entry.judgements, text, entry.texts)
    return Entry(entry.judgements, entry.rationale, entry.texts | {part: text})


def with_abstentions(fields: Fields, part: str = "") -> Fields:
    """The same where a number is typed and an abstention chosen in another field, such as `W01.abstain`.

    The number stands in the part of that name; without one, the abstention from `W01.OV` is chosen in
    `W01.OV.abstain`. An empty choice says nothing. A number and an abstention are two different answers.
    """
    merged = {name: list(values) for name, values in fields.items() if not name.endswith(f".{ABSTAIN}")}
    for name, values in fields.items():
        if name.endswith(f".{ABSTAIN}"):
            field_ = f"{name.removesuffix(ABSTAIN)}{part}".removesuffix(".")
            chosen = [value for value in values if value]
            merged[field_] = [value for value in merged.get(field_, []) if value or not chosen] + chosen
    return {name: values for name, values in merged.items() if values}


def point(value: str, points: Collection[int], abstentions: Collection[str]) -> Judgement:
    """The point of a scale or the abstention that the text names."""
    if value in abstentions:
        return value
    if re.fullmatch(r"-?[0-9]{1,4}", value) and int(value) in points:
        return int(value)
    raise ScoreOffScale(low=min(points), high=max(points))


def seal(answers: Mapping[str, Answer]) -> dict[str, Any]:
    """The answers as the JSON that is sealed, in the order of the codes; what is blank leaves no trace.

    Examples
    --------
    >>> seal({"W01": Answer({"OV": 7, "C1": "cannot_say"}, "It exists."), "W02": Answer()})
    {'answers': {'W01': {'C1': 'cannot_say', 'OV': 7}}, 'rationales': {'W01': 'It exists.'}}
    >>> seal({"G01": Answer(texts={"for": "True here.", "against": ""})})["texts"]
    {'G01': {'for': 'True here.'}}
    """
    given = sorted(answers.items())
    texts = {code: {part: text for part, text in sorted(a.texts.items()) if text} for code, a in given}
    sealed: dict[str, Any] = {
        "answers": {code: dict(sorted(a.judgements.items())) for code, a in given if a.judgements},
        "rationales": {code: a.rationale for code, a in given if a.rationale},
    }
    if any(texts.values()):
        sealed["texts"] = {code: parts for code, parts in texts.items() if parts}
    return sealed


def read(content: Mapping[str, Any]) -> dict[str, Answer]:
    """The answers that were sealed, by the subject's code.

    Examples
    --------
    >>> read({"answers": {"W01": {"OV": 7}}, "rationales": {}})["W01"].score("OV")
    7
    """
    judgements, rationales = content.get("answers", {}), content.get("rationales", {})
    texts = content.get("texts", {})
    return {
        code: Answer(dict(judgements.get(code, {})), rationales.get(code, ""), dict(texts.get(code, {})))
        for code in sorted({*judgements, *rationales, *texts})
    }


def clean(text: str, limit: int = RATIONALE_LIMIT) -> str:
    """The text with one kind of line end and no space around it, if it is within the limit."""
    tidy = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(tidy) > limit:
        raise TextTooLong(limit=limit, length=len(tidy))
    return tidy


def brief(code: str) -> str:
    """So much of what was sent as can stand in a message."""
    return code[:32]


def _one(values: Sequence[str]) -> str:
    if len(set(values)) != 1:
        raise SaidTwice
    return values[0]
