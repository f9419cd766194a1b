"""From the address to the expert at her ballot."""

from dataclasses import dataclass
from typing import Annotated, TypedDict

from fastapi import Depends, Request

from app.ballots import queries
from app.ballots.queries import Asking
from app.errors import NotFound
from app.models import Membership, Panellist, Round, Seminar
from app.policy import Permission
from app.rounds.deps import RoundDep
from app.seminars import pseudonyms
from app.seminars.deps import SeminarDep, member_who_may
from app.web.session import SessionDep

Expert = Annotated[Membership, Depends(member_who_may(Permission.ANSWER))]
Staff = Annotated[Membership, Depends(member_who_may(Permission.PREVIEW))]


class Author(TypedDict):
    """What every service of a ballot needs to know of its author."""

    round_: Round
    panellist: Panellist
    membership: Membership


@dataclass(frozen=True, slots=True)
class Seat:
    """Who answers, as whom on the panel, in which round of which seminar, and what is asked there."""

    seminar: Seminar
    round_: Round
    membership: Membership
    panellist: Panellist
    asked: Asking

    @property
    def author(self) -> Author:
        """The two sides of the expert, as the services take them."""
        return Author(round_=self.round_, panellist=self.panellist, membership=self.membership)


def asking_of(session: SessionDep, round_: RoundDep) -> Asking:
    """What the round asks to be rated; without it there is no ballot."""
    asked = queries.asking(session, round_)
    if asked is None:
        raise NotFound
    return asked


AskingDep = Annotated[Asking, Depends(asking_of)]


def seat_of(
    request: Request,
    session: SessionDep,
    seminar: SeminarDep,
    expert: Expert,
    round_: RoundDep,
    asked: AskingDep,
) -> Seat:
    """The expert at her ballot in the round at this address."""
    panellist = pseudonyms.panellist_of(session, request.app.state.settings, expert)
    return Seat(seminar, round_, expert, panellist, asked)


SeatDep = Annotated[Seat, Depends(seat_of)]


def code_of(asked: AskingDep, item_code: str) -> str:
    """The code of a subject of the round."""
    if item_code not in asked.subjects:
        raise NotFound
    return item_code


CodeDep = Annotated[str, Depends(code_of)]
