"""A ballot with several questions: one overview, a page for each, one review, one seal."""

import re

import pytest

from app.ballots.service import NothingToSubmit
from app.db import transaction
from app.errors import NotFound
from app.models import Seal
from app.models.ballots import Progress
from app.models.rounds import RoundState
from app.policy import Role
from app.questions.answers import Answer, Entry
from tests.ballots.test_saving import move

PARTS = ("Q1", "Q2", "Q3", "Q4", "Q5")
NAMES = ("Threats", "Stakeholders", "Coverage of the mandate", "Gaps and Opportunities", "Proposals")


def said_everywhere(mapper):
    mapper.say("T01", Entry({"LIK": 4, "IMP": 2}, "It has occurred."), question="Q1")
    mapper.say("STK-02", Entry({"INF": 5, "INT": "cannot_say"}), question="Q2")
    mapper.say("FW-01", Entry({"E01": 2, "E01.sure": 3}, None, {"E01.source": "OP 2"}), question="Q3")
    mapper.say("G02", Entry(texts={"for": "True here.", "against": ""}), question="Q4")


def test_the_overview_names_the_parts_in_order_and_how_far_each_is(table, mapper):
    mapper.say("T01", Entry({"LIK": 4, "IMP": 2}), question="Q1")
    page = table.get(mapper.path).text
    assert re.findall(r'<h2><a href="([^"]+)">([^<]+)</a></h2>', page) == [
        (f"{mapper.path}/{code}", name) for code, name in zip(PARTS, NAMES, strict=True)
    ]
    assert "1 of 2 answered" in page
    assert "0 of 2 frameworks answered for" in page
    assert "0 of 4 commented on" in page
    assert "0 proposals submitted" in page


def test_it_has_one_button_to_begin_and_then_one_to_submit(table, mapper):
    def primary(page: str) -> list[tuple[str, str]]:
        return re.findall(r'<a class="button" href="([^"]+)">([^<]+)</a>', page)

    assert primary(table.get(mapper.path).text) == [(f"{mapper.path}/Q1", "Begin with: Threats")]
    mapper.say("G01", Entry(texts={"for": "So."}), question="Q4")
    assert primary(table.get(mapper.path).text) == [(f"{mapper.path}/review", "Review and submit")]


@pytest.mark.parametrize(("code", "name"), list(zip(PARTS, NAMES, strict=True)))
def test_each_part_has_a_page_of_its_own(table, mapper, code, name):
    page = table.get(f"{mapper.path}/{code}")
    assert page.status_code == 200
    assert f"<h1>{name}</h1>" in page.text
    assert f"Part {PARTS.index(code) + 1} of 5" in page.text


def test_every_part_saves_and_leads_to_the_next_and_the_last_to_the_review(table, mapper):
    leads = [table.post(f"{mapper.path}/{code}", data={"then": "next"}).headers["location"] for code in PARTS]
    assert leads == [*(f"{mapper.path}/{code}" for code in PARTS[1:]), f"{mapper.path}/review"]
    sent = {"T01.LIK": "5", "then": "next"}
    assert table.post(f"{mapper.path}/Q1", data=sent).status_code == 303
    assert mapper.in_force("T01", "Q1").score("LIK") == 5


def test_an_only_question_is_the_ballot(desk, voter):
    assert '<section class="option-card card"' in desk.get(voter.path).text
    assert '<section class="option-card card"' in desk.get(f"{voter.path}/Q1").text


@pytest.mark.parametrize("path", ["/Q9", "/q1", "/Q1/T99", "/Q2/T01", "/Q5/T01", "/Q1/T01/keep/x"])
def test_an_address_that_means_nothing_is_not_a_fault(table, mapper, path):
    for answer in (table.get(mapper.path + path), table.post(mapper.path + path, data={"T01.LIK": "3"})):
        assert answer.status_code in {404, 405}
    assert mapper.participation() is None


def test_a_subject_of_another_question_is_refused_there(table, mapper):
    page = table.post(f"{mapper.path}/Q1", data={"STK-01.INF": "3", "T01.LIK": "3"})
    assert page.status_code == 422
    assert "“STK-01” is not among what this round asks about" in page.text
    assert mapper.in_force("T01", "Q1").score("LIK") == 3
    assert mapper.in_force("STK-01", "Q2") == Answer()
    with pytest.raises(NotFound):
        mapper.say("STK-01", Entry({"INF": 3}), {}, question="Q1")


def test_all_parts_are_reviewed_on_one_page(table, mapper):
    said_everywhere(mapper)
    page = table.get(f"{mapper.path}/review").text
    for words in ("It has occurred.", "5 Point 5", "cannot say", "Fully", "Sure", "OP 2", "True here."):
        assert words in page
    assert page.count("You have answered nothing here.") == 1
    assert "I submit with" not in page


def test_what_was_said_in_all_parts_is_sealed_by_question(mapper):
    said_everywhere(mapper)
    content = mapper.submit().content["questions"]
    assert list(content) == list(PARTS)
    assert content["Q1"] == {
        "answers": {"T01": {"IMP": 2, "LIK": 4}},
        "rationales": {"T01": "It has occurred."},
    }
    assert content["Q2"]["answers"] == {"STK-02": {"INF": 5, "INT": "cannot_say"}}
    assert content["Q3"]["texts"] == {"FW-01": {"E01.source": "OP 2"}}
    assert content["Q4"]["texts"] == {"G02": {"for": "True here."}}
    assert content["Q5"] == {"proposals": []}


def test_nothing_is_required_and_nothing_at_all_cannot_be_submitted(table, mapper):
    with pytest.raises(NothingToSubmit):
        mapper.submit()
    mapper.say("T01", Entry(rationale="A reason without an answer"), question="Q1")
    with pytest.raises(NothingToSubmit):
        mapper.submit()
    mapper.say("T01", Entry({"LIK": 1}), question="Q1")
    answer = table.post(f"{mapper.path}/submit", data={})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{mapper.path}/receipt")
    assert mapper.participation().progress is Progress.SUBMITTED
    assert "A reason without an answer" in table.get(f"{mapper.path}/receipt").text


def test_a_change_in_any_part_waits_to_be_submitted_again(table, mapper):
    said_everywhere(mapper)
    mapper.submit()
    assert not mapper.progress().changed_since
    mapper.say("G02", Entry(texts={"against": "Not there."}), question="Q4")
    assert mapper.progress().changed_since
    for path in ("", "/Q1", "/Q3"):
        assert "You have changed your ballot since you submitted it." in table.get(mapper.path + path).text


def test_a_ballot_sealed_before_questions_were_named_counts_as_it_stands(desk, voter):
    voter.answer_all(7)
    seal = voter.submit()
    with transaction(voter.engine) as session:
        row = session.get_one(Seal, seal.id)
        row.content = row.content["questions"]["Q1"]
    assert not voter.progress().changed_since
    assert voter.submit().number == 1
    assert desk.get(f"{voter.path}/receipt").text.count('<b class="score">7</b>') == 6
    voter.save("W01", OV=2)
    assert voter.progress().changed_since


@pytest.mark.parametrize(
    ("part", "field", "value", "words"),
    [
        ("Q1", "T01.LIK", "4", "Likelihood: <b>4 Point 4</b>"),
        ("Q3", "FW-01.E01", "1", "E01 Element 1: <b>In part</b>"),
        ("Q3", "FW-01.E01.source", "OP <2>", "OP &lt;2&gt;</textarea>"),
        ("Q4", "G01.against", "Typed at the last minute", "Typed at the last minute</textarea>"),
    ],
)
def test_what_comes_too_late_is_shown_back_in_words(table, mapper, part, field, value, words):
    move(mapper, state=RoundState.CLOSED)
    code = field.partition(".")[0]
    for path in (part, f"{part}/{code}"):
        page = table.post(f"{mapper.path}/{path}", data={field: value})
        assert page.status_code == 409
        assert words in page.text
    assert mapper.participation() is None


def test_after_closing_every_part_can_be_looked_at_and_not_changed(table, mapper):
    said_everywhere(mapper)
    move(mapper, state=RoundState.CLOSED)
    for path in ("", *(f"/{code}" for code in PARTS), "/Q3/FW-01", "/review"):
        page = table.get(mapper.path + path)
        assert page.status_code == 200
        assert "hx-post" not in page.text
        fields = re.findall(r"<(?:select|textarea)[^>]*>", page.text.split("<main")[1].split("</main>")[0])
        assert all(" disabled" in field or ".sure" in field for field in fields)


def test_staff_preview_every_part_and_save_none(mapper, make, as_person):
    said_everywhere(mapper)
    staff = as_person(make.member(mapper.seminar, Role.FACILITATOR))
    preview = mapper.path.replace("/ballot", "/preview")
    for path in ("", *(f"/{code}" for code in PARTS)):
        page = staff.get(preview + path)
        assert page.status_code == 200
        assert "This is a preview" in page.text
        assert "hx-post" not in page.text
        assert '<form id="ballot"' not in page.text
        assert not re.search("It has occurred|OP 2|True here", page.text)
        places = re.findall(r'\sid="([^"]+)"', page.text)
        assert len(places) == len(set(places))
        assert as_person(mapper.person).get(preview + path).status_code == 403
    assert staff.get(f"{preview}/Q9").status_code == 404
