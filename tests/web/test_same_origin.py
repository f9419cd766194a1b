"""What changes something must come from our own pages; a new route cannot be forgotten."""

import pytest
from sqlmodel import select

from app.models import Person
from tests.house.routes import routes

NOTHING = "00000000-0000-0000-0000-000000000000"
# mail programs decline reminders there for their readers: the secret in the address is all that counts
ONE_CLICK = "notifications.one_click"


def unsafe() -> list[tuple[str, str]]:
    """Method and address of everything that may change something, but for the one that others may ask."""
    found = []
    for route in routes():
        if route.name == ONE_CLICK:
            continue
        path = route.path
        for name in route.param_convertors:
            path = path.replace("{" + name + "}", NOTHING)
        found += [(method, path) for method in (route.methods or set()) - {"GET", "HEAD"}]
    return found


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": ""},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:8000"},
    ],
    ids=str,
)
def test_no_route_does_anything_for_another_site(foreign, headers):
    answers = {(method, path): foreign.request(method, path, headers=headers) for method, path in unsafe()}

    assert len(answers) > 20
    assert {answer.status_code for answer in answers.values()} == {403}
    assert {answer.text for answer in answers.values()} == {"This request does not come from our own pages."}


def test_the_one_that_others_may_ask_does_nothing_without_the_secret(foreign):
    (route,) = (route for route in routes() if route.name == ONE_CLICK)
    for token in (NOTHING, f"{NOTHING}.{NOTHING}"):
        answer = foreign.post(route.path.replace("{token}", token), data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 404


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "null"}, {"Origin": "http://evil.example"}, {"Origin": "http://127.0.0.1:8001"}],
    ids=str,
)
def test_an_old_browser_must_name_our_origin(foreign, headers):
    assert foreign.post("/language", data={"language": "fr"}, headers=headers).status_code == 403


def test_an_old_browser_that_names_our_origin_is_heard(foreign):
    response = foreign.post("/language", data={"language": "fr"}, headers={"Origin": "http://127.0.0.1:8000"})
    assert response.status_code == 303


def test_refusing_changes_nothing(make, as_person, session):
    person = make.person()
    response = as_person(person).post(
        "/language", data={"language": "fr"}, headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert response.status_code == 403
    assert session.exec(select(Person)).one().locale is None


@pytest.fixture
def foreign(browser):
    """A browser that says nothing of its own accord about where its requests come from."""
    del browser.headers["Sec-Fetch-Site"]
    return browser
