"""The organisers' board of people, the page of an invitation, and who sees what."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.errors import Conflict, Invalid
from app.identity.deps import CurrentPerson, MaybePerson
from app.identity.forms import WrongCode
from app.identity.welcome import welcome
from app.models import Membership, Seminar
from app.policy import Permission, Role
from app.seminars import pages, queries, service
from app.seminars.deps import (
    IsInvitee,
    MyMemberships,
    OfferDep,
    OnwardFromOffer,
    SeatDep,
    SeminarDep,
    member_who_may,
)
from app.seminars.forms import PeopleListDep, RoleForm
from app.seminars.importing import BrokenList, read_list
from app.seminars.invitees import read
from app.seminars.limits import limit_codes
from app.web import render
from app.web.forms import Submitted, parse, texts
from app.web.session import SessionDep

router = APIRouter()

Watcher = Annotated[Membership, Depends(member_who_may(Permission.SEE_PEOPLE))]
Inviter = Annotated[Membership, Depends(member_who_may(Permission.INVITE))]
PANEL = "/seminars/{seminar_slug}/panel"


@router.get(PANEL, name="seminars.panel")
def panel(
    request: Request, session: SessionDep, watcher: Watcher, seminar: SeminarDep, state: str = ""
) -> Response:
    """Who was invited, what became of it, and how far each is with the open round."""
    del watcher
    return pages.board(request, session, seminar, state=state, values={"role": Role.EXPERT.value})


@router.post(PANEL, name="seminars.invite")
def invite(
    request: Request,
    session: SessionDep,
    inviter: Inviter,
    person: CurrentPerson,
    seminar: SeminarDep,
    form: Submitted,
) -> Response:
    """Invite one person; what is wrong is said beside its field."""
    del inviter
    invitee, errors = read(texts(form), queries.sectors(session, seminar=seminar))
    if invitee is None:
        return pages.board(request, session, seminar, status=422, values=texts(form), errors=errors)
    settings = request.app.state.settings
    try:
        service.invite(session, settings, seminar=seminar, by=person, **invitee.as_dict())
    except (service.AlreadyInvited, service.StaffOrExpert) as refused:
        faults = {"email": refused}
        return pages.board(request, session, seminar, status=422, values=texts(form), errors=faults)
    return _to_board(request, seminar, done="invited")


@router.get(f"{PANEL}/import", name="seminars.import_page")
def import_page(request: Request, session: SessionDep, inviter: Inviter, seminar: SeminarDep) -> Response:
    """Where a list is uploaded or pasted."""
    del inviter
    return pages.import_page(request, session, seminar)


@router.post(f"{PANEL}/import", name="seminars.import_panel")
def import_panel(
    request: Request,
    session: SessionDep,
    inviter: Inviter,
    person: CurrentPerson,
    seminar: SeminarDep,
    people: PeopleListDep,
) -> Response:
    """Invite everybody in the list, or nobody and say which rows are wrong."""
    del inviter
    settings = request.app.state.settings
    try:
        lines = read_list(people.readable(), queries.sectors(session, seminar=seminar))
        service.import_people(session, settings, seminar=seminar, lines=lines, by=person)
    except BrokenList as broken:
        context = {"values": {"people": people.text}, "faults": broken.faults}
        return pages.import_page(request, session, seminar, status=422, **context)
    return _to_board(request, seminar, done="imported")


@router.get(f"{PANEL}/{{membership_id}}", name="seminars.member")
def member(request: Request, watcher: Watcher, seat: SeatDep) -> Response:
    """One member: what became of the invitation, her role, and the way out."""
    del watcher
    return render.page(request, "seminars/member.html", seat=seat)


@router.post(f"{PANEL}/{{membership_id}}/resend", name="seminars.resend")
def resend(
    request: Request,
    session: SessionDep,
    inviter: Inviter,
    person: CurrentPerson,
    seminar: SeminarDep,
    seat: SeatDep,
) -> Response:
    """Mail the invitation again."""
    del inviter
    service.resend(session, seminar=seminar, membership=seat.membership, by=person)
    return _to_board(request, seminar, done="sent")


@router.post(f"{PANEL}/{{membership_id}}/role", name="seminars.change_role")
def change_role(
    request: Request,
    session: SessionDep,
    inviter: Inviter,
    person: CurrentPerson,
    seminar: SeminarDep,
    seat: SeatDep,
    form: Submitted,
) -> Response:
    """Give the member another role."""
    del inviter
    try:
        role = Role(parse(RoleForm, form).role)
        service.change_role(session, membership=seat.membership, role=role, by=person)
    except Invalid as refused:
        return render.page(request, "seminars/member.html", status=422, seat=seat, errors=refused.errors)
    except Conflict as refused:
        return render.page(request, "seminars/member.html", status=409, seat=seat, errors={"role": refused})
    return _to_board(request, seminar, done="role")


@router.post(f"{PANEL}/{{membership_id}}/withdraw", name="seminars.withdraw")
def withdraw(
    request: Request,
    session: SessionDep,
    inviter: Inviter,
    person: CurrentPerson,
    seminar: SeminarDep,
    seat: SeatDep,
) -> Response:
    """Take the member out of the seminar."""
    del inviter
    service.withdraw(session, membership=seat.membership, by=person)
    return _to_board(request, seminar, done="withdrawn")


@router.get("/seminars/{seminar_slug}/privacy", name="seminars.privacy")
def privacy(request: Request, session: SessionDep, mine: MyMemberships, seminar: SeminarDep) -> Response:
    """What is stored, who sees what, until when, and how to leave."""
    return pages.privacy(request, session, seminar, may_leave=bool(mine))


@router.get("/seminars/{seminar_slug}/leave", name="seminars.confirm_leave")
def confirm_leave(request: Request, mine: MyMemberships) -> Response:
    """What leaving does, before it is done."""
    return render.page(request, "seminars/leave.html", mine=mine)


@router.post("/seminars/{seminar_slug}/leave", name="seminars.leave")
def leave(request: Request, session: SessionDep, person: CurrentPerson, mine: MyMemberships) -> Response:
    """Leave the seminar in every role."""
    for membership in mine:
        service.withdraw(session, membership=membership, by=person)
    return render.redirect(request.app.url_path_for("home.landing"))


@router.get("/invitation/{token}", name="seminars.invitation")
def invitation(
    request: Request, session: SessionDep, offer: OfferDep, person: MaybePerson, onward: OnwardFromOffer
) -> Response:
    """What the person is invited to; whoever opens the link, a scanner too, has changed nothing."""
    known = bool(person and person.id == offer.person.id)
    if known and offer.has_joined and "next" in request.query_params:
        return render.redirect(onward)
    return pages.offer(request, session, offer, person_known=known, onward=onward)


@router.post("/invitation/{token}", name="seminars.accept", dependencies=[Depends(limit_codes)])
def accept(
    request: Request,
    session: SessionDep,
    offer: OfferDep,
    is_invitee: IsInvitee,
    form: Submitted,
    onward: OnwardFromOffer,
) -> Response:
    """Join, or come in again, with the code from the mail."""
    code = texts(form).get("code", "")
    if code:
        service.mark_opened(session, invitation=offer.invitation)
    if not is_invitee:
        given: dict[str, Any] = {"values": {"code": code}, "errors": {"code": WrongCode()}}
        return pages.offer(request, session, offer, status=422, onward=onward, **given)
    service.join(session, request.app.state.settings, membership=offer.membership)
    return welcome(request, session, person=offer.person, to=onward)


@router.get("/invitation/{token}/decline", name="seminars.confirm_decline")
def confirm_decline(request: Request, session: SessionDep, offer: OfferDep, person: MaybePerson) -> Response:
    """What declining does, before it is done."""
    known = bool(person and person.id == offer.person.id)
    return pages.offer(request, session, offer, page="seminars/decline.html", person_known=known)


@router.post("/invitation/{token}/decline", name="seminars.decline", dependencies=[Depends(limit_codes)])
def decline(
    request: Request, session: SessionDep, offer: OfferDep, is_invitee: IsInvitee, form: Submitted
) -> Response:
    """Say no, with the code from the mail, so that no program can."""
    code = texts(form).get("code", "")
    if not is_invitee:
        given: dict[str, Any] = {"values": {"code": code}, "errors": {"code": WrongCode()}}
        return pages.offer(request, session, offer, status=422, page="seminars/decline.html", **given)
    service.decline(session, membership=offer.membership)
    token = request.path_params["token"]
    return render.redirect(request.app.url_path_for("seminars.invitation", token=token))


@router.get("/invitation/{token}/privacy", name="seminars.invitation_privacy")
def invitation_privacy(request: Request, session: SessionDep, offer: OfferDep) -> Response:
    """What is stored and who sees what, for somebody who has not joined yet."""
    return pages.privacy(request, session, offer.seminar, may_leave=False)


def _to_board(request: Request, seminar: Seminar, *, done: str) -> Response:
    board = request.app.url_path_for("seminars.panel", seminar_slug=seminar.slug)
    return render.redirect(f"{board}?done={done}")
