"""What the big screen shows of a vote in the room: how many have answered, and at its end, how."""

from dataclasses import dataclass

from sqlmodel import Session

from app.errors import NotFound
from app.models import Round, Seminar
from app.models.rounds import RoundState
from app.policy import Role
from app.results import disclosure
from app.results.disclosure import NotReleased
from app.results.tally import OptionTally, RateTally, Scale
from app.rounds import queries as rounds
from app.rounds.queries import Counts, SubjectView

# the screen is for all who are in the room
EVERYBODY = frozenset({Role.EXPERT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """`now` is the result of the vote, `before` that of the same subject in the plan, where there is one."""

    round_: Round
    subject: SubjectView
    counts: Counts
    least: int
    now: RateTally | None
    before: tuple[Round, RateTally] | None
    why_not: NotReleased | None = None

    @property
    def is_complete(self) -> bool:
        """Whether everybody has answered."""
        return self.counts.started >= self.counts.joined

    @property
    def is_over(self) -> bool:
        """Whether no more answers are awaited."""
        return self.round_.state is not RoundState.OPEN

    @property
    def scale(self) -> Scale:
        """The scale on which it was rated."""
        assert self.now is not None
        return self.now.scales[0]

    def option(self, tally: RateTally) -> OptionTally | None:
        """What a result says of the subject."""
        return tally.option(self.subject.code)


def screen(session: Session, *, round_: Round) -> Screen:
    """The screen of a vote in the room, as everybody may see it."""
    question = next(iter(rounds.questions(session, round_)), None)
    subjects = rounds.subjects(session, question) if question else []
    if question is None or not subjects:
        raise NotFound
    seminar = session.get_one(Seminar, round_.seminar_id)
    now, why_not = _released(session, round_)
    return Screen(
        round_=round_,
        subject=subjects[0],
        least=seminar.min_group,
        counts=rounds.participation(session, round_, seminar.min_group).whole,
        now=now,
        before=_before(session, seminar, subjects[0].code, now) if now else None,
        why_not=why_not,
    )


def _released(session: Session, round_: Round) -> tuple[RateTally | None, NotReleased | None]:
    if round_.state is not RoundState.PUBLISHED:
        return None, None
    try:
        return disclosure.released(session, round_=round_, roles=EVERYBODY), None
    except NotReleased as why_not:
        return None, why_not


def _before(session: Session, seminar: Seminar, code: str, now: RateTally) -> tuple[Round, RateTally] | None:
    """The latest published rating of the plan, if it rated the subject on the same criterion."""
    found = disclosure.latest_released(session, seminar=seminar, roles=EVERYBODY)
    if found is None:
        return None
    round_, tally = found
    option, criterion = tally.option(code), now.scales[0].code
    return (round_, tally) if option and criterion in option.by_criterion else None
