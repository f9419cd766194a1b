"""A real browser on a real server: the demonstration on a free port, and a watch on what is said."""

import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pydantic import HttpUrl
from sqlalchemy import Engine

from app.main import create_app
from tests import demonstrations
from tests.browser.watching import Watch

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MILLISECONDS = 15_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All that is in this folder drives a browser, and stays in one process."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("chromium is not installed: what only a browser can show is not tried")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def stage(demo_sqlite: Path, tmp_path: Path) -> Engine:
    """A copy of the demonstration."""
    return demonstrations.copied_sqlite(demo_sqlite, tmp_path)


@pytest.fixture
def site(stage: Engine, tmp_path: Path) -> Iterator[str]:
    """The address of a server with that copy."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()  # who comes before the server is ready waits
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        settings = demonstrations.settings(tmp_path, base_url=HttpUrl(address))
        config = uvicorn.Config(
            create_app(settings, stage), access_log=False, log_config=None, lifespan="on", ws="none"
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield address
        server.should_exit = True
        thread.join()


@pytest.fixture
def watch(site: str) -> Iterator[Watch]:
    """What the browser complains of, or asks others for; nothing, if all is well."""
    watch = Watch(site)
    yield watch
    assert not watch.complaints


@pytest.fixture
def context_of(chromium: Browser, site: str, watch: Watch) -> Iterator[Callable[..., BrowserContext]]:
    """Browsers of the given make, signed in through one of the demonstration's doors."""
    contexts: list[BrowserContext] = []

    def entered(role: str | None, **options: object) -> BrowserContext:
        context = chromium.new_context(base_url=site, **options)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        context.on("page", watch.follow)
        contexts.append(context)
        if role:
            answer = context.request.post(f"/demo/{role}", headers={"Sec-Fetch-Site": "same-origin"})
            assert answer.ok
        return context

    yield entered
    for context in contexts:
        context.close()


@pytest.fixture
def page_as(context_of: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """A page in such a browser."""
    return lambda role=None, **options: context_of(role, **options).new_page()
