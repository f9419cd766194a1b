"""A round is scheduled, opens and closes by itself at its hours, and says why where it could not."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlmodel import select

from app import clock
from app.db import transaction
from app.errors import Conflict, Invalid
from app.models import AuditEntry, Message, Result, Round
from app.models.rounds import RoundState
from app.policy import Role
from app.results import service as results
from app.rounds import chronicle, lifecycle, queries, refusals, service

DAY = timedelta(days=1)


@pytest.fixture
def draft(make):
    seminar = make.seminar()
    make.expert(seminar)
    make.member(seminar, Role.FACILITATOR)
    return make.rating_round(seminar, state="draft")


def scheduled(engine, round_, opens_in=DAY, lasts=7 * DAY):
    opens_at = clock.now() + opens_in
    with transaction(engine) as session:
        return service.schedule_round(
            session, round_=round_, opens_at=opens_at, closes_at=opens_at + lasts, by=None
        )


def state_of(engine, round_):
    with transaction(engine, write=False) as session:
        return session.get_one(Round, round_.id).state


def all_due(engine):
    with transaction(engine) as session:
        return service.due(session)


def opened(engine, round_):
    with transaction(engine) as session:
        return service.open_due(session, round_.id)


def closed(engine, settings, round_):
    with transaction(engine) as session:
        return results.close_due(session, settings, round_.id)


def test_a_scheduled_round_opens_and_closes_by_itself_at_its_hours_and_not_before(engine, settings, draft):
    round_ = scheduled(engine, draft)

    with clock.standing_at(round_.opens_at - timedelta(seconds=1)):
        assert all_due(engine) == []
        assert not opened(engine, round_)
        assert state_of(engine, round_) is RoundState.SCHEDULED
    with clock.standing_at(round_.opens_at):
        assert all_due(engine) == [service.Due(round_.id, "open")]
        assert opened(engine, round_)
        assert all_due(engine) == []
    assert state_of(engine, round_) is RoundState.OPEN
    with clock.standing_at(round_.closes_at - timedelta(seconds=1)):
        assert all_due(engine) == []
        assert not closed(engine, settings, round_)
    with clock.standing_at(round_.closes_at):
        assert all_due(engine) == [service.Due(round_.id, "close")]
        assert closed(engine, settings, round_)
        assert all_due(engine) == []
    assert state_of(engine, round_) is RoundState.CLOSED


def test_what_is_done_again_changes_nothing(engine, settings, draft):
    round_ = scheduled(engine, draft)

    with clock.standing_at(round_.opens_at):
        assert opened(engine, round_)
        assert not opened(engine, round_)
    with clock.standing_at(round_.closes_at):
        assert closed(engine, settings, round_)
        assert not closed(engine, settings, round_)
        assert not opened(engine, round_)

    with transaction(engine) as session:
        assert len(session.exec(select(Result)).all()) == 1
        actions = session.exec(select(AuditEntry.action)).all()
        assert actions.count("round:state:open") == actions.count("round:state:close") == 1


def test_of_many_who_close_at_once_one_counts(engine, settings, make):
    seminar = make.seminar()
    make.expert(seminar)
    round_ = make.rating_round(seminar)
    together, outcomes = Barrier(4), []

    def close():
        together.wait(30)
        with clock.standing_at(round_.closes_at):
            outcomes.append(closed(engine, settings, round_))

    threads = [Thread(target=close, daemon=True) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert sorted(outcomes) == [False, False, False, True]
    with transaction(engine) as session:
        assert len(session.exec(select(Result)).all()) == 1


def test_a_worker_and_a_facilitator_who_close_at_once_count_once(engine, settings, make):
    seminar = make.seminar()
    make.expert(seminar)
    round_ = make.rating_round(seminar)

    with transaction(engine) as session:
        results.close_round(session, settings, round_=round_, by=None)
    with clock.standing_at(round_.closes_at):
        assert not closed(engine, settings, round_)

    with transaction(engine) as session:
        assert len(session.exec(select(Result)).all()) == 1


def test_a_round_that_was_down_for_its_whole_time_is_not_opened_into_the_past(engine, draft):
    round_ = scheduled(engine, draft)

    with clock.standing_at(round_.closes_at + DAY):
        assert not opened(engine, round_)

    with transaction(engine) as session:
        missed = chronicle.missed(session, session.get_one(Round, round_.id))
    assert missed
    assert missed.missing == ["closing"]


def test_a_round_whose_checklist_fails_at_its_hour_stays_unopened_and_the_staff_are_told_why(engine, draft):
    round_ = scheduled(engine, draft)
    with transaction(engine) as session:
        session.delete(queries.questions(session, round_)[0])

    with clock.standing_at(round_.opens_at):
        assert not opened(engine, round_)
        assert all_due(engine) == []

    assert state_of(engine, round_) is RoundState.DRAFT
    with transaction(engine) as session:
        missed = chronicle.missed(session, session.get_one(Round, round_.id))
        assert missed
        assert (missed.planned, missed.missing) == (
            round_.opens_at.replace(second=0, microsecond=0),
            ["questions", "subjects"],
        )
        assert session.exec(select(Message.kind)).all() == ["round_not_opened"]


def test_what_was_missed_is_not_told_once_it_is_scheduled_anew(engine, draft):
    round_ = scheduled(engine, draft)
    with clock.standing_at(round_.closes_at):
        assert not opened(engine, round_)

    scheduled(engine, round_)

    with transaction(engine) as session:
        assert chronicle.missed(session, session.get_one(Round, round_.id)) is None


def test_a_schedule_is_taken_back(engine, draft):
    round_ = scheduled(engine, draft)

    with transaction(engine) as session:
        service.unschedule_round(session, round_=round_, by=None)

    with clock.standing_at(round_.opens_at):
        assert all_due(engine) == []
        assert not opened(engine, round_)
    assert state_of(engine, round_) is RoundState.DRAFT


@pytest.mark.parametrize("state", ["draft", "open", "closed", "published"])
def test_without_a_schedule_there_is_none_to_take_back(engine, make, state):
    round_ = make.rating_round(make.seminar(), state=state)

    with transaction(engine) as session, pytest.raises(refusals.NotScheduled):
        service.unschedule_round(session, round_=round_, by=None)


def test_a_round_is_scheduled_into_the_future_only_and_to_close_after_it_opens(engine, draft):
    now = clock.now()

    with transaction(engine) as session, pytest.raises(Invalid) as refusal:
        service.schedule_round(session, round_=draft, opens_at=now, closes_at=now - DAY, by=None)
    assert {name: type(error) for name, error in refusal.value.errors.items()} == {
        "opens_at": refusals.OpeningPast,
        "closes_at": refusals.ClosesFirst,
    }


def test_a_round_is_scheduled_before_an_expert_has_joined_but_not_without_a_question(engine, make):
    seminar = make.seminar()

    scheduled(engine, make.rating_round(seminar, state="draft"))
    with pytest.raises(refusals.NotComplete):
        scheduled(engine, make.round(seminar))


@pytest.mark.parametrize("state", ["scheduled", "open", "closed", "published"])
def test_only_a_draft_is_scheduled(engine, make, state):
    round_ = make.rating_round(make.seminar(), state=state)

    with pytest.raises(Conflict):
        scheduled(engine, round_)


def test_a_scheduled_round_is_opened_by_hand_and_then_not_again(engine, draft):
    round_ = scheduled(engine, draft)

    with transaction(engine) as session:
        service.open_round(session, round_=round_, by=None)

    with clock.standing_at(round_.opens_at):
        assert not opened(engine, round_)


def test_an_extension_at_the_last_second_is_not_undone_by_a_worker_that_saw_the_old_time(
    engine, settings, make
):
    seminar = make.seminar()
    make.expert(seminar)
    round_ = make.rating_round(seminar)

    with clock.standing_at(round_.closes_at):
        seen = all_due(engine)
        with transaction(engine) as session:
            service.extend_round(
                session, round_=round_, closes_at=clock.now() + DAY, reason="Clearance.", by=None
            )
        assert seen == [service.Due(round_.id, "close")]
        assert not closed(engine, settings, round_)
        with transaction(engine) as session:
            service.lock_open_round(session, session.get_one(Round, round_.id))


def test_the_round_that_ends_makes_room_for_the_one_that_begins_at_the_same_hour(engine, settings, make):
    seminar = make.seminar()
    make.expert(seminar)
    hour = datetime(2026, 12, 1, 9, tzinfo=UTC)
    first = make.rating_round(seminar, closes_at=hour)
    second = make.rating_round(
        seminar, state="scheduled", opens_at=hour, closes_at=hour + DAY, number=first.number + 1
    )

    with clock.standing_at(hour):
        assert all_due(engine) == [service.Due(first.id, "close")]
        assert closed(engine, settings, first)
        assert all_due(engine) == [service.Due(second.id, "open")]
        assert opened(engine, second)


def test_nobody_opens_a_round_that_was_closed_by_the_way_of_a_first_opening(engine, make):
    round_ = make.rating_round(make.seminar(), state="closed", looked_at=None)

    with transaction(engine) as session, pytest.raises(lifecycle.IsClosed):
        service.open_round(session, round_=round_, by=None)
