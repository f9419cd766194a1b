"""The only bridge from rows to numbers: the sealed ballots of a concluded round as a panel."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from app.errors import Conflict
from app.models import Ballot, Question, Round, Seal, Seminar
from app.questions import answers as written
from app.results.panel import Cell, Option, Pair, Panel
from app.results.tally import Scale
from app.rounds import lifecycle
from app.rounds import queries as rounds


class StillOpen(Conflict):
    """Numbers of a round that still takes answers, or has not begun to."""

    message = "Round R%(number)s has not been closed, so there is no result."


class BrokenSeal(Conflict):
    """A sealed ballot does not hold what it can have held when it was sealed."""

    message = "A sealed ballot of round R%(number)s cannot be read."


Ballots = dict[UUID, dict[str, written.Answer]]


def load(session: Session, question: Question) -> Panel:
    """The panel of a `rate` question whose round is concluded; of any other round nobody learns a number."""
    round_ = session.get_one(Round, question.round_id)
    if not lifecycle.is_concluded(round_):
        raise StillOpen(number=round_.number)
    seminar = session.get_one(Seminar, round_.seminar_id)
    scales, options = _scales(session, question, seminar), _options(session, question)
    ballots = _ballots(session, round_)
    try:
        panel = Panel.of(
            round_number=round_.number,
            question=question.code,
            options=options,
            scales=scales,
            wording=seminar.wording,
            ballots=(
                tuple(tuple(_cell(ballot, option, scale) for scale in scales) for option in options)
                for ballot in ballots.values()
            ),
            rationales=(
                (option.code, text)
                for ballot in ballots.values()
                for option in options
                if (text := _rationale(ballot, option))
            ),
            pairs=_pairs(session, round_, ballots, options, scales),
        )
    except _NotSealedSoError:
        raise BrokenSeal(number=round_.number) from None
    return panel


class _NotSealedSoError(ValueError):
    """An answer that the question cannot have taken."""


def _scales(session: Session, question: Question, seminar: Seminar) -> tuple[Scale, ...]:
    asked = rounds.asked(question, rounds.criteria(session, seminar))
    return tuple(
        Scale(
            code=criterion.code,
            label=criterion.label,
            low=criterion.low,
            high=criterion.high,
            overall=criterion.overall,
            benefit=criterion.benefit,
            weight=float(criterion.weight),
        )
        for criterion, _ in asked
    )


def _options(session: Session, question: Question) -> tuple[Option, ...]:
    subjects = sorted(rounds.subjects(session, question), key=lambda one: (one.position, one.code))
    return tuple(Option(code=one.code, title=one.title, version=one.version) for one in subjects)


def _contents(session: Session, round_: Round) -> dict[UUID, Mapping[str, Any]]:
    """The content of the latest seal of every ballot, by panellist."""
    rows = session.exec(
        select(Ballot.panellist_id, Seal.content)
        .join(Seal, col(Seal.ballot_id) == col(Ballot.id))
        .where(Ballot.round_id == round_.id)
        .order_by(col(Seal.number))
    )
    return dict(rows.all())


def _ballots(session: Session, round_: Round) -> Ballots:
    try:
        return {panellist: written.read(content) for panellist, content in _contents(session, round_).items()}
    except (AttributeError, TypeError, ValueError):
        raise BrokenSeal(number=round_.number) from None


def _cell(ballot: Mapping[str, written.Answer], option: Option, scale: Scale) -> Cell:
    answer = ballot.get(option.code)
    if answer is None:
        return None
    judgement = answer.judgements.get(scale.code)
    off_scale = isinstance(judgement, int) and not scale.low <= judgement <= scale.high
    if off_scale or isinstance(judgement, bool) or not isinstance(judgement, int | str | None):
        raise _NotSealedSoError
    return judgement


def _rationale(ballot: Mapping[str, written.Answer], option: Option) -> str:
    text = ballot[option.code].rationale if option.code in ballot else ""
    if not isinstance(text, str):
        raise _NotSealedSoError
    return text


def _pairs(
    session: Session,
    round_: Round,
    now: Ballots,
    options: tuple[Option, ...],
    scales: tuple[Scale, ...],
) -> list[Pair] | None:
    """Overall ratings of each panellist in the round before and in this one.

    An option whose wording has changed since is another option: nothing is compared.
    """
    overall = next((scale for scale in scales if scale.overall), None)
    previous = session.get(Round, round_.previous_id) if round_.previous_id else None
    question = rounds.rate_question(session, previous) if previous else None
    if overall is None or previous is None or question is None or not lifecycle.is_concluded(previous):
        return None
    before, same = _ballots(session, previous), set(_options(session, question))
    nothing: dict[str, written.Answer] = {}
    return [
        (
            tuple(
                _cell(before.get(panellist, nothing), option, overall) if option in same else None
                for option in options
            ),
            tuple(_cell(now.get(panellist, nothing), option, overall) for option in options),
        )
        for panellist in {*before, *now}
    ]
