"""A round is closed once and its submitted ballots are counted once."""

from threading import Barrier, Thread

import pytest
from sqlmodel import select

from app import audit
from app.db import transaction
from app.errors import Conflict
from app.models import (
    AnswerRevision,
    AuditEntry,
    Ballot,
    Question,
    RationaleRevision,
    Result,
    Round,
    Seal,
    Seminar,
)
from app.models.rounds import RoundState
from app.policy import Role
from app.registers import service as registers
from app.results import sealed, service
from app.results.recount import recompute
from app.results.tally import RateTally
from tests.results import voting
from tests.results.panels import wording


def tally_of(engine, round_):
    with transaction(engine, write=False) as session:
        query = select(Result).join(Question).where(Question.round_id == round_.id)
        return RateTally.from_numbers(session.exec(query).one().numbers)


def test_closing_counts_the_submitted_ballots_and_freezes_the_result(engine, make):
    _, round_ = voting.running(make, options=2, experts=8)
    voting.cast(engine, round_, [voting.alike(2, OV=7, C1=6, C2=5, why="Because.")] * 6)

    voting.close(engine, round_)

    tally = tally_of(engine, round_)
    assert (tally.submitted, tally.enrolled, tally.invited, tally.quorum_reached) == (6, 8, 8, True)
    assert [option.by_criterion["OV"].counts[6] for option in tally.options] == [6, 6]
    assert tally.rationales == {"W01": ["Because."] * 6, "W02": ["Because."] * 6}
    with transaction(engine) as session:
        stored = session.exec(select(Result)).one()
        assert (stored.input_digest, stored.method) == (tally.input_digest, tally.method)
        assert session.get_one(Round, round_.id).state is RoundState.CLOSED
        assert recompute(session, stored).equal


def test_only_what_was_submitted_last_counts(engine, make):
    _, round_ = voting.running(make, options=1, experts=7)
    voting.cast(engine, round_, [voting.alike(1, OV=5)] * 5)
    voting.cast(engine, round_, [None] * 5 + [voting.alike(1, OV=1)] * 2, submit=False)
    voting.reseal(engine, round_, 2, voting.alike(1, OV=9))
    voting.reseal(engine, round_, 2, voting.alike(1, OV="prefer_not"))

    voting.close(engine, round_)

    tally = tally_of(engine, round_)
    overall = tally.options[0].by_criterion["OV"]
    assert (tally.submitted, overall.n, overall.median, overall.abstained) == (5, 4, 5.0, {"prefer_not": 1})


def test_nothing_that_was_answered_is_lost_by_closing(engine, make):
    _, round_ = voting.running(make, options=2, experts=6)
    ballots = [voting.alike(2, OV=n + 1, C1="cannot_say", why=f"Reason {n}.") for n in range(6)]
    voting.cast(engine, round_, ballots)
    tables = (Ballot, AnswerRevision, RationaleRevision, Seal)

    def kept():
        with transaction(engine, write=False) as session:
            answers = session.exec(
                select(Ballot.panellist_id, AnswerRevision.criterion, AnswerRevision.score).join(
                    AnswerRevision
                )
            )
            texts = session.exec(select(Ballot.panellist_id, RationaleRevision.text).join(RationaleRevision))
            seals = session.exec(select(Ballot.panellist_id, Seal.receipt, Seal.salt).join(Seal))
            return [sorted(map(str, rows.all())) for rows in (answers, texts, seals)]

    def ids():
        with transaction(engine, write=False) as session:
            return {row for table in tables for row in session.exec(select(table.id)).all()}

    before, ids_before = kept(), ids()
    voting.close(engine, round_)
    assert kept() == before
    assert not ids() & ids_before


def test_other_rounds_are_left_alone(engine, make):
    seminar, first = voting.running(make, experts=5)
    voting.cast(engine, first, [voting.alike(3, OV=5)] * 5)
    voting.close(engine, first)
    second = make.rating_round(seminar, previous=first)
    voting.cast(engine, second, [voting.alike(3, OV=7)] * 5)
    with transaction(engine, write=False) as session:
        of_first = select(Ballot.id).where(Ballot.round_id == first.id)
        before = set(session.exec(of_first).all())
    voting.close(engine, second)
    with transaction(engine, write=False) as session:
        assert set(session.exec(of_first).all()) == before


def test_a_second_close_is_a_conflict_and_counts_nothing(engine, make):
    _, round_ = voting.running(make, experts=5)
    voting.cast(engine, round_, [voting.alike(3, OV=7, C1=6)] * 5)
    voting.close(engine, round_)

    with pytest.raises(Conflict):
        voting.close(engine, round_)

    with transaction(engine) as session:
        assert len(session.exec(select(Result)).all()) == 1


def test_two_who_close_at_once_close_once(engine, make):
    _, round_ = voting.running(make, experts=5)
    voting.cast(engine, round_, [voting.alike(3, OV=7, C1=6)] * 5)
    together, outcomes = Barrier(2), []

    def try_to_close():
        together.wait()
        try:
            voting.close(engine, round_)
            outcomes.append("closed")
        except Conflict:
            outcomes.append("refused")

    threads = [Thread(target=try_to_close) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["closed", "refused"]


def test_the_audit_tells_who_closed_and_the_digest_and_nothing_of_the_answers(engine, make):
    seminar, round_ = voting.running(make, options=1, experts=5)
    facilitator = make.member(seminar, Role.FACILITATOR)
    voting.cast(engine, round_, [voting.alike(1, OV=7, why="A telling reason")] * 5)
    voting.close(engine, round_, by=facilitator, look=False)

    with transaction(engine) as session:
        entries = [
            entry for entry in session.exec(select(AuditEntry)) if entry.subject == f"R{round_.number}"
        ]
        assert [entry.action for entry in entries] == ["round:state:close", "result:tally:freeze"]
        assert {entry.actor_id for entry in entries} == {facilitator.id}
        assert entries[1].details == {"question": "Q1"}
        service.look(session, round_=session.get_one(Round, round_.id), by=facilitator)
        attested = session.exec(select(AuditEntry).where(AuditEntry.action == "result:tally:attest")).one()
        assert attested.details == {"question": "Q1", "digest": tally_of(engine, round_).input_digest}
        assert audit.first_fault(session) is None


def test_the_digest_of_a_few_ballots_is_not_told_since_they_could_be_guessed_from_it(engine, make):
    _, round_ = voting.running(make, options=1, experts=4)
    voting.cast(engine, round_, [voting.alike(1, OV=7)] * 4)
    voting.close(engine, round_)
    with transaction(engine) as session:
        query = select(AuditEntry).where(AuditEntry.action == "result:tally:attest")
        assert session.exec(query).one().details == {"question": "Q1", "digest": None}


@pytest.mark.parametrize("replies", [0, 1])
def test_a_round_with_no_reply_or_one_closes_and_is_counted(engine, make, replies):
    _, round_ = voting.running(make, experts=5)
    voting.cast(engine, round_, [voting.alike(3, OV=7, C1=6)] * replies)
    voting.close(engine, round_)
    tally = tally_of(engine, round_)
    assert (tally.submitted, tally.quorum_reached) == (replies, False)


def test_a_round_that_asks_nothing_closes_without_a_result(engine, make):
    round_ = make.round(make.seminar(), state=RoundState.OPEN)
    voting.close(engine, round_)
    with transaction(engine) as session:
        assert session.exec(select(Result)).all() == []


def test_broken_wording_rules_are_a_clear_refusal_and_leave_the_round_open(engine, make):
    broken = {"labels": [{"id": "good", "label": "Good", "when": "support > 1", "sentence": "Good."}]}
    _, round_ = voting.running(make, experts=5, wording=broken)
    with pytest.raises(service.RulesUnreadable, match="rule good: 'support' is not a figure"):
        voting.close(engine, round_)
    with transaction(engine) as session:
        assert session.get_one(Round, round_.id).state is RoundState.OPEN


def test_a_ballot_that_cannot_be_what_was_sealed_is_a_clear_refusal(engine, make):
    _, round_ = voting.running(make, options=1, experts=5)
    voting.cast(engine, round_, [voting.alike(1, OV=7)] * 5)
    for content in ({"answers": {"W01": {"OV": 10}}}, {"answers": [1]}, {"rationales": {"W01": 4}}):
        with transaction(engine) as session:
            session.exec(select(Seal)).all()[0].content = content
        with pytest.raises(sealed.BrokenSeal):
            voting.close(engine, round_)


def test_movement_pairs_the_same_expert_and_only_the_same_wording(engine, make):
    seminar, first = voting.running(make, options=2, experts=6)
    voting.cast(engine, first, [voting.alike(2, OV=n) for n in (2, 4, 6, 8, 8, 8)])
    voting.close(engine, first)
    second = make.rating_round(seminar, 2, previous=first)
    items = make.options(seminar, 2)
    with transaction(engine) as session:
        voting.reword(session, second, items[1])
    voting.cast(engine, second, [None, *[voting.alike(2, OV=n) for n in (7, 6, 8, 8, 8)]])
    voting.close(engine, second)

    tally = tally_of(engine, second)
    movement = tally.option("W01").movement
    # the one who moved from 4 to 7; the first did not answer again
    assert (movement.paired, movement.moved_share, movement.median_before) == (5, 0.2, 7.0)
    assert tally.option("W02").movement is None


@pytest.mark.parametrize(("minor", "compared"), [(True, True), (False, False)])
def test_after_a_minor_rewording_an_option_is_the_same_and_after_a_major_one_another(
    engine, make, minor, compared
):
    seminar, first = voting.running(make, options=1, experts=5)
    voting.cast(engine, first, [voting.alike(1, OV=n) for n in (2, 4, 6, 8, 8)])
    voting.close(engine, first)
    (item,) = make.options(seminar, 1)
    second = make.rating_round(seminar, 1, previous=first)
    with transaction(engine) as session:
        voting.reword(session, second, item, minor=True)
        voting.reword(session, second, item, minor=minor)
    voting.cast(engine, second, [voting.alike(1, OV=8)] * 5)
    (result,) = voting.close(engine, second)

    option = tally_of(engine, second).option("W01")
    assert option.version == 3
    assert (option.movement is not None) is compared
    with transaction(engine, write=False) as session:
        assert recompute(session, session.get_one(Result, result.id)).equal


def test_what_was_merged_into_another_option_is_not_compared_with_it(engine, make):
    seminar, first = voting.running(make, options=2, experts=5)
    voting.cast(engine, first, [voting.alike(2, OV=2)] * 5)
    voting.close(engine, first)
    gone, stays = make.options(seminar, 2)
    with transaction(engine) as session:
        one, other = session.merge(gone), session.merge(stays)
        registers.merge(session, item=one, into=other, reason="They say the same.", by=None)
    second = make.round(seminar, state=RoundState.OPEN, previous_id=first.id)
    settings = {"criteria": [{"code": "OV", "required": True}]}
    make.asks(second, "Q1", "rate", settings, [other])
    voting.cast(engine, second, [{"W02": {"OV": 9}}] * 5)
    voting.close(engine, second)
    movement = tally_of(engine, second).option("W02").movement
    assert (movement.paired, movement.moved_share) == (5, 1.0)
    assert tally_of(engine, second).option("W01") is None


def test_without_a_round_before_there_is_no_movement(engine, make):
    _, round_ = voting.running(make, options=1, experts=5)
    voting.cast(engine, round_, [voting.alike(1, OV=7)] * 5)
    voting.close(engine, round_)
    assert tally_of(engine, round_).options[0].movement is None


def test_labels_follow_the_rules_of_the_seminar(engine, make):
    _, round_ = voting.running(make, options=1, experts=12, wording=wording())
    voting.cast(engine, round_, [voting.alike(1, OV=8)] * 12)
    voting.close(engine, round_)
    option = tally_of(engine, round_).options[0]
    assert option.label == "broad_agreement"
    assert (
        option.sentence
        == "There was broad agreement among participants that Option 1 (W01) should be taken forward."
    )
    with transaction(engine) as session:
        assert session.get_one(Seminar, round_.seminar_id).wording["labels"]
