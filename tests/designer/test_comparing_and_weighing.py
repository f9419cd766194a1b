"""The forms of questions for pairs and for weights: what they hold, and what they refuse."""

import re

import pytest

from app.designer.types import FORMS


def test_pairs_are_limited_and_may_want_a_decision(desk):
    desk.add("compare")
    assert desk.question().settings["pairs"] is None
    page = desk.get("/questions/Q1")
    seen = hidden(page.text)
    saved = desk.post("/questions/Q1", **seen, prompt="Which?", pairs="12", rationale="Why?")
    assert saved.status_code == 303, saved.text
    settings = desk.question().settings
    assert (settings["pairs"], settings["ties"]) == (12, False)
    assert settings["rationale"] == {"prompt": "Why?"}


@pytest.mark.parametrize("pairs", ["0", "-3", "many", "1.5", "501", "1" * 50])
def test_a_number_of_pairs_that_is_none_is_refused(desk, pairs):
    desk.add("compare")
    page = desk.get("/questions/Q1")
    answer = desk.post("/questions/Q1", **hidden(page.text), prompt="Which?", pairs=pairs)
    assert answer.status_code == 422
    assert f'value="{pairs}"' in answer.text
    assert desk.question().settings["pairs"] is None


@pytest.mark.parametrize("method", ["points", "swing", "pairwise"])
def test_each_way_of_weighing_can_be_chosen(desk, method):
    desk.add("weigh")
    page = desk.get("/questions/Q1")
    assert 'value="points" checked' in page.text
    answer = desk.post("/questions/Q1", **hidden(page.text), prompt="How important?", method=method)
    assert answer.status_code == 303, answer.text
    assert desk.question().settings["method"] == method
    assert "abstentions" not in desk.question().settings


def test_no_other_way_of_weighing_can(desk):
    desk.add("weigh")
    page = desk.get("/questions/Q1")
    for method in ("", "ahp", "points'"):
        answer = desk.post("/questions/Q1", **hidden(page.text), prompt="How important?", method=method)
        assert answer.status_code == 422
        assert "Please choose how importance is told." in answer.text
    assert desk.question().settings["method"] == "points"


def test_weights_are_about_criteria_and_never_about_the_overall_one(desk):
    question = desk.add("weigh")
    assert FORMS["weigh"].subjects == "criteria"
    page = desk.get(f"/questions/{question.code}")
    assert page.status_code == 200


def test_the_criteria_that_are_weighed_are_chosen(desk, make):
    make.criteria(desk.seminar)
    desk.add("weigh")
    assert desk.about() == ["C1", "C2"]
    page = desk.get("/questions/Q1/subjects")
    assert page.status_code == 200
    assert "Overall support" not in page.text
    assert page.text.count(" checked") == 2
    for ticked in ([], ["C1"], ["C1", "OV"], ["NONE", "C2"]):
        answer = desk.post("/questions/Q1/subjects", **hidden(page.text), criterion=ticked)
        assert answer.status_code == 422
        assert "Please choose at least two criteria." in answer.text
    answer = desk.post("/questions/Q1/subjects", **hidden(page.text), criterion=["C2", "C1"])
    assert answer.status_code == 303
    assert desk.about() == ["C1", "C2"]


def test_two_who_choose_do_not_overwrite_each_other(desk, make):
    make.criteria(desk.seminar)
    desk.add("weigh")
    page = desk.get("/questions/Q1/subjects")
    assert desk.post("/questions/Q1/subjects", seen="old", criterion=["C1", "C2"]).status_code == 409
    assert desk.post("/questions/Q1/subjects", **hidden(page.text), criterion=["C1", "C2"]).status_code == 303


def test_nothing_is_chosen_for_a_question_that_is_about_nothing(desk):
    desk.add("propose")
    assert desk.get("/questions/Q1/subjects").status_code == 404
    assert desk.post("/questions/Q1/subjects", then="ticks", code="W01").status_code == 404


def hidden(page):
    """The hidden fields of the question's form, by name."""
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
