"""A round is closed once, its ballots are counted once, and what was counted can be counted again."""

import pytest
from sqlmodel import select

from app.db import transaction
from app.errors import Conflict
from app.models import AuditEntry, Result, Round
from app.models.rounds import RoundState
from app.results import service
from app.results.recount import recompute
from app.results.tally import RateTally
from tests.results import voting


def test_closing_counts_the_submitted_ballots_and_freezes_the_result(engine, make):
    _, round_ = voting.running(make, options=2, experts=8)
    voting.cast(engine, round_, [voting.alike(2, OV=7, C1=6, C2=5, why="Because.")] * 6)

    with transaction(engine) as session:
        result = service.close_round(session, round_=session.get_one(Round, round_.id), by=None)

    with transaction(engine) as session:
        stored = session.exec(select(Result)).one()
        assert result is not None
        assert stored.id == result.id
        tally = RateTally.from_numbers(stored.numbers)
        assert (tally.submitted, tally.enrolled, tally.quorum_reached) == (6, 8, True)
        assert tally.input_digest == stored.input_digest
        assert session.get_one(Round, round_.id).state is RoundState.CLOSED
        assert recompute(session, stored).faults == ()


def test_a_second_close_is_a_conflict_and_counts_nothing(engine, make):
    _, round_ = voting.running(make, experts=5)
    voting.cast(engine, round_, [voting.alike(3, OV=7, C1=6)] * 5)
    with transaction(engine) as session:
        service.close_round(session, round_=session.get_one(Round, round_.id), by=None)

    with pytest.raises(Conflict), transaction(engine) as session:
        service.close_round(session, round_=session.get_one(Round, round_.id), by=None)

    with transaction(engine) as session:
        assert len(session.exec(select(Result)).all()) == 1
        closings = [entry.action for entry in session.exec(select(AuditEntry)) if "close" in entry.action]
        assert closings == ["round:state:close"]
