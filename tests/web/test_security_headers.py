"""Every answer bears the headers: pages, redirects, refusals, files, faults."""

import pytest
from fastapi import FastAPI
from pydantic import HttpUrl
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from tests.conftest import BROWSER, ORIGIN
from tests.house.routes import routes

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
NOTHING = "00000000-0000-0000-0000-000000000000"


def assert_safe(response) -> None:
    headers = response.headers
    assert headers.get_list("content-security-policy") == [POLICY]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize("route", routes(), ids=lambda route: route.name)
def test_every_route_answers_strangers_with_the_headers(sqlite_browser, route):
    path = route.path
    for name in route.param_convertors:
        path = path.replace("{" + name + "}", NOTHING)
    for method in route.methods:
        response = sqlite_browser.request(method, path)
        assert response.status_code < 500
        assert_safe(response)
        assert response.headers["cache-control"] == "no-store"


@pytest.fixture(scope="module")
def sqlite_browser(migrated_sqlite, tmp_path_factory):
    folder = tmp_path_factory.mktemp("headers")
    settings = Settings(
        _env_file=None,
        environment="test",
        database_url=f"sqlite:///{migrated_sqlite}",
        mail_folder=folder / "mail",
    )
    with TestClient(create_app(settings), base_url=ORIGIN, headers=BROWSER, follow_redirects=False) as client:
        yield client


def test_refusals_bear_them_wherever_they_arise(browser):
    refusals = {
        404: browser.get("/nowhere"),
        405: browser.delete("/sign-in"),
        403: browser.post("/language", headers={"Sec-Fetch-Site": "cross-site"}),
        400: browser.get("/", headers={"Host": "evil.example"}),
        413: browser.post("/language", content=b"x", headers={"Content-Length": "99999999"}),
        422: browser.post("/language", data={"language": "xx"}),
        303: browser.get("/profile"),
    }
    for status, response in refusals.items():
        assert response.status_code == status
        assert_safe(response)


def test_a_fault_of_ours_bears_them_and_tells_nothing(app: FastAPI):
    def fails() -> None:
        raise RuntimeError("secret")

    app.add_api_route("/fails", fails)
    with TestClient(app, base_url=ORIGIN, raise_server_exceptions=False) as browser:
        response = browser.get("/fails")

    assert response.status_code == 500
    assert_safe(response)
    assert response.headers["cache-control"] == "no-store"
    assert "secret" not in response.text
    assert "Something went wrong on our side" in response.text


def test_static_files_bear_them_and_are_kept_for_long_only_with_their_stamp(browser):
    stamped = browser.get("/static/app.css?v=1")
    plain = browser.get("/static/app.css")
    missing = browser.get("/static/nothing.css?v=1")

    for response in (stamped, plain, missing):
        assert_safe(response)
    assert "immutable" in stamped.headers["cache-control"]
    assert plain.headers["cache-control"] == "no-store"
    assert missing.headers["cache-control"] == "no-store"


def test_over_https_browsers_are_told_to_stay_there(engine, settings):
    https = settings.model_copy(update={"base_url": HttpUrl("https://seminar.example.org")})
    with TestClient(create_app(https, engine), base_url="https://seminar.example.org") as browser:
        response = browser.get("/sign-in")

    assert response.headers["strict-transport-security"] == "max-age=63072000; includeSubDomains"


def test_over_http_they_are_not(browser):
    assert "strict-transport-security" not in browser.get("/sign-in").headers
