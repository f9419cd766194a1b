"""A round as a file to fill in, and its way back: by the expert, or by a form clerk who knows no names."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.ballots.deps import ReadingDep, SeatDep
from app.errors import Invalid
from app.identity.deps import CurrentPerson
from app.offline import forms, mailing, pages, replies, sending, service
from app.offline.deps import AnyPreview, ClerkDesk, ExpertDesk, Kind, Organiser, OrganiserDesk, OwnPreview
from app.offline.forms import DecidedDep, MailingDep, SentDep, WantedDep, WishDep
from app.seminars.deps import SeminarDep
from app.web import render
from app.web.session import SessionDep, only_reads

in_round = APIRouter(prefix="/seminars/{seminar_slug}/rounds/{round_number}")
router = APIRouter()
MAILING = "/seminars/{seminar_slug}/forms-by-mail"
UNFIT = 422


@in_round.get("/form", name="offline.form")
def own_form(request: Request, session: SessionDep, desk: ExpertDesk) -> Response:
    """Fill in on paper: the expert's own form, and the way to send it back."""
    service.require_forms(desk.round_)
    return pages.own(request, session, desk)


@in_round.post("/form.{file_kind}", name="offline.download")
@only_reads
def download(request: Request, session: SessionDep, desk: ExpertDesk, file_kind: Kind) -> Response:
    """The form as a file; a code is drawn for it if there is none, which a GET may not."""
    return replies.file(request, session, desk, file_kind)


@in_round.post("/form", name="offline.send")
@only_reads
def send(request: Request, session: SessionDep, desk: ExpertDesk, sent: SentDep) -> Response:
    """Read the expert's own form."""
    service.require_forms(desk.round_)
    try:
        received = replies.received(session, desk, sent)
    except Invalid as problem:
        return pages.own(request, session, desk, status=UNFIT, errors=problem.errors)
    return replies.taken_in(request, desk, received)


@in_round.get("/form/receipt", name="offline.receipt")
def receipt(request: Request, reading: ReadingDep) -> Response:
    """Where the mail of an entered form leads: the receipt, or what still keeps the ballot from one."""
    return render.redirect(replies.receipt_of(request, reading))


@in_round.post("/form/by-mail", name="offline.by_mail")
def by_mail(
    request: Request, session: SessionDep, seat: SeatDep, desk: ExpertDesk, wanted: WishDep
) -> Response:
    """Have forms by mail from now on, or not."""
    mailing.choose(session, seat.membership, wanted=wanted)
    return render.redirect(pages.way_back(request, desk, "by_mail"))


@in_round.get("/form/{number}", name="offline.check")
def check(request: Request, shown: OwnPreview) -> Response:
    """What was read of the expert's own form."""
    return pages.preview(request, shown)


@in_round.post("/form/{number}", name="offline.confirm")
def confirm(
    request: Request, session: SessionDep, shown: OwnPreview, person: CurrentPerson, decided: DecidedDep
) -> Response:
    """Settle, lay aside or enter the expert's own form."""
    return replies.decided(request, session, shown, person, decided)


@in_round.get("/forms", name="offline.forms")
def all_forms(request: Request, session: SessionDep, desk: ClerkDesk) -> Response:
    """What came back, by code."""
    return pages.clerk(request, session, desk)


@in_round.post("/forms", name="offline.receive")
@only_reads
def receive(request: Request, session: SessionDep, desk: ClerkDesk, sent: SentDep) -> Response:
    """Read a form that came back, or begin to type one in."""
    service.require_forms(desk.round_)
    try:
        received = replies.received(session, desk, sent)
    except Invalid as problem:
        values = {"code": sent.code}
        return pages.clerk(request, session, desk, status=UNFIT, errors=problem.errors, values=values)
    return replies.taken_in(request, desk, received)


@in_round.get("/forms/people", name="offline.people")
def people(request: Request, session: SessionDep, desk: OrganiserDesk) -> Response:
    """Who is to get a form by mail or by post."""
    service.require_forms(desk.round_)
    return pages.people(request, session, desk)


@in_round.post("/forms/people", name="offline.prepare")
@only_reads
def prepare(
    request: Request, session: SessionDep, desk: OrganiserDesk, person: CurrentPerson, wanted: WantedDep
) -> Response:
    """Blank forms for these experts, and the list of which is whose."""
    to = sending.chosen(session, desk.round_, wanted.members)
    if not to:
        return pages.people(request, session, desk, status=UNFIT, errors=forms.nobody().errors)
    return replies.prepared(request, session, desk, to, wanted.kind, person)


@in_round.get("/forms/{form_code}/{number}", name="offline.entry")
def entry(request: Request, shown: AnyPreview) -> Response:
    """What was read of a form, without a name."""
    return pages.preview(request, shown)


@in_round.post("/forms/{form_code}/{number}", name="offline.enter")
def enter(
    request: Request, session: SessionDep, shown: AnyPreview, person: CurrentPerson, decided: DecidedDep
) -> Response:
    """Settle, lay aside or enter a form on behalf of its author."""
    return replies.decided(request, session, shown, person, decided)


@router.get(MAILING, name="offline.mailing")
def show_mailing(
    request: Request, session: SessionDep, organiser: Organiser, seminar: SeminarDep
) -> Response:
    """Who gets forms by mail."""
    del organiser
    return pages.mailing(request, session, seminar)


@router.post(MAILING, name="offline.save_mailing")
def save_mailing(
    request: Request,
    session: SessionDep,
    organiser: Organiser,
    person: CurrentPerson,
    seminar: SeminarDep,
    said: MailingDep,
) -> Response:
    """Say who gets forms by mail."""
    del organiser
    mailing.save(session, seminar=seminar, everybody=said.everybody, wishes=said.wishes, by=person)
    return render.redirect(f"{request.url.path}?done=saved")
