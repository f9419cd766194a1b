"""Times are typed in the seminar's zone, on the days too on which its clocks are put forward and back."""

from datetime import UTC, datetime

import pytest

from app import clock
from app.db import transaction
from app.models import Round
from app.models.rounds import RoundState
from app.policy import Role
from app.results import service as results
from app.rounds import service
from app.rounds.times import SkippedTime, comes_twice, moment_at

ZURICH = "Europe/Zurich"
BACK = datetime(2026, 10, 25, 2, 30)  # noqa: DTZ001 - as clocks show it
FORWARD = datetime(2027, 3, 28, 2, 30)  # noqa: DTZ001 - as clocks show it


@pytest.mark.parametrize(
    ("typed", "meant", "moment"),
    [
        (BACK, "earlier", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (BACK, "later", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        (datetime(2026, 10, 25, 3, 30), "earlier", datetime(2026, 10, 25, 2, 30, tzinfo=UTC)),  # noqa: DTZ001
        (datetime(2026, 7, 1, 12), "later", datetime(2026, 7, 1, 10, tzinfo=UTC)),  # noqa: DTZ001
    ],
)
def test_of_a_time_that_comes_twice_the_one_is_taken_that_costs_nobody_an_hour(typed, meant, moment):
    assert moment_at(typed, ZURICH, meant) == moment


@pytest.mark.parametrize("meant", ["earlier", "later"])
def test_a_time_that_is_skipped_is_refused(meant):
    with pytest.raises(SkippedTime):
        moment_at(FORWARD, ZURICH, meant)


def test_where_no_clock_is_moved_no_time_comes_twice():
    assert not comes_twice(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "UTC")
    assert comes_twice(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), ZURICH)
    assert comes_twice(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), ZURICH)
    assert not comes_twice(datetime(2026, 10, 25, 2, 0, tzinfo=UTC), ZURICH)


@pytest.fixture
def seminar(make):
    seminar = make.seminar(timezone=ZURICH)
    make.expert(seminar)
    return seminar


@pytest.fixture
def far_away(make, as_person, seminar):
    """A facilitator whose own clock shows another time."""
    return as_person(make.member(seminar, Role.FACILITATOR, make.person(timezone="Asia/Tokyo")))


def held(engine, round_):
    with transaction(engine, write=False) as session:
        return session.get_one(Round, round_.id)


def test_a_facilitator_far_away_types_in_the_seminars_time_too(engine, make, far_away, seminar):
    round_ = make.rating_round(seminar, state="draft")
    at = f"/seminars/{seminar.slug}/rounds/{round_.number}"
    typed = {"opens_at": "2031-10-26T02:30", "closes_at": "2031-10-26T02:30"}
    assert "In the time of the seminar, Europe/Zurich." in far_away.get(f"{at}/schedule").text

    assert far_away.post(f"{at}/schedule", data=typed).status_code == 303

    now = held(engine, round_)
    assert now.opens_at == datetime(2031, 10, 26, 0, 30, tzinfo=UTC)
    assert now.closes_at == datetime(2031, 10, 26, 1, 30, tzinfo=UTC)
    page = far_away.get(at).text
    assert "The round opens at the earlier of the two." in page
    assert "The round closes at the later of the two." in page
    assert "Zurich" in page
    assert "00:30 UTC" in page


def test_a_skipped_time_is_refused_beside_its_field_and_the_other_is_kept(engine, make, far_away, seminar):
    round_ = make.rating_round(seminar, state="draft")
    at = f"/seminars/{seminar.slug}/rounds/{round_.number}"
    typed = {"opens_at": "2031-03-30T02:30", "closes_at": "2031-04-07T18:00"}

    answer = far_away.post(f"{at}/schedule", data=typed)

    assert answer.status_code == 422
    assert "The clocks go forward over this time on that day." in answer.text
    assert 'value="2031-04-07T18:00"' in answer.text
    assert held(engine, round_).state is RoundState.DRAFT


def test_a_round_runs_over_the_night_on_which_the_clocks_are_put_back(engine, settings, make, seminar):
    round_ = make.rating_round(seminar, state="draft")
    opens, closes = moment_at(BACK, ZURICH, "earlier"), moment_at(BACK, ZURICH, "later")
    with clock.standing_at(datetime(2026, 10, 20, tzinfo=UTC)), transaction(engine) as session:
        service.schedule_round(session, round_=round_, opens_at=opens, closes_at=closes, by=None)

    with clock.standing_at(opens), transaction(engine) as session:
        assert service.open_due(session, round_.id)
    with clock.standing_at(datetime(2026, 10, 25, 1, 29, 59, tzinfo=UTC)), transaction(engine) as session:
        service.lock_open_round(session, session.get_one(Round, round_.id))
        assert not results.close_due(session, settings, round_.id)
    with clock.standing_at(closes), transaction(engine) as session:
        assert results.close_due(session, settings, round_.id)


def test_extending_and_opening_are_typed_in_the_seminars_time(engine, make, far_away, seminar):
    round_ = make.rating_round(seminar)
    at = f"/seminars/{seminar.slug}/rounds/{round_.number}"

    answer = far_away.post(f"{at}/extend", data={"closes_at": "2031-07-01T12:00", "reason": "Clearance."})

    assert answer.status_code == 303
    assert held(engine, round_).closes_at == datetime(2031, 7, 1, 10, tzinfo=UTC)
