"""Commenting: a card for each subject, with room for what speaks for it and against it."""

from dataclasses import dataclass
from typing import Self

from sqlmodel import Session

from app.ballots.order import own_order
from app.ballots.papers.reading import Reading
from app.ballots.papers.sheet import Card, Paper, Words, plain_cards
from app.ballots.queries import Part
from app.i18n import _, gettext
from app.models.registers import Kind
from app.questions.comment import AGAINST, FOR
from app.registers.words import TABS

SIDES = {FOR: _("What speaks for it"), AGAINST: _("What speaks against it")}


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentPaper(Paper):
    """A question that asks for arguments; the subjects of a kind stand together."""

    folder = "comment"

    groups: list[tuple[Kind, list[Card]]]

    def named(self, kind: Kind) -> str:
        """What subjects of the kind are called together."""
        return gettext(TABS[kind])

    @classmethod
    def lay(cls, session: Session, reading: Reading, part: Part) -> Self:
        """The subjects kind by kind, each kind in the reader's own order."""
        cards = plain_cards(session, reading, part, cls.order(session, reading, part))
        kinds = dict.fromkeys(part.kinds.values())
        return cls(
            reading=reading,
            part=part,
            words=cls.wording(session, reading, part),
            cards=cards,
            groups=[(kind, [card for card in cards if part.kinds[card.code] is kind]) for kind in kinds],
        )

    @classmethod
    def wording(cls, session: Session, reading: Reading, part: Part) -> Words:
        """The two sides."""
        del cls, session, reading, part
        return Words({side: gettext(name) for side, name in SIDES.items()})

    @classmethod
    def order(cls, session: Session, reading: Reading, part: Part) -> list[str]:
        """Kind by kind as the question has them, and within each the reader's own order."""
        del cls, session
        order = own_order(part.subjects, reading.reader, reading.round_.id)
        kinds = list(dict.fromkeys(part.kinds.values()))
        return sorted(order, key=lambda code: kinds.index(part.kinds[code]))
