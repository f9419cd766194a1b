"""An open round shows what it shows of itself to who has answered, of what she has answered, and in steps."""

import pytest

from app.db import transaction
from app.models import Round
from app.models.rounds import FeedbackPolicy, Reveal
from app.policy import Role
from app.results import glimpses
from tests.conftest import HTMX
from tests.feedback.panel import address, saves, section, subjects, words

# half of them, drawn by chance, are shown, and the others held back
TEN = (6, *[7] * 9)


@pytest.fixture
def open_round(make):
    seminar = make.seminar()
    fields = {"reveal": Reveal.OWN_ANSWER, "feedback": FeedbackPolicy.RATIONALES}
    return seminar, make.rating_round(seminar, 2, **fields)


def renew(engine, make, round_):
    with transaction(engine) as session:
        glimpses.renew(session, make.settings, session.get_one(Round, round_.id))


def answered(make, seminar, round_, *scores):
    experts = [make.expert(seminar) for _ in scores]
    for place, (expert, score) in enumerate(zip(experts, scores, strict=True)):
        both = {code: {"OV": score, "C1": 5, "why": f"{code} {place}."} for code in ("W01", "W02")}
        saves(make, seminar, round_, expert, "Q1", both)
    return experts


def test_who_has_answered_sees_how_many_it_rests_on_and_that_it_moves_in_steps(
    engine, make, as_person, open_round
):
    seminar, round_ = open_round
    experts = answered(make, seminar, round_, *TEN)
    renew(engine, make, round_)
    answer = as_person(experts[0]).get(address(seminar, round_, "Q1", "/live"))
    assert answer.status_code == 200
    said = words(answer.text)
    assert "It rests on the answers of 5 experts." in said
    assert "renewed in steps" in said
    assert "R0, 5 ratings: median 7" in said
    assert "Your 6 is outside the middle half." in words(section(answer.text, "W01"))
    assert "Helpful" not in said


def test_she_sees_only_what_she_has_answered_herself(engine, make, as_person, open_round):
    seminar, round_ = open_round
    answered(make, seminar, round_, *TEN)
    half = make.expert(seminar)
    saves(make, seminar, round_, half, "Q1", {"W02": {"OV": 3, "C1": 3}})
    renew(engine, make, round_)
    page = as_person(half).get(address(seminar, round_, "Q1", "/live")).text
    assert subjects(page) == ["W02"]
    assert "W01" not in page


def test_who_has_not_answered_sees_nothing(engine, make, as_person, open_round):
    seminar, round_ = open_round
    answered(make, seminar, round_, *TEN)
    renew(engine, make, round_)
    answer = as_person(make.expert(seminar)).get(address(seminar, round_, "Q1", "/live"))
    assert answer.status_code == 409
    assert "median" not in answer.text
    assert "Answer this question first" in words(answer.text)


def test_of_too_few_it_is_said_that_they_are_too_few(engine, make, as_person, open_round):
    seminar, round_ = open_round
    experts = answered(make, seminar, round_, 6, 7, 7)
    renew(engine, make, round_)
    for headers in ({}, HTMX):
        answer = as_person(experts[0]).get(address(seminar, round_, "Q1", "/live"), headers=headers)
        assert answer.status_code == 200
        assert "once at least 10 experts have answered" in words(answer.text)
        assert "median" not in answer.text


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.ORGANISER, Role.OBSERVER, Role.CLERK])
def test_nobody_else_sees_it(engine, make, as_person, open_round, role):
    seminar, round_ = open_round
    answered(make, seminar, round_, *TEN)
    renew(engine, make, round_)
    person = make.member(seminar, role)
    assert as_person(person).get(address(seminar, round_, "Q1", "/live")).status_code == 403


def test_an_ordinary_round_shows_nothing_of_itself(engine, make, as_person):
    seminar = make.seminar()
    round_ = make.rating_round(seminar, 2)
    experts = answered(make, seminar, round_, *TEN)
    answer = as_person(experts[0]).get(address(seminar, round_, "Q1", "/live"))
    assert answer.status_code == 409
    assert "median" not in answer.text


def test_the_ballot_loads_it_only_after_the_answer(engine, make, as_person, open_round):
    seminar, round_ = open_round
    (expert, *_rest) = answered(make, seminar, round_, *TEN)
    ballot = f"/seminars/{seminar.slug}/rounds/{round_.number}/ballot"
    live = address(seminar, round_, "Q1", "/live")
    before, after = as_person(make.expert(seminar)).get(ballot).text, as_person(expert).get(ballot).text
    assert (live in before, after.count(live)) == (False, 2)  # loaded by a script, and as a plain link
    part = as_person(expert).get(live, headers=HTMX)
    assert "<html" not in part.text
