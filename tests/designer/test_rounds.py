"""A round is begun, its rules are set while it is a draft, and a page says what goes when it is deleted."""

from datetime import UTC, datetime
from typing import Any

import pytest

from app.db import transaction
from app.designer import service
from app.designer.service import StillReferred
from app.errors import Conflict
from app.models import Round, Seminar
from app.models.rounds import FeedbackPolicy, Reveal, RoundState
from app.policy import Role
from app.rounds import queries as rounds

pytestmark = pytest.mark.database

SETTINGS = {
    "title": "Second look",
    "feedback": "none",
    "reveal": "publication",
    "quorum": "60",
    "reminders": "7, 2",
}


def test_a_round_is_begun_from_nothing(make, as_person, engine):
    seminar = make.seminar()
    browser = as_person(make.member(seminar, Role.FACILITATOR))
    place = f"/seminars/{seminar.slug}/rounds"

    assert f'href="{place}/new"' in browser.get(place).text
    answer = browser.post(f"{place}/new", data={"title": "First rating", "purpose": "To see."})

    assert answer.headers["location"] == f"{place}/1/design"
    page = browser.get(answer.headers["location"])
    assert "The round asks nothing yet" in page.text
    with transaction(engine) as session:
        (round_,) = rounds.plan(session, session.get_one(Seminar, seminar.id))
        assert (round_.number, round_.title, round_.state) == (1, "First rating", RoundState.DRAFT)


def test_a_round_needs_a_title_and_what_was_typed_beside_it_stays(desk):
    answer = desk.browser.post(
        f"/seminars/{desk.seminar.slug}/rounds/new", data={"title": " ", "purpose": "To be kept."}
    )

    assert answer.status_code == 422
    assert "To be kept." in answer.text


def test_rounds_are_numbered_one_after_the_other_or_as_one_wishes(desk, engine):
    with transaction(engine) as session:
        seminar = session.get_one(Seminar, desk.seminar.id)
        wishes = (None, 9, 9, 0)
        facts: dict[str, Any] = {"seminar": seminar, "by": None, "title": "Another"}
        numbers = [service.add_round(session, number=wish, **facts).number for wish in wishes]

    assert numbers == [2, 9, 10, 0]


def test_the_rules_of_a_round_are_set_in_the_time_of_the_seminar(desk, engine):
    with transaction(engine) as session:
        session.get_one(Seminar, desk.seminar.id).timezone = "Europe/Zurich"
    typed = SETTINGS | {
        "instructions": "Take your *time*.",
        "counts_saved": "on",
        "quorum": "75",
        "opens_at": "2027-01-11T09:00",
        "closes_at": "2027-07-11T18:00",
        "reminders": "3, 10 ,3",
        "seen": desk.seen("/settings"),
    }

    assert desk.post("/settings", **typed).status_code == 303

    round_ = desk.fresh()
    assert round_.title == "Second look"
    assert round_.opens_at == datetime(2027, 1, 11, 8, tzinfo=UTC)
    assert round_.closes_at == datetime(2027, 7, 11, 16, tzinfo=UTC)
    assert (round_.quorum_share, round_.counts_saved, round_.reminders) == (0.75, True, [10, 3])
    assert 'value="2027-01-11T09:00"' in desk.get("/settings").text


def test_a_round_shows_an_earlier_one_or_itself_in_real_time(desk, make):
    earlier = make.rating_round(desk.seminar, state="published")
    later = make.round(desk.seminar)
    desk.round_ = later
    seen = desk.seen("/settings")

    shown = SETTINGS | {"previous": str(earlier.number), "feedback": "rationales", "seen": seen}
    assert desk.post("/settings", **shown).status_code == 303
    round_ = desk.fresh()
    assert (round_.previous_id, round_.feedback) == (earlier.id, FeedbackPolicy.RATIONALES)

    live = SETTINGS | {"reveal": "own_answer", "feedback": "statistics", "seen": desk.seen("/settings")}
    assert desk.post("/settings", **live).status_code == 303
    round_ = desk.fresh()
    assert (round_.previous_id, round_.reveal) == (None, Reveal.OWN_ANSWER)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"title": ""}, "Please fill this in."),
        ({"title": "x" * 201}, "at most 200 characters"),
        ({"instructions": "x" * 8001}, "at most 8000 characters"),
        ({"feedback": "statistics"}, "Please choose the round of which this is shown."),
        ({"previous": "9"}, "Please choose a round before this one"),
        ({"reveal": "own_answer"}, "shows at least the figures"),
        ({"quorum": "0"}, "Please enter a number that is allowed here."),
        ({"quorum": "many"}, "Please enter a number."),
        ({"opens_at": "2027-01-02T10:00", "closes_at": "2027-01-02T10:00"}, "a time after the opening"),
        ({"opens_at": "soon"}, "not in the form expected"),
        ({"reminders": "seven"}, "Please write days as numbers"),
        ({"reminders": "1 2 3 4 5 6"}, "Please write days as numbers"),
        ({"reminders": "61"}, "Please write days as numbers"),
        ({"feedback": "everything"}, "not in the form expected"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_typed_is_lost(desk, typed, words):
    kept = {"purpose": "A purpose to be kept.", "seen": desk.seen("/settings")}

    answer = desk.post("/settings", **(SETTINGS | kept | typed))

    assert answer.status_code == 422
    assert words in answer.text
    assert "A purpose to be kept." in answer.text
    assert desk.fresh().title == "First rating"


def test_a_time_that_the_clocks_jump_over_is_refused(desk, engine):
    with transaction(engine) as session:
        session.get_one(Seminar, desk.seminar.id).timezone = "Europe/Zurich"

    typed = SETTINGS | {"opens_at": "2027-03-28T02:30", "seen": desk.seen("/settings")}

    assert "The clocks go forward over this time" in desk.post("/settings", **typed).text


def test_the_checklist_leads_to_where_what_is_missing_is_mended(desk):
    nothing = desk.get().text
    assert f'href="{desk.place}/questions/new"' in nothing

    question = desk.add("cards")
    desk.post(f"/questions/{question.code}/subjects", seen=desk.seen("/questions/Q1/subjects"), then="none")
    page = desk.get().text

    assert "It is not said yet what it is about." in page
    assert f'href="{desk.place}/questions/Q1/subjects"' in page
    assert f'href="{desk.place}/settings#f-closes_at"' in page


@pytest.mark.parametrize("state", ["scheduled", "open", "closed", "published"])
def test_a_round_that_is_no_draft_is_not_designed(desk, engine, state):
    desk.add("cards")
    with transaction(engine) as session:
        session.get_one(Round, desk.round_.id).state = RoundState(state)

    assert desk.get().status_code == 409
    assert desk.post("/questions/new", form="comment").status_code == 409
    assert desk.post("/questions/Q1/remove").status_code == 409
    assert desk.post("/settings", **SETTINGS).status_code == 409
    assert desk.post("/remove").status_code == 409
    assert desk.codes() == ["Q1"]
    with transaction(engine) as session, pytest.raises(Conflict):
        service.move_question(session, round_=desk.round_, code="Q1", to="up", by=None)


def test_a_draft_is_deleted_after_a_page_that_says_what_goes_with_it(desk, engine):
    desk.add("cards")
    page = desk.get("/remove").text

    assert "Its one question" in page
    assert desk.post("/remove").headers["location"] == f"/seminars/{desk.seminar.slug}/rounds"
    with transaction(engine) as session:
        assert rounds.plan(session, session.get_one(Seminar, desk.seminar.id)) == []


def test_a_round_on_which_another_rests_is_not_deleted(desk, make, engine):
    later = make.round(desk.seminar, previous_id=desk.round_.id)

    assert f"R{later.number}" in desk.get("/remove").text
    answer = desk.post("/remove")

    assert answer.status_code == 409
    with transaction(engine) as session, pytest.raises(StillReferred):
        service.remove_round(session, round_=desk.round_, by=None)


def test_only_a_facilitator_designs(desk, make, as_person):
    for role in (Role.ORGANISER, Role.EXPERT, Role.OBSERVER):
        browser = as_person(make.member(desk.seminar, role))
        assert browser.get(desk.place).status_code == 403
        assert browser.post(f"{desk.place}/questions/new", data={"form": "comment"}).status_code == 403
        assert "designer" not in browser.get(f"/seminars/{desk.seminar.slug}/rounds").text
    assert as_person(make.person()).get(desk.place).status_code == 404
    assert desk.codes() == []


def test_every_act_is_in_the_audit_log_without_what_was_written(desk, make, as_person):
    desk.add("cards")
    desk.post(
        "/questions/Q1",
        seen=desk.seen("/questions/Q1"),
        prompt="Words of mine",
        **{"criterion.OV": "everyone"},
    )
    desk.post("/settings", **SETTINGS, seen=desk.seen("/settings"))
    desk.post("/questions/Q1/remove")

    page = (
        as_person(make.member(desk.seminar, Role.ORGANISER)).get(f"/seminars/{desk.seminar.slug}/audit").text
    )

    for sentence in (
        "Round R1 was added to the plan.",
        "Question Q1 was added to round R1.",
        "Question Q1 of round R1 was changed.",
        "The settings of round R1 were changed.",
        "Question Q1 was removed from round R1.",
    ):
        assert sentence in page
    assert "Words of mine" not in page
