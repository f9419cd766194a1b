"""An answer is saved as it is given: added to what was there, or refused and shown back."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from app import clock
from app.ballots import queries, service
from app.ballots.queries import Asking
from app.db import transaction
from app.errors import NotFound
from app.models import AnswerRevision, Round
from app.models.ballots import Progress
from app.models.rounds import RoundState
from app.policy import Role
from app.questions.answers import Answer, Entry
from app.rounds.lifecycle import RoundNotOpen, RoundOver
from tests.conftest import HTMX


def test_an_answer_is_in_force_once_saved(voter):
    voter.save("W01", OV=7, C1="cannot_say", rationale="It exists.")
    assert voter.in_force("W01") == Answer({"OV": 7, "C1": "cannot_say"}, "It exists.")
    assert voter.in_force("W02") == Answer()


def test_a_second_thought_appends_a_revision(voter):
    voter.save(OV=3)
    voter.save(OV=8)
    assert voter.history("OV") == [3, 8]
    assert voter.in_force().score("OV") == 8


def test_saving_the_same_again_changes_nothing(voter):
    voter.save(OV=3, rationale="Because")
    voter.save(OV=3, rationale="Because")
    voter.save(OV=3, rationale="Because", seen={})  # a retry whose first answer was lost on the way
    assert voter.history("OV") == [3]
    assert voter.history("rationale") == ["Because"]


def test_an_answer_can_be_taken_back_and_given_again(voter):
    voter.save(OV=3, rationale="Because")
    voter.save(OV=None, rationale="")
    assert voter.in_force() == Answer()
    voter.save(OV=3)
    assert voter.history("OV") == [3, None, 3]
    assert voter.history("rationale") == ["Because", None]


def test_an_abstention_is_an_answer_and_completes_a_card(voter):
    voter.save(OV="no_expertise", C1="prefer_not")
    assert voter.progress().complete == 1


def test_what_is_not_sent_stays_as_it_is(voter):
    voter.save(OV=3, C1=4, rationale="Because")
    voter.save(C1=5)
    assert voter.in_force() == Answer({"OV": 3, "C1": 5}, "Because")


def test_the_member_has_started_with_the_first_save_and_not_with_an_empty_one(voter):
    voter.save(rationale="")
    assert voter.participation() is None
    voter.save(OV=3)
    assert voter.participation().progress is Progress.STARTED
    assert voter.participation().submitted_at is None


@pytest.mark.parametrize(
    "state", [RoundState.DRAFT, RoundState.SCHEDULED, RoundState.CLOSED, RoundState.PUBLISHED]
)
def test_a_round_that_is_not_open_takes_no_answer(voter, state):
    move(voter, state=state)
    with pytest.raises(RoundNotOpen):
        voter.save(OV=3)
    assert voter.history("OV") == []


def test_a_round_whose_time_is_over_takes_no_answer_though_nobody_has_closed_it(voter):
    move(voter, closes_at=clock.now() - timedelta(seconds=1))
    with pytest.raises(RoundOver):
        voter.save(OV=3)


def move(voter, **fields):
    with transaction(voter.engine) as session:
        row = session.get_one(Round, voter.round.id)
        for name, value in fields.items():
            setattr(row, name, value)


# ---- through the web ----


def seen_in(html, code="W01"):
    found = re.search(rf'name="{code}.seen" form="ballot" value="([^"]*)"', html)
    assert found
    return found[1]


def test_a_script_gets_the_saved_line_and_no_control(desk, voter):
    fragment = desk.post(f"{voter.form}/W01", data={"W01.OV": "7", "W01.seen": ""}, headers=HTMX)
    assert fragment.status_code == 200
    assert re.search(r"Saved \d\d:\d\d", fragment.text)
    assert seen_in(fragment.text) == "OV:1,"
    assert 'type="radio"' not in fragment.text
    assert "<textarea" not in fragment.text
    assert "<html" not in fragment.text
    assert "0 of 3 complete" in fragment.text


def test_a_form_without_script_is_led_back_to_its_card(desk, voter):
    answer = desk.post(voter.form, data={"W01.OV": "7", "W02.OV": "cannot_say", "at": "W02"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{voter.path}#W02")
    assert voter.in_force("W01").score("OV") == 7
    assert voter.in_force("W02").abstention("OV") == "cannot_say"
    page = desk.get(voter.path).text
    assert re.search(r'name="W01.OV" value="7" form="ballot" checked', page)
    assert re.search(r'name="W02.OV" value="cannot_say" form="ballot" checked', page)


def test_the_whole_form_can_lead_on_to_the_review(desk, voter):
    answer = desk.post(voter.form, data={"W01.OV": "7", "then": "review"})
    assert answer.headers["location"] == f"{voter.path}/review"
    assert voter.history("OV") == [7]


def test_a_card_has_a_page_of_its_own(desk, voter):
    page = desk.get(f"{voter.form}/W02")
    assert page.status_code == 200
    assert 'name="W02.OV"' in page.text
    assert 'name="W01.OV"' not in page.text
    answer = desk.post(f"{voter.form}/W02", data={"W02.OV": "4"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{voter.form}/W02")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("W01.OV", "10", "from 1 to 9"),
        ("W01.OV", "7-8", "from 1 to 9"),
        ("W01.ZZ", "3", "does not ask for “ZZ”"),
        ("W99.OV", "3", "“W99” is not among what this round asks about"),
        ("W01.rationale", "word " * 3000, "shorten this to 4000 characters. It has 14999 now"),
    ],
)
def test_what_does_not_fit_is_said_and_the_rest_is_saved(desk, voter, field, value, words):
    fragment = desk.post(f"{voter.form}/W01", data={"W01.C1": "5", field: value}, headers=HTMX)
    assert fragment.status_code == 422
    assert words in fragment.text
    assert voter.in_force().judgements == {"C1": 5}

    page = desk.post(voter.form, data={"W02.C1": "5", field: value})
    assert page.status_code == 422
    assert words in page.text
    assert voter.in_force("W02").judgements == {"C1": 5}


def test_a_text_that_is_too_long_stays_in_its_field(desk, voter):
    text = "A reason & its <details>. " * 300
    page = desk.post(voter.form, data={"W01.rationale": text})
    assert page.status_code == 422
    assert text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in page.text
    assert voter.in_force().rationale == ""


def test_one_field_with_two_answers_is_refused(desk, voter):
    fragment = desk.post(
        f"{voter.form}/W01", content="W01.OV=3&W01.OV=8", headers=HTMX | {"Content-Type": FORM}
    )
    assert fragment.status_code == 422
    assert "Two different answers" in fragment.text
    assert voter.history("OV") == []


def test_pasted_and_mixed_scripts_are_kept_and_what_cannot_be_stored_is_left_out(desk, voter):
    text = "“Smart” quotes — سبب 原因 🌍\r\nsecond\x00 line"
    desk.post(f"{voter.form}/W01", data={"W01.rationale": text}, headers=HTMX)
    assert voter.in_force().rationale == "“Smart” quotes — سبب 原因 🌍\nsecond line"


FORM = "application/x-www-form-urlencoded"


def test_a_late_answer_is_refused_and_shown_back(desk, voter):
    voter.save("W01", OV=2)
    move(voter, closes_at=clock.now() - timedelta(seconds=1))
    typed = {"W01.OV": "9", "W02.rationale": "What I wrote <at> the last minute"}

    page = desk.post(voter.form, data=typed)
    assert page.status_code == 409
    assert "has passed" in page.text
    assert "What I wrote &lt;at&gt; the last minute" in page.text
    assert re.search(r"Overall support: <b>9</b>", page.text)

    fragment = desk.post(f"{voter.form}/W01", data=typed, headers=HTMX)
    assert fragment.status_code == 409
    assert "This was not saved" in fragment.text
    assert 'type="radio"' not in fragment.text
    assert voter.history("OV") == [2]


def test_after_closing_the_ballot_can_be_looked_at_and_not_changed(desk, voter):
    voter.save(OV=2)
    move(voter, state=RoundState.CLOSED)
    page = desk.get(voter.path)
    assert page.status_code == 200
    assert "takes no more answers" in page.text
    assert "hx-post" not in page.text
    assert "<fieldset" in page.text
    assert not re.search(r"<fieldset(?![^>]*disabled)", page.text)


@pytest.mark.parametrize("state", [RoundState.DRAFT, RoundState.SCHEDULED])
def test_a_ballot_is_not_shown_before_the_round_opens(desk, voter, state):
    move(voter, state=state)
    assert desk.get(voter.path).status_code == 409


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.ORGANISER, Role.OBSERVER])
def test_only_experts_have_a_ballot(make, as_person, voter, role):
    other = as_person(make.member(voter.seminar, role))
    assert other.get(voter.path).status_code == 403
    assert other.post(f"{voter.form}/W01", data={"W01.OV": "7"}, headers=HTMX).status_code == 403
    assert other.post(voter.form, data={"W01.OV": "7"}).status_code == 403


def test_a_stranger_learns_nothing(make, as_person, voter):
    stranger = as_person(make.person())
    assert stranger.get(voter.path).status_code == 404
    assert stranger.post(f"{voter.form}/W01", data={"W01.OV": "7"}).status_code == 404


@pytest.mark.parametrize("path", ["/W99", "/w01", "/W01%00", "/%F0%9F%8C%8D", "/W01/keep/again"])
def test_an_address_that_means_nothing_is_not_a_fault(desk, voter, path):
    for answer in (desk.get(voter.path + path), desk.post(voter.path + path, data={"W01.OV": "7"})):
        assert 400 <= answer.status_code < 500


def test_a_round_without_a_rating_has_no_ballot(make, desk, voter):
    empty = make.round(voter.seminar, state=RoundState.PUBLISHED)
    assert desk.get(f"/seminars/{voter.seminar.slug}/rounds/{empty.number}/ballot").status_code == 404


def test_another_expert_neither_sees_nor_changes_it(make, as_person, voter):
    voter.save(OV=7, rationale="Mine alone")
    other = as_person(make.expert(voter.seminar))
    assert "Mine alone" not in other.get(voter.path).text
    other.post(f"{voter.form}/W01", data={"W01.OV": "2"}, headers=HTMX)
    assert voter.history("OV") == [7]


def test_after_the_session_has_ended_the_form_is_kept_and_can_be_sent_again(desk, voter):
    cookie = desk.cookies.get("colloquy")
    desk.cookies.clear()
    typed = {"W01.OV": "7", "W01.rationale": 'A "quoted" & long reason that took ten minutes to write'}

    page = desk.post(voter.form, data=typed)
    assert page.status_code == 401
    assert "A &#34;quoted&#34; &amp; long reason" in page.text
    assert f'action="{voter.form}"' in page.text
    assert voter.history("OV") == []

    desk.cookies.set("colloquy", cookie)
    again = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
    assert again["W01.OV"] == "7"
    assert desk.post(voter.form, data=typed).status_code == 303

    desk.cookies.clear()
    assert desk.post(f"{voter.form}/W01", data=typed, headers=HTMX).status_code == 401


def test_opening_the_ballot_is_noted_by_a_post_and_never_by_a_get(desk, voter):
    desk.get(voter.path)
    assert voter.participation() is None
    assert desk.post(f"{voter.path}/opened", headers=HTMX).status_code == 204
    assert voter.participation().progress is Progress.OPENED
    voter.save(OV=3)
    desk.post(f"{voter.path}/opened", headers=HTMX)
    assert voter.participation().progress is Progress.STARTED


def test_nothing_of_an_answer_is_kept_beside_a_time_or_a_person(voter):
    voter.save(OV=3)
    with transaction(voter.engine) as session:
        row = session.exec(select(AnswerRevision)).one()
    assert set(row.model_dump()) == {
        "id", "ballot_id", "subject_id", "criterion", "revision", "score", "abstention", "kept",
    }  # fmt: skip


def test_what_was_read_before_the_round_opened_is_read_again(voter):
    voter.round.state = RoundState.DRAFT  # as it was when what it asks was read
    with transaction(voter.engine) as session:
        service.save(
            session,
            **voter.author | {"asked": Asking({})},
            question="Q1",
            entries={"W01": Entry({"OV": 7})},
            seen={},
        )
    assert voter.in_force("W01").score("OV") == 7


def test_what_was_read_of_an_open_round_holds(voter):
    with transaction(voter.engine) as session, pytest.raises(NotFound):
        service.save(
            session,
            **voter.author | {"asked": Asking({})},
            question="Q1",
            entries={"W01": Entry({"OV": 7})},
            seen={},
        )


def test_what_is_said_of_some_subjects_is_what_is_said_of_them_in_the_whole(voter):
    voter.save("W01", OV=7, rationale="It exists.")
    voter.save("W02", OV=3)
    with transaction(voter.engine, write=False) as session:
        asked = queries.asking(session, voter.round)
        assert asked is not None
        ballot = queries.find_ballot(session, round_=voter.round, panellist=voter.panellist)
        key = asked.parts["Q1"].subjects["W01"]
        whole, some = queries.given(session, ballot), queries.given(session, ballot, [key])
    assert some == {key: whole[key]}
    assert len(whole) == 2
