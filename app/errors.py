"""What can be refused, in four kinds; the status of each is attached in `web.errors`."""

from collections.abc import Mapping


class AppError(Exception):
    """A refusal with a message for people.

    `message` is a gettext id with named fields, so that it is translated when it is shown,
    in the reader's language, and not when it is raised.
    """

    message = "Something went wrong."

    def __init__(self, **fields: object) -> None:
        super().__init__(self.message)
        self.fields = fields

    def __str__(self) -> str:
        """The message in English, for the log and the command line."""
        return self.message % self.fields if self.fields else self.message


class NotFound(AppError):
    """What was asked for does not exist, or the asker may not know that it does."""

    message = "There is nothing at this address, or it is not open to you."


class Forbidden(AppError):
    """The asker's role does not allow it, now or later."""

    message = "Your role in this seminar does not allow this."


class Conflict(AppError):
    """It cannot be done in the present state."""

    message = "This cannot be done at the moment."


class Invalid(AppError):
    """What was sent does not fit; `errors` names the fields."""

    message = "Some of what you entered needs your attention."

    def __init__(self, errors: Mapping[str, AppError] | None = None, **fields: object) -> None:
        super().__init__(**fields)
        self.errors: dict[str, AppError] = dict(errors or {})
