"""The ballot as it lies before its author: cards in her order, with what she and the panel said before."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from app.ballots import queries
from app.ballots.order import own_order
from app.ballots.queries import Asking, Given, Progress
from app.i18n import _, gettext
from app.models import Criterion, Panellist, Round, Seal, Seminar
from app.models.rounds import FeedbackPolicy
from app.policy import Role
from app.questions import answers as written
from app.questions.answers import RATIONALE, Answer
from app.results import disclosure
from app.results.tally import Distribution, OptionTally, RateTally, Scale
from app.rounds import queries as rounds
from app.rounds.queries import SubjectView

CLOSE = "broad_agreement"
YOUR_REASON = _("Your reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One subject; `before` is the author's own answer in the round before, `tally` the panel's."""

    subject: SubjectView
    given: Given
    missing: list[str]
    before: Answer | None
    tally: OptionTally | None
    reasons: list[str]

    @property
    def code(self) -> str:
        """The subject's public code."""
        return self.subject.code

    @property
    def answer(self) -> Answer:
        """What is in force."""
        return self.given.answer

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
        panel, mine = self.panel(criterion), self.before.score(criterion) if self.before else None
        if panel is None or mine is None or panel.q1 is None or panel.q3 is None:
            return False
        return not panel.q1 <= mine <= panel.q3


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole ballot; `before` is the round whose result it shows."""

    round_: Round
    asked: Asking
    criteria: list[tuple[Criterion, bool]]
    abstentions: list[dict[str, str]]
    prompt: str
    scales: dict[str, Scale]
    before: Round | None
    cards: list[Card]
    seal: Seal | None

    @property
    def required(self) -> list[Criterion]:
        """The criteria that everyone is asked for."""
        return [criterion for criterion, required in self.criteria if required]

    @property
    def welcome(self) -> list[Criterion]:
        """The others."""
        return [criterion for criterion, required in self.criteria if not required]

    @property
    def answers(self) -> dict[str, Answer]:
        """What is in force, by code."""
        return {card.code: card.answer for card in self.cards if card.given.history}

    @property
    def sealed(self) -> dict[str, Answer]:
        """What was submitted, by code."""
        return written.read(self.seal.content) if self.seal else {}

    @property
    def progress(self) -> Progress:
        """How far it is."""
        return queries.progress_of(self.asked, self.answers, self.seal)

    @property
    def groups(self) -> list[tuple[bool, list[Card]]]:
        """The cards that need attention, then those on which the panel was close already."""
        split = [(close, [card for card in self.cards if card.is_close is close]) for close in (False, True)]
        return [(close, cards) for close, cards in split if cards]

    def card(self, code: str) -> Card:
        """The card of that code."""
        return next(card for card in self.cards if card.code == code)

    @property
    def labels(self) -> dict[str, str]:
        """What criteria, abstentions and the rationale are called."""
        return labels(self.asked, [criterion for criterion, _required in self.criteria])

    def says_more(self, card: Card) -> bool:
        """Whether the card answers a criterion that is not asked of everyone."""
        return any(criterion.code in card.answer.judgements for criterion in self.welcome)


def labels(asked: Asking, criteria: Iterable[Criterion]) -> dict[str, str]:
    """What criteria, abstentions and the rationale are called, by their codes and words."""
    abstentions = {a["value"]: a["label"] for a in asked.question.settings.get("abstentions", [])}
    return {c.code: c.label for c in criteria} | abstentions | {RATIONALE: gettext(YOUR_REASON)}


def feedback(session: Session, round_: Round) -> RateTally | None:
    """What the round shows of the one before it: what any expert may see of that, and nothing else."""
    previous = _shown_before(session, round_)
    if previous is None:
        return None
    try:
        return disclosure.released(session, round_=previous, roles=frozenset({Role.EXPERT}))
    except disclosure.NotReleased:
        return None


def _shown_before(session: Session, round_: Round) -> Round | None:
    if round_.previous_id is None or round_.feedback is FeedbackPolicy.NONE:
        return None
    return session.get_one(Round, round_.previous_id)


def is_close(tally: OptionTally | None) -> bool:
    """Whether the panel's ratings of an option were close and steady."""
    return tally is not None and tally.label == CLOSE and (tally.movement is None or tally.movement.stable)


def codes_in_order(codes: Iterable[str], round_: Round, reader: UUID, tally: RateTally | None) -> list[str]:
    """The codes in the reader's own order, those that need least attention last."""
    order = own_order(codes, reader, round_.id)
    return sorted(order, key=lambda code: is_close(tally.option(code) if tally else None))


def paper(
    session: Session,
    *,
    seminar: Seminar,
    round_: Round,
    asked: Asking,
    panellist: Panellist | None,
    reader: UUID,
) -> Paper:
    """The ballot of a panellist; or, without one, a blank one in the order of whoever reads it."""
    ballot = queries.find_ballot(session, round_=round_, panellist=panellist) if panellist else None
    given = queries.given(session, ballot)
    tally = feedback(session, round_)
    previous = _shown_before(session, round_)
    own = queries.sealed(session, round_=previous, panellist=panellist) if previous and panellist else {}
    reasons = tally.rationales if tally and round_.feedback is FeedbackPolicy.RATIONALES else {}
    subjects = {subject.code: subject for subject in rounds.subjects(session, asked.question)}

    def card(code: str) -> Card:
        mine = given.get(asked.subjects[code], Given())
        return Card(
            subject=subjects[code],
            given=mine,
            missing=asked.rate.missing(mine.answer),
            before=own.get(code),
            tally=tally.option(code) if tally else None,
            reasons=own_order(_others(reasons.get(code, []), own.get(code)), reader, round_.id, code),
        )

    settings = asked.question.settings
    return Paper(
        round_=round_,
        asked=asked,
        criteria=rounds.asked(asked.question, rounds.criteria(session, seminar)),
        abstentions=[a for a in settings.get("abstentions", []) if a["value"] in asked.rate.abstentions],
        prompt=settings.get("rationale", {}).get("prompt", ""),
        scales={scale.code: scale for scale in tally.scales} if tally else {},
        before=previous,
        cards=[card(code) for code in codes_in_order(subjects, round_, reader, tally)],
        seal=queries.latest_seal(session, ballot),
    )


def _others(reasons: list[str], mine: Answer | None) -> list[str]:
    others = list(reasons)
    if mine and mine.rationale in others:
        others.remove(mine.rationale)
    return others
