"""Weighing criteria: a number beside each, or a judgement on each pair, and what follows from them so far."""

from dataclasses import dataclass
from typing import Any, Self

from sqlmodel import Session

from app.ballots.former import Former
from app.ballots.papers.reading import Reading
from app.ballots.papers.sheet import Card, Paper, Words, facts_of, formers_of
from app.ballots.queries import Part
from app.errors import AppError
from app.i18n import _, gettext
from app.questions import pairs
from app.questions.answers import Answer
from app.questions.weigh import POINTS, STEPS, Consistency, Weigh, numbers_of
from app.rounds import queries as rounds

NUMBER, WORTH = _("Points"), _("Worth of the step")
EQUALLY = _("Both are equally important")
# Saaty's words for his steps; those between have none of their own.
VERBAL = {2: _("somewhat more"), 4: _("clearly more"), 6: _("very much more"), 8: _("extremely more")}
TIMES = _("%(code)s is %(times)s times as important")
TIMES_IN_WORDS = _("%(code)s is %(times)s times as important: %(words)s")


@dataclass(frozen=True, slots=True)
class Misfit:
    """Which judgement fits the others least: the first is said to be so many times as important.

    `implied` is what all judgements together say of the two, `turned` if they say it of the second.
    """

    first: str
    second: str
    stated: float
    implied: float
    turned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What follows from the answers so far: weights in per cent, by criterion, once there are any."""

    method: str
    asked: int
    done: int
    given: int
    greatest: int
    shares: list[tuple[str, str, float]]
    consistency: Consistency | None
    misfit: Misfit | None

    @classmethod
    def of(cls, type_: Weigh, answers: dict[str, Answer], titles: dict[str, str]) -> Self:
        """From the answers in force and the names of the criteria by code."""
        numbers, codes = numbers_of(answers), list(titles)
        weights, consistency = type_.weights(answers, codes), type_.consistency(answers, codes)
        asked, done = type_.far(answers, codes)
        return cls(
            method=type_.method,
            asked=asked,
            done=done,
            given=sum(numbers.values()),
            greatest=max(numbers.values(), default=0),
            shares=[(code, titles[code], 100 * weight) for code, weight in (weights or {}).items()],
            consistency=consistency,
            misfit=_misfit(consistency, titles),
        )


def _misfit(consistency: Consistency | None, titles: dict[str, str]) -> Misfit | None:
    if consistency is None or consistency.misfit is None:
        return None
    found = consistency.misfit
    (one, other), stated, implied = found.pair, found.stated, found.implied
    if stated < 1:
        one, other, stated, implied = other, one, 1 / stated, 1 / implied
    turned = implied < 1
    return Misfit(titles[one], titles[other], stated, 1 / implied if turned else implied, turned)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighPaper(Paper):
    """A question that weighs criteria; they stand in the order of the question."""

    folder = "weigh"
    one_by_one = False

    prompt: str
    standing: Standing

    @property
    def type(self) -> Weigh:
        """The question's type."""
        assert isinstance(self.part.type, Weigh)
        return self.part.type

    @property
    def unfit(self) -> AppError | None:
        """What keeps it from being submitted as it is."""
        return self.reading.filled.unfit(self.part)

    @property
    def pairs(self) -> list[tuple[Card, Card]]:
        """Every pair, the one with whose criterion it is written first."""
        cards = {card.code: card for card in self.cards}
        return [(cards[one], cards[other]) for one, other in pairs.pairs(list(cards))]

    def pairs_of(self, card: Card) -> list[tuple[Card, Card]]:
        """The pairs that are written with this criterion."""
        return [pair for pair in self.pairs if pair[0] is card]

    @staticmethod
    def pair_words(one: str, other: str, step: int) -> str:
        """A judgement on two criteria in words."""
        return pair_words(one, other, step)

    @property
    def steps(self) -> list[int]:
        """How many times as important one may be, from the most to the least, as steps."""
        return sorted((step for step in STEPS if step > 0), reverse=True)

    def said(self, card: Card) -> str:
        """The number in force, as it stands in its field."""
        score = card.answer.score(POINTS)
        return "" if score is None else str(score)

    def share(self, code: str) -> float | None:
        """What the criterion weighs in per cent, if that follows already."""
        return next((share for one, _title, share in self.standing.shares if one == code), None)

    def given_shares(self, given: dict[str, Answer]) -> dict[str, float]:
        """The weights in per cent that follow from these answers."""
        weights = self.type.weights(given, [card.code for card in self.cards])
        return {code: 100 * weight for code, weight in (weights or {}).items()}

    def judged(self, given: dict[str, Answer]) -> list[tuple[Card, Card, str]]:
        """The pairs that these answers judge, each in words."""
        return [
            (one, other, pair_words(one.code, other.code, step))
            for one, other in self.pairs
            if one.code in given and (step := given[one.code].score(other.code)) is not None
        ]

    @classmethod
    def lay(cls, session: Session, reading: Reading, part: Part) -> Self:
        """The criteria, each with what is said of it."""
        before = formers_of(session, reading, part)
        weighed = rounds.weighed(session, part.question)
        cards = [
            Card(**facts_of(reading, part, one), former=before.get(one.code, Former())) for one in weighed
        ]
        assert isinstance(part.type, Weigh)
        titles = {card.code: card.subject.title for card in cards}
        return cls(
            reading=reading,
            part=part,
            words=cls.wording(session, reading, part),
            cards=cards,
            prompt=part.question.settings.get("rationale", {}).get("prompt", ""),
            standing=Standing.of(part.type, reading.filled.answers(part), titles),
        )

    @classmethod
    def wording(cls, session: Session, reading: Reading, part: Part) -> Words:
        """The one number; or of a pair the other criterion, and its steps in words."""
        del cls, session, reading
        assert isinstance(part.type, Weigh)
        if not part.type.is_pairwise:
            name = NUMBER if part.type.method == "points" else WORTH
            return Words({POINTS: gettext(name)}, {POINTS: {}})
        return Words(
            {code: gettext(WITH) % {"code": code} for code in part.subjects},
            {
                code: {str(step): pair_words(gettext(FIRST), code, step) for step in STEPS}
                for code in part.subjects
            },
        )

    @classmethod
    def beside(cls, session: Session, reading: Reading, part: Part, code: str) -> dict[str, Any]:
        """What follows from the answers now."""
        del code
        assert isinstance(part.type, Weigh)
        titles = {one.code: one.title for one in rounds.weighed(session, part.question)}
        return {"standing": Standing.of(part.type, reading.filled.answers(part), titles)}


WITH, FIRST = _("Compared with %(code)s"), _("The first")


def pair_words(one: str, other: str, step: int) -> str:
    """A judgement on two criteria, by these names for them."""
    if step == 0:
        return gettext(EQUALLY)
    said = {"code": one if step > 0 else other, "times": abs(step) + 1}
    if words := VERBAL.get(abs(step)):
        return gettext(TIMES_IN_WORDS) % (said | {"words": gettext(words)})
    return gettext(TIMES) % said
