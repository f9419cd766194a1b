"""What all questions have in common when they lie before an expert."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

from sqlmodel import Session

from app.ballots.former import Former, formers, shown_before
from app.ballots.papers.reading import Reading
from app.ballots.queries import Given, Part, Progress
from app.i18n import _, gettext
from app.questions.answers import RATIONALE, Answer
from app.rounds import queries as rounds
from app.rounds.queries import SubjectView, WeighedView

NOTHING = "\N{EN DASH}"
YOUR_REASON = _("Your reason")


@dataclass(frozen=True, slots=True)
class Words:
    """What the fields of a question are called, and how their values read."""

    names: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def is_text(self, name: str) -> bool:
        """Whether the field holds a text rather than something chosen."""
        return name not in self.values

    def of(self, name: str) -> str:
        """What a field is called."""
        return gettext(YOUR_REASON) if name == RATIONALE else self.names.get(name, name)

    def say(self, name: str, value: object) -> str:
        """How a value of the field reads."""
        return NOTHING if value is None else self.values.get(name, {}).get(str(value), str(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One subject before the expert, with what she says of it, and what she said in the round before."""

    subject: SubjectView | WeighedView
    given: Given
    missing: list[str]
    is_done: bool
    former: Former = field(default_factory=Former)

    @property
    def code(self) -> str:
        """The subject's public code."""
        return self.subject.code

    @property
    def answer(self) -> Answer:
        """What is in force."""
        return self.given.answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper(ABC):
    """One question before the expert; `folder` has the templates of its kind."""

    folder: ClassVar[str]
    # whether one goes through its subjects one after the other, and each saves itself
    one_by_one: ClassVar[bool] = True

    reading: Reading
    part: Part
    words: Words
    cards: Sequence[Card]

    @classmethod
    @abstractmethod
    def lay(cls, session: Session, reading: Reading, part: Part) -> Self:
        """The question, ready to be shown."""

    @classmethod
    @abstractmethod
    def wording(cls, session: Session, reading: Reading, part: Part) -> Words:
        """What its fields are called."""

    @classmethod
    def order(cls, session: Session, reading: Reading, part: Part) -> list[str]:
        """The codes of its subjects as they stand on the page."""
        del session, reading
        return list(part.subjects)

    @classmethod
    def back_to(cls, part: Part, at: str) -> str:
        """What of the page's address leads back to where a form was sent from."""
        del cls
        return f"#{at}" if at in part.subjects else ""

    @classmethod
    def beside(cls, session: Session, reading: Reading, part: Part, code: str) -> dict[str, Any]:
        """What a saved answer changes elsewhere on the page, for `_beside.html` in its folder."""
        del cls, session, reading, part, code
        return {}

    def more(self, session: Session) -> dict[str, Any]:
        """What else its templates need."""
        del session
        return {}

    @property
    def answers(self) -> dict[str, Answer]:
        """What is in force, by code."""
        return self.reading.filled.answers(self.part)

    @property
    def sealed(self) -> dict[str, Answer]:
        """What was submitted, by code."""
        return self.reading.filled.sealed(self.part)

    @property
    def progress(self) -> Progress:
        """How far the question is."""
        return self.reading.filled.progress_of(self.part)

    @property
    def blank(self) -> list[Card]:
        """The cards of which something is missing that everyone is asked for."""
        return [card for card in self.cards if card.missing]

    def card(self, code: str) -> Card:
        """The card of that code."""
        return next(card for card in self.cards if card.code == code)


def subjects_of(session: Session, part: Part) -> dict[str, SubjectView]:
    """What the question is about, by code."""
    return {subject.code: subject for subject in rounds.subjects(session, part.question)}


def plain_cards(session: Session, reading: Reading, part: Part, order: Iterable[str]) -> list[Card]:
    """A card for each subject in this order."""
    subjects, before = subjects_of(session, part), formers_of(session, reading, part)
    return [
        Card(**facts_of(reading, part, subjects[code]), former=before.get(code, Former()))
        for code in order
        if code in subjects
    ]


def formers_of(session: Session, reading: Reading, part: Part) -> dict[str, Former]:
    """What the reader said in the round before, by code, if this round shows anything of that."""
    if shown_before(session, reading.round_) is None:
        return {}
    return formers(session, round_=reading.round_, part=part, panellist=reading.panellist)


def facts_of(reading: Reading, part: Part, subject: SubjectView | WeighedView) -> dict[str, Any]:
    """What a card of any kind says of its subject."""
    given = reading.filled.given.get(part.subjects[subject.code], Given())
    answer = given.answer
    return {
        "subject": subject,
        "given": given,
        "missing": part.type.missing(answer),
        "is_done": part.type.is_done(answer),
    }


def unanswered(reading: Reading, part: Part, order: Iterable[str]) -> list[str]:
    """The codes of what is still to be answered."""
    answers = reading.filled.answers(part)
    return [code for code in order if not part.type.is_done(answers.get(code))]


def after(order: Sequence[str], wanted: Sequence[str], code: str | None) -> str | None:
    """The first of the wanted ones that comes after this code, beginning again at the top if need be."""
    place = order.index(code) if code in order else -1
    later = [one for one in wanted if order.index(one) > place]
    return next(iter([*later, *wanted]), None)
