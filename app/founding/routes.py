"""Found a seminar: choose a template or a blank one, and name it."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app import i18n
from app.errors import Invalid
from app.founding import offers, service, template
from app.founding.deps import FounderDep
from app.founding.faults import BrokenTemplate
from app.founding.forms import FoundingForm
from app.web import render
from app.web.forms import Submitted, parse, texts
from app.web.session import SessionDep

router = APIRouter()


@router.get("/seminars/new", name="founding.new")
def new(request: Request, founder: FounderDep) -> Response:
    """The form, with what can be chosen from."""
    values = {"timezone": founder.timezone or "UTC", "language": i18n.language()}
    return _form(request, values={"template": next(iter(template.catalogue()), ""), **values})


@router.post("/seminars/new", name="founding.create")
def create(request: Request, session: SessionDep, founder: FounderDep, form: Submitted) -> Response:
    """Found the seminar and show it; what does not fit is shown beside its field."""
    try:
        wanted = parse(FoundingForm, form)
        chosen = template.chosen(wanted.template)
        details = wanted.model_dump(exclude={"template"})
        seminar = service.found(session, request.app.state.settings, by=founder, template=chosen, **details)
    except BrokenTemplate:
        return _form(request, values=texts(form), errors={"template": template.Unusable()}, status=422)
    except Invalid as problem:
        return _form(request, values=texts(form), errors=problem.errors, status=422)
    # a blank one has no rounds yet: it begins with a plan of them
    onward = "home.seminar" if chosen else "designer.plans"
    return render.redirect(request.app.url_path_for(onward, seminar_slug=seminar.slug))


def _form(request: Request, **context: Any) -> Response:
    return render.page(
        request,
        "founding/new.html",
        templates=offers.templates(),
        languages=[(code, i18n.language_name(code)) for code in i18n.LANGUAGES],
        zones=offers.zones(),
        anonymity=offers.ANONYMITY,
        **context,
    )
