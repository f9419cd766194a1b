"""What a reader finds of a round, question by question, beside what she said herself."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from app.errors import AppError, NotFound
from app.feedback import queries, reasons, standings, words
from app.feedback.deps import Reader
from app.feedback.queries import Marks, Onward
from app.feedback.reasons import Reason
from app.feedback.standings import Show, View
from app.feedback.words import Wording
from app.models import Question, Round
from app.policy import Role
from app.questions.answers import Answer
from app.results import disclosure, drawing
from app.results.reasoned import Reasoned
from app.results.tallies import Tally
from app.rounds import queries as rounds
from app.rounds.queries import Asks

# as any member of the panel reads
EXPERT = frozenset({Role.EXPERT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """One question as one reader sees it; `folder` names the templates of its type.

    `own` are the reader's answers, empty for who is not of the panel. `is_live` says that the round is
    still open and shows itself in steps. `left_out` is of how many experts some answer is not counted.
    """

    asks: Asks
    tally: Tally
    own: dict[str, Answer]
    words: Wording
    reasons: dict[str, list[Reason]]
    view: View
    onward: Onward
    may_mark: bool
    is_expert: bool
    is_live: bool = False
    left_out: int = 0

    @property
    def folder(self) -> str:
        """Where the templates of the question are."""
        return "plane" if self.asks.is_plane else self.asks.question.type

    @property
    def has_figure(self) -> bool:
        """Whether the result can be drawn."""
        return not self.is_live and self.asks.question.type in drawing.PICTURES

    @property
    def lists_reasons(self) -> bool:
        """Whether the reasons stand below the result, and not beside each subject."""
        return isinstance(self.tally, Reasoned) and bool(self.reasons)

    @property
    def says_itself(self) -> bool:
        """Whether the templates of the type begin with the finding."""
        return isinstance(self.tally, Reasoned)

    @property
    def finding(self) -> str:
        """What was found, in one sentence."""
        return words.finding(self.tally, self.view)

    @property
    def answered(self) -> int:
        """How many of the subjects the reader has answered."""
        return sum(not self.own.get(code, Answer()).is_blank for code in self.view.standings)

    def context(self) -> dict[str, Any]:
        """All that the templates of a type need, by name."""
        return {
            "asks": self.asks,
            "tally": self.tally,
            "own": self.own,
            "words": self.words,
            "reasons": self.reasons,
            "view": self.view,
            "onward": self.onward,
            "may_mark": self.may_mark,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One question in the list of a round; `refusal` says why nothing is shown of it."""

    asks: Asks
    feedback: Feedback | None
    refusal: AppError | None = None


def of_round(session: Session, reader: Reader) -> list[Line]:
    """Every question of the round; refused as a whole where nothing of any of them is released."""
    found = [_line(session, reader, one) for one in rounds.asks(session, reader.round_)]
    if not found:
        raise NotFound
    refusals = [line.refusal for line in found if line.refusal]
    if refusals and len(refusals) == len(found):
        raise refusals[0]
    return found


def _line(session: Session, reader: Reader, asks: Asks) -> Line:
    try:
        return Line(asks=asks, feedback=_released(session, reader, asks, "all"))
    except disclosure.NotReleased as refusal:
        return Line(asks=asks, feedback=None, refusal=refusal)


def of_question(session: Session, reader: Reader, question: Question, show: Show) -> Feedback:
    """The result of a question as it is released to the reader."""
    return _released(session, reader, _asks(session, reader.round_, question), show)


def live(session: Session, reader: Reader, question: Question) -> Feedback:
    """What a round that is open shows of itself, of the subjects that the reader has answered."""
    asks = _asks(session, reader.round_, question)
    own = queries.answers_of(session, question, reader.panellist, saved=True)
    type_ = rounds.question_type(session, question)
    answered = [one.code for one in asks.about if type_.is_done(own.get(one.code))]
    tally = disclosure.glimpse_of(
        session, question=question, panellist_has_answered=bool(answered), roles=reader.roles
    )
    return _feedback(session, reader, asks, tally, own, "all", only=answered, is_live=True)


def _asks(session: Session, round_: Round, question: Question) -> Asks:
    return next(one for one in rounds.asks(session, round_) if one.question.id == question.id)


def _released(session: Session, reader: Reader, asks: Asks, show: Show) -> Feedback:
    tally = disclosure.released_of(session, question=asks.question, roles=reader.roles)
    own = queries.answers_of(session, asks.question, reader.panellist, saved=False)
    return _feedback(session, reader, asks, tally, own, show)


def _feedback(
    session: Session,
    reader: Reader,
    asks: Asks,
    tally: Tally,
    own: dict[str, Answer],
    show: Show,
    *,
    only: list[str] | None = None,
    is_live: bool = False,
) -> Feedback:
    question = asks.question
    codes = [one.code for one in asks.about] if only is None else only
    marks = Marks() if is_live else queries.marks(session, question, reader.panellist)
    found = reasons.of(tally, own, marks, reader=reader.key, key=question.id)
    shown = {code: some for code, some in found.items() if code in codes}
    return Feedback(
        asks=asks,
        tally=tally,
        own=own,
        words=words.wording(asks),
        reasons=shown,
        view=standings.view(tally, codes, own, shown, show),
        onward=Onward() if is_live else queries.onward(session, question, codes),
        may_mark=reader.panellist is not None and not is_live,
        is_expert=reader.panellist is not None,
        is_live=is_live,
        left_out=0 if is_live else disclosure.left_out(session, question=question),
    )
