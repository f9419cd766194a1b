"""A round is opened: once, by a facilitator, when nothing is missing, and what it asks is then frozen."""

from datetime import timedelta

import pytest
from sqlmodel import col, delete, select

from app import audit, clock
from app.db import transaction
from app.errors import Conflict, Invalid
from app.models import AuditEntry, Item, ItemVersion, Question, Round, Seminar, Subject
from app.models.registers import ItemStatus
from app.models.rounds import FeedbackPolicy, RoundState
from app.models.seminars import SeminarStatus
from app.policy import Role
from app.rounds import lifecycle, queries, refusals, service
from app.rounds.checklist import checklist

LATER = "2098-06-01T18:00"


@pytest.fixture
def ready(make):
    """A draft from which nothing is missing, in its seminar."""
    seminar = make.seminar(timezone="Europe/Zurich")
    make.expert(seminar)
    return seminar, make.rating_round(seminar, state="draft")


def missing(engine, round_: Round) -> set[str]:
    with transaction(engine) as session:
        round_ = session.get_one(Round, round_.id)
        return {point.name for point in checklist(session, round_, round_.closes_at) if not point.done}


def asked(session, round_: Round, code: str) -> Question:
    question = queries.find_question(session, round_, code)
    assert question is not None
    return question


def test_opening_sets_round_and_seminar_going_and_locks_the_wording(engine, make, ready):
    seminar, round_ = ready
    facilitator = make.member(seminar, Role.FACILITATOR)

    with transaction(engine) as session:
        service.open_round(session, round_=round_, by=facilitator)

    with transaction(engine) as session:
        opened, home = session.get_one(Round, round_.id), session.get_one(Seminar, seminar.id)
        assert opened.state is RoundState.OPEN
        assert opened.opened_at is not None
        assert opened.closes_at == round_.closes_at
        assert home.status is SeminarStatus.RUNNING
        assert home.wording_locked_at is not None
        deeds = session.exec(select(AuditEntry).where(AuditEntry.actor_id == facilitator.id)).all()
        assert {deed.action for deed in deeds} == {"round:state:open", "seminar:wording:lock"}
        assert audit.first_fault(session) is None


def test_opening_freezes_the_wording_that_stands_in_the_register_then(engine, make, ready):
    _, round_ = ready
    with transaction(engine) as session:
        item = session.exec(select(Item).where(Item.code == "W02")).one()
        item.version = 2
        session.add(ItemVersion(item_id=item.id, number=2, title="Option 2, reworded"))

    with transaction(engine) as session:
        service.open_round(session, round_=round_, by=None)
        session.get_one(Item, item.id).version = 3
        session.add(ItemVersion(item_id=item.id, number=3, title="Option 2, reworded too late"))

    with transaction(engine) as session:
        frozen = session.exec(select(Subject.item_version).join(Item).where(Item.code == "W02")).one()
        assert frozen == 2


def test_a_later_rating_round_leaves_the_lock_of_the_first(engine, make, ready):
    seminar, _ = ready
    locked = clock.now() - timedelta(days=20)
    with transaction(engine) as session:
        session.get_one(Seminar, seminar.id).wording_locked_at = locked
    second = make.rating_round(seminar, state="draft")

    with transaction(engine) as session:
        service.open_round(session, round_=second, by=None)

    with transaction(engine) as session:
        assert session.get_one(Seminar, seminar.id).wording_locked_at == locked


def test_a_round_with_all_it_needs_has_nothing_missing(engine, ready):
    assert missing(engine, ready[1]) == set()


def test_a_round_that_asks_nothing_about_nothing_cannot_open(engine, make):
    seminar = make.seminar()
    empty = make.round(seminar)
    without_subjects = make.rating_round(seminar, options=0, state="draft")

    assert missing(engine, empty) == {"questions", "subjects", "panel"}
    assert missing(engine, without_subjects) == {"subjects", "panel"}


def test_a_rating_without_criteria_cannot_open(engine, ready):
    _, round_ = ready
    with transaction(engine) as session:
        question = session.exec(select(Question).where(Question.round_id == round_.id)).one()
        question.settings = {"criteria": [{"code": "unknown", "required": True}]}

    assert missing(engine, round_) == {"criteria"}


def test_a_mapping_with_all_it_needs_has_nothing_missing(engine, make):
    seminar = make.seminar()
    make.expert(seminar)

    assert missing(engine, make.mapping_round(seminar, state="draft")) == set()


@pytest.mark.parametrize(
    ("code", "changed", "point"),
    [
        ("Q1", {"criteria": [{"code": "LIK"}]}, "planes"),
        ("Q2", {"criteria": [{"code": "INF"}, {"code": "INT"}, {"code": "LIK"}]}, "planes"),
        ("Q3", {"elements": []}, "elements"),
        ("Q3", {"elements": ["E99"]}, "elements"),
        ("Q5", {"kinds": []}, "kinds"),
    ],
)
def test_each_type_of_question_has_needs_of_its_own(engine, make, code, changed, point):
    seminar = make.seminar()
    make.expert(seminar)
    round_ = make.mapping_round(seminar, state="draft")
    with transaction(engine) as session:
        question = asked(session, round_, code)
        question.settings = question.settings | changed

    assert missing(engine, round_) == {point}


@pytest.mark.parametrize("code", ["Q1", "Q3", "Q4"])
def test_all_but_proposals_must_be_about_something(engine, make, code):
    seminar = make.seminar()
    make.expert(seminar)
    round_ = make.mapping_round(seminar, state="draft")
    with transaction(engine) as session:
        question = asked(session, round_, code)
        session.exec(delete(Subject).where(col(Subject.question_id) == question.id))

    assert missing(engine, round_) == {"subjects"}


def test_opening_a_mapping_freezes_the_elements_that_stand_and_leaves_the_wording_rules_open(engine, make):
    seminar = make.seminar()
    make.expert(seminar)
    round_ = make.mapping_round(seminar, state="draft")
    with transaction(engine) as session:
        session.exec(select(Item).where(Item.code == "E02")).one().status = ItemStatus.WITHDRAWN

    with transaction(engine) as session:
        service.open_round(session, round_=round_, by=None)

    with transaction(engine) as session:
        assert asked(session, round_, "Q3").settings["elements"] == ["E01", "E03"]
        # no option is rated yet, so organizers may still change the rules by which ratings are worded
        assert session.get_one(Seminar, seminar.id).wording_locked_at is None


def test_an_option_that_was_withdrawn_since_keeps_the_round_from_opening(engine, ready):
    _, round_ = ready
    with transaction(engine) as session:
        session.exec(select(Item).where(Item.code == "W01")).one().status = ItemStatus.WITHDRAWN

    assert missing(engine, round_) == {"accepted"}


def test_a_round_that_shows_the_one_before_waits_for_its_result(engine, make, ready):
    seminar, _ = ready
    before = make.rating_round(seminar, state="closed")
    after = make.rating_round(seminar, state="draft", previous=before)
    independent = make.rating_round(seminar, state="draft", previous=before, feedback=FeedbackPolicy.NONE)

    assert missing(engine, after) == {"previous"}
    assert missing(engine, independent) == set()


def test_one_round_is_open_at_a_time(engine, make, ready):
    seminar, round_ = ready
    make.rating_round(seminar, state="open")

    assert missing(engine, round_) == {"alone"}


def test_an_incomplete_round_is_refused_by_the_service_too(engine, make):
    round_ = make.rating_round(make.seminar(), state="draft")

    with transaction(engine) as session, pytest.raises(refusals.NotReady):
        service.open_round(session, round_=round_, by=None)


def test_a_closing_time_in_the_past_is_refused_beside_its_field(engine, ready):
    _, round_ = ready
    past = clock.now() - timedelta(minutes=1)

    with transaction(engine) as session, pytest.raises(Invalid) as refusal:
        service.open_round(session, round_=round_, closes_at=past, by=None)

    assert isinstance(refusal.value.errors["closes_at"], refusals.ClosingPast)


@pytest.mark.parametrize("state", ["open", "closed", "published"])
def test_what_was_opened_once_is_not_opened_again(engine, make, state):
    seminar = make.seminar()
    make.expert(seminar)
    round_ = make.rating_round(seminar, state=state)

    with transaction(engine) as session, pytest.raises(Conflict):
        service.open_round(session, round_=round_, by=None)


# ---- through pages ----


def test_a_facilitator_confirms_and_opens(make, as_person, ready):
    seminar, round_ = ready
    facilitator = as_person(make.member(seminar, Role.FACILITATOR))
    url = f"/seminars/{seminar.slug}/rounds/{round_.number}"

    page = facilitator.get(f"{url}/open")
    assert page.status_code == 200
    for words in ("What will happen", "What cannot be undone", "frozen", "Closing time"):
        assert words in page.text

    answer = facilitator.post(f"{url}/open", data={"closes_at": LATER})
    assert (answer.status_code, answer.headers["location"]) == (303, url)
    shown = facilitator.get(url).text
    assert "1 Jun 2098, 18:00 Zurich (UTC+02:00)" in shown
    assert "16:00 UTC" in shown

    again = facilitator.post(f"{url}/open", data={"closes_at": LATER})
    assert again.status_code == 409
    assert f"Round R{round_.number} is open." in again.text


def test_looking_at_the_confirmation_opens_nothing(engine, make, as_person, ready):
    seminar, round_ = ready
    facilitator = as_person(make.member(seminar, Role.FACILITATOR))

    for _ in range(3):
        facilitator.get(f"/seminars/{seminar.slug}/rounds/{round_.number}/open")

    with transaction(engine) as session:
        assert session.get_one(Round, round_.id).state is RoundState.DRAFT


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("2020-01-01T10:00", "Please choose a time in the future."),
        ("", "Please fill this in."),
        ("next week", "This is not in the form expected here."),
        ("9999-12-31T23:59", "This is not in the form expected here."),
        ("2098-03-30T02:30", "The clocks go forward over this time on that day."),
    ],
)
def test_a_closing_time_that_does_not_fit_is_said_beside_its_field_and_kept(
    engine, make, as_person, ready, typed, says
):
    seminar, round_ = ready
    facilitator = as_person(make.member(seminar, Role.FACILITATOR))

    answer = facilitator.post(
        f"/seminars/{seminar.slug}/rounds/{round_.number}/open", data={"closes_at": typed}
    )

    assert answer.status_code == 422
    assert says in answer.text
    assert f'value="{typed}"' in answer.text
    assert 'href="#f-closes_at"' in answer.text
    with transaction(engine) as session:
        assert session.get_one(Round, round_.id).state is RoundState.DRAFT


def test_what_is_missing_is_named_and_there_is_nothing_to_press(make, as_person):
    seminar = make.seminar()
    round_ = make.round(seminar)
    facilitator = as_person(make.member(seminar, Role.FACILITATOR))
    url = f"/seminars/{seminar.slug}/rounds/{round_.number}"

    page = facilitator.get(f"{url}/open").text
    assert "The round asks at least one question." in page
    assert "At least one expert has joined." in page
    assert f'action="{url}/open"' not in page

    refused = facilitator.post(f"{url}/open", data={"closes_at": LATER})
    assert refused.status_code == 409


def test_a_round_is_closed_as_lifecycle_says(engine, make):
    """Each move of the table through its service, in order."""
    seminar = make.seminar()
    make.expert(seminar)
    round_ = make.rating_round(seminar, state="draft")

    with transaction(engine) as session:
        with pytest.raises(lifecycle.NotYetOpened):
            service.mark_closed(session, round_=round_, by=None)
        service.open_round(session, round_=round_, by=None)
        with pytest.raises(lifecycle.IsOpen):
            service.mark_published(session, round_=round_, by=None)
        service.mark_closed(session, round_=round_, by=None)
        with pytest.raises(lifecycle.IsClosed):
            service.mark_closed(session, round_=round_, by=None)
        service.mark_published(session, round_=round_, by=None)
        with pytest.raises(lifecycle.IsPublished):
            service.mark_published(session, round_=round_, by=None)

    with transaction(engine) as session:
        done = session.get_one(Round, round_.id)
        assert done.state is RoundState.PUBLISHED
        assert done.closed_at is not None
        assert done.published_at is not None
