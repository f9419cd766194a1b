"""Ranking: the subjects in the order that the expert gives them, and apart those that have no place."""

from dataclasses import dataclass

from app.ballots.papers.sheet import Card
from app.ballots.papers.whole import WholePaper
from app.i18n import _
from app.questions.rank import PLACE, Rank


@dataclass(frozen=True, slots=True, kw_only=True)
class RankPaper(WholePaper):
    """A question that asks for an order."""

    folder = "rank"
    value = PLACE
    called = _("Place")
    more_is_better = False

    @property
    def type(self) -> Rank:
        """The question's type."""
        assert isinstance(self.part.type, Rank)
        return self.part.type

    @property
    def ranked(self) -> list[Card]:
        """From the first place on."""
        return sorted(
            (card for card in self.cards if card.answer.score(PLACE) is not None),
            key=lambda card: card.answer.score(PLACE) or 0,
        )

    @property
    def rest(self) -> list[Card]:
        """What has no place."""
        return [card for card in self.cards if card.answer.score(PLACE) is None]

    def is_tied(self, card: Card) -> bool:
        """Whether the one above has the same place."""
        order = self.ranked
        above = order.index(card) - 1 if card in order else -1
        return above >= 0 and order[above].answer.score(PLACE) == card.answer.score(PLACE)
