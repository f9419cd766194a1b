"""Questions whose answer is one: what is said of a subject is said beside the others, and saved with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from sqlmodel import Session

from app.ballots.order import own_order
from app.ballots.papers.reading import Reading
from app.ballots.papers.sheet import Card, Paper, Words, plain_cards
from app.ballots.queries import Part
from app.errors import AppError
from app.i18n import gettext
from app.questions.answers import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class WholePaper(Paper):
    """A sheet that saves itself as a whole; each subject is given a `value`, `called` so on the page."""

    one_by_one = False
    value: ClassVar[str]
    called: ClassVar[str]
    more_is_better: ClassVar[bool] = True

    abstentions: list[dict[str, str]]
    prompt: str

    @property
    def unfit(self) -> AppError | None:
        """What keeps it from being submitted as it is."""
        return self.reading.filled.unfit(self.part)

    @classmethod
    def lay(cls, session: Session, reading: Reading, part: Part) -> Self:
        """The subjects, each with what is said of it."""
        return cls(
            reading=reading,
            part=part,
            words=cls.wording(session, reading, part),
            cards=plain_cards(session, reading, part, cls.order(session, reading, part)),
            abstentions=_abstentions(part),
            prompt=part.question.settings.get("rationale", {}).get("prompt", ""),
        )

    @classmethod
    def wording(cls, session: Session, reading: Reading, part: Part) -> Words:
        """The one value, and abstentions by their labels."""
        del session, reading
        labels = {one["value"]: one["label"] for one in _abstentions(part)}
        return Words({cls.value: gettext(cls.called)}, {cls.value: labels})

    @classmethod
    def order(cls, session: Session, reading: Reading, part: Part) -> list[str]:
        """The reader's own order: no place on the page suggests one."""
        del cls, session
        return own_order(part.subjects, reading.reader, reading.round_.id)

    def by_value(self, given: Mapping[str, Answer]) -> list[Card]:
        """The subjects of which something is said, the best first, and last those without a number."""
        some = [card for card in self.cards if card.code in given and not given[card.code].is_blank]
        return sorted(some, key=lambda card: self._standing(given[card.code].score(self.value)))

    def _standing(self, score: int | None) -> tuple[bool, int]:
        return (True, 0) if score is None else (False, -score if self.more_is_better else score)

    def said(self, card: Card) -> str:
        """The number in force, as it stands in its field."""
        score = card.answer.score(self.value)
        return "" if score is None else str(score)


def _abstentions(part: Part) -> list[dict[str, str]]:
    allowed = getattr(part.type, "abstentions", ())
    return [one for one in part.question.settings.get("abstentions", []) if one["value"] in allowed]
