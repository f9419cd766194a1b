"""The outcome: ranked ways forward, a page for each, figures, files, and how it is all made."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.errors import NotFound
from app.figures import render as drawing
from app.figures.look import Look, Theme, Width
from app.identity.deps import CurrentPerson
from app.models import Membership, Seminar
from app.outcome import exporting, files, firm, method, pictures, preparing, queries, reading, trying
from app.outcome.bundle import signing
from app.outcome.deps import OutcomeDep, SomeOutcome
from app.policy import Permission
from app.results import disclosure
from app.results.pictures import MEDIA, Drawn
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
    context: dict[str, Any] = {
        "outcome": outcome,
        "label": label,
        "reading": reading,
        "firm": firm,
        "pictures": pictures,
    }
    return render.page(request, "outcome/outcome.html", **context)


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
        return Response(to_csv(table.columns, table.rows), media_type=MEDIA[form])
    figure = picture.draw(outcome, Look(theme=theme, width=width))
    content = drawing.svg(figure) if form == "svg" else drawing.png(figure)
    return Response(content, media_type=MEDIA[form])


@router.get("/outcome/export.{form}", name="outcome.export")
def export(
    request: Request, session: SessionDep, exporter: Exporter, seminar: SeminarDep, form: str
) -> Response:
    """Everything that is published, as a file."""
    del exporter
    settings, roles = request.app.state.settings, request.state.roles
    return _attached(
        seminar, form, exporting.build(session, settings, seminar=seminar, form=form, roles=roles)
    )


@router.get("/outcome/files", name="outcome.files")
def show_files(request: Request, session: SessionDep, exporter: Exporter, seminar: SeminarDep) -> Response:
    """Every form in which what is published leaves, and the files that are being made or are kept."""
    del exporter
    return render.page(request, "outcome/files.html", page=files.page(session, seminar))


@router.post("/outcome/files/{form}", name="outcome.prepare")
def prepare(
    request: Request, session: SessionDep, exporter: Exporter, seminar: SeminarDep, form: str
) -> Response:
    """Have a file made that takes long; one may go away meanwhile."""
    del exporter
    preparing.ask(session, seminar=seminar, form=form)
    return render.redirect(str(request.app.url_path_for("outcome.files", seminar_slug=seminar.slug)))


@router.get("/outcome/files/{form}", name="outcome.prepared")
def download(session: SessionDep, exporter: Exporter, seminar: SeminarDep, form: str) -> Response:
    """A file that was made."""
    del exporter
    return _attached(seminar, form, preparing.content(session, seminar=seminar, form=form))


@router.get("/outcome/what-if", name="outcome.what_if")
def try_weights(request: Request, session: SessionDep, reader: Reader, outcome: OutcomeDep) -> Response:
    """What the order would be under other weights: a trial that changes nothing."""
    del reader
    page = trying.page(session, outcome, request.query_params, roles=request.state.roles)
    context: dict[str, Any] = {"outcome": outcome, "page": page, "values": page.values, "errors": page.errors}
    status = 422 if page.errors else 200
    return render.page(request, "outcome/what_if.html", status=status, trying=trying, **context)


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
    context: dict[str, Any] = {"outcome": outcome, "page": page, "reading": reading, "firm": firm}
    return render.page(request, "outcome/option.html", **context)


@router.get("/method", name="outcome.method")
def show_method(
    request: Request, reader: Reader, session: SessionDep, seminar: SeminarDep, outcome: SomeOutcome
) -> Response:
    """How the ranking is made and how far to trust it."""
    del reader
    public = signing.public_key(request.app.state.settings)
    key = {"fingerprint": signing.fingerprint(public), "is_everybodys": signing.is_everybodys(public)}
    about = method.about(session, seminar)
    return render.page(request, "outcome/method.html", outcome=outcome, about=about, key=key)


def _attached(seminar: Seminar, form: str, content: bytes) -> Response:
    of = exporting.find(form)
    named = f'attachment; filename="{of.file_of(seminar)}"'
    return Response(content, media_type=of.media, headers={"Content-Disposition": named})
