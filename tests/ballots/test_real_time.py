"""A real-time round: what is saved counts, and what is shown goes on in steps, to who has answered."""

import pytest
from sqlmodel import select

from app.ballots import queries
from app.db import transaction
from app.models import Glimpse, Round
from app.models.rounds import FeedbackPolicy
from app.policy import Role
from app.questions.answers import Answer, Entry
from app.results import disclosure, glimpses, sealed, steps
from app.results import service as results
from app.rounds import queries as rounds
from tests.ballots.live import opened, overall, panel, renew, seals, shown
from tests.ballots.voting import Voter


@pytest.fixture
def seminar(make):
    return make.seminar()


@pytest.fixture
def round_(make, seminar):
    return opened(make, seminar)


@pytest.fixture
def voters(make, seminar, round_):
    return panel(make, seminar, round_)


# ---- what is saved counts ----


def test_every_save_is_sealed_and_takes_the_place_of_the_one_before(engine, voters):
    voters[0].save("W01", OV=5)
    voters[0].save("W01", OV=6)
    voters[0].save("W02", OV=7)

    assert seals(engine) == [(1, False)]


def test_a_submitted_version_is_never_replaced(engine, voters):
    voter = voters[0]
    voter.answer_all(score=7)
    receipt = voter.submit().receipt
    voter.save("W01", OV=1)
    voter.save("W01", OV=2)

    assert sorted(seals(engine)) == [(1, True), (2, False)]
    assert voter.progress().submitted
    with transaction(engine, write=False) as session:
        ballot = queries.find_ballot(session, round_=voter.round, panellist=voter.panellist)
        sealed = queries.latest_seal(session, ballot, submitted=True)
    assert sealed
    assert sealed.receipt == receipt
    voter.submit()
    assert sorted(seals(engine)) == [(1, True), (2, True)]


def test_what_is_again_as_it_was_submitted_needs_no_seal_beside_it(engine, voters):
    voters[0].answer_all(score=7)
    voters[0].submit()
    voters[0].save("W01", OV=1)
    voters[0].save("W01", OV=7)

    assert seals(engine) == [(1, True)]


def test_a_ballot_on_which_nothing_is_said_any_more_is_none(engine, voters):
    voters[0].save("W01", OV=5)
    voters[0].save("W01", OV=None)

    assert seals(engine) == []


def test_what_is_saved_and_not_submitted_is_counted_at_closing(make, voters, round_):
    for voter in voters[:6]:
        voter.save("W01", OV=7)
    voters[0].answer_all(score=3)
    voters[0].submit()
    voters[0].save("W01", OV=9)

    with transaction(make.engine) as session:
        held = session.get_one(Round, round_.id)
        results.close_round(session, make.settings, round_=held, by=None)
        results.look(session, round_=held, by=None)
        tally = disclosure.released(session, round_=held, roles=[Role.FACILITATOR])
    assert tally.submitted == 6
    assert overall(tally) == [0, 0, 0, 0, 0, 0, 5, 0, 1]


def test_in_other_rounds_what_is_saved_is_not_sealed(engine, make, seminar):
    other = make.rating_round(seminar, state="open")
    voter = Voter.of(make.engine, make.settings, seminar, other, make.expert(seminar))
    voter.save("W01", OV=5)

    assert seals(engine) == []


# ---- what it shows of itself ----


def test_nothing_is_shown_before_enough_have_answered(make, voters, round_):
    for voter in voters[:9]:
        voter.save("W01", OV=7)
    assert renew(make, round_) == 0

    with pytest.raises(disclosure.TooEarly, match="at least 10 experts"):
        shown(make, round_)
    voters[9].save("W01", OV=7)
    assert renew(make, round_) == 1
    assert overall(shown(make, round_))[6] == 5


def test_what_is_shown_goes_on_only_when_enough_have_changed(make, voters, round_):
    for voter in voters[:10]:
        voter.save("W01", OV=7)
    renew(make, round_)
    for place, voter in enumerate(voters[10:14], start=11):
        voter.save("W01", OV=7)
        assert renew(make, round_) == 0, place
        assert overall(shown(make, round_))[6] == 5

    voters[14].save("W01", OV=7)
    assert renew(make, round_) == 1
    assert overall(shown(make, round_))[6] == 10


def test_changes_of_few_on_each_option_are_not_shown_together_as_many(make, voters, round_):
    """Five ballots differ, but on no option more than two: whoever looked twice would know single answers."""
    for voter in voters[:10]:
        voter.answer_all(score=7)
    renew(make, round_)
    before = shown(make, round_)
    for voter, code in zip(voters[10:15], ("W01", "W01", "W02", "W02", "W03"), strict=True):
        voter.save(code, OV=1)

    assert renew(make, round_) == 0
    assert shown(make, round_) == before


def test_renewing_without_a_change_changes_nothing(make, voters, round_):
    for voter in voters[:10]:
        voter.save("W01", OV=7)

    assert [renew(make, round_), renew(make, round_)] == [1, 0]


def test_only_who_has_answered_sees_it_and_never_the_staff(make, voters, round_):
    for voter in voters[:10]:
        voter.save("W01", OV=7)
    renew(make, round_)

    with pytest.raises(disclosure.AnswerFirst):
        shown(make, round_, answered=False)
    for role in set(Role) - {Role.EXPERT}:
        with pytest.raises(disclosure.NotReleased):
            shown(make, round_, roles=[role])
    with transaction(make.engine) as session, pytest.raises(disclosure.NotReleased):
        disclosure.released(session, round_=session.get_one(Round, round_.id), roles=list(Role))


@pytest.mark.parametrize("feedback", [FeedbackPolicy.STATISTICS, FeedbackPolicy.RATIONALES])
def test_texts_are_shown_only_where_the_round_shows_reasons(make, voters, round_, feedback):
    with transaction(make.engine) as session:
        session.get_one(Round, round_.id).feedback = feedback
    for voter in voters[:10]:
        voter.say("W01", Entry({"OV": 7}, "Because."))
    renew(make, round_)

    expected = {"W01": ["Because."] * 5} if feedback is FeedbackPolicy.RATIONALES else {}
    assert shown(make, round_).rationales == expected


def test_nothing_is_shown_that_joins_answers_and_no_digest_by_which_somebody_could_try_them(
    make, voters, round_
):
    for voter in voters[:11]:
        voter.say("W01", Entry({"OV": 7, "C1": 5}, "Because."))
        voter.save("W02", OV=3, C1=5)
    renew(make, round_)
    tally = shown(make, round_)

    assert (tally.inputs, tally.input_digest, tally.seed) == ({}, "", 0)
    assert (tally.kendall_w, tally.kendall_raters, tally.sides) == (None, 0, {})
    assert {(one.movement, one.rank_low, one.p_best) for one in tally.options} == {(None, None, None)}


def test_a_round_that_shows_nothing_of_itself_has_no_glimpse(make, seminar):
    usual = make.rating_round(seminar, counts_saved=True)
    for _ in range(6):
        Voter.of(make.engine, make.settings, seminar, usual, make.expert(seminar)).save("W01", OV=7)

    assert renew(make, usual) == 0
    with pytest.raises(disclosure.NotReleased):
        shown(make, usual)


def test_opened_again_it_goes_on_from_what_was_shown_last(make, voters, round_):
    """A count from anew would differ from the last one shown by as few as had come since."""
    for voter in voters[:11]:
        voter.save("W01", OV=7)
    renew(make, round_)
    voters[11].save("W01", OV=1)
    with transaction(make.engine) as session:
        held = session.get_one(Round, round_.id)
        until = held.closes_at
        assert until
        results.close_round(session, make.settings, round_=held, by=None)
        results.reopen_round(session, round_=held, closes_at=until, reason="A storm.", by=None)

    assert renew(make, round_) == 0
    assert sum(overall(shown(make, round_))) == 6


def test_what_was_kept_of_a_first_step_before_it_was_locked_away_is_locked_with_the_next(
    make, voters, round_
):
    for voter in voters[:10]:
        voter.save("W01", OV=7)
    renew(make, round_)
    with transaction(make.engine) as session:
        (question,) = rounds.questions(session, session.get_one(Round, round_.id))
        glimpse = glimpses.find(session, question)
        assert glimpse
        first = {voter.panellist.id: {"W01": Answer({"OV": 7})} for voter in voters[:5]}
        glimpse.counted = steps.written({}, first)
    for voter in voters[10:15]:
        voter.save("W01", OV=7)

    assert renew(make, round_) == 1
    assert overall(shown(make, round_))[6] == 10
    with transaction(make.engine) as session:
        kept = session.exec(select(Glimpse.counted)).one()
    assert len(kept) == 2
    assert str(voters[0].panellist.id) not in str(kept)


def test_once_nobody_can_answer_any_more_nothing_is_kept_of_what_was_shown(make, voters, round_):
    for voter in voters[:10]:
        voter.save("W01", OV=7)
    renew(make, round_)
    with transaction(make.engine) as session:
        held = session.get_one(Round, round_.id)
        results.close_round(session, make.settings, round_=held, by=None)
        results.look(session, round_=held, by=None)
        assert session.exec(select(Glimpse)).all() == []
    with pytest.raises(disclosure.NotReleased):
        shown(make, round_)


def test_nothing_counts_the_answers_of_an_open_round_but_a_glimpse(make, voters, round_):
    for voter in voters[:10]:
        voter.save("W01", OV=7)
    renew(make, round_)

    with transaction(make.engine) as session:
        (question,) = rounds.questions(session, session.get_one(Round, round_.id))
        with pytest.raises(sealed.StillOpen):
            sealed.sheets(session, question)


def test_the_round_and_the_ballot_say_that_it_is_a_real_time_one(make, as_person, seminar, round_, voters):
    at = f"/seminars/{seminar.slug}/rounds/{round_.number}"
    expert = as_person(voters[0].person)
    facilitator = as_person(make.member(seminar, Role.FACILITATOR))

    for page in (
        expert.get(at),
        expert.get(f"{at}/ballot"),
        facilitator.get(at),
        facilitator.get(f"{at}/preview"),
    ):
        assert "This is a real-time round" in page.text
        assert "Answers that are saved count too" in page.text
    assert "The one exception is a real-time round" in expert.get(f"/seminars/{seminar.slug}/privacy").text
