"""On what it rests whether a rating is outside the main view: the latest published rating of the option."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from app.dissent.standing import MainView
from app.models import Ballot, Question, Round, Seal, Seminar
from app.models.rounds import ROOM, RoundState
from app.policy import Role
from app.questions import sealing
from app.questions.answers import Answer
from app.results import disclosure
from app.results.tally import Distribution, OptionTally, RateTally, Scale
from app.rounds import lifecycle
from app.rounds import queries as rounds
from app.wording import Rules

# as any member of the panel reads: what is not published is no basis
PANEL = frozenset({Role.EXPERT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """How the panel rated an option on overall support, and where its main view lies."""

    round_: Round
    question: Question
    scale: Scale
    option: OptionTally
    support: Distribution
    view: MainView
    reasons: list[tuple[str, str]]

    def reasons_of(self, sides: Collection[str]) -> list[str]:
        """The reasons of those who stand on these sides, where it is told on which they stand."""
        return [text for text, side in self.reasons if side in sides]


def bases(session: Session, seminar: Seminar) -> dict[str, Basis]:
    """The basis of every option that was rated, by its code: the result of its latest published round."""
    return {one.option.code: one for one in _every(session, seminar)}


def in_round(session: Session, seminar: Seminar, code: str, round_id: UUID | None) -> Basis | None:
    """The basis of an option in that round."""
    found = (one for one in _every(session, seminar) if one.round_.id == round_id)
    return next((one for one in found if one.option.code == code), None)


def _every(session: Session, seminar: Seminar) -> Iterator[Basis]:
    rules = Rules.read(seminar.wording)
    for round_ in rounds.plan(session, seminar):
        question = rounds.rate_question(session, round_)
        if question is None or round_.kind == ROOM or round_.state is not RoundState.PUBLISHED:
            continue
        try:
            tally = disclosure.released(session, round_=round_, roles=PANEL)
        except disclosure.NotReleased:
            continue
        yield from _bases(round_, question, tally, rules)


def _bases(round_: Round, question: Question, tally: RateTally, rules: Rules) -> Iterator[Basis]:
    scale = tally.overall
    if scale is None:
        return
    for option in tally.options:
        support = option.by_criterion[scale.code]
        if view := MainView.of(support, rules, scale.low, scale.high):
            yield Basis(
                round_=round_,
                question=question,
                scale=scale,
                option=option,
                support=support,
                view=view,
                reasons=tally.reasons(option.code),
            )


def is_asked(session: Session, seminar: Seminar) -> bool:
    """Whether statements are taken yet: a rating is published, and where it is repeated, that has begun."""
    rated = [one for one in rounds.plan(session, seminar) if rounds.rate_question(session, one)]
    published = [one for one in rated if one.state is RoundState.PUBLISHED and one.kind != ROOM]
    if not published:
        return False
    later = [one for one in rated if one.number > published[0].number]
    return not later or any(not lifecycle.is_unopened(one) for one in later)


def ratings_of(session: Session, found: Mapping[str, Basis], panellist: UUID) -> dict[str, int]:
    """How a panellist rated each option, by its code: to tell her, and nobody else, where she stands."""
    by_round: dict[UUID, list[Basis]] = defaultdict(list)
    for basis in found.values():
        by_round[basis.round_.id].append(basis)
    own: dict[str, int] = {}
    for some in by_round.values():
        answers = _sheets(session, some[0], [panellist]).get(panellist, {})
        for basis in some:
            score = _score(basis, answers)
            if score is not None:
                own[basis.option.code] = score
    return own


def outside(session: Session, basis: Basis, panellists: Collection[UUID]) -> int:
    """How many of these panellists rated the option outside the main view: one count, made in memory."""
    scores = [_score(basis, answers) for answers in _sheets(session, basis, panellists).values()]
    return sum(score is not None and basis.view.is_outside(score) for score in scores)


def _sheets(session: Session, basis: Basis, panellists: Collection[UUID]) -> dict[UUID, Mapping[str, Answer]]:
    """What each of these panellists submitted in answer to the question of the basis."""
    rows = session.exec(
        select(Ballot.panellist_id, Seal.content)
        .join(Seal, col(Seal.ballot_id) == col(Ballot.id))
        .where(Ballot.round_id == basis.round_.id, col(Ballot.panellist_id).in_(list(panellists)))
        .order_by(col(Seal.number))
    )
    type_ = rounds.question_type(session, basis.question)
    latest = dict(rows.all())
    return {
        key: type_.read(sealing.parts(content).get(basis.question.code, {}))
        for key, content in latest.items()
    }


def _score(basis: Basis, answers: Mapping[str, Answer]) -> int | None:
    answer = answers.get(basis.option.code)
    return answer.score(basis.scale.code) if answer else None
