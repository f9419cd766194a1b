"""What the panellist answered in the round before, and whether it holds for what is asked now."""

from dataclasses import dataclass, field, replace

from sqlmodel import Session

from app.ballots import queries
from app.ballots.queries import Part
from app.models import Panellist, Question, Round
from app.questions.answers import Answer
from app.questions.rate import Rate
from app.rounds import queries as rounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """Of one subject the panellist's answer in the round before."""

    answer: Answer = field(default_factory=Answer)

    @property
    def can_be_kept(self) -> bool:
        """Whether there is a judgement that holds for this wording too."""
        return bool(self.answer.judgements)


def formers(session: Session, *, round_: Round, part: Part, panellist: Panellist | None) -> dict[str, Former]:
    """By the code of a subject rated on a card, what the panellist submitted of it in the round before."""
    question = question_before(session, round_, part)
    if question is None or panellist is None:
        return {}
    previous = session.get_one(Round, question.round_id)
    ballot = queries.find_ballot(session, round_=previous, panellist=panellist)
    said = queries.read_part(queries.latest_seal(session, ballot), question, part.type)
    return {code: Former(answer=_asked_again(part, said[code])) for code in part.subjects if code in said}


def question_before(session: Session, round_: Round, part: Part) -> Question | None:
    """The question that rated on cards in the round before, if this one does so too."""
    if round_.previous_id is None or not rounds.rates_on_cards(part.question):
        return None
    return rounds.rate_question(session, session.get_one(Round, round_.previous_id))


def _asked_again(part: Part, answer: Answer) -> Answer:
    assert isinstance(part.type, Rate)
    criteria = {asked.code for asked in part.type.asked}
    return replace(answer, judgements={c: said for c, said in answer.judgements.items() if c in criteria})
