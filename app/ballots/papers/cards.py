"""Rating on cards: each option by itself, with what its author and the panel said in the round before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from sqlmodel import Session

from app.ballots.former import Former, shown_before
from app.ballots.order import own_order
from app.ballots.papers.reading import Reading
from app.ballots.papers.sheet import Card, Paper, Words, facts_of, formers_of, subjects_of
from app.ballots.queries import Part
from app.models import Criterion, Question, Round
from app.models.rounds import FeedbackPolicy
from app.policy import Role
from app.questions.answers import Answer
from app.questions.rate import Rate
from app.results import disclosure
from app.results.tally import Distribution, OptionTally, RateTally, Scale
from app.rounds import queries as rounds
from app.rounds.alike import alike

CLOSE = "broad_agreement"


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingCard(Card):
    """One option; `former` is the author's own answer in the round before, `tally` the panel's."""

    tally: OptionTally | None
    reasons: list[str]

    @property
    def before(self) -> Answer:
        """The author's own answer in the round before."""
        return self.former.answer

    @property
    def is_close(self) -> bool:
        """Whether the panel's ratings were close and steady, so that it needs least attention."""
        return is_close(self.tally)

    def panel(self, criterion: str) -> Distribution | None:
        """How the panel rated it on a criterion, if it did."""
        found = self.tally.by_criterion.get(criterion) if self.tally else None
        return found if found and found.n else None

    def outside(self, criterion: str) -> bool:
        """Whether the author's earlier rating lies outside the middle half of the panel's."""
        panel, mine = self.panel(criterion), self.before.score(criterion)
        if panel is None or mine is None or panel.q1 is None or panel.q3 is None:
            return False
        return not panel.q1 <= mine <= panel.q3


@dataclass(frozen=True, slots=True, kw_only=True)
class CardsPaper(Paper):
    """A question that rates on cards; `before` is the round whose result it shows."""

    folder = "rate"

    cards: Sequence[RatingCard]
    criteria: list[tuple[Criterion, bool]]
    abstentions: list[dict[str, str]]
    prompt: str
    scales: dict[str, Scale]
    before: Round | None

    @property
    def required(self) -> list[Criterion]:
        """The criteria that everyone is asked for."""
        return [criterion for criterion, required in self.criteria if required]

    @property
    def welcome(self) -> list[Criterion]:
        """The others."""
        return [criterion for criterion, required in self.criteria if not required]

    @property
    def groups(self) -> list[tuple[bool, list[RatingCard]]]:
        """The cards that need attention, then those on which the panel was close already."""
        split = [(close, [card for card in self.cards if card.is_close is close]) for close in (False, True)]
        return [(close, cards) for close, cards in split if cards]

    def says_more(self, card: RatingCard) -> bool:
        """Whether the card answers a criterion that is not asked of everyone."""
        return any(criterion.code in card.answer.judgements for criterion in self.welcome)

    @classmethod
    def lay(cls, session: Session, reading: Reading, part: Part) -> Self:
        """The cards in the reader's own order, with what the round shows of the one before it."""
        round_, reader = reading.round_, reading.reader
        tally, previous = feedback(session, round_, part.question), shown_before(session, round_)
        own = formers_of(session, reading, part)
        reasons = tally.rationales if tally and round_.feedback is FeedbackPolicy.RATIONALES else {}
        subjects = subjects_of(session, part)

        def card(code: str) -> RatingCard:
            former = own.get(code, Former())
            others = _others(reasons.get(code, []), former.answer)
            return RatingCard(
                **facts_of(reading, part, subjects[code]),
                former=former,
                tally=tally.option(code) if tally else None,
                reasons=own_order(others, reader, round_.id, code),
            )

        return cls(
            reading=reading,
            part=part,
            words=cls.wording(session, reading, part),
            cards=[card(code) for code in codes_in_order(subjects, round_, reader, tally)],
            criteria=rounds.asked(part.question, rounds.criteria(session, reading.seminar)),
            abstentions=abstentions(part),
            prompt=part.question.settings.get("rationale", {}).get("prompt", ""),
            scales={scale.code: scale for scale in tally.scales} if tally else {},
            before=previous,
        )

    @classmethod
    def wording(cls, session: Session, reading: Reading, part: Part) -> Words:
        """Criteria by their labels; abstentions by theirs."""
        del cls
        criteria = rounds.asked(part.question, rounds.criteria(session, reading.seminar))
        words = {one["value"]: one["label"] for one in abstentions(part)}
        return Words({c.code: c.label for c, _required in criteria}, {c.code: words for c, _ in criteria})

    @classmethod
    def beside(cls, session: Session, reading: Reading, part: Part, code: str) -> dict[str, Any]:
        """What is still missing on the card."""
        del cls, session
        return {"missing": part.type.missing(reading.filled.answers(part).get(code))}

    @classmethod
    def order(cls, session: Session, reading: Reading, part: Part) -> list[str]:
        """The reader's own order, those that need least attention last."""
        del cls
        tally = feedback(session, reading.round_, part.question)
        return codes_in_order(part.subjects, reading.round_, reading.reader, tally)


def abstentions(part: Part) -> list[dict[str, str]]:
    """The abstentions that the question allows, with their labels."""
    assert isinstance(part.type, Rate)
    allowed = part.type.abstentions
    return [one for one in part.question.settings.get("abstentions", []) if one["value"] in allowed]


def feedback(session: Session, round_: Round, question: Question) -> RateTally | None:
    """What the round shows of the one before it, of the same question: what any expert may see, no more."""
    previous = shown_before(session, round_)
    asked = rounds.questions(session, previous) if previous else []
    before = alike(question, [one for one in asked if rounds.rates_on_cards(one)])
    if before is None:
        return None
    try:
        tally = disclosure.released_of(session, question=before, roles=frozenset({Role.EXPERT}))
    except disclosure.NotReleased:
        return None
    assert isinstance(tally, RateTally)
    return tally


def is_close(tally: OptionTally | None) -> bool:
    """Whether the panel's ratings of an option were close and steady."""
    return tally is not None and tally.label == CLOSE and (tally.movement is None or tally.movement.stable)


def codes_in_order(codes: Iterable[str], round_: Round, reader: UUID, tally: RateTally | None) -> list[str]:
    """The codes in the reader's own order, those that need least attention last."""
    order = own_order(codes, reader, round_.id)
    return sorted(order, key=lambda code: is_close(tally.option(code) if tally else None))


def _others(reasons: list[str], mine: Answer) -> list[str]:
    others = list(reasons)
    if mine.rationale in others:
        others.remove(mine.rationale)
    return others
