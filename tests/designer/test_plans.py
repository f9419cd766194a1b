"""Plans of rounds, shipped or one's own, are laid out as drafts, with criteria that lack and in its zone."""

import re
from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError
from sqlmodel import col, select

from app import i18n
from app.db import transaction
from app.designer import keeping, planning
from app.designer.library import BY_CODE
from app.designer.plans import Plan, shipped
from app.errors import Invalid, NotFound
from app.founding import service as founding
from app.models import AuditEntry, Blueprint, Criterion, Question, Round
from app.models.registers import Kind
from app.models.rounds import FeedbackPolicy, Reveal, RoundState
from app.policy import Role
from app.rounds import planes
from app.rounds import queries as rounds

NAMES = ["seminar", "rand-ucla", "delphi", "ranking", "real-time"]


@pytest.fixture
def blank(session, settings):
    """A seminar as it is founded without a template."""
    seminar = founding.found(
        session, settings, slug="blank", title="Blank", by=None, template=None, timezone="Asia/Beirut"
    )
    session.commit()
    return seminar


@pytest.fixture
def desk(blank, make, as_person):
    return as_person(make.member(blank, Role.FACILITATOR))


def laid(session, blank, name, **how):
    return planning.lay_out(session, seminar=blank, plan=shipped()[name], by=None, name=name, **how)


def codes(session, blank):
    return [one.code for one in rounds.criteria(session, blank)]


def test_five_plans_are_shipped_in_their_order():
    assert list(shipped()) == NAMES
    assert [len(plan.rounds) for plan in shipped().values()] == [5, 2, 3, 4, 1]


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_plan_says_for_whom_it_is_how_long_it_takes_what_it_brings_and_whence_it_comes(name):
    plan = shipped()[name]
    assert all((plan.summary, plan.for_whom, plan.takes, plan.brings, plan.source))
    for one in plan.rounds:
        assert all((one.purpose, one.instructions, one.product, one.questions))
        known = {planning.OVERALL, *BY_CODE, *planes.CODES}
        assert {code for asks in one.questions for code in asks.criteria} <= known


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_is_laid_out_as_drafts_that_ask_what_it_says(session, blank, name):
    made = laid(session, blank, name)
    plan = shipped()[name]
    assert [one.title for one in made] == [planned.title for planned in plan.rounds]
    assert {one.state for one in made} == {RoundState.DRAFT}
    for round_, planned in zip(made, plan.rounds, strict=True):
        asked = rounds.questions(session, round_)
        assert [one.type for one in asked] == [one.type for one in planned.questions]
        for question in asked:
            rounds.question_type(session, question)
            wanted = {one["code"] for one in question.settings.get("criteria", [])}
            assert wanted <= set(codes(session, blank))


def test_the_first_seminars_plan_counts_from_nought_and_builds_the_second_rating_on_the_first(session, blank):
    made = laid(session, blank, "seminar")
    assert [one.number for one in made] == [0, 1, 2, 3, 4]
    assert (made[3].previous_id, made[3].feedback) == (made[2].id, FeedbackPolicy.RATIONALES)
    assert (made[4].previous_id, made[4].feedback) == (made[3].id, FeedbackPolicy.STATISTICS)


def test_rounds_come_after_those_that_stand(session, blank):
    laid(session, blank, "delphi")
    assert [one.number for one in laid(session, blank, "rand-ucla")] == [4, 5]


def test_a_round_by_itself_builds_on_nothing_that_is_not_there(session, blank):
    (alone,) = laid(session, blank, "delphi", places=[2])
    assert (alone.number, alone.previous_id, alone.feedback) == (1, None, FeedbackPolicy.NONE)


def test_a_real_time_round_shows_itself_and_counts_what_is_saved(session, blank):
    (live,) = laid(session, blank, "real-time")
    assert (live.reveal, live.feedback) == (Reveal.OWN_ANSWER, FeedbackPolicy.RATIONALES)
    assert live.counts_saved


def test_times_are_those_of_the_seminars_zone(session, blank):
    made = laid(session, blank, "rand-ucla", first_day=date(2027, 3, 1))
    assert made[0].opens_at == datetime(2027, 3, 1, 7, 0, tzinfo=UTC)
    # summer time has begun in between
    assert made[1].opens_at == datetime(2027, 3, 29, 6, 0, tzinfo=UTC)
    assert made[1].closes_at == datetime(2027, 4, 11, 20, 59, tzinfo=UTC)


def test_the_first_chosen_round_begins_on_the_first_day(session, blank):
    (alone,) = laid(session, blank, "seminar", places=[4], first_day=date(2027, 1, 4))
    assert alone.opens_at == datetime(2027, 1, 4, 7, 0, tzinfo=UTC)


def test_criteria_that_lack_are_added_once_and_no_others(session, blank):
    before = codes(session, blank)
    laid(session, blank, "rand-ucla")
    laid(session, blank, "rand-ucla")
    assert codes(session, blank) == [*before, "APP"]


def test_a_criterion_that_means_the_same_is_used_and_one_that_does_not_keeps_its_code(session, blank):
    facts = {"seminar_id": blank.id, "position": 50}
    session.add(Criterion(code="X1", label="Effectiveness", low=1, high=9, **facts))
    session.add(Criterion(code="FEA", label="Something else", low=1, high=9, **facts))
    session.flush()
    made = laid(session, blank, "seminar", places=[2])
    (question,) = rounds.questions(session, made[0])
    asked = [one["code"] for one in question.settings["criteria"]]
    assert asked == ["OV", "X1", "FEA2"]


def test_a_plan_speaks_the_language_of_the_seminar(session, settings):
    seminar = founding.found(
        session, settings, slug="essai", title="Essai", by=None, template=None, language="fr"
    )
    made = laid(session, seminar, "delphi")
    say = i18n.catalogue("fr").gettext
    assert [one.title for one in made] == [say(planned.title) for planned in shipped()["delphi"].rounds]
    # nothing said is nothing, and not what a catalogue says of itself
    assert all("Content-Type" not in one.note + one.purpose for one in made)


def test_no_round_chosen_is_refused(session, blank):
    with pytest.raises(Invalid):
        laid(session, blank, "delphi", places=[])
    with pytest.raises(Invalid):
        laid(session, blank, "delphi", places=[17])


def test_a_plan_whose_round_builds_on_a_later_one_is_none():
    content = shipped()["rand-ucla"].model_dump(mode="json")
    content["rounds"][0]["builds_on"] = 1
    with pytest.raises(ValidationError):
        Plan.model_validate(content)


def test_a_blank_seminar_begins_with_its_plans(make, as_person, engine):
    founder = make.person(may_create_seminars=True)
    data = {"template": "", "title": "Sahel", "slug": "sahel", "language": "en", "timezone": "UTC"}
    answer = as_person(founder).post("/seminars/new", data=data)
    assert answer.headers["location"] == "/seminars/sahel/plans"
    page = as_person(founder).get("/seminars/sahel/plans")
    assert page.status_code == 200
    assert "Invite a facilitator" in page.text


@pytest.mark.parametrize("name", NAMES)
def test_the_page_of_a_plan_tells_its_rounds_minutes_and_days(desk, name):
    page = desk.get(f"/seminars/blank/plans/{name}?first_day=2027-02-01")
    assert page.status_code == 200
    assert "1 February 2027" in page.text
    assert len(re.findall(r'type="checkbox" name="round" value="\d" checked', page.text)) == len(
        shipped()[name].rounds
    )
    assert "minutes of an expert" in page.text


def test_of_a_plan_one_round_can_be_chosen(desk):
    page = desk.get("/seminars/blank/plans/delphi?round=1").text
    assert re.findall(r'name="round" value="(\d)" checked', page) == ["1"]


def test_a_day_that_is_none_is_told_and_the_choice_stays(desk):
    page = desk.get("/seminars/blank/plans/delphi?round=1&first_day=1066-10-14")
    assert page.status_code == 422
    assert re.findall(r'name="round" value="(\d)" checked', page.text) == ["1"]
    assert 'value="1066-10-14"' in page.text
    assert desk.post("/seminars/blank/plans/delphi", data={"first_day": "soon"}).status_code == 422


def test_applying_a_plan_leads_to_its_rounds_and_one_round_to_its_design(desk):
    answer = desk.post("/seminars/blank/plans/delphi", data={"round": ["0", "1", "2"], "first_day": ""})
    assert answer.headers["location"] == "/seminars/blank/rounds"
    answer = desk.post("/seminars/blank/plans/real-time", data={"round": "0"})
    assert answer.headers["location"] == "/seminars/blank/rounds/4/design"
    assert desk.get("/seminars/blank/rounds/4/design").status_code == 200


def test_a_plan_that_is_none_is_nowhere(desk):
    for name in ("nothing", "0" * 32, "00000000-0000-0000-0000-000000000000"):
        assert desk.get(f"/seminars/blank/plans/{name}").status_code == 404
    assert desk.get("/seminars/blank/plans/delphi/delete").status_code == 404


def keep(session, seminar, person, **how):
    return keeping.keep(session, seminar=seminar, person=person, **({"name": "Mine"} | how))


def test_what_is_kept_of_a_seminar_is_laid_out_in_another(session, settings, blank, make):
    person = make.person()
    laid(session, blank, "seminar", first_day=date(2027, 2, 1))
    laid(session, blank, "rand-ucla")
    kept = keeping.read(keep(session, blank, person))
    other = founding.found(session, settings, slug="other", title="Other", by=None, template=None)
    made = planning.lay_out(session, seminar=other, plan=kept, by=None)
    assert [one.number for one in made] == list(range(7))
    for mine, theirs in zip(rounds.plan(session, blank), made, strict=True):
        assert (mine.title, mine.kind, mine.instructions) == (theirs.title, theirs.kind, theirs.instructions)
        asked = [[(one.type, one.prompt) for one in rounds.questions(session, r)] for r in (mine, theirs)]
        assert asked[0] == asked[1]
    assert made[3].previous_id == made[2].id
    assert {"APP", "EFF", "FEA"} <= set(codes(session, other))


def test_nothing_of_items_is_kept(session, blank, make):
    person = make.person()
    session.commit()
    make.elements(blank)
    options = make.options(blank, 3)
    make.items(blank, Kind.FRAMEWORK, 2)
    made = laid(session, blank, "seminar")
    session.commit()
    blueprint = keep(session, blank, person)
    said = str(blueprint.content)
    for item in options:
        assert str(item.id) not in said
        assert item.code not in said
    assert "E01" not in said
    assert "FW-01" not in said
    assert rounds.questions(session, made[0])[2].settings["elements"] == ["E01", "E02", "E03"]


def test_one_round_is_kept_by_itself(session, blank, make):
    person = make.person()
    laid(session, blank, "delphi")
    blueprint = keep(session, blank, person, number=3)
    assert blueprint.scope == "round"
    (planned,) = keeping.read(blueprint).rounds
    assert (planned.title, planned.builds_on) == ("Second rating", None)


def test_a_kept_plan_is_its_owners_alone(session, blank, make):
    owner, other = make.person(), make.person()
    laid(session, blank, "delphi")
    blueprint = keep(session, blank, owner)
    assert keeping.find(session, person=owner, key=blueprint.id) is blueprint
    with pytest.raises(NotFound):
        keeping.find(session, person=other, key=blueprint.id)


def test_plans_are_kept_used_and_deleted_page_by_page(desk, engine):
    desk.post("/seminars/blank/plans/delphi", data={"round": ["0", "1"]})
    assert "All rounds, as a plan" in desk.get("/seminars/blank/plans/keep").text
    refused = desk.post("/seminars/blank/plans/keep", data={"name": " ", "summary": "What it is."})
    assert refused.status_code == 422
    assert "What it is." in refused.text
    answer = desk.post("/seminars/blank/plans/keep", data={"name": "Ours <b>", "summary": "For later."})
    place = answer.headers["location"]
    assert "Ours &lt;b&gt;" in desk.get(place).text
    assert "Ours &lt;b&gt;" in desk.get("/seminars/blank/plans").text
    assert desk.post(place, data={"round": ["0"]}).status_code == 303
    assert "Ours &lt;b&gt;" in desk.get(f"{place}/delete").text
    assert desk.post(f"{place}/delete").headers["location"] == "/seminars/blank/plans"
    assert desk.get(place).status_code == 404
    with transaction(engine, write=False) as session:
        assert session.exec(select(Blueprint)).all() == []
        numbers = session.exec(select(Round.number).order_by(col(Round.number))).all()
        assert list(numbers) == [1, 2, 3]


def test_an_act_on_plans_is_on_record_without_words_of_peoples_own(desk, engine):
    desk.post("/seminars/blank/plans/real-time", data={"round": "0"})
    place = desk.post("/seminars/blank/plans/keep", data={"name": "Secret name"}).headers["location"]
    desk.post(place, data={"round": "0"})
    with transaction(engine, write=False) as session:
        entries = session.exec(select(AuditEntry).where(col(AuditEntry.action).startswith("design:plan:")))
        acts = [(entry.action, entry.subject) for entry in entries]
        assert ("design:plan:apply", "real-time") in acts
        assert ("design:plan:apply", "own") in acts
        assert all(
            "Secret" not in str(entry.details) + entry.subject for entry in session.exec(select(AuditEntry))
        )


def test_organisers_look_and_facilitators_add(blank, make, as_person):
    organiser = as_person(make.member(blank, Role.ORGANISER))
    assert organiser.get("/seminars/blank/plans/delphi").status_code == 200
    assert organiser.post("/seminars/blank/plans/delphi", data={"round": "0"}).status_code == 403
    assert organiser.get("/seminars/blank/plans/keep").status_code == 403
    expert = as_person(make.expert(blank))
    assert expert.get("/seminars/blank/plans").status_code == 403


def test_the_questions_of_a_plan_wait_for_what_joins_the_registers(session, blank, make):
    made = laid(session, blank, "delphi")
    (question,) = rounds.questions(session, made[1])
    assert question.settings["about"] == ["option"]
    assert session.exec(select(Question).where(Question.round_id == made[1].id)).one() is question
