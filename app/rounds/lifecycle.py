"""The life of a round: its states in their order, the moves between them, and when it takes answers."""

from datetime import datetime

from app import clock
from app.errors import Conflict
from app.models import Deadline, Round
from app.models.rounds import FeedbackPolicy, Reveal, RoundState

# Forward; and two ways back, as long as nobody has answered, or nobody has seen what was answered.
MOVES: dict[RoundState, frozenset[RoundState]] = {
    RoundState.DRAFT: frozenset({RoundState.SCHEDULED, RoundState.OPEN}),
    RoundState.SCHEDULED: frozenset({RoundState.DRAFT, RoundState.OPEN}),
    RoundState.OPEN: frozenset({RoundState.CLOSED}),
    RoundState.CLOSED: frozenset({RoundState.OPEN, RoundState.PUBLISHED}),
    RoundState.PUBLISHED: frozenset(),
}


class RoundNotOpen(Conflict):
    """The round takes no answers in its present state."""

    message = "Round R%(number)s is not open for answers."


class RoundOver(Conflict):
    """The closing time has passed, whether or not somebody has closed the round."""

    message = "The closing time of round R%(number)s has passed; answers are no longer taken."


class IsScheduled(Conflict):
    """Something wants a round of which nothing has been fixed."""

    message = "Round R%(number)s is scheduled. Take its schedule back before you change it."


class LookedAt(Conflict):
    """Somebody has seen the result, so that answers given from now on would not be like the others."""

    message = (
        "The result of round R%(number)s has been looked at, so the round cannot be opened again: two"
        " results would show what the few answered who came between them."
    )


class StillSealed(Conflict):
    """The round is closed, and nobody has looked at its result yet."""

    message = (
        "Round R%(number)s is closed. Its result stays sealed until a facilitator looks at it, after which"
        " the round cannot be opened again."
    )


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
    if round_.state is RoundState.CLOSED and to is RoundState.OPEN and round_.looked_at is not None:
        raise LookedAt(number=round_.number)


def require_state(round_: Round, state: RoundState) -> None:
    """Refuse what is possible in one state only, saying where the round stands."""
    if round_.state is not state:
        raise STANDS[round_.state](number=round_.number)


def require_unopened(round_: Round) -> None:
    """Refuse what is possible before the round is opened for the first time only."""
    if not is_unopened(round_):
        raise STANDS[round_.state](number=round_.number)


def require_design(round_: Round) -> None:
    """Refuse a change to what the round asks, and by which rules, unless it is a draft.

    What is fixed at opening, and announced by a schedule, holds: its questions, subjects and criteria,
    the rules of agreement, the feedback, when it is shown, and the quorum.
    """
    if round_.state is RoundState.SCHEDULED:
        raise IsScheduled(number=round_.number)
    require_state(round_, RoundState.DRAFT)


def require_looked_at(round_: Round) -> None:
    """Refuse what shows something of a closed round that can still be opened again."""
    if is_sealed(round_):
        raise StillSealed(number=round_.number)


def require_open(round_: Round, deadline: Deadline | None = None) -> None:
    """Refuse an answer unless the round is open and the closing time lies ahead, hers if she has one.

    Only what is asked of a row that is locked in the same transaction can be relied upon:
    see `rounds.service.lock_open_round`.
    """
    if round_.state is not RoundState.OPEN:
        raise RoundNotOpen(number=round_.number)
    if is_overdue(round_, deadline):
        raise RoundOver(number=round_.number)


def closes_at(round_: Round, deadline: Deadline | None = None) -> datetime | None:
    """When the round closes, or for one expert: the later of its time and hers."""
    if deadline is None or round_.closes_at is None:
        return round_.closes_at
    return max(round_.closes_at, deadline.closes_at)


def takes_answers(round_: Round, deadline: Deadline | None = None) -> bool:
    """Whether the round takes answers now, from the expert who has this deadline if there is one."""
    return round_.state is RoundState.OPEN and not is_overdue(round_, deadline)


def is_overdue(round_: Round, deadline: Deadline | None = None) -> bool:
    """Whether the closing time has passed and the round has not been closed and counted yet.

    So it is too while personal deadlines run: to all others the round is closed.
    """
    until = closes_at(round_, deadline)
    return round_.state is RoundState.OPEN and until is not None and clock.now() >= until


def is_unopened(round_: Round) -> bool:
    """Whether the round has never been opened."""
    return round_.state in {RoundState.DRAFT, RoundState.SCHEDULED}


def is_concluded(round_: Round) -> bool:
    """Whether the round has been closed, and is counted."""
    return round_.state in {RoundState.CLOSED, RoundState.PUBLISHED}


def is_sealed(round_: Round) -> bool:
    """Whether the round is closed and nobody has looked at its result, so that it can be opened again."""
    return round_.state is RoundState.CLOSED and round_.looked_at is None


def is_real_time(round_: Round) -> bool:
    """Whether experts see figures of the round while it is open, each after her own answer."""
    return round_.reveal is Reveal.OWN_ANSWER and round_.feedback is not FeedbackPolicy.NONE


def shows_itself(round_: Round) -> bool:
    """Whether it is such a round and experts can see figures now."""
    return is_real_time(round_) and round_.state is RoundState.OPEN
