"""The life of a round: its states in their order, the moves between them, and when it takes answers."""

from app import clock
from app.errors import Conflict
from app.models import Round
from app.models.rounds import RoundState

MOVES: dict[RoundState, frozenset[RoundState]] = {
    RoundState.DRAFT: frozenset({RoundState.SCHEDULED, RoundState.OPEN}),
    RoundState.SCHEDULED: frozenset({RoundState.OPEN}),
    RoundState.OPEN: frozenset({RoundState.CLOSED}),
    RoundState.CLOSED: frozenset({RoundState.PUBLISHED}),
    RoundState.PUBLISHED: frozenset(),
}


class RoundNotOpen(Conflict):
    """The round takes no answers in its present state."""

    message = "Round R%(number)s is not open for answers."


class RoundOver(Conflict):
    """The closing time has passed, whether or not somebody has closed the round."""

    message = "The closing time of round R%(number)s has passed; answers are no longer taken."


class NotYetOpened(Conflict):
    """Something wants a round that has been opened."""

    message = "Round R%(number)s has not been opened yet."


class IsOpen(Conflict):
    """Something wants a round that is not open, or no longer."""

    message = "Round R%(number)s is open."


class IsClosed(Conflict):
    """Something wants a round that is not closed, or not any more."""

    message = "Round R%(number)s is already closed."


class IsPublished(Conflict):
    """Something wants a round whose result is not out yet."""

    message = "The result of round R%(number)s has already been published."


STANDS: dict[RoundState, type[Conflict]] = {
    RoundState.DRAFT: NotYetOpened,
    RoundState.SCHEDULED: NotYetOpened,
    RoundState.OPEN: IsOpen,
    RoundState.CLOSED: IsClosed,
    RoundState.PUBLISHED: IsPublished,
}


def require_move(round_: Round, to: RoundState) -> None:
    """Refuse a move that the table lacks, saying where the round stands."""
    if to not in MOVES[round_.state]:
        raise STANDS[round_.state](number=round_.number)


def require_state(round_: Round, state: RoundState) -> None:
    """Refuse what is possible in one state only, saying where the round stands."""
    if round_.state is not state:
        raise STANDS[round_.state](number=round_.number)


def require_open(round_: Round) -> None:
    """Refuse an answer unless the round is open and its closing time lies ahead.

    Only what is asked of a row that is locked in the same transaction can be relied upon:
    see `rounds.service.lock_open_round`.
    """
    if round_.state is not RoundState.OPEN:
        raise RoundNotOpen(number=round_.number)
    if is_overdue(round_):
        raise RoundOver(number=round_.number)


def is_open(round_: Round) -> bool:
    """Whether the round takes answers now."""
    return round_.state is RoundState.OPEN and not is_overdue(round_)


def is_overdue(round_: Round) -> bool:
    """Whether the closing time has passed and nobody has closed the round yet."""
    passed = round_.closes_at is not None and clock.now() >= round_.closes_at
    return round_.state is RoundState.OPEN and passed


def is_concluded(round_: Round) -> bool:
    """Whether the round takes no more answers and never will."""
    return round_.state in {RoundState.CLOSED, RoundState.PUBLISHED}
