"""The front door: for who is not signed in, for who has one seminar, for who has several."""

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.policy import Role
from app.settings import Settings
from tests.conftest import BROWSER, ORIGIN


def test_who_is_not_signed_in_reads_what_this_is_and_how_to_come_in(browser):
    page = browser.get("/")

    assert page.status_code == 200
    assert 'href="/sign-in"' in page.text
    assert "Nobody sees who answered what." in page.text
    assert "/demo" not in page.text


def test_in_demo_mode_the_way_to_the_demonstration_is_the_first_thing_to_press(engine, tmp_path):
    settings = Settings(_env_file=None, environment="test", demo=True, mail_folder=tmp_path)
    with TestClient(create_app(settings, engine), base_url=ORIGIN, headers=BROWSER) as browser:
        page = browser.get("/").text

    assert '<a class="button" href="/demo">' in page
    assert '<a class="button quiet" href="/sign-in">' in page


def test_who_has_one_seminar_is_led_straight_into_it(make, as_person):
    seminar = make.seminar()
    person = make.member(seminar, Role.ORGANISER)
    make.member(seminar, Role.FACILITATOR, person)

    answer = as_person(person).get("/")

    assert (answer.status_code, answer.headers["location"]) == (303, f"/seminars/{seminar.slug}")


@pytest.mark.parametrize("seminars", [0, 2])
def test_who_has_none_or_several_is_led_to_the_list(make, as_person, seminars):
    person = make.person()
    for _ in range(seminars):
        make.member(make.seminar(), Role.OBSERVER, person)

    answer = as_person(person).get("/")

    assert (answer.status_code, answer.headers["location"]) == (303, "/seminars")
