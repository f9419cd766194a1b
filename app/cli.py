"""The command line: each command calls one service, and says on standard error what people want to know.

Exit status: 0 done, 1 a fault found or the work failed, 2 wrong usage.
"""

import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer
import uvicorn
from fastapi import FastAPI
from pydantic import HttpUrl, ValidationError
from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from app import logs, schema
from app.admin.integrity import first_fault
from app.db import make_engine, transaction
from app.demo import service as demonstration
from app.demo.panel import visitor
from app.errors import AppError, NotFound
from app.founding import service as founding
from app.founding import template as templates
from app.identity.service import find_or_make_person
from app.main import create_app
from app.models import Seminar
from app.outcome import exporting
from app.outcome.bundle import signing, verifying
from app.policy import Role
from app.seminars import importing
from app.seminars import queries as panel
from app.seminars import service as seminars
from app.settings import Settings, get_settings
from app.spreadsheet import command as spreadsheet
from app.spreadsheet.faults import BrokenSheet, WrongOption
from app.spreadsheet.writing import Form
from app.worker import Worker

FAULT, USAGE = 1, 2
MOST_LINES = 50

cli = typer.Typer(
    name="colloquy",
    help="The platform on which an expert seminar deliberates between its sessions.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Slug = Annotated[str, typer.Argument(help="The seminar's address: the part after /seminars/.")]
Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")]


class NoSuchSeminar(NotFound):
    """A slug that no seminar has."""

    message = "There is no seminar with the address “%(slug)s”."


class NoSuchTemplate(NotFound):
    """A template that is not shipped."""

    message = "There is no template “%(name)s”. There are: %(known)s."


def main() -> None:
    """Run a command; a refusal is a sentence and not a traceback."""
    try:
        cli()
    except importing.BrokenList as broken:
        say_each(f"row {fault.row} {fault.column}: {fault.error}" for fault in broken.faults)
        fail(str(broken))
    except BrokenSheet as sheet:
        say_each(map(str, sheet.faults))
        fail(str(sheet))
    except WrongOption as wrong:
        fail(str(wrong), USAGE)
    except AppError as refused:
        say_each(f"{field}: {error}" for field, error in getattr(refused, "errors", {}).items())
        fail(str(refused))
    except ValidationError as invalid:
        for problem in invalid.errors():
            name = "_".join(map(str, problem["loc"])).upper()
            say(f"COLLOQUY_{name}: {problem['msg']}" if name else problem["msg"])
        fail("The settings do not fit.", USAGE)
    except DBAPIError as gone:
        fail(f"The database cannot be used ({type(gone.orig).__name__}). Is it there, and migrated?")


def say(text: str) -> None:
    """Tell people something."""
    typer.echo(text, err=True)


def say_each(texts: Iterable[str]) -> None:
    """Tell people several things, and of very many how many more there are."""
    lines = list(texts)
    for line in lines[:MOST_LINES]:
        say(line)
    if len(lines) > MOST_LINES:
        say(f"… and {len(lines) - MOST_LINES} more")


def fail(text: str, status: int = FAULT) -> NoReturn:
    """Tell people what is wrong and end."""
    say(text)
    sys.exit(status)


@contextmanager
def database(settings: Settings) -> Iterator[Engine]:
    """The database of the settings, which has the tables that are expected."""
    engine = make_engine(settings.database_url)
    try:
        if not schema.is_current(engine):
            fail("The database lacks tables of this version. Please run: colloquy migrate")
        yield engine
    finally:
        engine.dispose()


def find_seminar(session: Session, slug: str) -> Seminar:
    """The seminar of that address."""
    seminar = session.exec(select(Seminar).where(Seminar.slug == slug)).one_or_none()
    if seminar is None:
        raise NoSuchSeminar(slug=slug)
    return seminar


def application() -> FastAPI:
    """The application as `serve` runs it in each of its processes."""
    logs.configure()
    return create_app()


def pages() -> FastAPI:
    """The same for `serve --no-worker`: somebody else does what is due."""
    logs.configure()
    return create_app(works=False)


@cli.command()
def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Processes; more than one wants PostgreSQL.")] = 1,
    trusted_proxy: Annotated[
        str, typer.Option(help="The address of a proxy whose X-Forwarded-For and -Proto are believed.")
    ] = "",
    worker: Annotated[
        bool, typer.Option("--worker/--no-worker", help="Do what is due as well, or leave it to others.")
    ] = True,
) -> None:
    """Serve the pages, and send mail and open and close rounds when it is time."""
    settings = get_settings()
    if workers > 1 and make_url(settings.database_url).get_backend_name() == "sqlite":
        fail(
            "SQLite has one writer, so that it is served by one process: use --workers 1 or PostgreSQL.",
            USAGE,
        )
    logs.configure()
    with database(settings):
        say(f"Serving on http://{host}:{port}, known outside as {settings.origin}")
    app = "app.cli:application" if worker else "app.cli:pages"
    run(app, host=host, port=port, workers=workers, trusted_proxy=trusted_proxy)


def run(app: FastAPI | str, *, host: str, port: int, workers: int = 1, trusted_proxy: str = "") -> None:
    """Serve until told to stop; addresses of visitors are neither logged nor taken from headers."""
    uvicorn.run(
        app,
        factory=isinstance(app, str),
        host=host,
        port=port,
        workers=workers,
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=bool(trusted_proxy),
        forwarded_allow_ips=trusted_proxy or None,
    )


@cli.command()
def worker() -> None:
    """Do what is due until told to stop: open, remind, close, count and send mail; serve no pages."""
    settings = get_settings()
    logs.configure()
    stopped = threading.Event()
    for told in (signal.SIGINT, signal.SIGTERM):
        signal.signal(told, lambda *_: stopped.set())
    with database(settings) as engine:
        hand = Worker(engine, settings)
        hand.start()
        say("Doing what is due. Ctrl+C ends it.")
        stopped.wait()
        hand.stop()


@cli.command()
def migrate() -> None:
    """Bring the database to the tables of this version, with all that is in it."""
    engine = make_engine(get_settings().database_url)
    schema.migrate(engine)
    engine.dispose()
    say("The database is up to date.")


@cli.command()
def demo(
    port: Port = 8000,
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Only load, or serve as well.")] = True,
) -> None:
    """Load a seminar with a synthetic panel, unless the database holds a real one, and serve it."""
    settings = get_settings()
    if settings.environment == "production":
        fail("The demonstration signs anybody in: it is not for production.")
    address = HttpUrl(f"http://127.0.0.1:{port}")
    # no mail leaves the demonstration: its people have no addresses
    settings = settings.model_copy(update={"demo": True, "base_url": address, "smtp_host": ""})
    logs.configure()
    engine = make_engine(settings.database_url)
    schema.migrate(engine)
    demonstration.load(engine, settings)
    say(f"The demonstration is ready. At {settings.origin}/demo you sign in without a password, as one of:")
    for role in Role:
        say(f"  {role:12} {visitor(role).name}")
    if serve:
        run(create_app(settings, engine), host="127.0.0.1", port=port)
    engine.dispose()


@cli.command()
def create(
    slug: Slug,
    organiser: Annotated[str, typer.Option(help="The e-mail address of the first organizer.")],
    title: Annotated[str, typer.Option(help="Its title; a template brings one.")] = "",
    template: Annotated[str, typer.Option(help="The name of a shipped template; without, it is blank.")] = "",
    timezone: Annotated[str, typer.Option(help="Where the seminar is, as in Europe/Zurich.")] = "UTC",
) -> None:
    """Found a seminar and invite its first organizer, who may found others."""
    settings = get_settings()
    shipped = templates.catalogue()
    if template and template not in shipped:
        raise NoSuchTemplate(name=template, known=", ".join(shipped))
    with database(settings) as engine, transaction(engine) as session:
        person = find_or_make_person(session, email=organiser)
        person.may_create_seminars = True
        seminar = founding.found(
            session,
            settings,
            slug=slug,
            title=title,
            by=None,
            template=templates.load(shipped[template]) if template else None,
            timezone=timezone,
        )
        seminars.invite(
            session, settings, seminar=seminar, email=organiser, name="", role=Role.ORGANISER, by=None
        )
    say(f"“{seminar.title}” has been founded; the invitation goes out as soon as the service runs.")


@cli.command()
def invite(
    slug: Slug,
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="email, name, role, sector, region")
    ],
) -> None:
    """Invite all people of a CSV file, or none if it has a fault."""
    settings = get_settings()
    with database(settings) as engine, transaction(engine) as session:
        seminar = find_seminar(session, slug)
        text = importing.decode(file.read_bytes())
        lines = importing.read_list(text, panel.sectors(session, seminar=seminar))
        seminars.import_people(session, settings, seminar=seminar, lines=lines, by=None)
    say(f"{len(lines)} people have been invited; the mails go out as soon as the service runs.")


def known_key(typed: str) -> str:
    """A fingerprint, if one was typed."""
    if typed and not signing.is_fingerprint(typed):
        raise typer.BadParameter("a fingerprint has 64 signs from 0 to f, in groups or not")
    return typed


def known_form(name: str) -> str:
    """One of the forms in which files leave."""
    if name not in exporting.FORMS:
        raise typer.BadParameter(f"“{name}” is none of: {', '.join(sorted(exporting.FORMS))}")
    return name


@cli.command()
def export(
    slug: Slug,
    form: Annotated[str, typer.Option("--format", callback=known_form, help="What to write.")],
    to: Annotated[Path, typer.Option(help="The file to write; - is standard output.")],
) -> None:
    """Write what the seminar has published, as a file."""
    settings = get_settings()
    with database(settings) as engine, transaction(engine, write=False) as session:
        seminar = find_seminar(session, slug)
        content = exporting.build(session, settings, seminar=seminar, form=form, roles={Role.ORGANISER})
    write(content, to)


def write(content: bytes, to: Path) -> None:
    """Write a file, or to standard output."""
    if str(to) == "-":
        sys.stdout.buffer.write(content)
        return
    try:
        to.write_bytes(content)
    except OSError as refused:
        fail(f"{to} cannot be written: {refused.strerror}")
    say(f"{len(content)} bytes written to {to}")


@cli.command()
def aggregate(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True,
            dir_okay=False,
            help="Ratings, CSV or XLSX: expert,item,rating (and criterion) with a row for each answer, or a "
            "row for each expert and a column for each item, or for each item and criterion, as in W01.C1.",
        ),
    ],
    form: Annotated[Form, typer.Option("--format", help="What to write.")] = "table",
    to: Annotated[Path | None, typer.Option(help="The file to write; - is standard output.")] = None,
    weights: Annotated[
        str, typer.Option(help="Of the criteria, as in C1=25,C2=20; without, all count alike.")
    ] = "",
    cost: Annotated[str, typer.Option(help="Criteria of which less is better, as in C3,C4.")] = "",
    scale: Annotated[str | None, typer.Option(help="Its two ends; without, 1-9.")] = None,
    bands: Annotated[
        str,
        typer.Option(help="The lower and the upper band, as in 1-2,4-5; without, a third of the scale each."),
    ] = "",
    replicates: Annotated[int, typer.Option(min=1, max=1_000_000, help="Resampled panels.")] = 2000,
    seed: Annotated[int, typer.Option(min=0, help="Another one draws other panels.")] = 0,
) -> None:
    """Rank the items of a spreadsheet of ratings, and say how sure that is; without a server."""
    if form == "xlsx" and to is None:
        fail("A workbook is no text: please say where to write it, as in --to results.xlsx", USAGE)
    content, doubts = spreadsheet.aggregate(
        file.read_bytes(),
        scale=scale,
        bands=bands,
        weights=weights,
        cost=cost,
        replicates=replicates,
        seed=seed,
        form=form,
    )
    say_each(doubts)
    write(content, to or Path("-"))


@cli.command()
def verify(
    bundle: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="What `export` has written.")],
    key: Annotated[str, typer.Option(callback=known_key, help="The fingerprint that you were told.")] = "",
) -> None:
    """Check a bundle and count every figure again; without a database, settings or the network."""
    verdict = verifying.verify(bundle.read_bytes(), key=key)
    say_each(verdict.faults)
    if not verdict.holds:
        fail("The bundle does not hold.")
    say_each(verifying.in_words(verdict, key=key))


@cli.command()
def check() -> None:
    """Look whether the audit log, the sealed ballots and the results are what they were."""
    with database(get_settings()) as engine, transaction(engine, write=False) as session:
        fault = first_fault(session)
    if fault:
        fail(fault)
    say("The audit log, the sealed ballots and the results are whole.")
