"""Questions are added, edited, ordered, duplicated and removed, each beside what an expert will see."""

from typing import Any

import pytest

from app.db import transaction
from app.designer import service
from app.designer.service import TooManyQuestions
from app.designer.types import FORMS
from app.models.registers import Kind
from app.rounds import queries as rounds

pytestmark = pytest.mark.database

CARDS = {"prompt": "How good is it?", "criterion.OV": "everyone", "abstention": ["cannot_say"]}


@pytest.mark.parametrize("form", FORMS)
def test_a_question_of_each_type_is_added_and_can_be_seen_as_an_expert_will_see_it(desk, form):
    question = desk.add(form)

    page = desk.get(f"/questions/{question.code}")
    assert page.status_code == 200
    assert question.prompt
    assert question.prompt in page.text
    preview = desk.browser.get(f"{desk.place.removesuffix('/design')}/preview/{question.code}")
    assert preview.status_code == 200
    assert question.prompt in preview.text
    assert desk.get().status_code == 200


def test_a_new_rating_is_about_all_ways_forward_and_what_joins_them(desk, make):
    desk.add("cards")

    assert desk.about() == ["W01", "W02", "W03"]
    assert desk.question().settings["about"] == ["option"]
    assert desk.question().settings["criteria"] == [{"code": "OV", "required": True}]


def test_what_is_asked_is_edited_and_stays_about_the_same(desk):
    desk.add("cards")

    answer = desk.post(
        "/questions/Q1",
        seen="",
        prompt="How good is it?",
        **{"criterion.OV": "everyone", "criterion.C2": "welcome", "abstention": ["cannot_say"]},
    )

    assert answer.status_code == 409  # a form that does not say what it was filled in upon has seen nothing
    seen = desk.seen("/questions/Q1")
    fields = CARDS | {"criterion.C2": "welcome", "seen": seen}
    assert desk.post("/questions/Q1", **fields).headers["location"].endswith("/design/questions/Q1")
    question = desk.question()
    assert question.prompt == "How good is it?"
    assert question.settings["criteria"] == [
        {"code": "OV", "required": True},
        {"code": "C2", "required": False},
    ]
    assert [one["value"] for one in question.settings["abstentions"]] == ["cannot_say"]
    assert question.settings["about"] == ["option"]
    assert desk.about() == ["W01", "W02", "W03"]


def test_criteria_keep_the_order_in_which_they_were_asked(desk, engine):
    desk.add("cards")
    with transaction(engine) as session:
        asked = [{"code": "C2", "required": True}, {"code": "OV", "required": True}]
        facts: dict[str, Any] = {"code": "Q1", "by": None, "prompt": "Rate.", "settings": {"criteria": asked}}
        service.save_question(session, round_=desk.round_, **facts)

    desk.post("/questions/Q1", seen=desk.seen("/questions/Q1"), **CARDS, **{"criterion.C2": "welcome"})

    assert [one["code"] for one in desk.question().settings["criteria"]] == ["C2", "OV"]


def test_what_does_not_fit_is_said_beside_its_field_and_nothing_typed_is_lost(desk):
    desk.add("cards")
    seen = desk.seen("/questions/Q1")

    answer = desk.post("/questions/Q1", seen=seen, prompt="", rationale="A question that is kept?")

    assert answer.status_code == 422
    assert "Please choose at least one criterion." in answer.text
    assert "Please fill this in." in answer.text
    assert "A question that is kept?" in answer.text
    assert desk.question().prompt


def test_a_plane_needs_two_different_sides(desk):
    desk.add("plane")
    seen = desk.seen("/questions/Q1")

    same = desk.post("/questions/Q1", seen=seen, prompt="Where?", across="LIK", upwards="LIK")
    none = desk.post("/questions/Q1", seen=seen, prompt="Where?", across="LIK", upwards="NOT")
    fine = desk.post("/questions/Q1", seen=seen, prompt="Where?", across="IMP", upwards="LIK", by_sector="on")

    assert (same.status_code, none.status_code, fine.status_code) == (422, 422, 303)
    settings = desk.question().settings
    assert [one["code"] for one in settings["criteria"]] == ["IMP", "LIK"]
    assert settings["by_sector"] is True
    assert settings["layout"] == "plane"


def test_coverage_is_asked_of_the_elements_that_are_ticked(desk):
    desk.add("cover")
    seen = desk.seen("/questions/Q1")

    assert desk.post("/questions/Q1", seen=seen, prompt="How far?").status_code == 422
    desk.post("/questions/Q1", seen=seen, prompt="How far?", element=["E03", "E01"])

    assert desk.question().settings["elements"] == ["E01", "E03"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"kind": ["gap", "option"], "limit": "3"}, {"kinds": ["gap", "option"], "limit": 3}),
        (
            {"kind": ["option"], "fewest": "60", "most": "120"},
            {"kinds": ["option"], "limit": None, "words": [60, 120]},
        ),
        ({"kind": []}, None),
        ({"kind": ["option"], "fewest": "60"}, None),
        ({"kind": ["option"], "fewest": "60", "most": "60"}, None),
        ({"kind": ["option"], "limit": "0"}, None),
        ({"kind": ["element"]}, None),
    ],
)
def test_proposals_are_asked_for_with_their_limits(desk, typed, kept):
    desk.add("propose")
    before = desk.question().settings

    answer = desk.post("/questions/Q1", seen=desk.seen("/questions/Q1"), prompt="What is missing?", **typed)

    assert answer.status_code == (303 if kept else 422)
    assert desk.question().settings == (kept | {"about": []} if kept else before)


def test_questions_change_places_and_the_ends_stay_where_they_are(desk):
    for form in ("cards", "comment", "propose"):
        desk.add(form)

    for code, to in (("Q3", "up"), ("Q1", "up"), ("Q2", "down")):
        desk.post(f"/questions/{code}/move", to=to)

    assert desk.codes() == ["Q1", "Q3", "Q2"]


def test_a_question_is_duplicated_right_after_it_with_all_that_it_is_about(desk):
    desk.add("cards")
    desk.add("propose")

    answer = desk.post("/questions/Q1/duplicate")

    assert answer.headers["location"].endswith("/questions/Q3")
    assert desk.codes() == ["Q1", "Q3", "Q2"]
    assert desk.about("Q3") == ["W01", "W02", "W03"]
    assert desk.question("Q3").settings == desk.question("Q1").settings


def test_a_question_is_removed_after_a_page_that_says_what_goes_with_it(desk):
    desk.add("cards")
    page = desk.get("/questions/Q1/remove")

    assert "3 subjects" in page.text
    assert desk.codes() == ["Q1"]
    desk.post("/questions/Q1/remove")

    assert desk.codes() == []
    assert desk.get("/questions/Q1").status_code == 404


def test_what_the_panel_is_told_of_its_length_follows_every_change(desk):
    assert desk.fresh().effort == ""
    desk.add("cards")
    some = desk.fresh().effort
    for _ in range(2):
        desk.add("propose")

    assert some == "About 5 minutes"
    assert desk.fresh().effort == "About 20 minutes"
    assert "An expert will need about 20 minutes." in desk.get().text


def test_beyond_half_an_hour_the_page_warns(desk):
    for _ in range(5):
        desk.add("propose")

    assert "Beyond half an hour" in desk.get().text


def test_a_round_holds_no_more_questions_than_one_sitting(desk, engine):
    with transaction(engine) as session:
        facts = {"round_": desk.round_, "by": None, "type_": "comment", "prompt": "Say.", "settings": {}}
        for _ in range(service.MOST_QUESTIONS):
            service.add_question(session, **facts, about=[Kind.OPTION])
        with pytest.raises(TooManyQuestions):
            service.add_question(session, **facts)

    assert desk.post("/questions/new", form="comment").status_code == 409
    assert len(desk.codes()) == service.MOST_QUESTIONS


def test_a_type_that_is_not_offered_is_refused_in_words(desk):
    answer = desk.post("/questions/new", form="lottery")

    assert answer.status_code == 422
    assert "Please choose a type of question." in answer.text


def test_a_plane_without_two_sides_is_not_shown_but_says_why(desk, engine):
    desk.add("plane")
    with transaction(engine) as session:
        facts: dict[str, Any] = {
            "code": "Q1",
            "by": None,
            "prompt": "Where?",
            "settings": {"layout": "plane", "criteria": []},
        }
        service.save_question(session, round_=desk.round_, **facts)

    preview = desk.browser.get(f"{desk.place.removesuffix('/design')}/preview/Q1")

    assert preview.status_code == 409
    assert "A plane needs two criteria" in desk.get().text


def test_the_preview_may_stand_beside_the_design_and_nothing_else_may(desk):
    desk.add("cards")
    desk.add("comment")
    place = desk.place.removesuffix("/design")
    framed = {"Sec-Fetch-Dest": "iframe"}

    for path in ("/preview", "/preview/Q1"):
        answer = desk.browser.get(place + path, headers=framed)
        assert answer.headers["x-frame-options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
        assert 'class="bar"' not in answer.text
        assert 'class="bar"' in desk.browser.get(place + path).text
    assert "frame-src 'self'" in desk.get().headers["content-security-policy"]
    assert "frame-ancestors 'none'" in desk.get().headers["content-security-policy"]
    other = desk.browser.get(place, headers=framed)
    assert other.headers["x-frame-options"] == "DENY"
    assert "frame-src" not in other.headers["content-security-policy"]


def test_without_a_script_there_is_a_link_to_the_preview(desk):
    desk.add("cards")

    page = desk.get("/questions/Q1").text

    assert "<iframe" not in page
    assert f'href="{desk.place.removesuffix("/design")}/preview/Q1"' in page


def test_what_is_asked_about_is_written_down_in_its_wording_of_today(desk, engine):
    desk.add("cards")
    with transaction(engine) as session:
        question = rounds.find_question(session, desk.round_, "Q1")
        assert question
        assert {subject.version for subject in rounds.subjects(session, question)} == {1}
