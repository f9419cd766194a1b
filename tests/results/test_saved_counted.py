"""Where what is saved counts too, every page counts what the result will count; a day stays that day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from app import clock
from app.db import transaction
from app.models import Participation, Round
from app.monitor import queries as monitor
from app.policy import Role
from app.results import queries as results
from app.results import service
from app.rounds import queries as rounds
from tests.ballots.voting import Voter

pytestmark = pytest.mark.database


@pytest.fixture
def held(make):
    """Six experts: three submit, two save, one takes back what she saved; seven in ten are the quorum."""
    seminar = make.seminar(timezone="America/New_York", min_group=3)
    round_ = make.rating_round(seminar, 1, counts_saved=True, quorum_share=0.7)
    voters = [Voter.of(make.engine, make.settings, seminar, round_, make.expert(seminar)) for _ in range(6)]
    for place, voter in enumerate(voters):
        voter.save(OV=7, C1=7)
        if place < 3:
            voter.submit()
    voters[5].save(OV=None, C1=None)
    return seminar, round_


def test_one_number_before_closing_and_after(engine, make, held, as_person):
    seminar, round_ = held
    with transaction(engine, write=False) as session:
        progress = rounds.participation(session, session.get_one(Round, round_.id), 3)
    assert (progress.whole.submitted, progress.counted, progress.quorum, progress.has_quorum) == (
        3,
        5,
        5,
        True,
    )
    staff = as_person(make.member(seminar, Role.FACILITATOR))
    path = f"/seminars/{seminar.slug}/rounds/{round_.number}"
    for page in (staff.get(f"{path}/close").text, staff.get(path).text):
        assert "<strong>5</strong> of 6 experts have answered; in this round what is saved counts" in page
        assert "Quorum reached" in page
    assert "The answers of 5 experts are counted, as they were saved last." in staff.get(f"{path}/close").text
    with transaction(engine) as session:
        service.close_round(session, make.settings, round_=session.get_one(Round, round_.id), by=None)
        counted = results.counted(session, session.get_one(Round, round_.id))
    assert counted is not None
    assert (counted.submitted, counted.has_quorum, counted.counts_saved) == (5, True, True)


def test_the_day_of_submission_stays_that_day_west_of_greenwich(engine, make):
    seminar = make.seminar(timezone="America/New_York", min_group=3)
    round_ = make.rating_round(seminar, 1)
    expert = Voter.of(make.engine, make.settings, seminar, round_, make.expert(seminar))
    evening = datetime.now(UTC).replace(hour=2, minute=30, second=5, microsecond=7)
    expert.save(OV=7, C1=7)
    with clock.standing_at(evening):
        expert.submit()
    on = {}
    with transaction(engine) as session:
        round_ = session.get_one(Round, round_.id)
        round_.opened_at = min(round_.opened_at or evening, evening)
        for turn in ("closed", "closed again"):
            service.close_round(session, make.settings, round_=round_, by=None)
            row = session.exec(select(Participation).where(Participation.round_id == round_.id)).one()
            assert row.submitted_at
            on[turn] = row.submitted_at.date()
            if turn == "closed":
                until = datetime.now(UTC) + timedelta(days=2)
                service.reopen_round(session, round_=round_, by=None, reason="A day more", closes_at=until)
                days = monitor.course(session, round_, seminar.timezone)
                first = next(one.on for one in days if one.submitted)
    yesterday = date.fromordinal(evening.date().toordinal() - 1)
    assert on == {"closed": yesterday, "closed again": yesterday}
    assert first == yesterday
