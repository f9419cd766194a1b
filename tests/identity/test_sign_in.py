"""A mail's link signs in once: by a person, in the browser that asked or with the code typed."""

from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlmodel import select
from starlette.testclient import TestClient

from app import clock
from app.models import SignInLink, WebSession
from tests.conftest import BROWSER, ORIGIN
from tests.crowds import at_once
from tests.post import Letter, letters


@pytest.fixture
def person(make):
    return make.person(email="ada@example.org")


@pytest.fixture
def other_browser(app: FastAPI):
    client = TestClient(app, base_url=ORIGIN, headers=BROWSER, follow_redirects=False)
    yield client
    client.close()


@pytest.fixture
def ask(browser, settings):
    def asked(address: str = "ada@example.org", onward: str = "/profile") -> Letter:
        response = browser.post("/sign-in", data={"email": address, "next": onward})
        assert response.status_code == 303
        return letters(settings.mail_folder)[-1]

    return asked


def is_signed_in(client: TestClient) -> bool:
    return client.get("/profile").status_code == 200


def test_the_link_and_one_click_in_the_browser_that_asked(person, browser, ask):
    letter = ask()
    page = browser.get(letter.link)
    assert page.status_code == 200
    assert 'name="code"' not in page.text

    response = browser.post(letter.link)

    assert (response.status_code, response.headers["location"]) == (303, "/profile")
    assert is_signed_in(browser)


def test_the_code_typed_where_it_was_asked_for(person, browser, ask):
    letter = ask()

    wrong = browser.post("/sign-in/code", data={"code": "000000" if letter.code != "000000" else "1"})
    assert wrong.status_code == 422
    assert "This is not the code in the mail" in wrong.text
    right = browser.post(
        "/sign-in/code", data={"code": f"{letter.code[:3]} {letter.code[3:]}", "next": "/seminars"}
    )

    assert (right.status_code, right.headers["location"]) == (303, "/seminars")
    assert is_signed_in(browser)


def test_another_browser_needs_the_code(person, other_browser, ask):
    letter = ask()
    assert 'name="code"' in other_browser.get(letter.link).text

    assert other_browser.post(letter.link).status_code == 422
    assert not is_signed_in(other_browser)
    assert other_browser.post(letter.link, data={"code": letter.code}).status_code == 303
    assert is_signed_in(other_browser)


def test_the_code_alone_is_of_no_use_in_another_browser(person, other_browser, ask):
    letter = ask()

    assert other_browser.post("/sign-in/code", data={"code": letter.code}).status_code == 422
    assert not is_signed_in(other_browser)


def test_a_scanner_that_opens_links_and_posts_forms_spends_nothing(person, browser, other_browser, ask):
    letter = ask()
    for _ in range(10):
        assert other_browser.get(letter.link).status_code == 200
        assert other_browser.head(letter.link).status_code == 200
    assert other_browser.post(letter.link).status_code == 422
    assert other_browser.post(letter.link, data={"code": "123"}).status_code == 422

    assert browser.post(letter.link).status_code == 303
    assert not is_signed_in(other_browser)


def test_a_spent_link_says_so_and_leads_to_a_fresh_one(person, browser, ask):
    letter = ask(onward="/seminars")
    browser.post(letter.link)
    browser.post("/sign-out")

    for response in (browser.get(letter.link), browser.post(letter.link)):
        assert response.status_code == 410
        assert "This link is no longer good" in response.text
        assert 'href="/sign-in?next=/seminars"' in response.text
    assert browser.post(letter.link, data={"code": letter.code}).status_code == 410
    assert not is_signed_in(browser)


def test_a_link_is_good_for_thirty_minutes(person, browser, ask, monkeypatch):
    letter, asked_at = ask(), clock.now()
    monkeypatch.setattr(clock, "now", lambda: asked_at + timedelta(minutes=29))
    assert browser.get(letter.link).status_code == 200
    monkeypatch.setattr(clock, "now", lambda: asked_at + timedelta(minutes=31))

    assert browser.get(letter.link).status_code == 410
    assert browser.post(letter.link).status_code == 410
    assert browser.post("/sign-in/code", data={"code": letter.code}).status_code == 422


def test_of_twenty_clicks_at_once_one_signs_in(person, app, settings, browser, ask, session):
    letter = ask()
    secret = browser.cookies["colloquy-browser"]
    click = {"method": "POST", "url": letter.link, "headers": {"Cookie": f"colloquy-browser={secret}"}}

    answers = at_once(app, [click] * 20)

    statuses = [answer.status_code for answer in answers]
    assert statuses.count(303) == 1
    assert set(statuses) <= {303, 410, 429}
    assert len(session.exec(select(WebSession)).all()) == 1


def test_two_links_asked_for_in_one_browser_both_lead_in(person, browser, ask):
    first, second = ask(), ask()

    assert first.link != second.link
    assert browser.post(first.link).status_code == 303
    browser.post("/sign-out")
    assert browser.post(second.link, data={"code": second.code}).status_code == 303


def test_a_code_can_be_tried_a_few_times_only(person, browser, other_browser, ask):
    letter = ask()
    wrong = f"{(int(letter.code) + 1) % 10**6:06}"
    tries = [other_browser.post(letter.link, data={"code": wrong}).status_code for _ in range(7)]
    assert tries == [422] * 6 + [429]

    refused = other_browser.post(letter.link, data={"code": letter.code})

    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0
    assert browser.post("/sign-in/code", data={"code": letter.code}).status_code == 303


def test_no_secret_of_the_link_is_in_the_database(person, browser, ask, session):
    letter = ask()
    row = session.exec(select(SignInLink)).one()
    kept = " ".join(map(str, row.model_dump().values()))

    token = letter.link.rpartition("/")[2].partition("?")[0]
    assert token not in kept
    assert letter.code not in {row.code_hash, row.token_hash}
    assert browser.cookies["colloquy-browser"] not in kept


def test_a_disabled_account_gets_no_link_and_no_session(person, browser, ask, session, settings, engine):
    letter = ask()
    person.disabled_at = clock.now()
    session.add(person)
    session.commit()

    assert browser.post(letter.link).status_code == 410
    assert browser.post("/sign-in", data={"email": person.email}).status_code == 303
    assert len(letters(settings.mail_folder)) == 1


@pytest.mark.parametrize(
    "onward", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x"]
)
def test_nobody_is_sent_elsewhere_after_signing_in(person, browser, ask, onward):
    letter = ask(onward=onward)
    assert "evil" not in letter.text

    response = browser.post(f"{letter.link.partition('?')[0]}?next={onward}")

    assert (response.status_code, response.headers["location"]) == (303, "/")


@pytest.mark.parametrize("token", ["x", "a" * 3000, "%F0%9F%90%A6", "' OR 1=1 --"])
def test_a_made_up_link_is_a_spent_link(browser, token):
    assert browser.get(f"/sign-in/{token}").status_code in {410, 404}
    assert browser.post(f"/sign-in/{token}").status_code in {410, 404}
