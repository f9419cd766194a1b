"""The one thing that a facilitator does next, wherever the seminar stands."""

from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session

from app.designer import candidates
from app.models import Round, Seminar
from app.models.rounds import RoundState
from app.rounds import lifecycle
from app.rounds import queries as rounds
from app.rounds.checklist import BY_THE_HOUR, checklist


class Do(StrEnum):
    """What can be next, in the order of a round's life."""

    PLAN = "plan"
    CARRY = "carry"
    DESIGN = "design"
    SCHEDULE = "schedule"
    OPEN = "open"
    AWAIT = "await"
    WATCH = "watch"
    CLOSE = "close"
    LOOK = "look"
    PUBLISH = "publish"
    GO_ON = "go_on"


@dataclass(frozen=True, slots=True)
class Act:
    """What is next, and with which round; `carries` if subjects can be carried forward into it."""

    do: Do
    round_: Round | None = None
    carries: bool = False


def next_act(session: Session, seminar: Seminar) -> Act:
    """The open round comes first, then a closed one, then the next that is planned."""
    plan = rounds.plan(session, seminar)
    if not plan:
        return Act(Do.PLAN)
    by_state = {state: next((one for one in plan if one.state is state), None) for state in RoundState}
    if running := by_state[RoundState.OPEN]:
        return Act(Do.CLOSE if lifecycle.is_overdue(running) else Do.WATCH, running)
    if closed := by_state[RoundState.CLOSED]:
        return Act(Do.LOOK if lifecycle.is_sealed(closed) else Do.PUBLISH, closed)
    if scheduled := by_state[RoundState.SCHEDULED]:
        return Act(Do.AWAIT, scheduled)
    if draft := by_state[RoundState.DRAFT]:
        return _with_draft(session, draft)
    return Act(Do.GO_ON)


def _with_draft(session: Session, draft: Round) -> Act:
    """A draft that asks nothing is filled, one that lacks something designed, a whole one scheduled."""
    carries = bool(candidates.sources(session, draft))
    if carries and not rounds.questions(session, draft):
        return Act(Do.CARRY, draft, carries)
    missing = {point.name for point in checklist(session, draft, draft.closes_at) if not point.done}
    if missing - BY_THE_HOUR:
        return Act(Do.DESIGN, draft, carries)
    return Act(Do.SCHEDULE if missing else Do.OPEN, draft, carries)
