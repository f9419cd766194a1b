"""The latest result that a reader may see, and what surrounds it: the round, the one before, the wording."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from random import Random
from uuid import UUID

from sqlmodel import Session

from app.dissent import queries as dissent
from app.dissent.queries import Statement
from app.models import Question, Round, Seminar
from app.models.registers import Kind, LinkKind
from app.models.rounds import RoundState
from app.outcome import reading
from app.policy import Role
from app.registers.queries import LinkView
from app.results import disclosure
from app.results.tally import OptionTally, RateTally
from app.rounds import queries as rounds
from app.rounds.queries import SubjectView
from app.rounds.since import Since, since
from app.wording import Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A released result in its round; `before` is the round before it, where that was rated and released.

    `minority` are the released statements by the code of their option; `left_out` is of how many experts
    some answer is not counted.
    """

    seminar: Seminar
    round_: Round
    question: Question
    tally: RateTally
    rules: Rules
    before: RateTally | None
    to_come: list[Round]
    minority: dict[str, list[Statement]]
    left_out: int = 0

    @property
    def is_published(self) -> bool:
        """Whether everybody in the seminar sees it, and not only those who prepare it."""
        return self.round_.state is RoundState.PUBLISHED


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """What an option goes back to, in the registers."""

    gaps: list[LinkView]
    grounds: list[LinkView]
    elements: list[LinkView]
    leads: list[LinkView]
    supporters: list[LinkView]


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionPage:
    """One option as a reader sees it; `was` is it in the round before, `since` what has become of it."""

    option: OptionTally
    subject: SubjectView
    since: Since
    traces: Traces
    rationales: list[str]
    was: OptionTally | None
    before: OptionTally | None
    after: OptionTally | None


def latest(session: Session, *, seminar: Seminar, roles: Collection[Role]) -> Outcome | None:
    """The latest result that these roles may see, or None while there is none."""
    found = disclosure.latest_released(session, seminar=seminar, roles=frozenset(roles))
    if found is None:
        return None
    round_, tally = found[0], _listed(found[1])
    question = rounds.rate_question(session, round_)
    assert question is not None, "a round without a rate question has no tally"
    plan = rounds.plan(session, seminar)
    return Outcome(
        seminar=seminar,
        round_=round_,
        question=question,
        tally=tally,
        rules=Rules.read(seminar.wording),
        before=_before(session, round_, plan, roles),
        to_come=[r for r in plan if r.number > round_.number and rounds.rate_question(session, r)],
        minority=dissent.released(session, seminar=seminar, roles=roles),
        left_out=disclosure.left_out(session, question=question),
    )


def _listed(tally: RateTally) -> RateTally:
    """The options in the order of their ranks, or of their codes where no rank is sure enough to be told."""
    if reading.is_sure(tally):
        return tally
    return replace(tally, options=sorted(tally.options, key=lambda option: option.code))


def _before(session: Session, round_: Round, plan: list[Round], roles: Collection[Role]) -> RateTally | None:
    previous = next((one for one in plan if one.id == round_.previous_id), None)
    if previous is None or rounds.rate_question(session, previous) is None:
        return None
    try:
        return disclosure.released(session, round_=previous, roles=frozenset(roles))
    except disclosure.NotReleased:
        return None


def option_page(session: Session, outcome: Outcome, code: str, *, reader: UUID) -> OptionPage | None:
    """All that the page of an option says, or None if no such option was rated."""
    option = outcome.tally.option(code)
    subjects = rounds.subjects(session, outcome.question)
    subject = next((one for one in subjects if one.code == code), None)
    if option is None or subject is None:
        return None
    before, after = neighbours(outcome.tally, option)
    return OptionPage(
        option=option,
        subject=subject,
        since=since(session, seminar=outcome.seminar, subjects=[subject])[code],
        traces=traces(subject),
        rationales=rationales(outcome, code, reader=reader),
        was=outcome.before.option(code) if outcome.before else None,
        before=before,
        after=after,
    )


def traces(subject: SubjectView) -> Traces:
    """What the option answers, builds on and serves, and who would act."""

    def linked(kind: LinkKind, *kinds: Kind) -> list[LinkView]:
        return [
            link for link in subject.links if link.kind is kind and (not kinds or link.item_kind in kinds)
        ]

    return Traces(
        gaps=linked(LinkKind.ADDRESSES),
        grounds=linked(LinkKind.BUILDS_ON),
        elements=linked(LinkKind.SERVES, Kind.ELEMENT),
        leads=linked(LinkKind.LED_BY),
        supporters=linked(LinkKind.SUPPORTED_BY),
    )


def rationales(outcome: Outcome, code: str, *, reader: UUID) -> list[str]:
    """The reasons given for one option, in an order of the reader's own that joins nothing across options."""
    texts = list(outcome.tally.rationales.get(code, []))
    seed = hashlib.sha256(f"{outcome.question.id}:{code}:{reader}".encode()).digest()
    Random(seed).shuffle(texts)  # noqa: S311 - an order to read in, not a secret
    return texts


def neighbours(tally: RateTally, option: OptionTally) -> tuple[OptionTally | None, OptionTally | None]:
    """The options before and after it in the order of ranks."""
    place = tally.options.index(option)
    before = tally.options[place - 1] if place else None
    after = tally.options[place + 1] if place + 1 < len(tally.options) else None
    return before, after
