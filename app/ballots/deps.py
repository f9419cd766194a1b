"""From the address to the expert at her ballot."""

from dataclasses import dataclass
from typing import Annotated, NotRequired, TypedDict

from fastapi import Depends, Request

from app.ballots import queries
from app.ballots.papers.reading import Reading, author_reads, staff_previews
from app.ballots.queries import Asking, Part
from app.errors import Conflict, NotFound
from app.models import Deadline, Membership, Panellist, Round, Seminar
from app.models.rounds import RoundState
from app.policy import Permission
from app.questions.rate import PLANE, Rate
from app.rounds import deadlines
from app.rounds.deps import RoundDep
from app.rounds.lifecycle import RoundNotOpen
from app.seminars import pseudonyms
from app.seminars.deps import SeminarDep, member_who_may
from app.web.framing import may_be_framed
from app.web.session import SessionDep

# of a plane
SIDES = 2

Expert = Annotated[Membership, Depends(member_who_may(Permission.ANSWER))]
Staff = Annotated[Membership, Depends(member_who_may(Permission.PREVIEW))]


class NoAxes(Conflict):
    """A plane that is still being designed, and has not both its sides."""

    message = "Question %(question)s has no two criteria yet that span its plane, so it cannot be shown."


class Author(TypedDict):
    """What every service of a ballot needs to know of its author."""

    round_: Round
    panellist: Panellist
    membership: Membership
    asked: NotRequired[Asking]


class Answering(Author):
    """The same at one of the questions."""

    question: str


@dataclass(frozen=True, slots=True)
class Seat:
    """Who answers, as whom on the panel, in which round of which seminar, and what is asked there."""

    seminar: Seminar
    round_: Round
    membership: Membership
    panellist: Panellist
    asked: Asking
    deadline: Deadline | None = None

    @property
    def author(self) -> Author:
        """The two sides of the expert and what she is asked, as the services take them."""
        return Author(
            round_=self.round_, panellist=self.panellist, membership=self.membership, asked=self.asked
        )

    def of(self, part: Part) -> Answering:
        """The same with the question that she answers."""
        return Answering(**self.author, question=part.code)


def asking_of(session: SessionDep, round_: RoundDep) -> Asking:
    """What the round asks; without a question there is no ballot."""
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
    deadline = deadlines.of_member(session, round_, expert)
    return Seat(seminar, round_, expert, panellist, asked, deadline)


SeatDep = Annotated[Seat, Depends(seat_of)]


def reading_of(session: SessionDep, seat: SeatDep) -> Reading:
    """The expert and her ballot as it stands; there is none before the round has been opened."""
    if seat.round_.state in {RoundState.DRAFT, RoundState.SCHEDULED}:
        raise RoundNotOpen(number=seat.round_.number)
    return author_reads(
        session,
        seminar=seat.seminar,
        round_=seat.round_,
        asked=seat.asked,
        panellist=seat.panellist,
        deadline=seat.deadline,
    )


def preview_of(
    request: Request, seminar: SeminarDep, staff: Staff, round_: RoundDep, asked: AskingDep
) -> Reading:
    """A blank ballot before one of the staff, who may see it beside its design."""
    may_be_framed(request)
    for part in asked.parts.values():
        if isinstance(part.type, Rate) and part.type.layout == PLANE and len(part.type.asked) < SIDES:
            raise NoAxes(question=part.code)
    return staff_previews(seminar=seminar, round_=round_, asked=asked, reader=staff.id)


ReadingDep = Annotated[Reading, Depends(reading_of)]
PreviewDep = Annotated[Reading, Depends(preview_of)]


def part_of(asked: AskingDep, question_code: str) -> Part:
    """The question of that code."""
    if question_code not in asked.parts:
        raise NotFound
    return asked.parts[question_code]


PartDep = Annotated[Part, Depends(part_of)]


def code_of(part: PartDep, item_code: str) -> str:
    """The code of a subject of the question."""
    if item_code not in part.subjects:
        raise NotFound
    return item_code


CodeDep = Annotated[str, Depends(code_of)]
