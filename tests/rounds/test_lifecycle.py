"""The moves of a round, and when it takes answers: without a database."""

from datetime import timedelta
from itertools import product
from uuid import uuid4

import pytest

from app import clock
from app.errors import Conflict
from app.models import Deadline, Round
from app.models.rounds import RoundState
from app.rounds import lifecycle

MOVES = {
    (RoundState.DRAFT, RoundState.SCHEDULED),
    (RoundState.DRAFT, RoundState.OPEN),
    (RoundState.SCHEDULED, RoundState.DRAFT),
    (RoundState.SCHEDULED, RoundState.OPEN),
    (RoundState.OPEN, RoundState.CLOSED),
    (RoundState.CLOSED, RoundState.OPEN),
    (RoundState.CLOSED, RoundState.PUBLISHED),
}


def a_round(state: RoundState, **fields) -> Round:
    return Round(seminar_id=uuid4(), number=3, title="A round", state=state, **fields)


@pytest.mark.parametrize(("here", "there"), sorted(product(RoundState, RoundState)))
def test_a_round_makes_the_moves_of_the_table_and_no_others(here, there):
    if (here, there) in MOVES:
        lifecycle.require_move(a_round(here), there)
    else:
        with pytest.raises(lifecycle.STANDS[here], match="R3"):
            lifecycle.require_move(a_round(here), there)


def test_a_round_takes_answers_until_its_closing_time_and_not_at_it():
    closing = clock.now()
    round_ = a_round(RoundState.OPEN, closes_at=closing)

    with clock.standing_at(closing - timedelta(microseconds=1)):
        lifecycle.require_open(round_)
        assert lifecycle.takes_answers(round_)
        assert not lifecycle.is_overdue(round_)
    with clock.standing_at(closing):
        assert not lifecycle.takes_answers(round_)
        assert lifecycle.is_overdue(round_)
        with pytest.raises(lifecycle.RoundOver, match="closing time"):
            lifecycle.require_open(round_)


@pytest.mark.parametrize("state", [state for state in RoundState if state is not RoundState.OPEN])
def test_a_round_that_is_not_open_takes_no_answers_whatever_the_clock_says(state):
    round_ = a_round(state, closes_at=clock.now() + timedelta(days=1))

    assert not lifecycle.takes_answers(round_)
    assert not lifecycle.is_overdue(round_)
    with pytest.raises(lifecycle.RoundNotOpen):
        lifecycle.require_open(round_)


def test_a_round_is_concluded_once_it_is_closed():
    assert [state for state in RoundState if lifecycle.is_concluded(a_round(state))] == [
        RoundState.CLOSED,
        RoundState.PUBLISHED,
    ]


def test_a_round_that_was_looked_at_is_not_opened_again():
    seen = a_round(RoundState.CLOSED, looked_at=clock.now())

    assert lifecycle.is_sealed(a_round(RoundState.CLOSED))
    assert not lifecycle.is_sealed(seen)
    with pytest.raises(lifecycle.LookedAt, match="R3"):
        lifecycle.require_move(seen, RoundState.OPEN)
    lifecycle.require_move(seen, RoundState.PUBLISHED)


def test_who_has_a_deadline_of_her_own_can_answer_until_then_and_nobody_else_can():
    closing = clock.now()
    round_ = a_round(RoundState.OPEN, closes_at=closing)
    hers = Deadline(round_id=round_.id, membership_id=uuid4(), closes_at=closing + timedelta(days=2))

    assert lifecycle.closes_at(round_, hers) == hers.closes_at
    with clock.standing_at(closing + timedelta(days=1)):
        assert lifecycle.takes_answers(round_, hers)
        assert not lifecycle.takes_answers(round_)
        assert lifecycle.is_overdue(round_)
        assert not lifecycle.is_overdue(round_, hers)
    with clock.standing_at(hers.closes_at), pytest.raises(lifecycle.RoundOver):
        lifecycle.require_open(round_, hers)


def test_a_deadline_of_ones_own_that_an_extension_has_passed_takes_no_time_away():
    round_ = a_round(RoundState.OPEN, closes_at=clock.now() + timedelta(days=2))
    assert round_.closes_at
    hers = Deadline(round_id=round_.id, membership_id=uuid4(), closes_at=round_.closes_at - timedelta(days=1))

    assert lifecycle.closes_at(round_, hers) == round_.closes_at


@pytest.mark.parametrize("state", [state for state in RoundState if state is not RoundState.DRAFT])
def test_what_a_round_asks_is_changed_while_it_is_a_draft_and_never_after(state):
    lifecycle.require_design(a_round(RoundState.DRAFT))
    with pytest.raises(Conflict, match="R3"):
        lifecycle.require_design(a_round(state))
