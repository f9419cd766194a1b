"""The audit log as an organiser reads it: in words, whole or said not to be, with no expert named."""

import re

import pytest
from sqlalchemy import text
from sqlmodel import select

from app import audit
from app.admin.queries import PAGE
from app.admin.sentences import SENTENCES, sentence
from app.db import transaction
from app.models import AuditEntry
from app.policy import Role
from app.rounds import service


@pytest.fixture
def seminar(make):
    return make.seminar(timezone="Europe/Zurich")


@pytest.fixture
def organiser(make, as_person, seminar):
    return as_person(make.member(seminar, Role.ORGANISER))


def log(browser, seminar, query: str = ""):
    answer = browser.get(f"/seminars/{seminar.slug}/audit{query}")
    assert answer.status_code == 200
    return answer.text


def test_acts_of_staff_bear_a_name_and_acts_of_experts_none(engine, make, seminar, organiser):
    facilitator = make.member(seminar, Role.FACILITATOR, make.person(name="Fatima Facilitator"))
    make.expert(seminar, name="Esteban Expert")
    round_ = make.rating_round(seminar, state="draft")
    with transaction(engine) as session:
        service.open_round(session, round_=round_, by=facilitator)
        service.mark_closed(session, round_=round_, by=None)

    page = log(organiser, seminar)

    assert "Fatima Facilitator" in page
    assert "Esteban" not in page
    assert "A person who was invited joined the seminar." in page
    assert "a member, not named" in page
    assert re.search(r"Round R0 was opened until [^<]+ Zurich \(UTC", page)
    assert "the service itself" in page
    assert page.index("Round R0 was closed.") < page.index("Round R0 was opened")


def test_acts_of_experts_bear_the_day_and_not_the_minute(engine, make, seminar, organiser):
    make.expert(seminar)

    row = log(organiser, seminar).split("A person who was invited joined")[0].rsplit("<tr>", 1)[1]

    assert not re.search(r"\d\d:\d\d", row)


def test_another_seminars_entries_are_not_shown(engine, make, organiser, seminar):
    make.expert(make.seminar())

    assert "There are no entries here." in log(organiser, seminar)


def test_a_long_log_is_read_page_by_page(engine, seminar, organiser):
    with transaction(engine) as session:
        for _ in range(PAGE + 3):
            audit.record(session, "seminar:member:resend", actor=None, seminar=seminar.id)

    first = log(organiser, seminar)
    assert first.count("An invitation was sent again.") == PAGE
    older = re.search(r'audit(\?before=\d+)" rel="next"', first)
    assert older

    second = log(organiser, seminar, older.group(1))
    assert second.count("An invitation was sent again.") == 3
    assert 'rel="next"' not in second
    assert "Newest entries" in second


@pytest.mark.parametrize("before", ["x", "0", "-3", "1.5", "9" * 30, ""])
def test_a_page_that_cannot_be_is_refused_and_not_a_fault(organiser, seminar, before):
    assert organiser.get(f"/seminars/{seminar.slug}/audit?before={before}").status_code == 400


def test_the_log_says_that_it_is_whole_and_which_entry_no_longer_fits(engine, make, seminar, organiser):
    for _ in range(3):
        make.expert(seminar)
    assert "The log is whole" in log(organiser, seminar)

    with engine.begin() as connection:
        connection.execute(text("UPDATE audit_entry SET action = 'seminar:member:decline' WHERE number = 2"))

    page = log(organiser, seminar)
    assert "The log is whole" not in page
    assert "entry 2 does not fit" in page


@pytest.mark.parametrize("role", [Role.EXPERT, Role.FACILITATOR, Role.OBSERVER])
def test_only_an_organiser_reads_it(make, as_person, seminar, role):
    person = make.expert(seminar) if role is Role.EXPERT else make.member(seminar, role)

    assert as_person(person).get(f"/seminars/{seminar.slug}/audit").status_code == 403


def test_a_stranger_learns_nothing(make, as_person, seminar):
    stranger = as_person(make.member(make.seminar(), Role.ORGANISER))

    assert stranger.get(f"/seminars/{seminar.slug}/audit").status_code == 404


# ---- the words ----


def test_every_action_of_the_demonstration_has_a_sentence(demo_engine):
    with transaction(demo_engine, write=False) as session:
        actions = set(session.exec(select(AuditEntry.action)))

    assert actions <= SENTENCES.keys()


@pytest.mark.parametrize("action", [*SENTENCES, "something:quite:new"])
def test_a_sentence_stands_even_where_details_are_missing(action):
    assert sentence(action, "R1", {}, "UTC")


def test_roles_and_times_are_said_as_people_say_them():
    changed = sentence("seminar:member:role", "", {"before": "observer", "after": "organiser"}, "UTC")
    extended = sentence(
        "round:time:extend",
        "R2",
        {"from": "2098-03-01T10:00+00:00", "to": "2098-03-08T10:00+00:00", "reason": "100 % agreed."},
        "Europe/Zurich",
    )

    assert changed == "The role of a member was changed from observer to organizer."
    assert "from 1 Mar 2098, 11:00 Zurich (UTC+01:00) to 8 Mar 2098, 11:00" in extended
    assert extended.endswith("Reason: 100 % agreed.")
