"""What every type of question can do; adding one is adding a module that does this."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from app.errors import AppError

# The fields of a form as they were sent: every value of every name.
Fields = Mapping[str, Sequence[str]]

Entry = TypeVar("Entry")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Parsed(Generic[Entry]):
    """What a form says of each subject, and by the name of its field what does not fit.

    Both at once: what fits can be saved, so that one mistake does not hold up the rest.
    """

    entries: dict[str, Entry] = field(default_factory=dict)
    errors: dict[str, AppError] = field(default_factory=dict)


class QuestionType(Protocol[Entry, Answer]):
    """One type of question, set up for one question.

    An `Entry` is what a form says about one subject, blank where it says nothing; an `Answer` is
    what is in force for one subject. Subjects go by their public codes. Nothing here knows a
    table, a request or a person.
    """

    @property
    def name(self) -> str:
        """The word by which a question names its type."""

    def parse(self, fields: Fields, subjects: Collection[str]) -> Parsed[Entry]:
        """What the form says of each subject that it names."""

    @property
    def requires(self) -> bool:
        """Whether something is asked of everyone: a ballot is then not finished without it."""

    def missing(self, answer: Answer | None) -> list[str]:
        """What is asked of everyone and is not there, of one subject."""

    def is_done(self, answer: Answer | None) -> bool:
        """Whether a subject counts as answered: with what is required, or with what makes an answer."""

    def far(self, answers: Mapping[str, Answer], subjects: Collection[str]) -> tuple[int, int]:
        """How many answers are asked for, and how many of them are there."""

    def unfit(self, answers: Mapping[str, Answer]) -> AppError | None:
        """What keeps the answers as a whole from being submitted, though they can be saved; or None."""

    def seal(self, answers: Mapping[str, Answer]) -> dict[str, Any]:
        """The answers as the JSON that is sealed: the same answers give the same JSON."""

    def read(self, content: Mapping[str, Any]) -> dict[str, Answer]:
        """The answers that were sealed."""

    def columns(self, subjects: Sequence[str]) -> list[str]:
        """The names of an export's columns for these subjects."""

    def cells(self, answers: Mapping[str, Answer], subjects: Sequence[str]) -> list[int | str | None]:
        """One ballot as the values of those columns."""
