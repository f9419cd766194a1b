"""An open round is extended: later, never earlier, and with a reason that the panel sees."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app import clock
from app.db import transaction
from app.errors import Conflict, Invalid
from app.models import AuditEntry, Round
from app.policy import Role
from app.rounds import lifecycle, refusals, service

WEEK = timedelta(weeks=1)


def test_an_extension_moves_the_closing_time_and_is_entered_with_its_reason(engine, make):
    seminar = make.seminar()
    round_ = make.rating_round(seminar)
    facilitator = make.member(seminar, Role.FACILITATOR)
    later = round_.closes_at + WEEK

    with transaction(engine) as session:
        service.extend_round(session, round_=round_, closes_at=later, reason=" Clearance. ", by=facilitator)

    with transaction(engine) as session:
        assert session.get_one(Round, round_.id).closes_at == later
        entry = session.exec(select(AuditEntry)).one()
        assert (entry.action, entry.actor_id, entry.subject) == (
            "round:time:extend",
            facilitator.id,
            f"R{round_.number}",
        )
        assert entry.details["reason"] == "Clearance."


def test_all_that_is_wrong_is_said_at_once(engine, make):
    round_ = make.rating_round(make.seminar())

    with transaction(engine) as session, pytest.raises(Invalid) as refusal:
        service.extend_round(session, round_=round_, closes_at=round_.closes_at, reason="  ", by=None)

    errors = refusal.value.errors
    assert isinstance(errors["closes_at"], refusals.NotLater)
    assert isinstance(errors["reason"], refusals.ReasonNeeded)


def test_a_round_whose_time_has_passed_can_still_be_extended_into_the_future_only(engine, make):
    past = clock.now() - timedelta(days=2)
    round_ = make.rating_round(make.seminar(), opens_at=past - WEEK, opened_at=past - WEEK, closes_at=past)

    with transaction(engine) as session:
        with pytest.raises(Invalid) as refusal:
            service.extend_round(
                session, round_=round_, closes_at=past + timedelta(days=1), reason="Storm.", by=None
            )
        assert isinstance(refusal.value.errors["closes_at"], refusals.ClosingPast)
        extended = service.extend_round(
            session, round_=round_, closes_at=clock.now() + WEEK, reason="Storm.", by=None
        )
        assert lifecycle.takes_answers(extended)


@pytest.mark.parametrize("state", ["draft", "scheduled", "closed", "published"])
def test_only_an_open_round_is_extended(engine, make, as_person, state):
    seminar = make.seminar()
    round_ = make.rating_round(seminar, state=state)
    facilitator = as_person(make.member(seminar, Role.FACILITATOR))
    url = f"/seminars/{seminar.slug}/rounds/{round_.number}/extend"

    with transaction(engine) as session, pytest.raises(Conflict):
        service.extend_round(session, round_=round_, closes_at=clock.now() + 4 * WEEK, reason="No.", by=None)
    assert facilitator.get(url).status_code == 409
    assert facilitator.post(url, data={"closes_at": "2098-01-01T10:00", "reason": "No."}).status_code == 409


# ---- through pages ----


def test_the_panel_reads_of_the_extension_and_its_reason(make, as_person):
    seminar = make.seminar(timezone="Europe/Zurich")
    round_ = make.rating_round(seminar)
    facilitator = as_person(make.member(seminar, Role.FACILITATOR))
    expert = as_person(make.expert(seminar))
    url = f"/seminars/{seminar.slug}/rounds/{round_.number}"

    assert "What cannot be undone" in facilitator.get(f"{url}/extend").text
    answer = facilitator.post(
        f"{url}/extend", data={"closes_at": "2098-01-31T18:00", "reason": "Capitals need time to clear."}
    )

    assert (answer.status_code, answer.headers["location"]) == (303, url)
    seen = expert.get(url).text
    assert "Capitals need time to clear." in seen
    assert "31 Jan 2098, 18:00 Zurich (UTC+01:00)" in seen


def test_an_earlier_closing_time_is_refused_beside_its_field_and_what_was_typed_stays(
    engine, make, as_person
):
    seminar = make.seminar()
    round_ = make.rating_round(seminar)
    facilitator = as_person(make.member(seminar, Role.FACILITATOR))

    answer = facilitator.post(
        f"/seminars/{seminar.slug}/rounds/{round_.number}/extend",
        data={"closes_at": "2020-05-04T12:30", "reason": 'A <b>"typhoon"</b>'},
    )

    assert answer.status_code == 422
    field = answer.text.split('for="f-closes_at"')[1].split('for="f-reason"')[0]
    assert "Please choose a time later than the present closing time." in field
    assert 'value="2020-05-04T12:30"' in field
    assert "A &lt;b&gt;&#34;typhoon&#34;&lt;/b&gt;</textarea>" in answer.text
    with transaction(engine) as session:
        assert session.get_one(Round, round_.id).closes_at == round_.closes_at


def test_a_reason_that_is_too_long_is_refused_and_kept(make, as_person):
    seminar = make.seminar()
    round_ = make.rating_round(seminar)
    facilitator = as_person(make.member(seminar, Role.FACILITATOR))
    essay = "x" * 501

    answer = facilitator.post(
        f"/seminars/{seminar.slug}/rounds/{round_.number}/extend",
        data={"closes_at": "2098-05-04T12:30", "reason": essay},
    )

    assert answer.status_code == 422
    assert "at most 500 characters" in answer.text
    assert essay in answer.text
