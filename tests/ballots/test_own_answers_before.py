"""Own answers of the round before stand beside every question with judgements, and are kept in one click."""

import re

import pytest
from sqlmodel import select

from app.ballots import service
from app.ballots.former import _closed_up
from app.ballots.service import NothingToKeep
from app.db import transaction
from app.models import Criterion, Item, ItemVersion, Round, Subject
from app.models.rounds import FeedbackPolicy, RoundState
from app.questions.answers import Answer, Entry
from app.registers import service as registers
from app.registers.drafts import Wording
from app.results import service as results
from app.rounds import subjects
from tests.ballots.voting import Voter
from tests.conftest import HTMX

AGAIN = {"feedback": FeedbackPolicy.STATISTICS}


@pytest.fixture
def again(make):
    """An expert who mapped in one round, before the same questions in the next."""
    seminar = make.seminar()
    before = make.mapping_round(seminar)
    person = make.expert(seminar)
    voter = Voter.of(make.engine, make.settings, seminar, before, person)
    voter.say("T01", Entry({"LIK": 4, "IMP": 2}, "Seen it."), question="Q1")
    voter.say("T02", Entry({"LIK": "cannot_say", "IMP": 5}), question="Q1")
    voter.say("FW-01", Entry({"E01": 2, "E01.sure": 3}, texts={"E01.source": "Article 5"}), question="Q3")
    voter.submit(blanks_meant=True)
    with transaction(make.engine) as session:
        results.close_round(session, make.settings, round_=before, by=None)
        session.get_one(Round, before.id).looked_at = session.get_one(Round, before.id).closed_at
        results.publish_round(session, round_=before, by=None)
    now = make.mapping_round(seminar, previous_id=before.id, **AGAIN)
    return Voter.of(make.engine, make.settings, seminar, now, person)


@pytest.fixture
def desk(again, as_person):
    return as_person(again.person)


def row(page, code):
    found = re.search(rf'<li class="place" id="{code}".*?</footer>', page, re.DOTALL)
    assert found
    return found[0]


def reword(voter, code, *, minor):
    set_round(voter, state=RoundState.DRAFT)
    with transaction(voter.engine) as session:
        item = session.exec(select(Item).where(Item.code == code)).one()
        version = session.exec(select(ItemVersion).where(ItemVersion.item_id == item.id)).one()
        wording = Wording(version.title, "Something else.", version.fields)
        registers.new_version(session, item=item, wording=wording, minor=minor)
        subjects.refresh(session, item=item)
    set_round(voter, state=RoundState.OPEN)


def set_round(voter, **fields):
    with transaction(voter.engine) as session:
        round_ = session.get_one(Round, voter.round.id)
        for name, value in fields.items():
            setattr(round_, name, value)


def keep_all(voter, question="Q1"):
    with transaction(voter.engine) as session:
        service.keep_all(session, **voter.author, question=question)


def test_what_one_placed_stands_beside_its_name_and_is_not_carried_over_by_itself(desk, again):
    place = row(desk.get(again.form).text, "T01")
    assert "You in R0:" in place
    assert "4 Point 4" in place
    assert "Seen it." in place
    assert "Keep my answer" in place
    assert again.in_force("T01") == Answer()


def test_a_point_is_kept_in_one_click_with_its_reason(desk, again):
    answer = desk.post(f"{again.form}/T01/keep", data={})
    assert answer.status_code == 303
    assert answer.headers["location"].endswith("#T01")
    assert again.in_force("T01") == Answer({"LIK": 4, "IMP": 2}, "Seen it.")
    assert "Kept" in row(desk.get(again.form).text, "T01")


def test_a_script_gets_the_row_and_the_plot_with_the_point(desk, again):
    answer = desk.post(f"{again.form}/T01/keep", data={}, headers=HTMX)
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<li class="place" id="T01"')
    assert "#plot-here" in answer.text
    assert "<circle" in answer.text


def test_grades_are_kept_with_how_sure_one_is_and_the_source(desk, again):
    page = desk.get(f"{again.path}/Q3/FW-01").text
    assert "You in R0:" in page
    assert desk.post(f"{again.path}/Q3/FW-01/keep", data={}).status_code == 303
    kept = again.in_force("FW-01", "Q3")
    assert kept.judgements == {"E01": 2, "E01.sure": 3}
    assert kept.texts == {"E01.source": "Article 5"}


def test_all_answers_to_a_question_are_kept_at_once_and_those_given_anew_stay(desk, again):
    again.save("T01", LIK=1, IMP=1)
    assert "Keep all my answers" in desk.get(again.form).text
    answer = desk.post(f"{again.form}/keep/all", data={"T02.rationale": "Written just now."})
    assert answer.status_code == 303
    assert again.in_force("T01").judgements == {"LIK": 1, "IMP": 1}
    assert again.in_force("T02") == Answer({"LIK": "cannot_say", "IMP": 5}, "Written just now.")
    assert "Keep all my answers" not in desk.get(again.form).text


def test_keeping_all_twice_changes_nothing(again):
    keep_all(again)
    history = again.history("LIK", "T01")
    keep_all(again)
    assert again.history("LIK", "T01") == history == [4]


def test_what_was_said_of_an_earlier_wording_is_told_and_not_kept(desk, again):
    reword(again, "T01", minor=False)
    page = desk.get(again.form).text
    assert "Given to an earlier wording" in row(page, "T01")
    assert "Keep my answer" not in row(page, "T01")
    keep_all(again)
    assert again.in_force("T01") == Answer()
    assert again.in_force("T02").judgements == {"LIK": "cannot_say", "IMP": 5}


def test_what_was_said_holds_for_a_wording_that_means_the_same(again):
    reword(again, "T01", minor=True)
    keep_all(again)
    assert again.in_force("T01").judgements == {"LIK": 4, "IMP": 2}


def test_a_round_that_shows_nothing_of_the_one_before_shows_no_own_answers_either(desk, again):
    set_round(again, feedback=FeedbackPolicy.NONE)
    page = desk.get(again.form).text
    assert "You in R0" not in page
    assert "Keep all my answers" not in page


def test_where_nothing_was_answered_there_is_nothing_to_keep(desk, again):
    assert "Keep all my answers" not in desk.get(f"{again.path}/Q2").text
    with pytest.raises(NothingToKeep):
        keep_all(again, "Q2")


def test_comments_are_written_anew(desk, again):
    assert "You in R0" not in desk.get(f"{again.path}/Q4").text
    assert desk.post(f"{again.path}/Q4/keep/all", data={}).status_code == 409


def test_nothing_is_kept_once_the_round_is_over(desk, again):
    set_round(again, state=RoundState.CLOSED)
    assert desk.post(f"{again.form}/keep/all", data={}).status_code == 409
    assert again.in_force("T01") == Answer()


@pytest.fixture
def ordered(make):
    """An expert who ranked, spent points and weighed criteria in one round, before the same in the next."""
    seminar = make.seminar()
    make.criteria(seminar)
    options = make.options(seminar, 4)
    person = make.expert(seminar)
    before = make.round(seminar, state=RoundState.OPEN)
    ask_in_order(make, seminar, before, options)
    voter = Voter.of(make.engine, make.settings, seminar, before, person)
    for code, place in (("W01", 1), ("W02", 2), ("W03", 2), ("W04", 4)):
        voter.say(code, Entry({"rank": place}), question="Q1")
    for code, points in (("W01", 60), ("W04", 40)):
        voter.say(code, Entry({"points": points}, f"Because of {code}."), question="Q2")
    for code, points in (("C1", 70), ("C2", 30)):
        voter.say(code, Entry({"points": points}), question="Q3")
    voter.submit(blanks_meant=True)
    with transaction(make.engine) as session:
        results.close_round(session, make.settings, round_=before, by=None)
        results.publish_round(session, round_=before, by=None)
    now = make.round(seminar, state=RoundState.OPEN, previous_id=before.id, **AGAIN)
    ask_in_order(make, seminar, now, [options[place] for place in (0, 2, 3)])
    return Voter.of(make.engine, make.settings, seminar, now, person)


def ask_in_order(make, seminar, round_, options):
    make.asks(round_, "Q1", "rank", {"ties": True, "unranked": True, "most": None}, options)
    make.asks(round_, "Q2", "allocate", {"points": 100, "most": None}, options)
    weighing = make.asks(round_, "Q3", "weigh", {"method": "points"}, [])
    with transaction(make.engine) as session:
        for position, code in enumerate(("C1", "C2"), 1):
            criterion = session.exec(
                select(Criterion).where(Criterion.seminar_id == seminar.id, Criterion.code == code)
            ).one()
            session.add(Subject(question_id=weighing.id, criterion_id=criterion.id, position=position))


def test_a_ranking_is_kept_as_a_whole_without_what_is_asked_no_more(ordered, as_person):
    desk = as_person(ordered.person)
    page = desk.get(f"{ordered.path}/Q1").text
    assert "Your answer in R0" in page
    assert "W02 is not asked about any more." in page
    ordered.say("W04", Entry({"rank": 1}), question="Q1")
    assert desk.post(f"{ordered.path}/Q1/keep/all", data={}).status_code == 303
    places = {code: ordered.in_force(code, "Q1").judgements["rank"] for code in ("W01", "W03", "W04")}
    assert places == {"W01": 1, "W03": 2, "W04": 3}


def test_an_allocation_is_kept_as_a_whole_and_takes_the_place_of_what_stands(ordered, as_person):
    ordered.say("W03", Entry({"points": 10}), question="Q2")
    keep_all(ordered, "Q2")
    assert ordered.in_force("W01", "Q2") == Answer({"points": 60}, "Because of W01.")
    assert ordered.in_force("W03", "Q2").judgements == {}
    assert ordered.in_force("W04", "Q2").judgements == {"points": 40}
    assert "Your answer in R0" in as_person(ordered.person).get(f"{ordered.path}/Q2").text


def test_weights_are_kept_as_a_whole(ordered, as_person):
    assert "Keep my answer" in as_person(ordered.person).get(f"{ordered.path}/Q3").text
    keep_all(ordered, "Q3")
    page = as_person(ordered.person).get(f"{ordered.path}/Q3").text
    assert "Keep my answer" not in page
    assert '<span class="badge good">Kept</span>' in page
    assert [ordered.in_force(code, "Q3").judgements for code in ("C1", "C2")] == [
        {"points": 70},
        {"points": 30},
    ]


def test_a_ranking_that_has_lost_some_closes_up():
    ranking = {"W01": Answer({"rank": 2}), "W02": Answer({"rank": 5}), "W03": Answer({"rank": 2})}
    places = {code: answer.judgements["rank"] for code, answer in _closed_up(ranking).items()}
    assert places == {"W01": 1, "W03": 1, "W02": 3}
