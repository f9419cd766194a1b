"""A later round shows one's own answer and the panel's on the same scale, and keeps one in one click."""

import re

import pytest

from app.ballots.service import NothingToKeep
from app.db import transaction
from app.models import Round
from app.models.rounds import FeedbackPolicy
from app.policy import Role
from app.questions.answers import Answer, Judgement
from tests.ballots.voting import settle
from tests.conftest import HTMX

# W01 close, W02 apart; the last of them stands alone, and left W03 out
BALLOTS: list[dict[str, dict[str, Judgement]]] = [
    {"W01": {"OV": 8, "C1": 7}, "W02": {"OV": score, "C1": 5}, "W03": {"OV": 6, "C1": 6}}
    for score in (2, 3, 3, 4, 6, 7, 7, 8, 8, 8, 9, 9)
]
BALLOTS.append({"W01": {"OV": 7, "C1": "cannot_say"}, "W02": {"OV": 1, "C1": 9}})


@pytest.fixture
def settled(make):
    return settle(make, BALLOTS)


@pytest.fixture
def voter(settled):
    return settled.voters[-1]


def section(page, code):
    found = re.search(rf'<section class="option-card card" id="{code}".*?</section>', page, re.DOTALL)
    assert found
    return found[0]


def criterion(page, name):
    found = re.search(rf'<fieldset[^>]* id="{re.escape(name)}".*?</fieldset>', page, re.DOTALL)
    assert found
    return found[0]


def test_nothing_is_carried_over_by_itself(voter):
    assert voter.in_force("W01") == Answer()
    assert voter.progress().complete == 0


def test_the_panel_and_the_own_answer_stand_over_the_scale_in_words_and_in_picture(desk, settled, voter):
    part = criterion(desk.get(voter.path).text, "W02.OV")
    assert "R0, 13 ratings: median 7, middle half 3 to 8." in part
    assert "Your 1 is outside the middle half." in part
    assert "Would you say why?" in part
    assert 'class="strip"' in part
    assert part.index('class="strip"') < part.index('type="radio"')


def test_an_answer_within_the_middle_half_is_not_flagged(settled, as_person):
    inside = settled.voters[5]
    part = criterion(as_person(inside.person).get(inside.path).text, "W02.OV")
    assert "You gave 7." in part
    assert "outside" not in part


def test_the_options_on_which_the_panel_was_close_come_last(desk, voter):
    page = desk.get(voter.path).text
    assert page.index('id="W02"') < page.index("Close already") < page.index('id="W01"')


def test_reasons_of_the_others_are_shown_in_an_order_of_the_readers_own(settled, as_person):
    def reasons(voter):
        return re.findall(
            r"<li[^>]*>(Why W02[^<]*)</li>", section(as_person(voter.person).get(voter.path).text, "W02")
        )

    first, second = reasons(settled.voters[0]), reasons(settled.voters[1])
    assert len(first) == len(second) == len(BALLOTS) - 1
    assert "Why W02, says number 0" not in first
    common = set(first) & set(second)
    assert [r for r in first if r in common] != [r for r in second if r in common]
    assert first == reasons(settled.voters[0])


def test_a_round_may_show_figures_without_reasons_or_nothing(desk, voter):
    set_feedback(voter, FeedbackPolicy.STATISTICS)
    page = desk.get(voter.path).text
    assert "13 ratings" in page
    assert "says number" not in page.replace("Why W01, says number 12", "").replace(
        "Why W02, says number 12", ""
    )
    set_feedback(voter, FeedbackPolicy.NONE)
    page = desk.get(voter.path).text
    assert "ratings: median" not in page
    assert "says number" not in page


def set_feedback(voter, policy):
    with transaction(voter.engine) as session:
        session.get_one(Round, voter.round.id).feedback = policy


def test_the_first_round_shows_nothing_of_anybody(desk, settled, make, as_person):
    voter = settled.voters[0]
    page = as_person(voter.person).get(voter.path.replace("/1/", "/0/")).text
    assert "ratings: median" not in page
    assert 'class="strip"' not in page


def test_keeping_copies_answer_and_reason_and_marks_them(voter):
    voter.keep("W01")
    assert voter.in_force("W01") == Answer({"OV": 7, "C1": "cannot_say"}, "Why W01, says number 12")
    assert voter.given("W01").is_kept
    assert voter.progress().complete == 1


def test_keeping_twice_changes_nothing(voter):
    voter.keep("W01")
    voter.keep("W01")
    assert voter.history("OV", "W01") == [7]


def test_what_is_changed_after_keeping_is_not_kept_any_more(voter):
    voter.keep("W01")
    voter.save("W01", OV=2)
    assert not voter.given("W01").is_kept
    voter.keep("W01")
    assert voter.history("OV", "W01") == [7, 2, 7]


def test_a_reason_written_in_this_round_is_not_replaced_by_the_former_one(voter):
    voter.save("W01", rationale="A new reason")
    voter.keep("W01")
    assert voter.in_force("W01").rationale == "A new reason"


def test_where_nothing_was_answered_there_is_nothing_to_keep(desk, voter):
    with pytest.raises(NothingToKeep):
        voter.keep("W03")
    assert "Keep my answer" not in section(desk.get(voter.path).text, "W03")
    assert desk.post(f"{voter.form}/W03/keep", data={}, headers=HTMX).status_code == 409


def test_a_script_gets_the_card_with_the_kept_answer_and_with_what_was_typed(desk, voter):
    sent = {"W02.rationale": "Typed just now", "W02.seen": "", "W01.OV": "99"}
    card = desk.post(f"{voter.form}/W02/keep", data=sent, headers=HTMX)
    assert card.status_code == 200
    assert re.search(r'name="W02.OV" value="1" form="ballot" checked', card.text)
    assert ">Typed just now</textarea>" in card.text
    assert ">Kept<" in card.text
    assert "1 of 3 complete" in card.text
    assert "<html" not in card.text


def test_without_script_keeping_saves_the_whole_form_first(desk, voter):
    answer = desk.post(f"{voter.form}/W02/keep", data={"W01.OV": "4", "W01.rationale": "Still typing"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{voter.path}#W02")
    assert voter.in_force("W01") == Answer({"OV": 4}, "Still typing")
    assert voter.in_force("W02").score("OV") == 1


def test_what_does_not_fit_is_told_before_anything_is_kept(desk, voter):
    sent = {"W02.rationale": "x" * 5000}
    assert desk.post(f"{voter.form}/W02/keep", data=sent, headers=HTMX).status_code == 422
    page = desk.post(f"{voter.form}/W02/keep", data=sent)
    assert page.status_code == 422
    assert "x" * 5000 in page.text
    assert voter.in_force("W02") == Answer()


def test_staff_preview_the_ballot_as_an_expert_sees_it_and_cannot_save(settled, voter, make, as_person):
    voter.save("W02", OV=3, rationale="Nobody else may see this")
    path = voter.path.replace("/ballot", "/preview")
    for role in (Role.FACILITATOR, Role.ORGANISER):
        staff = as_person(make.member(settled.seminar, role))
        page = staff.get(path)
        assert page.status_code == 200
        assert "13 ratings" in page.text
        assert "This is a preview" in page.text
        assert "Nobody else may see this" not in page.text
        assert "hx-post" not in page.text
        assert '<form id="ballot"' not in page.text
        assert staff.post(path, data={"W01.OV": "7"}).status_code == 405
        assert staff.post(f"{voter.form}/W01", data={"W01.OV": "7"}).status_code == 403
    assert as_person(voter.person).get(path).status_code == 403
    assert as_person(make.member(settled.seminar, Role.OBSERVER)).get(path).status_code == 403


def test_a_result_that_is_withheld_still_leaves_ones_own_answer_to_keep(make, as_person):
    few = settle(make, BALLOTS[:3])
    voter = few.voters[0]
    page = as_person(voter.person).get(voter.path).text
    assert "ratings: median" not in page
    assert "says number 1" not in page
    assert "Keep my answer" in section(page, "W02")
    voter.keep("W02")
    assert voter.in_force("W02").score("OV") == 2
