"""A vote again in the room: open for minutes, shown to all at once, and no outcome rests on it."""

import pytest
from sqlmodel import select

from app.bridge import service
from app.db import transaction
from app.models import AuditEntry, Membership, Message, Participation, Question, Round
from app.models.ballots import Progress
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


def begin(engine, seminar, round_, code="W01", reason=""):
    with transaction(engine) as session:
        question = session.exec(select(Question).where(Question.round_id == round_.id)).one()
        subject = next(one for one in rounds.subjects(session, question) if one.code == code)
        return service.start(session, question=question, subject=subject, minutes=5, by=None, reason=reason)


def end(engine, room):
    with transaction(engine) as session:
        service.finish(session, voting.SETTINGS, round_=session.get_one(Round, room.id), by=None)


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
    assert "Fewer than 5 of 6 experts have answered" in staff.get(screen).text
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


def test_the_count_grows_by_the_least_group_and_to_all_and_nothing_else_tells_more(
    engine, make, as_person, published
):
    seminar, round_ = published
    make.expert(seminar)
    room = begin(engine, seminar, round_)
    staff = as_person(make.member(seminar, Role.FACILITATOR))
    place = f"/seminars/{seminar.slug}/rounds/{room.number}"
    for count, told, said in (
        (4, 0, "Fewer than 5 of 7 experts"),
        (6, 5, "<strong>5</strong> or more of 7 experts"),
        (7, 7, "<strong>7</strong> experts have answered: that is everybody"),
    ):
        answer_as_members(engine, room, count)
        assert said in staff.get(f"{place}/screen").text
        with transaction(engine, write=False) as session:
            held = session.get_one(Round, room.id)
            shown = rounds.participation(session, held, seminar.min_group).whole
        assert shown.started == told
    assert staff.get(f"{place}/monitor").status_code == 404


def answer_as_members(engine, room, count):
    with transaction(engine) as session:
        experts = select(Membership).where(
            Membership.seminar_id == room.seminar_id, Membership.role == Role.EXPERT
        )
        there = set(
            session.exec(select(Participation.membership_id).where(Participation.round_id == room.id))
        )
        for member in [one for one in session.exec(experts) if one.id not in there][: count - len(there)]:
            session.add(Participation(membership_id=member.id, round_id=room.id, progress=Progress.STARTED))


def test_the_same_is_rated_again_only_with_a_reason_that_stands_in_the_log(
    engine, make, as_person, published
):
    seminar, round_ = published
    end(engine, begin(engine, seminar, round_))
    staff = as_person(make.member(seminar, Role.FACILITATOR))
    place = f"/seminars/{seminar.slug}/rounds/0/room/Q1/W01"
    assert "This was rated in the room before, in round R1." in staff.get(place).text
    assert "Please say why." in staff.post(place, data={"minutes": "5", "reason": " "}).text
    assert "rated in the room before" not in staff.get(place.replace("W01", "W02")).text
    anew = {"minutes": "5", "reason": "Customs told of its trial."}
    assert staff.post(place, data=anew).status_code == 303
    with transaction(engine, write=False) as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.action == "bridge:vote:again")).one()
        room = session.exec(select(Round).where(Round.number == 2)).one()
    assert entry.details == {"item": "W01", "reason": anew["reason"]}
    assert room.purpose == anew["reason"]


@pytest.mark.parametrize(
    ("second", "shown"),
    [
        ([3, 4, 4, 4, 4, 4, 4], False),
        ([4] * 7, False),
        ([5, 5, 5, 5, 4, 4, 4], True),
        ([4, 4, 4, 4, 4], False),
    ],
    ids=["one otherwise and one more", "one more", "five otherwise", "one less"],
)
def test_a_vote_held_again_is_shown_only_if_enough_answered_otherwise_and_to_nobody_else(
    engine, make, as_person, published, second, shown
):
    seminar, round_ = published
    make.expert(seminar)
    first = begin(engine, seminar, round_)
    voting.cast(engine, first, [{"W01": {"OV": 4}}] * 6)
    end(engine, first)
    again = begin(engine, seminar, round_, reason="Discussed anew.")
    voting.cast(engine, again, [{"W01": {"OV": score}} for score in second])
    end(engine, again)
    staff = as_person(make.member(seminar, Role.FACILITATOR))
    place = f"/seminars/{seminar.slug}/rounds/{again.number}"
    screen = staff.get(f"{place}/screen").text
    assert ("answered otherwise this time" not in screen) is shown
    assert ("In the room" in screen and "median" in screen) is shown
    with transaction(engine, write=False) as session:
        (question,) = rounds.questions(session, session.get_one(Round, again.id))
        for roles in ([Role.EXPERT], [Role.FACILITATOR], [Role.ORGANISER]):
            if shown:
                disclosure.released_of(session, question=question, roles=roles)
            else:
                with pytest.raises(disclosure.TooAlike):
                    disclosure.released_of(session, question=question, roles=roles)


def test_a_round_of_the_plan_has_no_screen_and_cannot_be_ended_by_it(make, as_person, published):
    seminar, round_ = published
    staff = as_person(make.member(seminar, Role.FACILITATOR))
    place = f"/seminars/{seminar.slug}/rounds/{round_.number}/screen"
    assert staff.get(place).status_code == 404
    assert staff.post(f"{place}/finish").status_code == 404
