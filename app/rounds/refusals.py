"""Why a round is not moved: what its time, its reason or its checklist lacks."""

from app.errors import AppError, Conflict


class NotReady(Conflict):
    """Something that opening needs is missing."""

    message = "Round R%(number)s cannot be opened yet: something on its checklist is missing."


class ClosingPast(AppError):
    """A closing time that has passed."""

    message = "Please choose a time in the future."


class NotLater(AppError):
    """An extension that extends nothing."""

    message = "Please choose a time later than the present closing time."


class ReasonNeeded(AppError):
    """An extension without a reason."""

    message = "Please say why."


class ReasonTooLong(AppError):
    """A reason over the limit."""

    message = "Please use at most %(limit)s characters."


class OpeningPast(AppError):
    """A planned opening that has passed."""

    message = "Please choose a time in the future, or open the round now."


class ClosesFirst(AppError):
    """A round that would close before it opens."""

    message = "Please choose a time later than that of the opening."


class NotComplete(Conflict):
    """Something that the round asks or rests on is missing."""

    message = "Round R%(number)s cannot be scheduled yet: something on its checklist is missing."


class NotScheduled(Conflict):
    """There is no schedule to take back."""

    message = "Round R%(number)s is not scheduled."


class DeadlinesRun(Conflict):
    """Single experts have been promised more time."""

    message = (
        "Round R%(number)s cannot be closed by hand while single experts have more time. An organizer can"
        " take that time back."
    )


class AnotherIsOpen(Conflict):
    """One round at a time takes answers."""

    message = "Another round is open. It must be closed before round R%(number)s can be opened again."


class BuiltUpon(Conflict):
    """A later round shows what this one brought, or is compared with it."""

    message = "Round R%(number)s cannot be opened again: a later round builds upon its answers."


class NoLongerStands(Conflict):
    """What the round asked about has been merged, split or taken out of its register since it closed."""

    message = (
        "Round R%(number)s cannot be opened again: something that it asks about no longer stands in its"
        " register."
    )


class NotOnThePanel(Conflict):
    """More time for somebody who answers nothing."""

    message = "Only an expert who has joined the seminar can be given more time."


class NoMoreTime(Conflict):
    """There is no personal deadline to take back."""

    message = "This expert has no more time than the panel."
