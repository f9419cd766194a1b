"""From the address to what a facilitator decides on."""

from typing import Annotated

from fastapi import Depends

from app.errors import NotFound
from app.models import Item, Membership, Proposal, Question
from app.moderation import queries
from app.policy import Permission
from app.rounds import queries as rounds
from app.rounds.deps import RoundDep
from app.seminars.deps import SeminarDep, member_who_may
from app.web.session import SessionDep

Moderator = Annotated[Membership, Depends(member_who_may(Permission.MODERATE))]
Reader = Annotated[Membership, Depends(member_who_may(Permission.READ))]


def proposal_of(session: SessionDep, seminar: SeminarDep, moderator: Moderator, reference: str) -> Proposal:
    """The proposal of that reference, if it has reached the facilitators."""
    del moderator
    found = queries.find(session, seminar=seminar, reference=reference)
    if found is None:
        raise NotFound
    return found


ProposalDep = Annotated[Proposal, Depends(proposal_of)]


def item_of(session: SessionDep, seminar: SeminarDep, moderator: Moderator, code: str) -> Item:
    """The item of that code, if it stands."""
    del moderator
    found = queries.find_item(session, seminar=seminar, code=code)
    if found is None:
        raise NotFound
    return found


ItemDep = Annotated[Item, Depends(item_of)]


def question_of(session: SessionDep, moderator: Moderator, round_: RoundDep, question_code: str) -> Question:
    """The question of that code in the round at this address."""
    del moderator
    found = rounds.find_question(session, round_, question_code)
    if found is None:
        raise NotFound
    return found


QuestionDep = Annotated[Question, Depends(question_of)]
