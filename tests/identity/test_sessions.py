"""Sessions live in the database: they end when they are ended, and in time by themselves."""

from datetime import timedelta

import pytest
from pydantic import HttpUrl
from sqlmodel import select
from starlette.testclient import TestClient

from app import clock
from app.identity import service
from app.main import create_app
from app.models import WebSession
from tests.conftest import BROWSER, ORIGIN
from tests.post import letters


def sign_in(browser: TestClient, settings, address: str) -> str:
    browser.post("/sign-in", data={"email": address})
    letter = letters(settings.mail_folder)[-1]
    assert browser.post(letter.link, data={"code": letter.code}).status_code == 303
    return browser.cookies["colloquy"]


def test_a_copied_cookie_is_worth_nothing_after_signing_out(make, browser, settings, session):
    person = make.person()
    token = sign_in(browser, settings, person.email)
    assert browser.get("/profile").status_code == 200

    signed_out = browser.post("/sign-out")

    assert 'colloquy=""' in signed_out.headers["set-cookie"]
    browser.cookies.clear()
    replay = browser.get("/profile", headers={"Cookie": f"colloquy={token}"})
    assert replay.status_code == 303
    assert session.exec(select(WebSession)).all() == []


def test_signing_in_gives_a_new_session_and_ends_the_old(make, browser, settings, session):
    person = make.person()
    first = sign_in(browser, settings, person.email)
    second = sign_in(browser, settings, person.email)

    assert first != second
    assert len(session.exec(select(WebSession)).all()) == 1
    browser.cookies.clear()
    assert browser.get("/profile", headers={"Cookie": f"colloquy={first}"}).status_code == 303


def test_a_session_that_was_planted_is_not_taken_over(make, browser, settings):
    person = make.person()
    browser.post("/sign-in", data={"email": person.email})
    letter = letters(settings.mail_folder)[-1]
    planted = {"Cookie": "colloquy=planted"}

    response = browser.post(letter.link, data={"code": letter.code}, headers=planted)

    assert response.status_code == 303
    assert browser.get("/profile", headers=planted).status_code == 303


def test_the_database_holds_no_token(make, browser, settings, session):
    token = sign_in(browser, settings, make.person().email)
    assert token not in str(session.exec(select(WebSession)).one().model_dump())


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(make, browser, settings):
    person = make.person()
    browser.post("/sign-in", data={"email": person.email})
    letter = letters(settings.mail_folder)[-1]
    cookie = next(
        value
        for value in browser.post(letter.link).headers.get_list("set-cookie")
        if value.startswith("colloquy=")
    )
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert parts == {"httponly", "path=/", "samesite=lax", f"max-age={30 * 24 * 3600}"}


def test_over_https_the_cookie_bears_the_host_mark(make, engine, settings):
    person = make.person()
    https = settings.model_copy(update={"base_url": HttpUrl("https://seminar.example.org")})
    client = TestClient(
        create_app(https, engine),
        base_url="https://seminar.example.org",
        headers=BROWSER,
        follow_redirects=False,
    )
    asked = client.post("/sign-in", data={"email": person.email}).headers["set-cookie"]
    letter = letters(settings.mail_folder)[-1]
    cookies = client.post(letter.link).headers.get_list("set-cookie")
    client.close()

    for cookie in [asked, *cookies]:
        assert "Secure" in cookie
        assert "HttpOnly" in cookie
        assert "Domain" not in cookie
    assert asked.startswith("__Host-colloquy-browser=")
    assert cookies[0].startswith("__Host-colloquy=")


@pytest.mark.parametrize(("idle", "status"), [(23, 200), (25, 303)])
def test_a_session_unused_for_a_day_is_over(make, as_person, monkeypatch, session, idle, status):
    browser, now = as_person(make.person()), clock.now()
    row = session.exec(select(WebSession)).one()
    row.expires_at = now + timedelta(days=30)
    session.add(row)
    session.commit()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=idle))

    assert browser.get("/profile").status_code == status


def test_a_session_in_use_ends_all_the_same_after_its_days(make, as_person, monkeypatch, session, settings):
    browser, now = as_person(make.person()), clock.now()
    row = session.exec(select(WebSession)).one()
    row.expires_at = now + timedelta(days=settings.session_days)
    session.add(row)
    session.commit()
    for hours in range(0, settings.session_days * 24, 20):
        monkeypatch.setattr(clock, "now", lambda hours=hours: now + timedelta(hours=hours))
        assert browser.get("/profile").status_code == 200
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=settings.session_days, seconds=1))

    assert browser.get("/profile").status_code == 303


def test_when_it_was_last_used_is_noted_every_ten_minutes_at_most(make, as_person, monkeypatch, session):
    browser, now = as_person(make.person()), clock.now()
    first = session.exec(select(WebSession.last_seen_at)).one()
    session.commit()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=9))
    browser.get("/profile")
    assert session.exec(select(WebSession.last_seen_at)).one() == first
    session.commit()
    later = now + timedelta(minutes=11)
    monkeypatch.setattr(clock, "now", lambda: later)

    browser.get("/profile")

    assert session.exec(select(WebSession.last_seen_at)).one() == later


def test_a_disabled_account_is_out_at_once(make, as_person, session):
    person = make.person()
    browser = as_person(person)
    person.disabled_at = clock.now()
    session.add(person)
    session.commit()

    assert browser.get("/profile").status_code == 303


def test_all_other_sessions_can_be_ended(make, as_person):
    person, stranger = make.person(), make.person()
    here, there, theirs = as_person(person), as_person(person), as_person(stranger)
    assert here.get("/profile").text.count("Another browser") == 1

    assert here.post("/profile/sessions").status_code == 303

    assert here.get("/profile").status_code == 200
    assert there.get("/profile").status_code == 303
    assert theirs.get("/profile").status_code == 200
    assert "Another browser" not in here.get("/profile").text


def test_nothing_is_kept_of_network_or_browser():
    assert set(WebSession.model_fields) == {
        "id",
        "created_at",
        "person_id",
        "token_hash",
        "last_seen_at",
        "expires_at",
    }


def test_sessions_that_are_over_are_swept_out(make, as_person, engine, settings, session, monkeypatch):
    as_person(make.person())
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=2))

    service.forget_old_rows(session, settings)

    assert session.exec(select(WebSession)).all() == []


def test_the_demo_signs_in_through_the_same_door(make, engine, settings, session):
    person = make.person()
    token = service.start_session(session, settings, person=person)
    session.commit()
    client = TestClient(create_app(settings, engine), base_url=ORIGIN, headers=BROWSER)
    client.cookies.set("colloquy", token)

    assert client.get("/profile").status_code == 200
    client.close()
