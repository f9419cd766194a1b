"""What tests share: the databases, the application, signed-in browsers, rows made to order."""

import os
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI
from sqlalchemy import Engine
from sqlmodel import Session
from starlette.testclient import TestClient

from app.db import transaction
from app.main import create_app
from app.models import Person
from app.settings import Settings
from tests import databases, demonstrations
from tests.factories import Make, sign_in

ORIGIN = "http://127.0.0.1:8000"
BROWSER = {"Sec-Fetch-Site": "same-origin"}
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
NO_SKIPS = bool(os.environ.get("COLLOQUY_NO_SKIPS"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where COLLOQUY_NO_SKIPS is set, as in `.ci/run`, what cannot be tried has failed."""
    report = yield
    if NO_SKIPS and report.skipped and call.excinfo is not None:
        report.outcome = "failed"
        report.longrepr = f"nothing may be skipped here: {call.excinfo.value}"
    return report


def worker_of(request: pytest.FixtureRequest) -> str:
    """The name of the process that runs the test, of which there may be several."""
    return str(getattr(request.config, "workerinput", {"workerid": "main"})["workerid"])


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return databases.migrated_sqlite(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def migrated_postgres(request: pytest.FixtureRequest) -> Iterator[Engine]:
    if not databases.POSTGRES:
        pytest.skip(databases.WHY_NO_POSTGRES)
    engine = databases.migrated_postgres(worker_of(request))
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An empty migrated database; the test runs once on each kind."""
    if request.param == "sqlite":
        engine = databases.renewed_sqlite(request.getfixturevalue("migrated_sqlite"))
        yield engine
        engine.dispose()
    else:
        engine = request.getfixturevalue("migrated_postgres")
        databases.empty(engine)
        yield engine


@pytest.fixture(scope="session")
def demo_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demonstrations.loaded_sqlite(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="session")
def demo_postgres(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    if not databases.POSTGRES:
        pytest.skip(databases.WHY_NO_POSTGRES)
    return demonstrations.loaded_postgres(worker_of(request), tmp_path_factory.mktemp("demo"))


@pytest.fixture(params=["sqlite", "postgresql"])
def demo_engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A database with the demonstration in it; the test runs once on each kind."""
    if request.param == "sqlite":
        engine = databases.renewed_sqlite(request.getfixturevalue("demo_sqlite"))
    else:
        engine = demonstrations.copied_postgres(request.getfixturevalue("demo_postgres"))
    yield engine
    engine.dispose()


@pytest.fixture
def demo_app(demo_engine: Engine, tmp_path: Path) -> FastAPI:
    """The application as `colloquy demo` serves it."""
    return create_app(demonstrations.settings(tmp_path), demo_engine)


@pytest.fixture(scope="session")
def portal() -> Iterator[BlockingPortal]:
    """The event loop of all browsers: one of its own would be made and ended for each request of each."""
    with start_blocking_portal() as portal:
        yield portal


@pytest.fixture
def visitor(demo_app: FastAPI, portal: BlockingPortal) -> Iterator[Callable[[str], TestClient]]:
    """Browsers that have gone through one of the demonstration's doors."""
    clients: list[TestClient] = []

    def entered(role: str) -> TestClient:
        client = TestClient(demo_app, base_url=ORIGIN, headers=BROWSER, follow_redirects=False)
        client.portal = portal
        clients.append(client)
        assert client.post(f"/demo/{role}").status_code == 303
        return client

    yield entered
    for client in clients:
        client.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, environment="test", mail_folder=tmp_path / "mail")


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session for service tests. Commit or close it before a browser writes: SQLite has one writer."""
    with Session(engine, expire_on_commit=False) as session:
        yield session


@pytest.fixture
def make(engine: Engine, settings: Settings) -> Make:
    """Rows made to order, each committed."""
    return Make(engine, settings)


@pytest.fixture
def app(settings: Settings, engine: Engine) -> FastAPI:
    return create_app(settings, engine)


@pytest.fixture
def browser(app: FastAPI) -> Iterator[TestClient]:
    """A browser that nobody has signed in with."""
    with TestClient(app, base_url=ORIGIN, headers=BROWSER, follow_redirects=False) as client:
        yield client


@pytest.fixture
def as_person(
    app: FastAPI, engine: Engine, portal: BlockingPortal
) -> Iterator[Callable[[Person], TestClient]]:
    """Browsers that people are signed in with."""
    clients: list[TestClient] = []

    def signed_in(person: Person) -> TestClient:
        with transaction(engine) as session:
            token = sign_in(session, person)
        client = TestClient(app, base_url=ORIGIN, headers=BROWSER, follow_redirects=False)
        client.portal = portal
        client.cookies.set("colloquy", token)
        clients.append(client)
        return client

    yield signed_in
    for client in clients:
        client.close()
