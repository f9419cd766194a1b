"""What a real-time round shows, its result and its files tell of no few what they answered."""

from datetime import timedelta

import pytest

from app import clock
from app.db import transaction
from app.models import Deadline, Result, Round
from app.policy import Role
from app.results import disclosure, exporting, glimpses, recount
from app.results import service as results
from app.rounds import queries as rounds
from app.seminars import pseudonyms
from tests.ballots.live import EXPERT, opened, overall, panel, renew, seals, shown


@pytest.fixture
def seminar(make):
    return make.seminar()


@pytest.fixture
def round_(make, seminar):
    return opened(make, seminar)


@pytest.fixture
def voters(make, seminar, round_):
    return panel(make, seminar, round_)


def close(make, round_, *, publish=False):
    with transaction(make.engine) as session:
        held = session.get_one(Round, round_.id)
        (result,) = results.close_round(session, make.settings, round_=held, by=None)
        results.look(session, round_=held, by=None)
        if publish:
            results.publish_round(session, round_=held, by=None)
    return result


def fewest(before, after):
    """In how few of the answers to any part of the question two sets of figures differ, where they do."""
    told = (
        sum(abs(one - other) for one, other in zip(overall(after, code), overall(before, code), strict=True))
        for code in ("W01", "W02", "W03")
        if any(overall(before, code))
    )
    return min((many for many in told if many), default=0)


@pytest.mark.parametrize("last", range(1, 7))
def test_no_release_of_a_round_beside_its_result_or_a_file_tells_what_the_last_few_said(
    make, voters, round_, last
):
    """The attack: one who has answered keeps all she is shown, and subtracts it from what is published.

    The last ones answer alone after the panel's time, and each says something that nobody else does.
    """
    looks = []
    for place, voter in enumerate(voters[:-last]):
        voter.answer_all(score=7)
        renew(make, round_)
        if place > 8:
            looks.append(shown(make, round_))
    until = round_.closes_at + timedelta(days=2)
    with transaction(make.engine) as session:
        for voter in voters[-last:]:
            session.add(Deadline(round_id=round_.id, membership_id=voter.membership.id, closes_at=until))
    with clock.standing_at(round_.closes_at + timedelta(days=1)):
        for place, voter in enumerate(voters[-last:]):
            voter.answer_all(score=1 + place)
            assert renew(make, round_) == 0, "after the panel's time nothing moves"
            looks.append(shown(make, round_))
    with clock.standing_at(until):
        close(make, round_, publish=True)

    with transaction(make.engine) as session:
        held = session.get_one(Round, round_.id)
        (question,) = rounds.questions(session, held)
        published = disclosure.released(session, round_=held, roles=EXPERT)
        rows = exporting.content(session, question=question)["answers"]["rows"]
    assert (published.submitted, len(rows)) == (16, 16), "every answer counts"
    for look in looks:
        assert fewest(look, published) >= 5
        assert all(fewest(look, other) in {0, *range(5, 17)} for other in looks)


def test_where_so_few_are_left_that_the_result_would_show_them_it_leaves_them_out_and_says_so(
    make, as_person, seminar, voters, round_
):
    """One whose answer was held back takes it back: the other four would stand alone."""
    for voter in voters[:10]:
        voter.answer_all(score=7)
    renew(make, round_)
    with transaction(make.engine) as session:
        (question,) = rounds.questions(session, session.get_one(Round, round_.id))
        glimpse = glimpses.find(session, question)
        assert glimpse
        assert str(voters[0].panellist.id) not in str(glimpse.counted), "what was counted is locked away"
        (step,) = glimpse.counted
        unlocked = pseudonyms.unlock(session, make.settings, seminar, step)
    (withdraws, *rest) = [voter for voter in voters[:10] if str(voter.panellist.id) not in unlocked]
    assert len(rest) == 4
    before = shown(make, round_)
    withdraws.save("W01", OV=None)

    result = close(make, round_, publish=True)
    with transaction(make.engine) as session:
        held = session.get_one(Round, round_.id)
        (question,) = rounds.questions(session, held)
        published = disclosure.released(session, round_=held, roles=EXPERT)
        assert recount.recompute(session, session.get_one(Result, result.id)).equal
        exported = exporting.content(session, question=question)
    assert (overall(published), sum(overall(published, "W02"))) == (overall(before), 10)
    assert "Some of what 4 experts answered is left out" in exported["answers_note"]
    base = f"/seminars/{seminar.slug}"
    for person in (rest[0].person, make.member(seminar, Role.FACILITATOR)):
        for path in (f"{base}/rounds/{round_.number}/feedback/Q1", f"{base}/outcome"):
            assert "Some of what 4 experts answered is left out" in as_person(person).get(path).text


def test_beside_who_has_not_submitted_no_ballot_says_after_closing_that_it_was_not(
    engine, make, voters, round_
):
    for voter in voters[:6]:
        voter.answer_all(score=7)
        voter.submit()
    voters[0].save("W01", OV=1)
    voters[6].answer_all(score=2)
    close(make, round_)

    assert {submitted for _, submitted in seals(engine)} == {True}
    assert len(seals(engine)) == 8
