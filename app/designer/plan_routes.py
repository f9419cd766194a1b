"""Plans of rounds: choose one, see what it brings, use it whole or a round of it, and keep one's own."""

import re
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field, StringConstraints
from starlette.datastructures import FormData
from starlette.responses import Response

from app.designer import keeping, plan_pages, planning
from app.designer.deps import Designer
from app.designer.plan_pages import Offer
from app.designer.plans import shipped
from app.errors import Invalid, NotFound
from app.founding import rules
from app.identity.deps import CurrentPerson
from app.models import Membership
from app.policy import Permission
from app.seminars.deps import SeminarDep, member_who_may
from app.web import render
from app.web.forms import Submitted, parse, texts
from app.web.session import SessionDep

router = APIRouter(prefix="/seminars/{seminar_slug}/plans")
Staff = Annotated[Membership, Depends(member_who_may(Permission.PREVIEW))]


class DayForm(BaseModel):
    """When the first of the rounds opens, if that is known."""

    first_day: date | None = None


class KeepForm(BaseModel):
    """What a plan of one's own is called, and which round it is of, if it is one alone."""

    name: Annotated[str, StringConstraints(max_length=120)] = ""
    summary: Annotated[str, StringConstraints(max_length=1000)] = ""
    number: Annotated[int, Field(ge=0, le=999)] | None = None


def offer_of(session: SessionDep, staff: Staff, person: CurrentPerson, plan_name: str) -> Offer:
    """The plan of this name: one that is shipped, or the person's own by its key."""
    del staff
    if plan_name in shipped():
        return Offer(plan_name, shipped()[plan_name])
    try:
        key = UUID(plan_name)
    except ValueError:
        raise NotFound from None
    blueprint = keeping.find(session, person=person, key=key)
    return Offer(plan_name, keeping.read(blueprint), blueprint)


OfferDep = Annotated[Offer, Depends(offer_of)]


def own_of(offer: OfferDep) -> Offer:
    """A plan of the person's own."""
    if offer.blueprint is None:
        raise NotFound
    return offer


OwnDep = Annotated[Offer, Depends(own_of)]


@router.get("", name="designer.plans")
def plans(request: Request, session: SessionDep, staff: Staff, person: CurrentPerson) -> Response:
    """The plans to choose from."""
    del staff
    return plan_pages.plans(request, session, person)


@router.get("/keep", name="designer.confirm_keep")
def confirm_keep(request: Request, session: SessionDep, designer: Designer) -> Response:
    """The form that keeps the seminar's plan, or one round of it."""
    del designer
    return plan_pages.keep(request, session, values={"number": request.query_params.get("round", "")})


@router.post("/keep", name="designer.keep")
def keep(
    request: Request,
    session: SessionDep,
    designer: Designer,
    person: CurrentPerson,
    seminar: SeminarDep,
    form: Submitted,
) -> Response:
    """Keep it as one's own."""
    del designer
    try:
        typed = parse(KeepForm, form)
        kept = keeping.keep(session, seminar=seminar, person=person, **typed.model_dump())
    except Invalid as problem:
        return plan_pages.keep(request, session, values=texts(form), errors=problem.errors, status=422)
    return render.redirect(_address(request, "designer.plan", plan_name=str(kept.id)))


@router.get("/{plan_name}", name="designer.plan")
def plan(request: Request, session: SessionDep, offer: OfferDep) -> Response:
    """What a plan brings, and when its rounds would be."""
    asked = FormData([*request.query_params.multi_items()])
    try:
        day = _day(asked)
    except Invalid as problem:
        return _again(request, session, offer, asked, problem)
    return plan_pages.plan(request, session, offer, places=_places(asked), first_day=day)


@router.post("/{plan_name}", name="designer.apply")
def apply(
    request: Request,
    session: SessionDep,
    designer: Designer,
    person: CurrentPerson,
    seminar: SeminarDep,
    offer: OfferDep,
    form: Submitted,
) -> Response:
    """Add the rounds that were chosen as drafts."""
    del designer
    wanted: dict[str, Any] = {"plan": offer.plan, "name": offer.called, "places": _places(form) or []}
    try:
        made = planning.lay_out(session, seminar=seminar, by=person, first_day=_day(form), **wanted)
    except Invalid as problem:
        return _again(request, session, offer, form, problem)
    if len(made) == 1:
        return render.redirect(_address(request, "designer.design", round_number=str(made[0].number)))
    return render.redirect(_address(request, "rounds.plan"))


@router.get("/{plan_name}/delete", name="designer.confirm_delete_plan")
def confirm_delete(request: Request, offer: OwnDep) -> Response:
    """What deleting a plan of one's own does, before it is done."""
    return render.page(request, "designer/delete_plan.html", offer=offer)


@router.post("/{plan_name}/delete", name="designer.delete_plan")
def delete(request: Request, session: SessionDep, offer: OwnDep) -> Response:
    """Keep it no longer."""
    assert offer.blueprint is not None
    keeping.remove(session, blueprint=offer.blueprint)
    return render.redirect(_address(request, "designer.plans"))


def _again(
    request: Request, session: SessionDep, offer: Offer, given: FormData, problem: Invalid
) -> Response:
    """The plan with what was typed, and what does not fit."""
    said: dict[str, Any] = {"values": texts(given), "errors": problem.errors, "status": 422}
    return plan_pages.plan(request, session, offer, places=_places(given) or [], **said)


def _day(given: FormData) -> date | None:
    day = parse(DayForm, given).first_day
    if day is not None and day.year not in rules.YEARS:
        raise Invalid({"first_day": rules.DayOutOfRange(first=rules.YEARS[0], last=rules.YEARS[-1])})
    return day


def _places(given: FormData) -> list[int] | None:
    """The places of the rounds that were ticked; None where nothing was said of any."""
    said = [value for value in given.getlist("round") if isinstance(value, str)]
    return [int(one) for one in said if re.fullmatch("[0-9]{1,2}", one)] if said else None


def _address(request: Request, route: str, **path: str) -> str:
    slug = request.state.seminar.slug
    return str(request.app.url_path_for(route, seminar_slug=slug, **path))
