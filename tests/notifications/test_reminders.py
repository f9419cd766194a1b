"""Who has joined and not submitted is reminded when it is time, never twice a day, and can put it off."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from app import clock
from app.db import transaction
from app.models import Deadline, Membership, Message, Participation, Person, Round
from app.models.ballots import Progress
from app.models.notifications import MessageState
from app.models.rounds import RoundState
from app.models.seminars import MembershipState
from app.notifications import choices, reminders
from app.notifications.service import deliver_due
from app.policy import Role
from app.rounds import notices

CLOSES = datetime(2026, 6, 20, 16, tzinfo=UTC)
OPENED = CLOSES - timedelta(days=12)


@pytest.fixture
def at(monkeypatch):
    """It is this moment."""

    def moved(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    moved(OPENED)
    return moved


@pytest.fixture
def seminar(make, at):
    return make.seminar(timezone="Asia/Tokyo")  # nine hours before UTC: nine in the morning is midnight


@pytest.fixture
def round_(make, seminar):
    return make.round(seminar, state=RoundState.OPEN, opened_at=OPENED, closes_at=CLOSES, reminders=[7, 2])


@pytest.fixture
def expert(make, seminar, session):
    """An expert who has come so far with the round."""

    def joined(round_: Round, progress: Progress | None = None, **fields: object) -> Membership:
        person = make.member(seminar, Role.EXPERT, **fields)
        member = session.exec(select(Membership).where(Membership.person_id == person.id)).one()
        if progress:
            session.add(Participation(membership_id=member.id, round_id=round_.id, progress=progress))
        session.commit()
        assert isinstance(member, Membership)
        return member

    return joined


@pytest.fixture
def run(engine):
    """Do what the worker does of reminders at this moment; how many were written."""

    def ran() -> int:
        with transaction(engine) as session:
            return sum(reminders.remind_on(session, one.round_id, one.day) for one in reminders.due(session))

    return ran


@pytest.fixture
def written(engine):
    def of(member: Membership) -> list[Message]:
        with transaction(engine, write=False) as session:
            mine = (Message.membership_id == member.id, Message.kind == notices.REMINDER)
            return list(session.exec(select(Message).where(*mine)))

    return of


def day(number: int, hour: float = 9) -> datetime:
    """That hour in Tokyo, on a day of June 2026."""
    return datetime(2026, 6, number, tzinfo=UTC) + timedelta(hours=hour - 9)


def test_only_who_has_joined_and_not_submitted_is_reminded(round_, expert, run, written, at):
    started, silent = expert(round_, Progress.STARTED), expert(round_)
    done, invited = expert(round_, Progress.SUBMITTED), expert(round_, state=MembershipState.INVITED)
    gone = expert(round_, state=MembershipState.WITHDRAWN)

    at(day(14))
    assert run() == 2

    assert [len(written(one)) for one in (started, silent, done, invited, gone)] == [1, 1, 0, 0, 0]


def test_the_hour_is_decent_where_the_seminar_is(round_, expert, run, at):
    """The round closes on 21 June in Tokyo, where it is one in the morning then."""
    expert(round_)
    for moment in (day(13, 23), day(14, 0), day(14, 8.9)):
        at(moment)
        assert run() == 0

    at(day(14, 9))
    assert run() == 1
    assert run() == 0
    at(day(14, 23.9))
    assert run() == 0


def test_each_planned_day_brings_one_and_a_missed_one_comes_a_day_late_or_never(round_, expert, run, at):
    expert(round_)
    found = {}
    for number in range(9, 21):
        at(day(number))
        found[number] = run()
    assert found == {number: int(number in {14, 19}) for number in range(9, 21)}


def test_a_worker_that_slept_for_a_day_reminds_on_the_next_and_for_two_not(make, seminar, expert, run, at):
    late = make.round(seminar, state=RoundState.OPEN, opened_at=OPENED, closes_at=CLOSES, reminders=[7])
    expert(late)
    at(day(16))
    assert run() == 0
    at(day(15))
    assert run() == 1


def test_nobody_is_reminded_on_the_day_of_opening(make, seminar, expert, run, at):
    at(day(14, 8))
    short = make.round(seminar, state=RoundState.OPEN, opened_at=clock.now(), closes_at=CLOSES, reminders=[7])
    expert(short)
    at(day(14, 12))
    assert run() == 0


def test_a_deadline_of_her_own_moves_her_reminders(round_, expert, run, session, at, written):
    usual, late = expert(round_), expert(round_)
    session.add(Deadline(round_id=round_.id, membership_id=late.id, closes_at=CLOSES + timedelta(days=6)))
    session.commit()

    at(day(19))
    run()
    assert [len(written(usual)), len(written(late))] == [1, 0]
    at(day(25))
    run()
    assert [len(written(usual)), len(written(late))] == [1, 1]


def test_who_submits_before_it_is_sent_gets_none(round_, expert, run, session, engine, settings, at, written):
    member = expert(round_, Progress.STARTED)
    at(day(14))
    assert run() == 1
    begun = session.exec(select(Participation)).one()
    begun.progress = Progress.SUBMITTED
    session.commit()

    deliver_due(engine, settings)

    assert written(member) == []
    assert not settings.mail_folder.exists()


@pytest.mark.parametrize("wish", [reminders.stop, reminders.postpone])
def test_who_wishes_otherwise_before_it_is_sent_gets_none(
    round_, expert, run, session, engine, settings, at, wish
):
    member = expert(round_)
    at(day(14))
    assert run() == 1
    wish(session, member)
    session.commit()

    deliver_due(engine, settings)

    assert not settings.mail_folder.exists()


def test_who_postpones_is_reminded_three_days_later(round_, expert, run, session, at):
    member = expert(round_)
    at(day(10, 15))
    reminders.postpone(session, member)
    session.commit()
    found = {}  # the 13th is hers, the 14th planned
    for number in range(11, 17):
        at(day(number))
        found[number] = run()
    assert found == {11: 0, 12: 0, 13: 1, 14: 1, 15: 0, 16: 0}


def test_who_stops_is_never_reminded_and_can_take_it_back(round_, expert, run, session, at):
    member = expert(round_)
    for wish, number in ((reminders.stop, 14), (reminders.resume, 19)):
        wish(session, member)
        session.commit()
        at(day(number))
        assert run() == int(wish is reminders.resume)


def test_nobody_gets_two_in_a_day_not_even_of_two_seminars(make, session, expert, round_, run, at):
    member = expert(round_)
    person = session.get_one(Person, member.person_id)
    session.commit()
    elsewhere = make.seminar(timezone="Asia/Tokyo")
    make.member(elsewhere, Role.EXPERT, person)
    make.round(elsewhere, state=RoundState.OPEN, opened_at=OPENED, closes_at=CLOSES, reminders=[7])

    at(day(14))
    assert run() == 1
    assert run() == 0
    at(day(15))
    assert run() == 1


def test_on_demand_goes_to_whom_it_may_and_is_audited_as_a_number(round_, expert, make, session, engine, at):
    wanted, other, stopped = expert(round_), expert(round_), expert(round_)
    done = expert(round_, Progress.SUBMITTED)
    reminders.stop(session, stopped)
    session.commit()
    organiser = make.person()

    def remind(*to: Membership) -> int:
        with transaction(engine) as writing:
            there = writing.get_one(Round, round_.id)
            chosen = [one.id for one in to] if to else None
            return reminders.remind_now(writing, round_=there, to=chosen, by=organiser)

    assert remind(wanted, stopped, done) == 1
    assert remind() == 1
    assert remind(other) == 0


def test_the_secret_in_a_reminder_is_hers_alone(round_, expert, session, settings):
    one, other = expert(round_), expert(round_)
    token = choices.token_of(session, settings, one)

    found = choices.find_member(session, settings, token)

    assert found == one
    head, _, proof = token.partition(".")
    foreign = choices.token_of(session, settings, other)
    for forged in (f"{foreign.partition('.')[0]}.{proof}", head, f"{head}.", "", "x.y", "ü", token[:-1]):
        assert choices.find_member(session, settings, forged) is None
    changed = settings.model_copy(update={"secret_key": type(settings.secret_key)("another")})
    assert choices.find_member(session, changed, token) is None


def test_a_day_is_that_of_the_seminar(round_, expert, session, at):
    expert(round_)
    at(day(14))
    assert reminders.due(session) == [reminders.Due(round_.id, date(2026, 6, 14))]
    assert session.exec(select(Message)).all() == []


def test_a_reminder_given_up_counts_for_its_day(round_, expert, run, session, at):
    expert(round_)
    at(day(14))
    assert run() == 1
    session.exec(select(Message)).one().state = MessageState.FAILED
    session.commit()
    assert run() == 0
