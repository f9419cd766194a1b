"""The settings of a seminar, for its organisers."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.errors import Invalid
from app.identity.deps import CurrentPerson
from app.identity.zones import zones_by_region
from app.models import Membership, Seminar
from app.policy import Permission
from app.seminars import configuring
from app.seminars.configuring import SettingsForm
from app.seminars.deps import SeminarDep, member_who_may
from app.web import render
from app.web.forms import Submitted, parse, texts
from app.web.session import SessionDep

router = APIRouter()

Organiser = Annotated[Membership, Depends(member_who_may(Permission.CONFIGURE))]


@router.get("/seminars/{seminar_slug}/settings", name="seminars.settings")
def settings(request: Request, organiser: Organiser, seminar: SeminarDep, done: str = "") -> Response:
    """What the seminar is called, told in whose time, and how it protects its panel."""
    del organiser
    values = {name: getattr(seminar, name) for name in configuring.FIELDS}
    return _page(request, seminar, values=values, saved=done == "saved")


@router.post("/seminars/{seminar_slug}/settings", name="seminars.configure")
def configure(
    request: Request,
    session: SessionDep,
    organiser: Organiser,
    person: CurrentPerson,
    seminar: SeminarDep,
    form: Submitted,
) -> Response:
    """Change them."""
    del organiser
    try:
        configuring.configure(session, seminar=seminar, form=parse(SettingsForm, form), by=person)
    except Invalid as problem:
        said: dict[str, Any] = {"values": texts(form), "errors": problem.errors, "status": 422}
        return _page(request, seminar, **said)
    address = request.app.url_path_for("seminars.settings", seminar_slug=seminar.slug)
    return render.redirect(f"{address}?done=saved")


def _page(request: Request, seminar: Seminar, *, saved: bool = False, **said: Any) -> Response:
    return render.page(
        request,
        "seminars/settings.html",
        zones=zones_by_region(),
        ratcheted=configuring.is_ratcheted(seminar),
        fewest=configuring.FEWEST,
        most=configuring.MOST,
        saved=saved,
        **said,
    )
