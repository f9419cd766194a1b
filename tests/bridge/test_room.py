"""A vote again in the room: open for minutes, shown to all at once, and no outcome rests on it."""

import pytest
from sqlmodel import select

from app.bridge import service
from app.db import transaction
from app.models import Message, Question, Round
from app.models.rounds import ROOM, RoundState
from app.policy import Role
from app.results import disclosure
from app.rounds import queries as rounds
from tests.results import voting


@pytest.fixture
def published(engine, make):
    seminar, round_ = voting.running(make, options=2, experts=6)
    voting.cast(engine, round_, [voting.alike(2, OV=4)] * 6)
    voting.close(engine, round_, publish=True)
    return seminar, round_


def begin(engine, seminar, round_, code="W01"):
    with transaction(engine) as session:
        question = session.exec(select(Question).where(Question.round_id == round_.id)).one()
        subject = next(one for one in rounds.subjects(session, question) if one.code == code)
        return service.start(session, question=question, subject=subject, minutes=5, by=None)


def test_it_is_a_round_of_one_subject_on_the_criterion_that_sums_up(engine, published):
    seminar, round_ = published
    room = begin(engine, seminar, round_)
    with transaction(engine, write=False) as session:
        held = session.get_one(Round, room.id)
        (asks,) = rounds.asks(session, held)
    assert (held.kind, held.state, held.counts_saved) == (ROOM, RoundState.OPEN, True)
    assert [subject.code for subject in asks.subjects] == ["W01"]
    assert [(criterion.code, required) for criterion, required in asks.criteria] == [("OV", True)]


def test_nobody_gets_a_mail_about_it(engine, published):
    room = begin(engine, *published)
    with transaction(engine) as session:
        service.finish(session, voting.SETTINGS, round_=session.get_one(Round, room.id), by=None)
        assert session.exec(select(Message).where(Message.round_id == room.id)).all() == []


def test_no_outcome_rests_on_it(engine, published):
    seminar, round_ = published
    room = begin(engine, seminar, round_)
    voting.cast(engine, room, [{"W01": {"OV": 9}}] * 6)
    with transaction(engine) as session:
        service.finish(session, voting.SETTINGS, round_=session.get_one(Round, room.id), by=None)
    with transaction(engine, write=False) as session:
        latest = disclosure.latest_released(session, seminar=seminar, roles=[Role.EXPERT])
    assert latest
    assert latest[0].id == round_.id


def test_another_round_may_not_be_open(engine, make, as_person, published):
    seminar, _ = published
    make.rating_round(seminar, 1)
    staff = as_person(make.member(seminar, Role.FACILITATOR))
    answer = staff.post(f"/seminars/{seminar.slug}/rounds/0/room/Q1/W01", data={"minutes": "5"})
    assert answer.status_code == 409
    with transaction(engine, write=False) as session:
        assert session.exec(select(Round).where(Round.kind == ROOM)).all() == []


@pytest.mark.parametrize("minutes", ["", "0", "61", "five"])
def test_for_how_long_is_said_beside_the_field(make, as_person, published, minutes):
    seminar, _ = published
    staff = as_person(make.member(seminar, Role.FACILITATOR))
    answer = staff.post(f"/seminars/{seminar.slug}/rounds/0/room/Q1/W01", data={"minutes": minutes})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text


def test_from_the_agenda_to_the_screen_and_its_result(engine, make, as_person, published):
    seminar, _ = published
    staff = as_person(make.member(seminar, Role.FACILITATOR))
    began = staff.post(f"/seminars/{seminar.slug}/rounds/0/room/Q1/W01", data={"minutes": "5"})
    screen = began.headers["location"]
    assert "of 6 experts have answered" in staff.get(screen).text
    with transaction(engine, write=False) as session:
        room = session.exec(select(Round).where(Round.kind == ROOM)).one()
    voting.cast(engine, room, [{"W01": {"OV": 9}}] * 6)
    assert staff.post(f"{screen}/finish").headers["location"] == screen
    shown = staff.get(screen)
    assert "In the room" in shown.text
    assert "Before, in round R0" in shown.text
    assert "6 ratings, median 9" in shown.text
    assert "6 ratings, median 4" in shown.text


def test_the_result_of_few_is_withheld_on_the_screen_too(engine, make, as_person, published):
    seminar, round_ = published
    room = begin(engine, seminar, round_)
    voting.cast(engine, room, [{"W01": {"OV": 9}}] * 4)
    staff = as_person(make.member(seminar, Role.FACILITATOR))
    screen = f"/seminars/{seminar.slug}/rounds/{room.number}/screen"
    assert staff.post(f"{screen}/finish").status_code == 303
    shown = staff.get(screen)
    assert "is withheld" in shown.text
    assert "median" not in shown.text


def test_a_round_of_the_plan_has_no_screen_and_cannot_be_ended_by_it(make, as_person, published):
    seminar, round_ = published
    staff = as_person(make.member(seminar, Role.FACILITATOR))
    place = f"/seminars/{seminar.slug}/rounds/{round_.number}/screen"
    assert staff.get(place).status_code == 404
    assert staff.post(f"{place}/finish").status_code == 404
