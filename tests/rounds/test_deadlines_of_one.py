"""One expert has more time than the panel: she answers, the others do not, and all is counted after her."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app import clock
from app.ballots import service as ballots
from app.db import transaction
from app.errors import Conflict, Invalid
from app.models import AuditEntry, Membership, Message, Round
from app.models.rounds import RoundState
from app.models.seminars import MembershipState
from app.policy import Role
from app.results import service as results
from app.rounds import deadlines, lifecycle, refusals, service
from tests.ballots.voting import Voter

DAY = timedelta(days=1)


@pytest.fixture
def seminar(make):
    return make.seminar()


@pytest.fixture
def round_(make, seminar):
    return make.rating_round(seminar)


@pytest.fixture
def slow(make, seminar, round_):
    return Voter.of(make.engine, make.settings, seminar, round_, make.expert(seminar))


@pytest.fixture
def quick(make, seminar, round_):
    return Voter.of(make.engine, make.settings, seminar, round_, make.expert(seminar))


@pytest.fixture
def organiser(make, seminar):
    return make.member(seminar, Role.ORGANISER)


def give(engine, voter, organiser, until, reason="Travelling."):
    with transaction(engine) as session:
        service.give_deadline(
            session,
            round_=voter.round,
            membership=voter.membership,
            closes_at=until,
            reason=reason,
            by=organiser,
        )


def test_she_can_answer_and_submit_after_the_others_can_no_more(engine, slow, quick, organiser, round_):
    give(engine, slow, organiser, round_.closes_at + 2 * DAY)

    with clock.standing_at(round_.closes_at + DAY):
        slow.answer_all()
        slow.submit()
        with pytest.raises(lifecycle.RoundOver):
            quick.save("W01", OV=5)


def test_at_her_own_time_she_is_refused_too(engine, slow, organiser, round_):
    until = round_.closes_at + DAY
    give(engine, slow, organiser, until)

    with clock.standing_at(until - timedelta(seconds=1)):
        slow.save("W01", OV=5)
    with clock.standing_at(until), pytest.raises(lifecycle.RoundOver):
        slow.save("W01", OV=6)


def test_the_round_is_counted_after_the_last_and_cannot_be_closed_by_hand_before(
    engine, settings, slow, organiser, round_
):
    until = round_.closes_at + DAY
    give(engine, slow, organiser, until)

    with clock.standing_at(round_.closes_at), transaction(engine) as session:
        assert service.due(session) == []
        assert not results.close_due(session, settings, round_.id)
        with pytest.raises(refusals.DeadlinesRun):
            results.close_round(session, settings, round_=session.get_one(Round, round_.id), by=None)
    with clock.standing_at(until), transaction(engine) as session:
        assert service.due(session) == [service.Due(round_.id, "close")]
        assert results.close_due(session, settings, round_.id)


def test_time_that_is_taken_back_holds_nothing_up(engine, settings, slow, organiser, round_):
    give(engine, slow, organiser, round_.closes_at + DAY)

    with clock.standing_at(round_.closes_at):
        with transaction(engine) as session:
            about = {"round_": round_, "membership": slow.membership, "by": organiser}
            service.take_deadline_back(session, reason="She has declined.", **about)
        with pytest.raises(lifecycle.RoundOver):
            slow.save("W01", OV=5)
        with transaction(engine) as session:
            assert results.close_due(session, settings, round_.id)


def test_who_gets_the_same_time_again_after_it_was_taken_back_is_told_again(engine, slow, organiser, round_):
    until = round_.closes_at + DAY
    give(engine, slow, organiser, until)
    with transaction(engine) as session:
        about = {"round_": round_, "membership": slow.membership, "by": organiser}
        service.take_deadline_back(session, reason="It was meant for somebody else.", **about)
    give(engine, slow, organiser, until)
    with transaction(engine, write=False) as session:
        told = session.exec(select(Message).where(Message.kind == "deadline_extended")).all()
    assert [mail.membership_id for mail in told] == [slow.membership.id] * 2


def test_the_time_of_who_has_left_holds_nothing_up(engine, settings, slow, organiser, round_):
    give(engine, slow, organiser, round_.closes_at + DAY)
    with transaction(engine) as session:
        session.get_one(Membership, slow.membership.id).state = MembershipState.WITHDRAWN

    with clock.standing_at(round_.closes_at), transaction(engine) as session:
        assert results.close_due(session, settings, round_.id)


def test_an_extension_of_all_beyond_her_time_holds_for_her_too(engine, slow, organiser, round_):
    give(engine, slow, organiser, round_.closes_at + DAY)
    later = round_.closes_at + 3 * DAY
    with transaction(engine) as session:
        service.extend_round(session, round_=round_, closes_at=later, reason="Clearance.", by=None)

    with clock.standing_at(later - timedelta(hours=1)):
        slow.save("W01", OV=5)
        with transaction(engine) as session:
            assert deadlines.last_running(session, session.get_one(Round, round_.id)) is None


@pytest.mark.parametrize("state", ["draft", "scheduled", "closed", "published"])
def test_more_time_is_given_while_the_round_is_open_and_never_once_it_is_counted(
    engine, make, seminar, organiser, state
):
    round_ = make.rating_round(seminar, state=state)
    voter = Voter.of(make.engine, make.settings, seminar, round_, make.expert(seminar))

    with pytest.raises(Conflict, match=f"R{round_.number}"):
        give(engine, voter, organiser, clock.now() + DAY)


def test_who_has_run_out_of_time_can_be_given_more_until_the_round_is_counted(
    engine, settings, slow, organiser, round_
):
    with clock.standing_at(round_.closes_at + timedelta(minutes=1)):
        give(engine, slow, organiser, round_.closes_at + DAY)
        slow.save("W01", OV=5)
    with clock.standing_at(round_.closes_at + DAY):
        with transaction(engine) as session:
            assert results.close_due(session, settings, round_.id)
        with pytest.raises(lifecycle.IsClosed):
            give(engine, slow, organiser, round_.closes_at + 2 * DAY)


def test_it_is_later_with_a_reason_and_for_an_expert_who_has_joined(engine, slow, organiser, round_):
    with pytest.raises(Invalid) as refusal:
        give(engine, slow, organiser, round_.closes_at, reason=" ")
    assert {name: type(error) for name, error in refusal.value.errors.items()} == {
        "closes_at": refusals.NotLater,
        "reason": refusals.ReasonNeeded,
    }
    with transaction(engine) as session:
        query = select(Membership).where(Membership.role == Role.ORGANISER)
        other = session.exec(query).one()
        with pytest.raises(refusals.NotOnThePanel):
            service.give_deadline(
                session,
                round_=round_,
                membership=other,
                closes_at=round_.closes_at + DAY,
                reason="x",
                by=organiser,
            )


def test_it_is_logged_with_its_reason_and_mailed_to_her_alone(engine, slow, quick, organiser, round_):
    give(engine, slow, organiser, round_.closes_at + DAY)

    with transaction(engine) as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.action == "round:time:grant")).one()
        assert entry.actor_id == organiser.id
        assert entry.details["reason"] == "Travelling."
        assert entry.details["member"] == str(slow.membership.id)
        mail = session.exec(select(Message)).one()
        assert (mail.kind, mail.membership_id) == ("deadline_extended", slow.membership.id)
        assert quick.membership.id != slow.membership.id


def test_to_others_the_round_shows_itself_closed_and_to_her_open(
    engine, as_person, seminar, slow, quick, organiser, round_
):
    give(engine, slow, organiser, round_.closes_at + 2 * DAY)
    page = f"/seminars/{seminar.slug}/rounds/{round_.number}"

    with transaction(engine) as session:
        held = session.get_one(Round, round_.id)
        held.opens_at = held.opened_at = clock.now() - 3 * DAY
        held.closes_at = clock.now() - DAY
    hers, theirs = as_person(slow.person), as_person(quick.person)
    assert "Go to my ballot" in hers.get(page).text
    assert "The organizers have given you more time" in hers.get(page).text
    assert "Go to my ballot" not in theirs.get(page).text
    assert "The round is closed." in theirs.get(page).text
    assert "more time" not in theirs.get(page).text
    assert hers.post(f"{slow.form}/W01", data={"W01.OV": "7"}).status_code == 303
    late = theirs.post(f"{quick.form}/W01", data={"W01.OV": "7", "W01.rationale": "What I had typed."})
    assert late.status_code == 409
    assert "What I had typed." in late.text


def test_facilitators_learn_how_many_and_not_who(engine, make, as_person, seminar, slow, organiser, round_):
    for _ in range(4):
        make.expert(seminar)
    with transaction(engine) as session:
        session.get_one(Round, round_.id)
        slow.person.name = "Marked Name"
        session.merge(slow.person)
    give(engine, slow, organiser, round_.closes_at + DAY, reason="A telling reason")
    facilitator = as_person(make.member(seminar, Role.FACILITATOR))
    page = facilitator.get(f"/seminars/{seminar.slug}/rounds/{round_.number}").text

    assert "One expert has more time than the panel." in page
    assert "Marked Name" not in page
    assert "telling reason" not in page
    assert facilitator.get(f"/seminars/{seminar.slug}/rounds/{round_.number}/deadlines").status_code == 403


def test_of_a_small_panel_not_even_how_many_is_told(
    engine, make, as_person, seminar, slow, organiser, round_
):
    give(engine, slow, organiser, round_.closes_at + DAY)
    facilitator = as_person(make.member(seminar, Role.FACILITATOR))
    page = facilitator.get(f"/seminars/{seminar.slug}/rounds/{round_.number}").text

    assert "Some have more time than the panel." in page
    assert "One expert has more time" not in page


def test_an_organiser_gives_more_time_by_name_from_page_to_page(
    engine, make, as_person, seminar, slow, organiser, round_
):
    desk = as_person(organiser)
    at = f"/seminars/{seminar.slug}/rounds/{round_.number}/deadlines"
    assert slow.person.name in desk.get(at).text

    wrong = desk.post(f"{at}/{slow.membership.id}", data={"closes_at": "2026-01-01T12:00", "reason": "Kept."})
    assert wrong.status_code == 422
    assert "Kept." in wrong.text
    until = (round_.closes_at + DAY).strftime("%Y-%m-%dT%H:%M")
    given = desk.post(f"{at}/{slow.membership.id}", data={"closes_at": until, "reason": "Travelling."})
    assert (given.status_code, given.headers["location"]) == (303, at)
    assert "Travelling." in desk.get(at).text
    back = desk.post(f"{at}/{slow.membership.id}/back", data={"reason": "Not needed."})
    assert back.status_code == 303
    with transaction(engine) as session:
        assert deadlines.of_member(session, session.get_one(Round, round_.id), slow.membership) is None


def test_opening_a_ballot_is_noted_within_her_own_time(engine, slow, organiser, round_):
    give(engine, slow, organiser, round_.closes_at + DAY)
    with clock.standing_at(round_.closes_at), transaction(engine) as session:
        ballots.opened(session, round_=session.get_one(Round, round_.id), membership=slow.membership)
    assert slow.participation() is not None
    with transaction(engine) as session:
        assert session.get_one(Round, round_.id).state is RoundState.OPEN
