"""The seminar's criteria: chosen from the library, made, changed, copied and removed."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.designer import criteria, criteria_pages, criterion_form, forms
from app.designer.deps import Designer
from app.designer.library import BY_CODE
from app.designer.revisions import ChangedMeanwhile
from app.errors import Invalid
from app.identity.deps import CurrentPerson
from app.seminars.deps import SeminarDep
from app.web import render
from app.web.forms import Submitted
from app.web.session import SessionDep

router = APIRouter(prefix="/seminars/{seminar_slug}/criteria")
ONE = "/{code}"


@router.get("", name="designer.criteria")
def criteria_of(request: Request, session: SessionDep, designer: Designer, seminar: SeminarDep) -> Response:
    """All criteria, and the library from which others come."""
    del designer
    return criteria_pages.listed(request, session, seminar)


@router.post("", name="designer.add_from_library")
def add_from_library(
    request: Request,
    session: SessionDep,
    designer: Designer,
    person: CurrentPerson,
    seminar: SeminarDep,
    form: Submitted,
) -> Response:
    """Add one from the library, and show it to be adapted."""
    del designer
    ready = BY_CODE.get(forms.typed(form).get("ready", ""))
    if ready is None:
        raise Invalid({"ready": criteria.NotInLibrary()})
    added = criteria.add_ready(session, seminar=seminar, by=person, ready=ready)
    return render.redirect(criteria_pages.address(request, "designer.criteria") + f"#{added.code}")


@router.get("/new", name="designer.new_criterion")
def new_criterion(request: Request, designer: Designer) -> Response:
    """The form of a criterion of one's own."""
    del designer
    return criteria_pages.new(request, values=criterion_form.blank())


@router.post("/new", name="designer.add_criterion")
def add_criterion(
    request: Request,
    session: SessionDep,
    designer: Designer,
    person: CurrentPerson,
    seminar: SeminarDep,
    form: Submitted,
) -> Response:
    """Add it after all others."""
    del designer
    try:
        columns = criterion_form.read(form)
    except Invalid as problem:
        return criteria_pages.new(request, **forms.refused(problem, form))
    added = criteria.add(session, seminar=seminar, by=person, **columns)
    return render.redirect(criteria_pages.address(request, "designer.criteria") + f"#{added.code}")


@router.get(ONE, name="designer.criterion")
def criterion(
    request: Request, session: SessionDep, designer: Designer, seminar: SeminarDep, code: str
) -> Response:
    """The form of one criterion, or what it says where it is frozen."""
    del designer
    return criteria_pages.one(request, session, criteria.find(session, seminar=seminar, code=code))


@router.post(ONE, name="designer.save_criterion")
def save_criterion(
    request: Request,
    session: SessionDep,
    designer: Designer,
    person: CurrentPerson,
    seminar: SeminarDep,
    code: str,
    form: Submitted,
) -> Response:
    """Save what was typed."""
    del designer
    found = criteria.find(session, seminar=seminar, code=code)
    try:
        columns = criterion_form.read(form, other=(found.low, found.high))
        criteria.save(session, seminar=seminar, code=code, by=person, columns=columns, seen=forms.seen(form))
    except (Invalid, ChangedMeanwhile) as problem:
        return criteria_pages.one(request, session, found, **forms.refused(problem, form))
    return render.redirect(criteria_pages.address(request, "designer.criteria") + f"#{code}")


@router.post(f"{ONE}/copy", name="designer.copy_criterion")
def copy_criterion(
    request: Request,
    session: SessionDep,
    designer: Designer,
    person: CurrentPerson,
    seminar: SeminarDep,
    code: str,
) -> Response:
    """The same once more, to be changed."""
    del designer
    added = criteria.copy(session, seminar=seminar, code=code, by=person)
    return render.redirect(criteria_pages.address(request, "designer.criterion", code=added.code))


@router.post(f"{ONE}/move", name="designer.move_criterion")
def move_criterion(
    request: Request,
    session: SessionDep,
    designer: Designer,
    seminar: SeminarDep,
    code: str,
    form: Submitted,
) -> Response:
    """Let the criterion change places with its neighbour."""
    del designer
    criteria.move(session, seminar=seminar, code=code, to=forms.direction(form))
    return render.redirect(criteria_pages.address(request, "designer.criteria") + f"#{code}")


@router.get(f"{ONE}/remove", name="designer.confirm_remove_criterion")
def confirm_remove_criterion(
    request: Request, session: SessionDep, designer: Designer, seminar: SeminarDep, code: str
) -> Response:
    """What removing the criterion destroys, before it is done."""
    del designer
    return criteria_pages.removing(request, session, criteria.find(session, seminar=seminar, code=code))


@router.post(f"{ONE}/remove", name="designer.remove_criterion")
def remove_criterion(
    request: Request,
    session: SessionDep,
    designer: Designer,
    person: CurrentPerson,
    seminar: SeminarDep,
    code: str,
) -> Response:
    """Take it out of the seminar."""
    del designer
    criteria.remove(session, seminar=seminar, code=code, by=person)
    return render.redirect(criteria_pages.address(request, "designer.criteria"))
