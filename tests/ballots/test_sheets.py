"""A sheet that saves itself as a whole: an order of subjects, and points spent on them."""

import re

import pytest

from app.ballots import service
from app.ballots.service import NotYetFit
from app.db import transaction
from app.models.ballots import Progress
from app.questions.answers import Answer, Entry
from tests.ballots.voting import Voter

pytestmark = pytest.mark.database
SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def voter(make):
    seminar = make.seminar()
    asked = {"abstentions": [{"value": "cannot_say", "label": "I cannot say"}], "most": 3}
    round_ = make.sheet_round(seminar, rank={"ties": False}, allocate=asked)
    return Voter.of(make.engine, make.settings, seminar, round_, make.expert(seminar))


@pytest.fixture
def rank_path(voter):
    return f"{voter.path}/Q1"


@pytest.fixture
def points_path(voter):
    return f"{voter.path}/Q2"


def rank(voter, **places: int | None):
    for code, place in places.items():
        voter.say(code, Entry({"rank": place}), question="Q1")


def give(voter, **points: int | None):
    for code, some in points.items():
        voter.say(code, Entry({"points": some}), question="Q2")


def fields_of(page: str) -> dict[str, str]:
    """What the fields of the form hold, as a browser would send them."""
    inputs = re.findall(r'<input [^>]*name="([^"]+)" form="ballot"[^>]*?value="([^"]*)"', page)
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" form="ballot" value="([^"]*)"', page)
    return dict(inputs) | dict(hidden)


def rows_of(page: str) -> list[str]:
    return re.findall(r'<li class="ranking-row" id="(W\d+)"', page)


def test_the_parts_are_named_by_what_is_asked(desk, voter):
    page = desk.get(voter.path).text
    assert "Ways forward: your order" in page
    assert "Ways forward: your points" in page
    assert "0 of 4 ranked" in page


def test_an_order_is_shown_from_the_first_place_on_and_what_is_not_ranked_apart(desk, voter, rank_path):
    rank(voter, W03=1, W01=2)
    page = desk.get(rank_path).text
    assert rows_of(page)[:2] == ["W03", "W01"]
    assert sorted(rows_of(page)[2:]) == ["W02", "W04"]
    assert page.index("Not ranked</h2>") > page.index('id="W01"')
    assert "2 of 4 ranked" in page


def test_without_script_the_numbers_and_a_button_are_enough(desk, voter, rank_path):
    sent = fields_of(desk.get(rank_path).text) | {"W02.rank": "1", "W04.rank": "2", "at": ""}
    answer = desk.post(rank_path, data=sent)
    assert (answer.status_code, answer.headers["location"]) == (303, rank_path)
    assert voter.in_force("W02", "Q1") == Answer({"rank": 1})
    assert voter.in_force("W01", "Q1").is_blank
    assert rows_of(desk.get(rank_path).text)[:2] == ["W02", "W04"]


def test_a_script_saves_the_whole_sheet_in_one_request_and_only_what_changed(desk, voter, rank_path):
    rank(voter, W01=1, W02=2)
    sent = fields_of(desk.get(rank_path).text) | {"W01.rank": "2", "W02.rank": "1"}
    answer = desk.post(rank_path, data=sent, headers=SCRIPT)
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "Saved" in answer.text
    assert "2 of 4 ranked" in answer.text
    assert fields_of(answer.text)["W01.seen"] == "rank:2,"
    assert voter.history("rank", "W01", "Q1") == [1, 2]
    again = desk.post(rank_path, data=sent | fields_of(answer.text), headers=SCRIPT)
    assert again.status_code == 200
    assert voter.history("rank", "W01", "Q1") == [1, 2]
    assert voter.history("rank", "W03", "Q1") == []


def test_what_does_not_fit_is_said_and_the_rest_is_saved(desk, voter, rank_path):
    sent = {"W01.rank": "1", "W02.rank": "second", "W03.rationale": "Cheap."}
    answer = desk.post(rank_path, data=sent, headers=SCRIPT)
    assert answer.status_code == 422
    assert "Not saved, W02, Place: Please give a place as a whole number" in answer.text
    assert voter.in_force("W01", "Q1").score("rank") == 1
    assert voter.in_force("W03", "Q1").rationale == "Cheap."
    page = desk.post(rank_path, data={"W02.rank": "second"})
    assert page.status_code == 422
    assert fields_of(page.text)["W02.rank"] == "second"
    assert 'aria-invalid="true"' in page.text


def test_two_windows_are_merged_and_nothing_is_overwritten_in_silence(desk, voter, rank_path):
    rank(voter, W01=1, W02=2)
    first = fields_of(desk.get(rank_path).text)
    assert desk.post(rank_path, data=first | {"W01.rank": "3", "W03.rank": "1"}).status_code == 303
    clash = desk.post(rank_path, data=first | {"W01.rank": "4", "W04.rank": "1"}, headers=SCRIPT)
    assert clash.status_code == 409
    assert "W01, Place: “3” there." in clash.text
    assert voter.in_force("W01", "Q1").score("rank") == 3
    assert voter.in_force("W04", "Q1").score("rank") == 1
    settled = first | {"W01.rank": "4", "W04.rank": "1", "seen": "W01.rank:2,"}
    assert desk.post(rank_path, data=settled).status_code == 303
    assert voter.in_force("W01", "Q1").score("rank") == 4
    assert voter.in_force("W03", "Q1").score("rank") == 1


def test_what_another_window_has_added_is_named(desk, voter, rank_path):
    rank(voter, W01=1)
    first = fields_of(desk.get(rank_path).text)
    rank(voter, W01=2)
    answer = desk.post(rank_path, data=first | {"W02.rank": "3"}, headers=SCRIPT)
    assert answer.status_code == 200
    assert "In another window you have changed W01 too" in answer.text


def test_points_that_do_not_add_up_are_saved_and_not_submitted(desk, voter, points_path):
    give(voter, W01=50, W02=40)
    words = "You have given 90 of 100 points. Please give exactly 100."
    page = desk.get(points_path).text
    assert words in page
    assert "<b data-given>90</b> / 100" in page
    assert "<b data-left>10</b>" in page
    review = desk.get(f"{voter.path}/review").text
    assert review.count(words) == 2
    assert f'href="{points_path}">Change it</a>' in review
    refused = desk.post(f"{voter.path}/submit", data={"blanks": "meant"})
    assert refused.status_code == 422
    assert 'role="alert"' in refused.text
    assert words in refused.text
    assert voter.participation().progress is Progress.STARTED
    assert voter.in_force("W02", "Q2").score("points") == 40
    with pytest.raises(NotYetFit) as refusal, transaction(voter.engine) as session:
        service.submit(session, **voter.author, blanks_meant=True)
    assert list(refusal.value.errors) == ["Q2"]


def test_once_they_add_up_they_are_submitted(desk, voter, points_path):
    give(voter, W01=50, W02=40)
    answer = desk.post(points_path, data={"W03.points": "10"}, headers=SCRIPT)
    assert '<div hx-swap-oob="outerHTML:#fit" id="fit"></div>' in answer.text
    assert desk.post(f"{voter.path}/submit", data={}).status_code == 303
    assert "Your order" not in desk.get(f"{voter.path}/receipt").text
    assert voter.participation().progress is Progress.SUBMITTED


def test_points_to_too_many_and_ties_where_there_are_none_are_said_while_one_answers(desk, voter, rank_path):
    tied = desk.post(rank_path, data={"W01.rank": "1", "W02.rank": "1"}, headers=SCRIPT)
    assert tied.status_code == 200
    assert "Two or more have the same place (1)." in tied.text
    give(voter, W01=25, W02=25, W03=25, W04=25)
    page = desk.get(f"{voter.path}/review").text
    assert "You have given points to 4. Please give them to 3 at most." in page
    assert "These parts have to be changed before you can submit" in page


def test_an_abstention_can_be_chosen_and_taken_back(desk, voter, points_path):
    assert desk.post(points_path, data={"W01.points": "", "W01.abstain": "cannot_say"}).status_code == 303
    assert voter.in_force("W01", "Q2").abstention("points") == "cannot_say"
    page = desk.get(points_path).text
    assert '<option value="cannot_say" selected>' in page
    assert "I cannot say" in desk.get(f"{voter.path}/review").text
    sent = {"W01.points": "", "W01.abstain": "", "W01.seen": "points:1,"}
    assert desk.post(points_path, data=sent).status_code == 303
    assert voter.in_force("W01", "Q2").is_blank


def test_one_subject_has_a_page_of_its_own(desk, voter, points_path):
    page = desk.get(f"{points_path}/W02").text
    assert rows_of(page) == ["W02"]
    assert desk.post(f"{points_path}/W02", data={"W02.points": "7"}).status_code == 303
    assert voter.in_force("W02", "Q2").score("points") == 7


def test_a_preview_can_be_tried_and_saves_nothing(make, voter, as_person):
    facilitator = as_person(make.member(voter.seminar, "facilitator"))
    for code in ("Q1", "Q2"):
        page = facilitator.get(f"/seminars/{voter.seminar.slug}/rounds/{voter.round.number}/preview/{code}")
        assert page.status_code == 200
        assert len(rows_of(page.text)) == 4
        assert "hx-post" not in page.text


@pytest.mark.parametrize(
    "sent",
    [
        {"W01.rank": "9" * 5000},
        {"W01.rank": "\x00"},
        {"W01.rank": "1", "seen": "W01.rank:999999999,"},
        {"seen": "rank:1,.:2,W01.rank:-1,"},
        {"W01.abstain": "cannot_say"},
        {"W01.rationale": "x" * 5000},
        {"W99.rank": "1"},
        {"W01.rank": ["1", "2"]},
        {"W01.points": "3"},
    ],
)
def test_whatever_is_sent_to_a_sheet_is_answered_and_changes_nothing_else(desk, voter, rank_path, sent):
    rank(voter, W02=1)
    for headers in ({}, SCRIPT):
        assert desk.post(rank_path, data=sent, headers=headers).status_code < 500
    assert voter.in_force("W02", "Q1").score("rank") == 1
