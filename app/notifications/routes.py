"""The mails of a seminar, reminders on demand, and the page on which they are postponed or stopped."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import PlainTextResponse, Response

from app.identity.deps import CurrentPerson
from app.models import Membership
from app.notifications import forms, pages, reminders, service
from app.notifications.deps import PostedDep, RemindedMember
from app.notifications.forms import Correction, Wish, WishForm
from app.policy import Permission
from app.rounds.deps import RoundDep
from app.seminars.deps import SeminarDep, member_who_may
from app.web import render
from app.web.forms import Submitted, parse, texts
from app.web.session import SessionDep

router = APIRouter()

Facilitator = Annotated[Membership, Depends(member_who_may(Permission.RUN_ROUNDS))]
Watcher = Annotated[Membership, Depends(member_who_may(Permission.SEE_PEOPLE))]
Inviter = Annotated[Membership, Depends(member_who_may(Permission.INVITE))]
MAIL = "/seminars/{seminar_slug}/mail"
REMIND = "/seminars/{seminar_slug}/rounds/{round_number}/remind"
CHOICE = "/reminders/{token}"


WISHES = {Wish.POSTPONE: reminders.postpone, Wish.STOP: reminders.stop, Wish.RESUME: reminders.resume}


@router.get(MAIL, name="notifications.mail")
def mail(
    request: Request, session: SessionDep, watcher: Watcher, seminar: SeminarDep, state: str = ""
) -> Response:
    """What was sent to whom, what waits, and what failed and why."""
    del watcher
    return pages.mail(request, session, seminar, state=state)


@router.post(MAIL, name="notifications.again")
def again(
    request: Request,
    session: SessionDep,
    inviter: Inviter,
    person: CurrentPerson,
    seminar: SeminarDep,
    posted: PostedDep,
    correction: Correction,
) -> Response:
    """Send a mail that failed once more, to a corrected address if one was typed."""
    del inviter
    errors = correction.apply(session, request.app.state.settings, posted, by=person)
    if errors:
        return pages.mail(request, session, seminar, status=422, wrong=posted, errors=errors)
    service.send_again(session, posted.message)
    return render.redirect(f"{request.url.path}?done=again")


@router.get(REMIND, name="notifications.confirm_remind")
def confirm_remind(
    request: Request, session: SessionDep, facilitator: Facilitator, round_: RoundDep
) -> Response:
    """What the reminder says and how many get it, before it is sent."""
    del facilitator
    return pages.remind(request, session, round_)


@router.post(REMIND, name="notifications.remind")
def remind(
    request: Request, session: SessionDep, facilitator: Facilitator, person: CurrentPerson, round_: RoundDep
) -> Response:
    """Remind all who have not submitted, whoever they are."""
    del facilitator
    count = reminders.remind_now(session, round_=round_, to=None, by=person)
    return render.redirect(f"{request.url.path}?sent={count}")


@router.get(f"{REMIND}/people", name="notifications.people")
def people(request: Request, session: SessionDep, watcher: Watcher, round_: RoundDep) -> Response:
    """Who has not submitted, by name, to choose whom to remind."""
    del watcher
    return pages.people(request, session, round_)


@router.post(f"{REMIND}/people", name="notifications.remind_people")
def remind_people(
    request: Request,
    session: SessionDep,
    watcher: Watcher,
    person: CurrentPerson,
    round_: RoundDep,
    form: Submitted,
) -> Response:
    """Remind those who were ticked."""
    del watcher
    count = reminders.remind_now(session, round_=round_, to=forms.ticked(form), by=person)
    return render.redirect(f"{request.url.path}?sent={count}")


@router.get(CHOICE, name="notifications.choice")
def choice(request: Request, session: SessionDep, member: RemindedMember) -> Response:
    """What the member can want of reminders; whoever opens it, a scanner too, has changed nothing."""
    return pages.choice(request, session, member)


@router.post(CHOICE, name="notifications.one_click")
def one_click(session: SessionDep, member: RemindedMember, form: Submitted) -> Response:
    """No more reminders, asked by a mail program for its reader (RFC 8058): it has no cookie and no page."""
    if texts(form).get("List-Unsubscribe") != "One-Click":
        return PlainTextResponse("Please use the buttons on the page.", 400)
    reminders.stop(session, member)
    return PlainTextResponse("You will get no more reminders.")


@router.post(f"{CHOICE}/wish", name="notifications.choose")
def choose(
    request: Request, session: SessionDep, member: RemindedMember, token: str, form: Submitted
) -> Response:
    """Postpone, stop, or have reminders again."""
    WISHES[parse(WishForm, form).wish](session, member)
    return render.redirect(str(request.app.url_path_for("notifications.choice", token=token)))
