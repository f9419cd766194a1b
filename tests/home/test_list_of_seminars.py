"""The list of one's seminars: roles, where each stands, the next deadline."""

from datetime import UTC, datetime

from app.models.seminars import MembershipState, SeminarStatus
from app.policy import Role


def test_it_holds_the_seminars_that_one_has_joined_and_no_others(make, as_person):
    person = make.person()
    make.member(make.seminar(title="Joined by her"), Role.OBSERVER, person)
    make.member(make.seminar(title="Left by her"), Role.OBSERVER, person, state=MembershipState.WITHDRAWN)
    make.member(make.seminar(title="Not hers"), Role.OBSERVER)

    page = as_person(person).get("/seminars").text

    assert "Joined by her" in page
    assert "Left by her" not in page
    assert "Not hers" not in page


def test_each_says_its_status_the_roles_and_the_next_deadline_in_its_zone(make, as_person):
    seminar = make.seminar(timezone="Asia/Tokyo", status=SeminarStatus.RUNNING)
    make.rating_round(seminar, title="The second rating", closes_at=datetime(2098, 2, 1, 9, tzinfo=UTC))
    person = make.member(seminar, Role.ORGANISER)
    make.member(seminar, Role.FACILITATOR, person)

    page = as_person(person).get("/seminars").text

    for words in ("Running", "Facilitator and Organizer", "The second rating", "1 Feb 2098, 18:00 Tokyo"):
        assert words in page
    assert "= 09:00 UTC" in page


def test_only_who_may_create_seminars_is_offered_to(make, as_person):
    founder, other = make.person(may_create_seminars=True), make.person()

    assert 'href="/seminars/new"' in as_person(founder).get("/seminars").text
    assert 'href="/seminars/new"' not in as_person(other).get("/seminars").text


def test_an_empty_list_says_how_one_comes_into_a_seminar(make, as_person):
    assert "follow the link in your invitation" in as_person(make.person()).get("/seminars").text


def test_who_is_not_signed_in_is_asked_to(browser):
    assert browser.get("/seminars").status_code == 303
    assert browser.get("/seminars").headers["location"].startswith("/sign-in")
