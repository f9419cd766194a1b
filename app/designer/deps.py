"""From the address to the round that is being designed, and to one of its questions."""

from typing import Annotated

from fastapi import Depends, Request

from app.errors import NotFound
from app.models import Membership, Question, Round
from app.policy import Permission
from app.rounds import lifecycle, queries
from app.rounds.deps import RoundDep
from app.seminars.deps import member_who_may
from app.web.framing import frames_our_own
from app.web.session import SessionDep

Designer = Annotated[Membership, Depends(member_who_may(Permission.RUN_ROUNDS))]


def draft_of(request: Request, designer: Designer, round_: RoundDep) -> Round:
    """The round at this address, for one who may design it, as long as it can be designed."""
    del designer
    frames_our_own(request)  # what an expert will see stands beside what is designed
    lifecycle.require_design(round_)
    return round_


DraftDep = Annotated[Round, Depends(draft_of)]


def question_of(session: SessionDep, round_: DraftDep, question_code: str) -> Question:
    """The question at this address."""
    found = queries.find_question(session, round_, question_code)
    if found is None:
        raise NotFound
    return found


QuestionDep = Annotated[Question, Depends(question_of)]
