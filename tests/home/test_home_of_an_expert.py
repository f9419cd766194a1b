"""What is asked of an expert now: one card, one thing to press, at every step of a ballot."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from app import clock
from app.policy import Role

ASKED = "What is asked of me now"


@pytest.fixture
def seminar(make):
    return make.seminar(timezone="Europe/Zurich")


@pytest.fixture
def expert(make, as_person, seminar):
    return as_person(make.expert(seminar))


def card(browser, seminar):
    page = browser.get(f"/seminars/{seminar.slug}").text
    return page.split('<section class="card accent"')[1].split("</section>")[0]


def primary(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<a class="button" href="([^"]+)">([^<]+)</a>', html)


def save(browser, seminar, **fields: str) -> None:
    data = {name.replace("_", "."): value for name, value in fields.items()}
    answer = browser.post(f"/seminars/{seminar.slug}/rounds/0/ballot/Q1", data=data)
    assert answer.status_code in {200, 303}


def test_from_the_first_look_to_the_receipt_and_back(make, seminar, expert):
    """The steps in the order in which an expert takes them; each has one primary button."""
    make.rating_round(seminar, options=2)
    ballot = f"/seminars/{seminar.slug}/rounds/0/ballot"

    first = card(expert, seminar)
    assert ASKED in first
    assert "0 of 2 options answered" in first
    assert primary(first) == [(ballot, "Start")]

    save(expert, seminar, W01_OV="7", W01_C1="cannot_say")
    begun = card(expert, seminar)
    assert "1 of 2 options answered" in begun
    assert "not submitted yet" in begun
    assert primary(begun) == [(ballot, "Continue")]

    save(expert, seminar, W02_OV="3")
    assert "one more begun" in card(expert, seminar)

    save(expert, seminar, W02_C1="3")
    complete = card(expert, seminar)
    assert "2 of 2 options answered" in complete
    assert primary(complete) == [(f"{ballot}/review", "Review and submit")]

    assert expert.post(f"{ballot}/submit", data={}).status_code == 303
    submitted = card(expert, seminar)
    assert "Nothing more is asked of you." in submitted
    assert primary(submitted) == [(f"{ballot}/receipt", "See my receipt")]

    save(expert, seminar, W02_OV="9", W02_seen="OV:1")
    changed = card(expert, seminar)
    assert "The changes do not count until you submit again" in changed
    assert primary(changed) == [(f"{ballot}/review", "Review and submit again")]


def test_a_round_that_requires_nothing_is_neither_finished_nor_unfinished(make, seminar, expert):
    make.mapping_round(seminar)
    ballot = f"/seminars/{seminar.slug}/rounds/0/ballot"

    first = card(expert, seminar)
    assert "0 of 10 items; none of them has to be answered" in first
    assert primary(first) == [(ballot, "Start")]

    save(expert, seminar, T01_LIK="4", T01_IMP="2")
    begun = card(expert, seminar)
    assert "1 of 10 items" in begun
    assert primary(begun) == [(ballot, "Continue")]
    assert f'<a class="button quiet" href="{ballot}/review">Review and submit</a>' in begun

    assert expert.post(f"{ballot}/submit", data={}).status_code == 303
    assert "Nothing more is asked of you." in card(expert, seminar)


def test_the_deadline_stands_in_the_readers_zone_with_utc_and_the_time_left(make, seminar, expert):
    make.rating_round(seminar, closes_at=clock.now() + timedelta(days=12, hours=5))

    html = card(expert, seminar)

    assert "<strong>12 days left</strong>" in html
    assert "Zurich (UTC+0" in html
    assert "UTC</span>" in html


def test_nothing_asked_says_so_and_what_comes_next(make, seminar, expert):
    make.rating_round(seminar, state="published")
    make.round(seminar, title="The last rating", opens_at=datetime(2098, 3, 1, 8, tzinfo=UTC), closes_at=None)

    html = card(expert, seminar)

    assert "Nothing is asked of you at the moment" in html
    assert "The last rating" in html
    assert "1 Mar 2098, 09:00 Zurich" in html
    assert primary(html) == []


def test_between_closing_time_and_closing_answers_are_said_to_be_taken_no_longer(make, seminar, expert):
    past = clock.now() - timedelta(hours=1)
    make.rating_round(seminar, closes_at=past)

    html = card(expert, seminar)

    assert "Round R0 is closed. The facilitators are preparing its result" in html
    assert "/ballot" not in html


def test_between_closing_and_publishing_the_result_is_said_to_be_prepared(make, seminar, expert):
    make.rating_round(seminar, state="closed")

    html = card(expert, seminar)

    assert "Round R0 is closed. The facilitators are preparing its result" in html


def test_a_seminar_without_rounds_asks_nothing(seminar, expert):
    assert "No round is planned yet." in card(expert, seminar)


def test_an_expert_sees_nothing_of_what_staff_see(make, seminar, expert):
    make.rating_round(seminar)
    make.expert(seminar, name="Somebody Else")

    page = expert.get(f"/seminars/{seminar.slug}").text

    for words in ("Somebody Else", "have submitted", "Invite and see the panel", "What is next for the"):
        assert words not in page


def test_the_timeline_and_the_rule_of_attribution_stand_beside(make, as_person):
    seminar = make.seminar(attribution="No view is ascribed to anybody.", summary="Weapons and terrorists.")
    make.rating_round(seminar, title="The first rating")
    page = as_person(make.expert(seminar)).get(f"/seminars/{seminar.slug}").text

    for words in ("The first rating", "No view is ascribed to anybody.", "Weapons and terrorists."):
        assert words in page


def test_a_stranger_learns_nothing(make, as_person, seminar):
    assert as_person(make.person()).get(f"/seminars/{seminar.slug}").status_code == 404
    assert as_person(make.person()).get("/seminars/no-such-seminar").status_code == 404


def test_an_expert_who_is_still_invited_is_a_stranger(make, as_person, seminar):
    invited = make.member(seminar, Role.EXPERT, state="invited")

    assert as_person(invited).get(f"/seminars/{seminar.slug}").status_code == 404
