"""Weighing on the ballot: points, swings and pairs; what follows from them is said and keeps nobody."""

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.models import Person
from app.policy import Role
from app.questions import sealing
from app.questions.answers import Entry
from tests.ballots.voting import Voter
from tests.conftest import HTMX
from tests.factories import Make

Weigher = Callable[..., tuple[Voter, TestClient]]


@pytest.fixture
def weigher(make: Make, as_person: Callable[[Person], TestClient]) -> Weigher:
    def made(**settings: Any) -> tuple[Voter, TestClient]:
        seminar = make.seminar()
        round_ = make.pair_round(seminar, weigh=settings)
        voter = Voter.of(make.engine, make.settings, seminar, round_, make.expert(seminar))
        return voter, as_person(voter.person)

    return made


def points(**numbers: int | str) -> dict[str, str]:
    return {f"{code}.points": str(number) for code, number in numbers.items()}


def test_points_are_saved_before_they_are_a_hundred_and_submitted_when_they_are(weigher: Weigher):
    voter, desk = weigher()
    sheet = f"{voter.path}/Q2"
    saved = desk.post(sheet, data=points(C1=50, C2=30), headers=HTMX)
    assert saved.status_code == 200
    assert "The points add up to 80." in saved.text
    refused = desk.post(f"{voter.path}/submit", data={})
    assert refused.status_code == 422
    assert "The points add up to 80." in refused.text
    saved = desk.post(sheet, data=points(C3=20), headers=HTMX)
    assert "add up" not in saved.text
    assert "50.0 per cent" in saved.text
    answers = sealing.parts(voter.submit().content)["Q2"]["answers"]
    assert answers == {"C1": {"points": 50}, "C2": {"points": 30}, "C3": {"points": 20}}


def test_without_script_the_sheet_is_saved_and_shown_again(weigher: Weigher):
    voter, desk = weigher()
    sheet = f"{voter.path}/Q2"
    saved = desk.post(sheet, data=points(C1=60, C2=40) | {"C1.rationale": "It matters most."})
    assert saved.status_code == 303
    page = desk.get(sheet).text
    assert 'value="60"' in page
    assert "It matters most." in page
    assert "60.0 per cent" in page
    assert "What has no points weighs nothing." in page


def test_swings_are_explained_by_the_ends_of_their_scales(weigher: Weigher):
    voter, desk = weigher(method="swing")
    page = desk.get(f"{voter.path}/Q2").text
    assert "Clearly not → Clearly yes" in page
    assert "9 → 1" in page  # of cost, the less the better
    saved = desk.post(f"{voter.path}/Q2", data=points(C1=80, C2=40), headers=HTMX)
    assert "Please give 100 to the step that is worth most" in saved.text
    saved = desk.post(f"{voter.path}/Q2", data=points(C1=100, C2=60), headers=HTMX)
    assert "one is left" in saved.text
    saved = desk.post(f"{voter.path}/Q2", data=points(C3=40), headers=HTMX)
    assert "50.0 per cent" in saved.text


def test_pairs_that_fit_together_are_said_to_fit(weigher: Weigher):
    voter, desk = weigher(method="pairwise")
    saved = desk.post(f"{voter.path}/Q2", data={"C1.C2": "1", "C1.C3": "3"}, headers=HTMX)
    assert "Once the one pair that is left is judged" in saved.text
    saved = desk.post(f"{voter.path}/Q2", data={"C2.C3": "1"}, headers=HTMX)
    assert "Your judgements fit together (consistency ratio 0.00)." in saved.text
    assert "What fits least" not in saved.text
    assert "57.1 per cent" in saved.text


def test_pairs_that_contradict_each_other_are_named_and_submitted_all_the_same(weigher: Weigher):
    voter, desk = weigher(method="pairwise")
    saved = desk.post(f"{voter.path}/Q2", data={"C1.C2": "8", "C2.C3": "8", "C1.C3": "-8"}, headers=HTMX)
    assert "Some of your judgements do not fit together" in saved.text
    assert "What fits least: that" in saved.text
    assert "You may leave it so" in saved.text
    assert "Some of your judgements do not fit together" in desk.get(f"{voter.path}/Q2").text
    assert "C1 is 9 times as important: extremely more" in desk.get(f"{voter.path}/review").text
    assert desk.post(f"{voter.path}/submit", data={}).status_code == 303


def test_a_pair_is_taken_back(weigher: Weigher):
    voter, desk = weigher(method="pairwise")
    voter.say("C1", Entry({"C2": 3}), question="Q2")
    desk.post(f"{voter.path}/Q2", data={"C1.C2": "", "C1.seen": "C2:1,"}, headers=HTMX)
    assert voter.given("C1", "Q2").answer.judgements == {}


@pytest.mark.parametrize(
    ("method", "field", "value"),
    [
        ("points", "C1.points", "101"),
        ("points", "C1.points", "-3"),
        ("points", "C1.points", "NaN"),
        ("points", "C1.C2", "3"),
        ("points", "OV.points", "3"),
        ("swing", "C1.points", "1e2"),
        ("pairwise", "C1.C2", "9"),
        ("pairwise", "C2.C1", "1"),
        ("pairwise", "C1.OV", "1"),
        ("pairwise", "C1.points", "1"),
    ],
)
def test_a_hostile_value_is_refused_and_shown_back(weigher: Weigher, method: str, field: str, value: str):
    voter, desk = weigher(method=method)
    answered = desk.post(f"{voter.path}/Q2", data={field: value, "C3.rationale": "Kept."})
    assert answered.status_code == 422
    assert voter.given("C3", "Q2").answer.rationale == "Kept."
    assert voter.given("C1", "Q2").answer.judgements == {}


def test_each_way_has_its_preview_its_card_and_its_place_on_the_round_page(
    weigher: Weigher, make: Make, as_person: Callable[[Person], TestClient]
):
    for method in ("points", "swing", "pairwise"):
        voter, desk = weigher(method=method)
        base = voter.path.removesuffix("/ballot")
        organiser = as_person(make.member(voter.seminar, Role.ORGANISER))
        preview = organiser.get(f"{base}/preview/Q2")
        assert preview.status_code == 200
        assert "Effectiveness" in preview.text
        card = desk.get(f"{voter.path}/Q2/C1")
        assert card.status_code == 200
        page = organiser.get(base)
        assert page.status_code == 200
        assert "3 criteria" in page.text
        assert desk.get(f"{voter.path}/Q2").status_code == 200
        assert "Weights of the criteria" in desk.get(voter.path).text
