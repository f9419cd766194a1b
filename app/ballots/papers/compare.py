"""Comparing: two subjects before the expert, which depend on what she has said, and all that she has said."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from sqlmodel import Session

from app.ballots.order import own_order
from app.ballots.papers.reading import Reading
from app.ballots.papers.sheet import Card, Paper, Words, plain_cards
from app.ballots.queries import Part
from app.i18n import _, gettext
from app.questions import pairs
from app.questions.answers import Answer, Judgement
from app.questions.compare import Compare
from app.questions.pairs import EQUAL, FIRST, SECOND, Pair

EQUAL_WORD = _("About equal")
CANNOT_SAY = _("I cannot say")
WITH = _("Compared with %(code)s")
OTHER_FIRST, THIS_FIRST = _("The other one before %(code)s"), _("%(code)s before the other one")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A pair of which something is said."""

    first: Card
    second: Card
    judgement: Judgement

    @property
    def name(self) -> str:
        """The name of its field."""
        return f"{self.first.code}.{self.second.code}"

    @property
    def seen(self) -> int:
        """The revision of the answer that is in force."""
        return self.first.given.seen[self.second.code]

    @property
    def order(self) -> tuple[Card, Card] | None:
        """The one that comes first and the other, if either does."""
        both = {FIRST: (self.first, self.second), SECOND: (self.second, self.first)}
        return both.get(self.judgement) if isinstance(self.judgement, int) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparePaper(Paper):
    """A question that asks for pairs; `pair` is the next one, its two sides in an order by chance."""

    folder = "compare"
    one_by_one = False

    pair: tuple[Card, Card] | None
    prompt: str
    unsure: list[tuple[str, str]]

    @property
    def type(self) -> Compare:
        """The question's type."""
        assert isinstance(self.part.type, Compare)
        return self.part.type

    @property
    def name(self) -> str:
        """The name of the field of the pair that is asked for."""
        assert self.pair is not None
        return ".".join(sorted(card.code for card in self.pair))

    def score(self, card: Card) -> int:
        """What the field says if this one of the pair comes first."""
        return FIRST if self.name.startswith(f"{card.code}.") else SECOND

    @property
    def budget(self) -> int:
        """How many pairs are asked for."""
        return self.type.budget(len(self.cards))

    @property
    def enough(self) -> int:
        """After how many she may stop."""
        return self.type.enough(len(self.cards))

    @property
    def lines(self) -> list[Line]:
        """All pairs of which something is said."""
        cards = {card.code: card for card in self.cards}
        return [
            Line(first=cards[one], second=cards[other], judgement=judgement)
            for (one, other), judgement in pairs.said(self.answers).items()
            if one in cards and other in cards
        ]

    def lines_of(self, card: Card) -> list[Line]:
        """The pairs that are written with this subject."""
        return [line for line in self.lines if line.first is card]

    def elsewhere(self, card: Card) -> list[Line]:
        """The pairs with this subject that are written with another one."""
        return [line for line in self.lines if line.second is card]

    def line(self, name: str) -> Line | None:
        """The pair of that name, if something is said of it."""
        return next((line for line in self.lines if line.name == name), None)

    @classmethod
    def lay(cls, session: Session, reading: Reading, part: Part) -> Self:
        """The pair that her own answers lead to, and the subjects with what she has said of them."""
        order = cls.order(session, reading, part)
        cards = {card.code: card for card in plain_cards(session, reading, part, order)}
        asked = [code for code in order if code in cards]
        pair = _next(part, asked, reading)
        sides = own_order(pair, reading.reader, reading.round_.id) if pair else []
        return cls(
            reading=reading,
            part=part,
            words=cls.wording(session, reading, part),
            cards=list(cards.values()),
            pair=(cards[sides[0]], cards[sides[1]]) if sides else None,
            prompt=part.question.settings.get("rationale", {}).get("prompt", ""),
            unsure=unsure(part),
        )

    @classmethod
    def wording(cls, session: Session, reading: Reading, part: Part) -> Words:
        """A field is called by the other one of its pair."""
        del cls, session, reading
        said = dict(unsure(part)) | {str(EQUAL): gettext(EQUAL_WORD)}
        values = {
            code: said
            | {
                str(FIRST): gettext(OTHER_FIRST) % {"code": code},
                str(SECOND): gettext(THIS_FIRST) % {"code": code},
            }
            for code in part.subjects
        }
        return Words({code: gettext(WITH) % {"code": code} for code in part.subjects}, values)

    @classmethod
    def order(cls, session: Session, reading: Reading, part: Part) -> list[str]:
        """The reader's own order, by which equally telling pairs are chosen among."""
        del cls, session
        return own_order(part.subjects, reading.reader, reading.round_.id)

    @classmethod
    def back_to(cls, part: Part, at: str) -> str:
        """To the next pair, with a word about the one that was answered."""
        one, _point, other = at.partition(".")
        if {one, other} <= part.subjects.keys():
            return f"?last={at}#pair"
        return super(ComparePaper, cls).back_to(part, at)


def unsure(part: Part) -> list[tuple[str, str]]:
    """The abstentions with their labels: that one cannot say, if the question has no others."""
    assert isinstance(part.type, Compare)
    labels = {one["value"]: one["label"] for one in part.question.settings.get("abstentions", [])}
    return [(word, labels.get(word) or gettext(CANNOT_SAY)) for word in part.type.abstentions]


def _next(part: Part, order: Sequence[str], reading: Reading) -> Pair | None:
    assert isinstance(part.type, Compare)
    answers: dict[str, Answer] = reading.filled.answers(part)
    known = pairs.said(answers)
    return None if len(known) >= part.type.budget(len(order)) else pairs.next_pair(order, known)
