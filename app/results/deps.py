"""From the address to the question."""

from typing import Annotated

from fastapi import Depends

from app.errors import NotFound
from app.models import Question
from app.rounds import queries as rounds
from app.rounds.deps import RoundDep
from app.web.session import SessionDep


def question_of(session: SessionDep, round_: RoundDep, question_code: str) -> Question:
    """The question of that code in the round at this address."""
    found = rounds.find_question(session, round_, question_code)
    if found is None:
        raise NotFound
    return found


QuestionDep = Annotated[Question, Depends(question_of)]
