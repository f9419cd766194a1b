"""Comparing on the ballot: one pair after the other, and every one of them can be changed."""

import re
from collections.abc import Callable

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from app.db import transaction
from app.models import AnswerRevision, Person
from app.policy import Role
from app.questions import sealing
from app.questions.answers import Entry
from tests.ballots.voting import Voter
from tests.conftest import HTMX
from tests.factories import Make

PAIR = re.compile(r'id="choose-(\w+)" form="ballot" name="([^"]+)" value="([^"]*)"')


@pytest.fixture
def comparer(make: Make) -> Voter:
    seminar = make.seminar()
    return Voter.of(make.engine, make.settings, seminar, make.pair_round(seminar), make.expert(seminar))


@pytest.fixture
def desk(comparer: Voter, as_person: Callable[[Person], TestClient]) -> TestClient:
    return as_person(comparer.person)


def buttons(page: str) -> dict[str, tuple[str, str]]:
    """Name and value of each button that chooses, by what it says."""
    return {who: (name, value) for who, name, value in PAIR.findall(page)}


def test_a_choice_is_saved_and_leads_to_another_pair(comparer: Voter, desk: TestClient):
    page = desk.get(comparer.form).text
    first = buttons(page)
    name, value = first["first"]
    assert {value, first["second"][1]} == {"1", "-1"}
    answered = desk.post(comparer.form, data={name: value, "at": name})
    assert answered.status_code == 303
    assert answered.headers["location"] == f"{comparer.form}?last={name}#pair"
    page = desk.get(answered.headers["location"]).text
    assert "1 of 6 pairs compared" in page
    assert buttons(page)["first"][0] != name
    code, other = name.split(".")
    assert comparer.given(code).answer.judgements == {other: int(value)}


def test_every_pair_comes_once_until_there_are_no_more(comparer: Voter, desk: TestClient):
    asked: list[str] = []
    while choices := buttons(desk.get(comparer.form).text):
        name, value = choices[("first", "second", "equal", "cannot_say")[len(asked) % 4]]
        asked.append(name)
        assert desk.post(comparer.form, data={name: value}).status_code == 303
    assert sorted(asked) == ["W01.W02", "W01.W03", "W01.W04", "W02.W03", "W02.W04", "W03.W04"]
    page = desk.get(comparer.form).text
    assert "You have compared all 6 pairs that are asked for" in page
    assert page.count("<select") == 6


def test_the_question_may_ask_for_fewer_pairs(make: Make, as_person: Callable[[Person], TestClient]):
    seminar = make.seminar()
    round_ = make.pair_round(seminar, compare={"pairs": 2, "ties": False})
    voter = Voter.of(make.engine, make.settings, seminar, round_, make.expert(seminar))
    desk = as_person(voter.person)
    assert "equal" not in buttons(desk.get(voter.form).text)
    for _ in range(2):
        name, value = buttons(desk.get(voter.form).text)["first"]
        assert desk.post(voter.form, data={name: value}).status_code == 303
    assert buttons(desk.get(voter.form).text) == {}


def test_pairs_depend_on_nobody_else(make: Make, comparer: Voter, desk: TestClient):
    before = buttons(desk.get(comparer.form).text)
    other = Voter.of(
        make.engine, make.settings, comparer.seminar, comparer.round, make.expert(comparer.seminar)
    )
    for one, another in (("W01", "W02"), ("W01", "W03"), ("W02", "W04")):
        other.say(one, Entry({another: 1}))
    assert buttons(desk.get(comparer.form).text) == before


def test_a_pair_can_be_changed_and_taken_back_on_the_list(comparer: Voter, desk: TestClient):
    comparer.save("W01", W02=1, W03=-1)
    page = desk.get(comparer.form).text
    assert 'id="W01.W02" name="W01.W02"' in page
    seen = {"W01.seen": "W02:1,W03:1,"}
    saved = desk.post(f"{comparer.form}/W01", data=seen | {"W01.W02": "0", "W01.W03": ""}, headers=HTMX)
    assert saved.status_code == 200
    assert "1 of 6 pairs compared" in saved.text
    assert comparer.given("W01").answer.judgements == {"W02": 0}


def test_what_was_just_said_can_be_taken_back(comparer: Voter, desk: TestClient):
    comparer.save("W01", W02=1)
    page = desk.get(f"{comparer.form}?last=W01.W02").text
    assert "Take it back" in page
    assert 'name="W01.seen" value="W02:1,"' in page
    back = desk.post(comparer.form, data={"W01.W02": "", "W01.seen": "W02:1,"})
    assert back.status_code == 303
    assert comparer.given("W01").answer.judgements == {}


@pytest.mark.parametrize("last", ["W01.W03", "W99.W01", "<script>", "W01", "x" * 3000, ".", "W01.W02.W03"])
def test_an_address_that_names_no_answered_pair_says_nothing(comparer: Voter, desk: TestClient, last: str):
    comparer.save("W01", W02=1)
    page = desk.get(comparer.form, params={"last": last})
    assert page.status_code == 200
    assert "Saved:" not in page.text
    assert "<script>" not in page.text.split("<main", 1)[1].split("</main>")[0]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("W01.W02", "5"),
        ("W02.W01", "1"),
        ("W01.W01", "0"),
        ("W01.NONE", "1"),
        ("W01." + "x" * 500, "1"),
        ("W01.W02", "no_expertise"),
        ("W01.W02", "'; drop table ballot; --"),
    ],
)
def test_a_hostile_value_is_refused_and_what_fits_is_saved(
    comparer: Voter, desk: TestClient, field: str, value: str
):
    answered = desk.post(comparer.form, data={field: value, "W03.W04": "-1"})
    assert answered.status_code == 422
    assert comparer.given("W03").answer.judgements == {"W04": -1}
    assert desk.post(f"{comparer.form}/W01", data={field: value}, headers=HTMX).status_code in {200, 422}
    with transaction(comparer.engine, write=False) as session:
        assert session.exec(select(AnswerRevision.criterion)).all() == ["W04"]


def test_of_another_subject_a_card_saves_nothing(comparer: Voter, desk: TestClient):
    desk.post(f"{comparer.form}/W01", data={"W01.W02": "1", "W02.W03": "1"}, headers=HTMX)
    assert comparer.given("W01").answer.judgements == {"W02": 1}
    assert comparer.given("W02").answer.judgements == {}


def test_nowhere_else_than_on_the_ballot_leads_a_choice(comparer: Voter, desk: TestClient):
    for at in ("//evil.example", "W01.W99", "W01\r\nX: 1", "W99"):
        answered = desk.post(comparer.form, data={"W01.W02": "1", "at": at})
        assert answered.headers["location"] == comparer.form


def test_two_windows_do_not_overwrite_each_other(comparer: Voter, desk: TestClient):
    comparer.save("W01", W02=1)
    comparer.save("W01", W02=-1)
    answered = desk.post(comparer.form, data={"W01.W02": "0", "W01.seen": "W02:1,"})
    assert answered.status_code == 409
    assert "W02 before the other one" in answered.text
    assert comparer.given("W01").answer.judgements == {"W02": -1}


def test_pairs_and_reasons_are_reviewed_submitted_and_sealed(comparer: Voter, desk: TestClient):
    comparer.save("W01", W02=1, W03="cannot_say", rationale="It is cheaper.")
    page = desk.get(f"{comparer.path}/review").text
    assert "It is cheaper." in page
    assert "I cannot say" in page
    seal = comparer.submit()
    assert sealing.parts(seal.content)["Q1"] == {
        "answers": {"W01": {"W02": 1, "W03": "cannot_say"}},
        "rationales": {"W01": "It is cheaper."},
    }
    assert desk.get(f"{comparer.path}/receipt").status_code == 200


def test_the_page_of_one_subject_has_its_pairs_unfolded(comparer: Voter, desk: TestClient):
    comparer.save("W01", W02=1)
    page = desk.get(f"{comparer.form}/W01").text
    assert re.search(r'<details class="option-card card compared" id="W01" open', page)
    assert page.count("<select") == 1


def test_staff_see_a_pair_and_can_choose_none(make: Make, comparer: Voter, as_person):
    organiser = make.member(comparer.seminar, Role.ORGANISER)
    preview = as_person(organiser).get(f"{comparer.path.removesuffix('/ballot')}/preview/Q1")
    assert preview.status_code == 200
    assert preview.text.count("disabled") >= 4
    assert "hx-post" not in preview.text.split("<main", 1)[1]
