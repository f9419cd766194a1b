"""Criteria come from a library or are made; they change until experts are asked them, then a copy does."""

import pytest

from app.db import transaction
from app.designer import criteria
from app.designer.criterion_form import SCALES
from app.designer.library import GROUPS, LIBRARY
from app.models import Criterion, Round, Seminar
from app.models.rounds import RoundState
from app.rounds import queries as rounds

pytestmark = pytest.mark.database

TYPED = {
    "label": "Reach",
    "question": "How many does it reach?",
    "scale": "1-5",
    "anchor.1": "Few",
    "anchor.5": "  Nearly   all ",
    "anchor.9": "not on this scale",
    "direction": "cost",
    "weight": "12.5",
}


def place(desk):
    return f"/seminars/{desk.seminar.slug}/criteria"


def known(desk) -> dict[str, Criterion]:
    with transaction(desk.engine) as session:
        found = rounds.criteria(session, session.get_one(Seminar, desk.seminar.id))
        for one in found:
            session.expunge(one)
        return {one.code: one for one in found}


def save(desk, code, **fields):
    page = desk.browser.get(f"{place(desk)}/{code}").text
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    return desk.browser.post(f"{place(desk)}/{code}", data={"seen": seen} | fields)


@pytest.mark.parametrize("ready", LIBRARY, ids=lambda one: one.code)
def test_the_library_says_what_both_ends_of_each_scale_mean(ready):
    assert {ready.low, ready.high} <= ready.anchors.keys()
    assert all(ready.low <= point <= ready.high for point in ready.anchors)
    assert f"{ready.low}-{ready.high}" in SCALES
    assert ready.group in GROUPS


def test_one_from_the_library_is_added_under_a_free_code(desk):
    for _ in range(2):
        assert desk.browser.post(place(desk), data={"ready": "COST"}).status_code == 303

    found = known(desk)
    assert (found["COST"].label, found["COST"].benefit, found["COST"].high) == ("Cost", False, 9)
    assert found["COST2"].anchors["1"] == "Hardly any"
    assert desk.browser.post(place(desk), data={"ready": "NONE"}).status_code == 422


def test_one_is_made_with_its_points_in_words(desk):
    assert desk.browser.post(f"{place(desk)}/new", data=TYPED).status_code == 303

    made = known(desk)["C3"]
    assert (made.label, made.low, made.high, made.benefit, made.weight) == ("Reach", 1, 5, False, 12.5)
    assert made.anchors == {"1": "Few", "5": "Nearly all"}
    assert "Reach" in desk.browser.get(place(desk)).text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"label": ""}, "Please fill this in."),
        ({"label": "x" * 121}, "at most 120 characters"),
        ({"anchor.5": ""}, "Please say what the two ends of the scale mean."),
        ({"anchor.3": "x" * 121}, "at most 120 characters"),
        ({"scale": "1-100"}, "Please choose a scale."),
        ({"weight": "-1"}, "Please enter a number that is allowed here."),
        ({"weight": "nan"}, "not in the form expected"),
        ({"direction": "sideways"}, "not in the form expected"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_typed_is_lost(desk, typed, words):
    answer = desk.browser.post(f"{place(desk)}/new", data=TYPED | {"note": "To be kept."} | typed)

    assert answer.status_code == 422
    assert words in answer.text
    assert "To be kept." in answer.text
    assert "C3" not in known(desk)


def test_a_criterion_is_changed_while_only_drafts_ask_it(desk):
    desk.add("cards")

    assert save(desk, "C1", **TYPED).status_code == 303

    assert (known(desk)["C1"].label, known(desk)["C1"].high) == ("Reach", 5)


def test_the_overall_criterion_keeps_the_scale_on_which_the_wording_rests(desk):
    typed = TYPED | {"anchor.9": "All of them"}

    save(desk, "OV", **typed)

    overall = known(desk)["OV"]
    assert (overall.label, overall.low, overall.high, overall.overall) == ("Reach", 1, 9, True)


@pytest.mark.parametrize("state", ["scheduled", "open", "published"])
def test_what_experts_are_asked_stays_and_a_copy_is_changed(desk, state):
    desk.add("cards")
    with transaction(desk.engine) as session:
        session.get_one(Round, desk.round_.id).state = RoundState(state)

    page = desk.browser.get(f"{place(desk)}/OV").text
    refused = desk.browser.post(f"{place(desk)}/OV", data=TYPED | {"anchor.9": "All", "scale": "1-9"})
    copied = desk.browser.post(f"{place(desk)}/OV/copy")

    assert "copy it and ask the copy" in page
    assert refused.status_code == 409
    assert known(desk)["OV"].label == "Overall support"
    assert copied.headers["location"].endswith("/criteria/OV2")
    assert not known(desk)["OV2"].overall


def test_one_that_is_asked_is_not_removed_and_the_page_says_where(desk):
    desk.add("plane")

    page = desk.browser.get(f"{place(desk)}/LIK/remove").text

    assert "R1.Q1" in page
    assert desk.browser.post(f"{place(desk)}/LIK/remove").status_code == 409
    assert desk.browser.post(f"{place(desk)}/OV/remove").status_code == 409
    assert desk.browser.post(f"{place(desk)}/C2/remove").status_code == 303
    assert {"LIK", "OV"} <= known(desk).keys()
    assert "C2" not in known(desk)


def test_criteria_change_places(desk):
    desk.browser.post(f"{place(desk)}/C2/move", data={"to": "up"})
    desk.browser.post(f"{place(desk)}/OV/move", data={"to": "up"})

    assert list(known(desk))[:3] == ["OV", "C2", "C1"]


def test_there_is_an_end_to_criteria(desk):
    with transaction(desk.engine) as session:
        seminar = session.get_one(Seminar, desk.seminar.id)
        while len(rounds.criteria(session, seminar)) < criteria.MOST:
            criteria.add(session, seminar=seminar, by=None, label="One more")

    assert desk.browser.post(place(desk), data={"ready": "COST"}).status_code == 409
