"""What the facilitator has to do next, whom the organiser waits for, and what the observer reads."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from app import clock
from app.db import transaction
from app.demo.story import SLUG
from app.models import Membership, Participation, Person, Sector
from app.models.ballots import Progress
from app.models.seminars import MembershipState
from app.policy import Role
from tests.results import voting


@pytest.fixture
def seminar(make):
    return make.seminar()


def primary(html: str) -> list[str]:
    return re.findall(r'<a class="button" href="[^"]+">([^<]+)</a>', html)


@pytest.mark.parametrize(
    ("state", "passed", "next_action"),
    [
        ("draft", False, "Schedule the round"),
        ("scheduled", False, "See the round"),
        ("open", False, "Watch the round"),
        ("open", True, "See the round"),
        ("closed", False, "Publish the result"),
        ("published", False, "Read the outcome"),
    ],
)
def test_the_facilitator_is_shown_the_next_thing_to_do(make, as_person, seminar, state, passed, next_action):
    closing = {"closes_at": clock.now() - timedelta(hours=1)} if passed else {}
    make.rating_round(seminar, state=state, **closing)
    page = as_person(make.member(seminar, Role.FACILITATOR)).get(f"/seminars/{seminar.slug}").text

    assert primary(page) == [next_action]


def test_a_result_that_nobody_has_seen_is_to_be_looked_at_first(make, as_person, seminar):
    make.rating_round(seminar, state="closed", looked_at=None)
    page = as_person(make.member(seminar, Role.FACILITATOR)).get(f"/seminars/{seminar.slug}").text
    assert primary(page) == ["Look at the result"]


def test_a_draft_is_designed_filled_from_what_came_before_scheduled_and_opened(make, as_person, seminar):
    """In this order: the first thing that is missing is what is next."""
    facilitator = as_person(make.member(seminar, Role.FACILITATOR))

    def next_one():
        return primary(facilitator.get(f"/seminars/{seminar.slug}").text)

    assert next_one() == ["Choose a plan of rounds"]
    first = make.round(seminar)
    assert next_one() == ["Design the round"]
    make.question(first, seminar)
    assert next_one() == ["Schedule the round"]
    make.expert(seminar)
    assert next_one() == ["Open the round"]


def test_what_was_found_before_is_carried_into_a_draft_that_asks_nothing(make, as_person, seminar):
    before = make.rating_round(seminar, state="published")
    draft = make.round(seminar)
    facilitator = as_person(make.member(seminar, Role.FACILITATOR))
    assert primary(facilitator.get(f"/seminars/{seminar.slug}").text) == ["Carry forward"]
    make.question(draft, seminar)
    page = facilitator.get(f"/seminars/{seminar.slug}").text
    assert primary(page) == ["Schedule the round"]
    assert f"/seminars/{seminar.slug}/rounds/{draft.number}/carry" in page
    assert before.number < draft.number


def test_the_facilitator_sees_how_many_have_submitted_and_no_name(engine, make, as_person, seminar):
    round_ = make.rating_round(seminar)
    for number in range(3):
        make.expert(seminar, name=f"Zebedee {number}")
    comes(engine, round_, "Zebedee 1", Progress.SUBMITTED)

    page = as_person(make.member(seminar, Role.FACILITATOR)).get(f"/seminars/{seminar.slug}").text

    assert "<strong>1</strong> of 3 experts have submitted" in page
    assert "Zebedee" not in page


def test_the_organiser_sees_by_name_who_has_not_submitted_those_who_have_not_begun_first(
    engine, make, as_person, seminar
):
    round_ = make.rating_round(seminar)
    with transaction(engine) as session:
        session.add(Sector(seminar_id=seminar.id, code="police", label="Police forces"))
    for name in ("Zoë Started", "Yan Submitted", "Xi Waiting", "Wim Opened"):
        make.expert(seminar, name=name, sector="police")
    comes(engine, round_, "Zoë Started", Progress.STARTED)
    comes(engine, round_, "Yan Submitted", Progress.SUBMITTED)
    comes(engine, round_, "Wim Opened", Progress.OPENED)
    make.member(seminar, Role.EXPERT, state=MembershipState.DECLINED)

    page = as_person(make.member(seminar, Role.ORGANISER)).get(f"/seminars/{seminar.slug}").text

    assert page.index("Xi Waiting") < page.index("Wim Opened") < page.index("Zoë Started")
    assert "Yan Submitted" not in page
    assert "Police forces" in page
    assert "3 experts have not submitted in round R0" in page
    figures = re.findall(r"<dt>([^<]+)</dt><dd>(\d+)</dd>", page)
    assert figures == [("Invited", "5"), ("Joined", "4"), ("No answer yet", "0"), ("Declined", "1")]


def test_one_person_in_both_staff_roles_has_one_primary_action(make, as_person, seminar):
    make.rating_round(seminar)
    person = make.member(seminar, Role.FACILITATOR)
    make.member(seminar, Role.ORGANISER, person)

    page = as_person(person).get(f"/seminars/{seminar.slug}").text

    assert primary(page) == ["Watch the round"]
    assert "Invite and see the panel" in page


def test_staff_of_a_seminar_without_rounds_or_members_find_a_page(make, as_person, seminar):
    for role in (Role.FACILITATOR, Role.ORGANISER, Role.OBSERVER):
        page = as_person(make.member(seminar, role)).get(f"/seminars/{seminar.slug}")
        assert page.status_code == 200
        assert "No result has been published yet." in page.text


@pytest.mark.parametrize("role", Role)
def test_everybody_reads_the_published_result_and_staff_can_take_it_away(visitor, role):
    page = visitor(role).get(f"/seminars/{SLUG}").text

    assert "Result of round R2, published on" in page
    assert "38 experts rated 26 ways forward" in page
    assert page.count('class="place"') == 3
    assert page.count('class="rank-strip"') == 3
    assert (f"/seminars/{SLUG}/outcome/export.xlsx" in page) == (role in {Role.FACILITATOR, Role.ORGANISER})


def comes(engine, round_, name: str, progress: Progress) -> None:
    with transaction(engine) as session:
        wanted = select(Membership).join(Person).where(Person.name == name)
        membership = session.exec(wanted).one()
        session.add(Participation(membership_id=membership.id, round_id=round_.id, progress=progress))


def test_beside_a_result_that_is_not_published_no_file_is_offered(engine, make, as_person):
    # a file holds what is published: that of the round before, which would be taken for this one
    seminar, round_ = voting.running(make, experts=5)
    voting.cast(engine, round_, [voting.alike(3, OV=7, C1=6, C2=5)] * 5)
    voting.close(engine, round_)
    page = as_person(make.member(seminar, Role.FACILITATOR)).get(f"/seminars/{seminar.slug}").text

    assert "At the head of the ranking" in page
    assert "/outcome/export." not in page


def test_where_so_few_answered_that_there_is_no_interval_no_rank_is_told(engine, make, as_person):
    seminar, round_ = voting.running(make, experts=3, min_group=3)
    voting.cast(engine, round_, [voting.alike(3, OV=7, C1=6, C2=5)] * 3)
    voting.close(engine, round_)
    page = as_person(make.member(seminar, Role.FACILITATOR)).get(f"/seminars/{seminar.slug}").text

    assert "3 experts rated 3 ways forward" in page
    assert "At the head of the ranking" not in page
