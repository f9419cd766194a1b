"""From the address to the round, the question and the subject that a vote in the room is about."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Query, Request

from app.bridge.agenda import Agenda, agenda
from app.bridge.choice import Choice
from app.errors import NotFound
from app.models import Membership, Question, Round
from app.models.rounds import ROOM
from app.policy import Permission
from app.results import disclosure
from app.rounds import queries as rounds
from app.rounds.deps import RoundDep
from app.rounds.queries import SubjectView
from app.seminars.deps import member_who_may
from app.web.session import SessionDep

Staff = Annotated[Membership, Depends(member_who_may(Permission.READ_CLOSED))]
Facilitator = Annotated[Membership, Depends(member_who_may(Permission.RUN_ROUNDS))]


def agenda_of(
    request: Request, session: SessionDep, round_: RoundDep, staff: Staff, choice: Annotated[Choice, Query()]
) -> Agenda:
    """The agenda that was chosen, from the round at this address."""
    del staff
    return agenda(
        session, round_=round_, roles=request.state.roles, keys=choice.items, minutes=choice.minutes
    )


AgendaDep = Annotated[Agenda, Depends(agenda_of)]


@dataclass(frozen=True, slots=True)
class Topic:
    """What is to be rated again: a subject of a question whose result is there."""

    question: Question
    subject: SubjectView


def topic_of(
    request: Request, session: SessionDep, round_: RoundDep, question_code: str, item_code: str
) -> Topic:
    """The rated subject at this address."""
    question = rounds.find_question(session, round_, question_code)
    if question is None or question.type != rounds.RATE:
        raise NotFound
    disclosure.released_of(session, question=question, roles=request.state.roles)
    subject = next((one for one in rounds.subjects(session, question) if one.code == item_code), None)
    if subject is None:
        raise NotFound
    return Topic(question, subject)


def in_the_room(round_: RoundDep) -> Round:
    """A round that is a vote in the room."""
    if round_.kind != ROOM:
        raise NotFound
    return round_


TopicDep = Annotated[Topic, Depends(topic_of)]
RoomDep = Annotated[Round, Depends(in_the_room)]
