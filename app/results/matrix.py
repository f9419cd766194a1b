"""The only bridge from the rows of a rating to its numbers: the sealed ballots as a panel."""

from collections.abc import Callable
from uuid import UUID

from sqlmodel import Session

from app.models import Question, Round, Seminar
from app.questions.answers import Answer
from app.registers import history
from app.results.panel import Ballot, Cell, Pair, Panel
from app.results.sealed import BrokenSeal, Sheet, salt_of, sheets
from app.results.tally import AGAINST, CARDS, FOR, NEITHER, PLANE, UNTOLD, Scale
from app.results.turnout import Entry
from app.rounds import lifecycle
from app.rounds import queries as rounds
from app.rounds.alike import alike
from app.wording import Rules

Sheets = dict[UUID, Sheet]
# The end of the unfavourable and the start of the favourable band of a scale.
Bands = Callable[[int, int], tuple[int, int]]


def load(session: Session, question: Question, method: str | None = None) -> Panel:
    """The panel of a `rate` question whose round is concluded; of any other round nobody learns a number.

    It is for the method of today unless another is named, as in a recount of what was frozen earlier.
    """
    round_ = session.get_one(Round, question.round_id)
    seminar = session.get_one(Seminar, round_.seminar_id)
    ballots = sheets(session, question)
    scales, options = _scales(session, question, seminar), _options(session, question)
    bands = Rules.read(seminar.wording).bands
    try:
        panel = Panel.of(
            round_number=round_.number,
            question=question.code,
            options=options,
            scales=scales,
            wording=seminar.wording,
            agreement=question.settings.get("agreement"),
            salt=salt_of(session, question),
            method=method or (CARDS if rounds.rates_on_cards(question) else PLANE),
            ballots=[_ballot(sheet, options, scales) for sheet in ballots.values()],
            rationales=(
                (option.code, text, _side(sheet, option, scales, bands))
                for sheet in ballots.values()
                for option in options
                if (text := _rationale(sheet, option))
            ),
            pairs=_pairs(session, question, ballots, options, scales),
        )
    except _NotSealedSoError:
        raise BrokenSeal(number=round_.number) from None
    return panel


def by_panellist(session: Session, question: Question) -> dict[UUID, Ballot]:
    """The same ballots by whose they are, to be put into sectors; nothing else may be made of them."""
    seminar = session.get_one(Seminar, session.get_one(Round, question.round_id).seminar_id)
    scales, options = _scales(session, question, seminar), _options(session, question)
    return {
        panellist: _ballot(sheet, options, scales) for panellist, sheet in sheets(session, question).items()
    }


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


def _options(session: Session, question: Question) -> tuple[Entry, ...]:
    subjects = sorted(rounds.subjects(session, question), key=lambda one: (one.position, one.code))
    return tuple(Entry(code=one.code, title=one.title, version=one.version) for one in subjects)


def _ballot(sheet: Sheet, options: tuple[Entry, ...], scales: tuple[Scale, ...]) -> Ballot:
    return tuple(tuple(_cell(sheet, option, scale) for scale in scales) for option in options)


def _cell(ballot: Sheet, option: Entry, scale: Scale) -> Cell:
    answer = ballot.get(option.code)
    if answer is None:
        return None
    judgement = answer.judgements.get(scale.code)
    off_scale = isinstance(judgement, int) and not scale.low <= judgement <= scale.high
    if off_scale or isinstance(judgement, bool) or not isinstance(judgement, int | str | None):
        raise _NotSealedSoError
    return judgement


def _rationale(ballot: Sheet, option: Entry) -> str:
    text = ballot[option.code].rationale if option.code in ballot else ""
    if not isinstance(text, str):
        raise _NotSealedSoError
    return text


def _side(ballot: Sheet, option: Entry, scales: tuple[Scale, ...], bands: Bands) -> str:
    """Where the author of a reason stands by her own overall rating; nothing where none is asked for."""
    overall = next((scale for scale in scales if scale.overall), None)
    if overall is None:
        return UNTOLD
    score = ballot[option.code].score(overall.code)
    low_end, high_start = bands(overall.low, overall.high)
    if score is None or low_end < score < high_start:
        return NEITHER
    return FOR if score >= high_start else AGAINST


def _pairs(
    session: Session,
    question: Question,
    now: Sheets,
    options: tuple[Entry, ...],
    scales: tuple[Scale, ...],
) -> list[Pair] | None:
    """Overall ratings of each panellist in the round before and in this one.

    An option that means something else since is another option: nothing is compared. After minor
    rewordings it is the same.
    """
    overall = next((scale for scale in scales if scale.overall), None)
    earlier = _rated_before(session, question)
    if overall is None or earlier is None:
        return None
    before, same = sheets(session, earlier), _of_one_meaning(session, earlier, question)
    nothing: dict[str, Answer] = {}
    return [
        (
            tuple(
                _cell(before.get(panellist, nothing), option, overall) if option.code in same else None
                for option in options
            ),
            tuple(_cell(now.get(panellist, nothing), option, overall) for option in options),
        )
        for panellist in {*before, *now}
    ]


def _rated_before(session: Session, question: Question) -> Question | None:
    """What the round before asked so on cards, by the same code rather, if its answers have been counted."""
    round_ = session.get_one(Round, question.round_id)
    previous = session.get(Round, round_.previous_id) if round_.previous_id else None
    if previous is None or not lifecycle.is_concluded(previous):
        return None
    return alike(question, [one for one in rounds.questions(session, previous) if rounds.rates_on_cards(one)])


def _of_one_meaning(session: Session, before: Question, now: Question) -> set[str]:
    """The codes of the subjects that mean the same in both questions, reworded in a minor way or not."""
    earlier = {subject.item_id: subject.version for subject in rounds.subjects(session, before)}
    subjects = [one for one in rounds.subjects(session, now) if one.item_id in earlier]
    wordings = history.same_wording(session, [one.item_id for one in subjects])
    return {one.code for one in subjects if wordings[one.item_id].same(earlier[one.item_id], one.version)}
