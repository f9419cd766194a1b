"""From the address to a form: by its expert, or by its code for a form clerk, who is nothing else here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from fastapi import Depends, Path, Request

from app.ballots.deps import AskingDep, SeatDep
from app.ballots.queries import Asking
from app.errors import Forbidden, NotFound
from app.models import Membership, Panellist, PaperEntry, Round, Seminar
from app.offline import building, codes, queries, service
from app.offline.codebook import CodeBook, Paper
from app.offline.sheet import Form
from app.policy import Permission, Role
from app.rounds import lifecycle
from app.rounds.deps import RoundDep
from app.seminars.clerks import BESIDE
from app.seminars.deps import SeminarDep, member_who_may
from app.web.session import SessionDep

Clerk = Annotated[Membership, Depends(member_who_may(Permission.ENTER_FORMS))]
Organiser = Annotated[Membership, Depends(member_who_may(Permission.SEE_PEOPLE))]
Kind = Literal["docx", "xlsx"]
Number = Annotated[int, Path(ge=1, le=9999)]


class ClerkAndMore(Forbidden):
    """Who knows names, answers herself or reads results must not see single forms."""

    message = (
        "A form clerk sees what single experts answered, and may therefore have no other role in the seminar "
        "than that of an observer."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where forms of a round are taken in: by one expert her own, by a form clerk any."""

    seminar: Seminar
    round_: Round
    asked: Asking
    panellist: Panellist | None
    closes_at: datetime | None
    book: CodeBook
    membership: Membership | None = None

    @property
    def by_clerk(self) -> bool:
        """Whether somebody takes in the forms of others."""
        return self.panellist is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A form that came back, with what was read of it."""

    desk: Desk
    paper: Paper
    kept: PaperEntry
    form: Form


def clerk_alone(request: Request, clerk: Clerk) -> Membership:
    """The form clerk, if she is nothing by which she could know whose form she reads, or answer herself."""
    if not _is_alone(request.state.roles):
        raise ClerkAndMore
    return clerk


def _is_alone(roles: Iterable[Role]) -> bool:
    return BESIDE.issuperset(roles)


ClerkDep = Annotated[Membership, Depends(clerk_alone)]


def code_book(request: Request, session: SessionDep, seminar: SeminarDep) -> CodeBook:
    """The codes of the forms of the seminar at this address."""
    return CodeBook(session, request.app.state.settings, seminar)


BookDep = Annotated[CodeBook, Depends(code_book)]


def expert_desk(seat: SeatDep, book: BookDep) -> Desk:
    """The expert before her own form."""
    return Desk(
        seminar=seat.seminar,
        round_=seat.round_,
        asked=seat.asked,
        panellist=seat.panellist,
        closes_at=lifecycle.closes_at(seat.round_, seat.deadline),
        book=book,
        membership=seat.membership,
    )


def clerk_desk(
    clerk: ClerkDep, seminar: SeminarDep, round_: RoundDep, asked: AskingDep, book: BookDep
) -> Desk:
    """The form clerk before all that came back."""
    del clerk
    return _anybody(seminar, round_, asked, book)


def organiser_desk(
    organiser: Organiser, seminar: SeminarDep, round_: RoundDep, asked: AskingDep, book: BookDep
) -> Desk:
    """The organizer before the list of who gets a form."""
    del organiser
    return _anybody(seminar, round_, asked, book)


def _anybody(seminar: Seminar, round_: Round, asked: Asking, book: CodeBook) -> Desk:
    time = round_.closes_at
    return Desk(seminar=seminar, round_=round_, asked=asked, panellist=None, closes_at=time, book=book)


OrganiserDesk = Annotated[Desk, Depends(organiser_desk)]
ExpertDesk = Annotated[Desk, Depends(expert_desk)]
ClerkDesk = Annotated[Desk, Depends(clerk_desk)]


def own_preview(request: Request, session: SessionDep, desk: ExpertDesk, number: Number) -> Preview:
    """What was read of the expert's own form."""
    assert desk.panellist is not None
    paper = queries.form_of(session, desk.book, round_=desk.round_, panellist=desk.panellist)
    return _preview(request, session, desk, paper, number)


def any_preview(
    request: Request, session: SessionDep, desk: ClerkDesk, form_code: str, number: Number
) -> Preview:
    """What was read of the form with the code at this address."""
    tidy = codes.tidy(form_code)
    paper = queries.find_form(session, desk.book, tidy) if tidy else None
    return _preview(request, session, desk, paper, number)


def _preview(request: Request, session: SessionDep, desk: Desk, paper: Paper | None, number: int) -> Preview:
    if paper is None or paper.row.round_id != desk.round_.id:
        raise NotFound
    kept = queries.find_entry(session, paper.row, number, by_clerk=desk.by_clerk)
    if kept is None:
        raise NotFound
    service.require_waiting(kept)
    form = building.build(
        session,
        seminar=desk.seminar,
        round_=desk.round_,
        asked=desk.asked,
        paper=paper,
        own=False,
        zone=request.state.zone,
    )
    return Preview(desk=desk, paper=paper, kept=kept, form=form)


OwnPreview = Annotated[Preview, Depends(own_preview)]
AnyPreview = Annotated[Preview, Depends(any_preview)]
