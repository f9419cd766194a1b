"""The moves of a round, and when it takes answers: without a database."""

from datetime import timedelta
from itertools import product
from uuid import uuid4

import pytest

from app import clock
from app.models import Round
from app.models.rounds import RoundState
from app.rounds import lifecycle

FORWARD = {
    (RoundState.DRAFT, RoundState.SCHEDULED),
    (RoundState.DRAFT, RoundState.OPEN),
    (RoundState.SCHEDULED, RoundState.OPEN),
    (RoundState.OPEN, RoundState.CLOSED),
    (RoundState.CLOSED, RoundState.PUBLISHED),
}


def a_round(state: RoundState, **fields) -> Round:
    return Round(seminar_id=uuid4(), number=3, title="A round", state=state, **fields)


@pytest.mark.parametrize(("here", "there"), sorted(product(RoundState, RoundState)))
def test_a_round_moves_forward_only(here, there):
    if (here, there) in FORWARD:
        lifecycle.require_move(a_round(here), there)
    else:
        with pytest.raises(lifecycle.STANDS[here], match="R3"):
            lifecycle.require_move(a_round(here), there)


def test_a_round_takes_answers_until_its_closing_time_and_not_at_it():
    closing = clock.now()
    round_ = a_round(RoundState.OPEN, closes_at=closing)

    with clock.standing_at(closing - timedelta(microseconds=1)):
        lifecycle.require_open(round_)
        assert lifecycle.is_open(round_)
        assert not lifecycle.is_overdue(round_)
    with clock.standing_at(closing):
        assert not lifecycle.is_open(round_)
        assert lifecycle.is_overdue(round_)
        with pytest.raises(lifecycle.RoundOver, match="closing time"):
            lifecycle.require_open(round_)


@pytest.mark.parametrize("state", [state for state in RoundState if state is not RoundState.OPEN])
def test_a_round_that_is_not_open_takes_no_answers_whatever_the_clock_says(state):
    round_ = a_round(state, closes_at=clock.now() + timedelta(days=1))

    assert not lifecycle.is_open(round_)
    assert not lifecycle.is_overdue(round_)
    with pytest.raises(lifecycle.RoundNotOpen):
        lifecycle.require_open(round_)


def test_a_round_is_concluded_once_it_is_closed():
    assert [state for state in RoundState if lifecycle.is_concluded(a_round(state))] == [
        RoundState.CLOSED,
        RoundState.PUBLISHED,
    ]
