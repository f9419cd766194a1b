"""Arguments of others can be marked as helpful: nobody learns by whom, nor that there is a single mark."""

import pytest
from sqlmodel import func, select

from app.db import transaction
from app.models import HelpfulMark, Round
from app.policy import Role
from app.questions.fingerprint import fingerprint
from tests.feedback.panel import address, read, section, words
from tests.results import mapping

TEXT = "Reason 4 on the second."


def mark(browser, rated, text=TEXT, *, code="W02", helpful="yes", show="all"):
    form = {"code": code, "digest": fingerprint(text), "helpful": helpful, "show": show}
    return browser.post(address(rated.seminar, rated.round_, "Q1", "/helpful"), data=form)


def marks(engine):
    with transaction(engine, write=False) as session:
        return session.exec(select(func.count()).select_from(HelpfulMark)).one()


def page(browser, rated):
    return words(section(read(browser, address(rated.seminar, rated.round_, "Q1")), "W02"))


def test_a_mark_is_set_and_taken_back_without_a_script(engine, rated, as_person):
    browser = as_person(rated.experts[0])
    answer = mark(browser, rated, show="reasons")
    assert (answer.status_code, marks(engine)) == (303, 1)
    assert answer.headers["location"].endswith("/rounds/0/feedback/Q1?show=reasons#W02")
    assert "You find this helpful: take it back" in page(browser, rated)
    assert mark(browser, rated).status_code == 303
    assert marks(engine) == 1  # twice is the same as once
    assert mark(browser, rated, helpful="no").status_code == 303
    assert marks(engine) == 0
    assert mark(browser, rated, helpful="no").status_code == 303


def test_of_one_mark_nobody_learns_and_of_two_everybody_does_how_many(make, rated, as_person):
    browsers = [as_person(expert) for expert in rated.experts[:3]]
    staff = as_person(make.member(rated.seminar, Role.FACILITATOR))
    mark(browsers[0], rated)
    for browser in (*browsers, staff):
        assert "found this helpful" not in page(browser, rated)
    mark(browsers[1], rated)
    for browser in (*browsers, staff):
        assert "2 found this helpful" in page(browser, rated)


def test_her_own_reason_cannot_be_marked(engine, rated, as_person):
    answer = mark(as_person(rated.experts[4]), rated)
    assert (answer.status_code, marks(engine)) == (409, 0)


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.ORGANISER, Role.OBSERVER, Role.CLERK])
def test_only_experts_mark(engine, make, rated, as_person, role):
    assert mark(as_person(make.member(rated.seminar, role)), rated).status_code == 403
    assert marks(engine) == 0


def test_what_she_may_not_read_is_not_there_whether_she_guesses_it_or_not(engine, rated, as_person):
    with transaction(engine) as session:
        round_ = session.get_one(Round, rated.round_.id)
        mapping.hold_back(session, round_, "Q1", "W02", TEXT)
    browser = as_person(rated.experts[0])
    held, withheld = mark(browser, rated), mark(browser, rated, "Reason 1 of few.", code="W03")
    guessed, elsewhere = mark(browser, rated, "Nobody wrote this."), mark(browser, rated, code="W01")
    assert {one.status_code for one in (held, withheld, guessed, elsewhere)} == {404}
    assert held.text == guessed.text
    assert marks(engine) == 0


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"code": "W02"},
        {"code": "W02", "digest": "x"},
        {"code": "W" * 99, "digest": "0" * 64},
        {"code": "W02", "digest": "0" * 64, "helpful": "perhaps"},
        {"code": "W02", "digest": "0" * 64, "show": "everything"},
    ],
)
def test_what_is_no_mark_is_refused(rated, as_person, form):
    path = address(rated.seminar, rated.round_, "Q1", "/helpful")
    assert as_person(rated.experts[0]).post(path, data=form).status_code == 422


def test_a_mark_says_neither_when_nor_who_in_the_order_of_the_panel(engine, rated, as_person):
    for expert in rated.experts[:4]:
        mark(as_person(expert), rated)
    with transaction(engine, write=False) as session:
        rows = session.exec(select(HelpfulMark)).all()
    assert {one.digest for one in rows} == {fingerprint(TEXT)}
    assert set(HelpfulMark.model_fields) == {"id", "panellist_id", "question_id", "item_code", "digest"}
