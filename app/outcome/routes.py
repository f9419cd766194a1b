"""The outcome: ranked ways forward, a page for each, figures, files, and how it is all made."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.errors import NotFound
from app.figures import render as drawing
from app.figures.look import Look, Theme, Width
from app.identity.deps import CurrentPerson
from app.models import Membership
from app.outcome import exporting, method, pictures, queries, reading
from app.outcome.bundle import signing
from app.outcome.deps import OutcomeDep, SomeOutcome
from app.outcome.pictures import Drawn
from app.policy import Permission
from app.results import disclosure
from app.rounds import queries as rounds
from app.seminars.deps import SeminarDep, member_who_may
from app.spreadsheet.tabular import to_csv
from app.web import render
from app.web.session import SessionDep

router = APIRouter(prefix="/seminars/{seminar_slug}")

Reader = Annotated[Membership, Depends(member_who_may(Permission.READ))]
Exporter = Annotated[Membership, Depends(member_who_may(Permission.EXPORT))]


@router.get("/outcome", name="outcome.outcome")
def show_outcome(
    request: Request,
    session: SessionDep,
    reader: Reader,
    seminar: SeminarDep,
    outcome: SomeOutcome,
    label: str = "",
) -> Response:
    """The ranked ways forward of the latest round whose result the reader may see."""
    del reader
    if outcome is None:
        return render.page(request, "outcome/nothing.html", rounds=rounds.plan(session, seminar))
    page = "outcome/outcome.html"
    return render.page(request, page, outcome=outcome, label=label, reading=reading, pictures=pictures)


@router.get("/outcome/figures/{name}.{form}", name="outcome.figure")
def show_figure(
    reader: Reader,
    outcome: OutcomeDep,
    name: str,
    form: Drawn,
    theme: Theme = "light",
    width: Width = "wide",
) -> Response:
    """A figure as a picture, or its numbers."""
    del reader
    picture = pictures.picture(name)
    if form == "csv":
        disclosure.require_published(outcome.round_)
        table = picture.table(outcome)
        return Response(to_csv(table.columns, table.rows), media_type=pictures.MEDIA[form])
    figure = picture.draw(outcome, Look(theme=theme, width=width))
    content = drawing.svg(figure) if form == "svg" else drawing.png(figure)
    return Response(content, media_type=pictures.MEDIA[form])


@router.get("/outcome/export.{form}", name="outcome.export")
def export(
    request: Request, session: SessionDep, exporter: Exporter, seminar: SeminarDep, form: str
) -> Response:
    """Everything that is published, as a file."""
    del exporter
    of, settings = exporting.find(form), request.app.state.settings
    content = exporting.build(session, settings, seminar=seminar, form=form, roles=request.state.roles)
    named = f'attachment; filename="{of.file_of(seminar)}"'
    return Response(content, media_type=of.media, headers={"Content-Disposition": named})


@router.get("/outcome/{item_code}", name="outcome.option")
def show_option(
    request: Request,
    session: SessionDep,
    reader: Reader,
    person: CurrentPerson,
    outcome: OutcomeDep,
    item_code: str,
) -> Response:
    """One way forward: what the panel says of it, and why it ranks where it does."""
    del reader
    page = queries.option_page(session, outcome, item_code, reader=person.id)
    if page is None:
        raise NotFound
    return render.page(request, "outcome/option.html", outcome=outcome, page=page, reading=reading)


@router.get("/method", name="outcome.method")
def show_method(
    request: Request, reader: Reader, session: SessionDep, seminar: SeminarDep, outcome: SomeOutcome
) -> Response:
    """How the ranking is made and how far to trust it."""
    del reader
    key = signing.fingerprint(signing.public_key(request.app.state.settings))
    about = method.about(session, seminar)
    return render.page(request, "outcome/method.html", outcome=outcome, about=about, key=key)
