"""People say how they are called, spoken to and told the time."""

import pytest
from sqlmodel import select

from app.models import Person


def test_the_profile_is_kept(make, as_person, session):
    browser = as_person(make.person())
    saved = browser.post(
        "/profile", data={"name": " Ada \r\n Lovelace ", "locale": "fr", "timezone": "Asia/Tokyo"}
    )

    assert saved.status_code == 303
    person = session.exec(select(Person)).one()
    assert (person.name, person.locale, person.timezone) == ("Ada Lovelace", "fr", "Asia/Tokyo")
    page = browser.get("/profile").text
    assert 'lang="fr"' in page
    assert '<option value="Asia/Tokyo" selected>' in page


def test_empty_wishes_follow_browser_and_seminar(make, as_person, session):
    browser = as_person(make.person(locale="fr", timezone="Asia/Tokyo"))

    assert browser.post("/profile", data={"name": "", "locale": "", "timezone": ""}).status_code == 303
    person = session.exec(select(Person)).one()
    assert (person.name, person.locale, person.timezone) == ("", None, None)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("locale", "xx"),
        ("locale", "../../etc/passwd"),
        ("timezone", "Mars/Olympus"),
        ("timezone", "../UTC"),
        ("timezone", "x" * 5000),
        ("name", "x" * 201),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field_and_nothing_typed_is_lost(
    make, as_person, session, field, value
):
    browser = as_person(make.person(name="Before"))
    response = browser.post("/profile", data={"name": "Typed", "locale": "fr"} | {field: value})

    assert response.status_code == 422
    assert f'href="#f-{field}"' in response.text
    if field != "name":
        assert 'value="Typed"' in response.text
    assert session.exec(select(Person.name)).one() == "Before"


def test_hostile_names_are_only_text(make, as_person):
    browser = as_person(make.person(name='"><script>alert(1)</script>'))
    page = browser.get("/profile").text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_choosing_a_language_sets_the_cookie_and_the_wish(make, as_person, session):
    browser = as_person(make.person())
    response = browser.post("/language", data={"language": "ar", "next": "/profile"})

    assert response.headers["location"] == "/profile"
    assert "language=ar" in response.headers["set-cookie"]
    assert session.exec(select(Person.locale)).one() == "ar"
    assert '<html lang="ar" dir="rtl">' in browser.get("/profile").text


def test_somebody_who_has_not_signed_in_can_choose_too(browser):
    assert browser.post("/language", data={"language": "zh"}).status_code == 303
    assert '<html lang="zh" dir="ltr">' in browser.get("/sign-in").text


@pytest.mark.parametrize("chosen", ["", "xx", "en-GB", "EN", "fr\r\nSet-Cookie: a=b"])
def test_another_language_is_refused(browser, chosen):
    response = browser.post("/language", data={"language": chosen})

    assert response.status_code == 422
    assert "set-cookie" not in response.headers
