"""Subjects are carried forward from a known result into a draft, each with why it should be or not."""

import re

import pytest
from sqlmodel import col, select

from app.ballots import service as ballots
from app.db import transaction
from app.models import AuditEntry, Item, Question, Round, Subject
from app.models.registers import Kind
from app.models.rounds import FeedbackPolicy, RoundState
from app.policy import Role
from app.questions.answers import Entry
from app.results import service as results
from tests.ballots.test_second_round import BALLOTS
from tests.ballots.voting import Voter, settle


@pytest.fixture
def settled(make):
    """W01 is close, W02 apart, W03 in the middle; then a round that is still a draft."""
    settled = settle(make, BALLOTS)
    with transaction(make.engine) as session:
        now = session.get_one(Round, settled.now.id)
        now.state, now.previous_id, now.feedback = RoundState.DRAFT, None, FeedbackPolicy.NONE
        question = session.exec(select(Question).where(Question.round_id == now.id)).one()
        session.delete(question)
    return settled


@pytest.fixture
def desk(settled, make, as_person):
    return as_person(make.member(settled.seminar, Role.FACILITATOR))


@pytest.fixture
def path(settled):
    return f"/seminars/{settled.seminar.slug}/rounds/{settled.now.number}/carry"


def lines(page):
    """Of each subject whether it is ticked, and why."""
    found = re.findall(
        r'<input type="checkbox" name="Q\d" value="([^"]+)"( checked)?>.*?<span class="why">(.*?)</span>',
        page,
        re.DOTALL,
    )
    return {code: (bool(ticked), " ".join(why.split())) for code, ticked, why in found}


def asked(engine, round_):
    with transaction(engine, write=False) as session:
        rows = session.exec(
            select(Question, Item.code)
            .join(Subject, col(Subject.question_id) == col(Question.id))
            .join(Item, col(Item.id) == col(Subject.item_id))
            .where(Question.round_id == round_.id)
            .order_by(col(Subject.position))
        ).all()
        return {row[0].code: row[0] for row in rows}, [code for _question, code in rows]


def test_the_rule_proposes_what_is_not_settled_and_says_why(desk, path):
    said = lines(desk.get(path).text)
    assert said["W02"][0]
    assert "Not settled: its label is" in said["W02"][1]
    assert not said["W01"][0]
    assert "Settled" in said["W01"][1]


@pytest.mark.parametrize(("ticks", "codes"), [("all", {"W01", "W02", "W03"}), ("none", set())])
def test_all_or_none_can_be_ticked_without_script(desk, path, ticks, codes):
    said = lines(desk.get(f"{path}?ticks={ticks}").text)
    assert {code for code, (ticked, _why) in said.items() if ticked} == codes


def test_a_draft_that_asks_nothing_asks_the_same_once_more_about_what_was_ticked(desk, path, settled, make):
    form = {"source": "0", "feedback": "statistics", "Q1": ["W02", "W03"]}
    answer = desk.post(path, data=form)
    assert answer.status_code == 303
    assert answer.headers["location"].endswith("/design")
    questions, codes = asked(make.engine, settled.now)
    assert codes == ["W02", "W03"]
    assert questions["Q1"].type == "rate"
    assert questions["Q1"].settings["about"] == []
    with transaction(make.engine, write=False) as session:
        now = session.get_one(Round, settled.now.id)
        assert now.previous_id == settled.before.id
        assert now.feedback is FeedbackPolicy.STATISTICS


def test_what_was_carried_is_in_the_audit_as_a_number(desk, path, make):
    desk.post(path, data={"source": "0", "feedback": "rationales", "Q1": ["W02"]})
    with transaction(make.engine, write=False) as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.action == "design:round:carry")).one()
        assert entry.details == {"source": "R0", "count": 1}


def test_nothing_ticked_is_said_and_the_choice_of_feedback_stays(desk, path):
    answer = desk.post(path, data={"source": "0", "feedback": "none"})
    assert answer.status_code == 422
    assert "choose at least one" in answer.text
    assert re.search(r'value="none" checked', answer.text)


def test_what_is_no_subject_is_passed_over(desk, path):
    assert desk.post(path, data={"source": "0", "Q1": ["X99"], "Q9": ["W01"]}).status_code == 422


def test_a_question_that_is_there_takes_over_what_was_ticked(desk, path, make, settled):
    make.question(settled.now, settled.seminar, options=3)
    desk.post(path, data={"source": "0", "feedback": "rationales", "Q1": ["W03"]})
    questions, codes = asked(make.engine, settled.now)
    assert list(questions) == ["Q1"]
    assert codes == ["W03"]


def test_a_closed_round_carries_nothing_before_its_result_was_looked_at(desk, path, settled, make):
    with transaction(make.engine) as session:
        before = session.get_one(Round, settled.before.id)
        before.state, before.looked_at = RoundState.CLOSED, None
    assert "There is nothing to carry forward yet" in desk.get(path).text
    assert desk.post(path, data={"source": "0", "Q1": ["W01"]}).status_code == 409


def test_an_option_that_came_since_is_proposed_as_new(desk, path, settled, make):
    make.options(settled.seminar, 4)
    assert lines(desk.get(path).text)["W04"] == (True, "New: nobody has answered for it yet.")


def test_two_experts_with_new_reasons_open_again_what_was_settled(desk, path, settled, make):
    """They comment on it in a round after the one in which it was settled."""
    with transaction(make.engine) as session:
        session.get_one(Round, settled.now.id).number = 9
    commenting = make.round(settled.seminar, number=1, state=RoundState.OPEN)
    make.asks(commenting, "Q1", "comment", {}, make.items(settled.seminar, Kind.OPTION, 2))
    voters = [
        Voter.of(make.engine, make.settings, settled.seminar, commenting, voter.person)
        for voter in settled.voters[:5]
    ]
    for number, voter in enumerate(voters):
        against = {"against": f"New argument {number}."} if number < 2 else {"for": "It is good."}
        voter.say("W01", Entry(texts=against))
        with transaction(make.engine) as session:
            ballots.submit(session, **voter.author, blanks_meant=True)
    with transaction(make.engine) as session:
        results.close_round(session, make.settings, round_=commenting, by=None)
        results.publish_round(session, round_=commenting, by=None)
    said = lines(desk.get(path.replace("/1/", "/9/")).text)
    assert said["W01"][0]
    assert "new reasons against it" in said["W01"][1]


def test_experts_and_organisers_carry_nothing(path, settled, make, as_person):
    for person in (settled.voters[0].person, make.member(settled.seminar, Role.ORGANISER)):
        assert as_person(person).get(path).status_code == 403
        assert as_person(person).post(path, data={"source": "0", "Q1": ["W01"]}).status_code == 403


def test_an_open_round_receives_nothing(desk, path, settled, make):
    with transaction(make.engine) as session:
        session.get_one(Round, settled.now.id).state = RoundState.OPEN
    assert desk.get(path).status_code == 409
    assert desk.post(path, data={"source": "0", "Q1": ["W01"]}).status_code == 409


def test_into_an_order_goes_what_the_panel_is_in_favour_of(desk, path, settled, make):
    make.asks(settled.now, "Q1", "allocate", {"points": 100, "most": 2, "about": []}, [])
    said = lines(desk.get(path).text)
    assert said["W01"] == (True, "The panel rates it in the upper half of the scale.")
    assert said["W03"][0]
    desk.post(path, data={"source": "0", "feedback": "statistics", "Q1": ["W01", "W03"]})
    questions, codes = asked(make.engine, settled.now)
    assert (questions["Q1"].type, codes) == ("allocate", ["W01", "W03"])
