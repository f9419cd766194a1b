"""A result that has reasons by subject: with this much said of it, every door knows how to guard it."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar, Self

from app.results.turnout import Entry, Turnout
from app.spreadsheet.tabular import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasoned(Turnout, ABC):
    """The frozen result of a question whose only texts are a reason for each subject.

    `rationales` are by subject, in an order that says nothing; `withheld` names the subjects of which
    they are not released: it is filled by `results.disclosure` and never frozen. `unfit` counts the
    ballots whose answer could not have been submitted and is left out: where what is saved counts.
    `agreement` is the rule, fixed before the round, by which something is settled (`results.accord`).

    Holding texts back, small groups, digests of texts that are not shown, tables and export follow
    from these and from the two methods that are left to say.
    """

    MEANINGS: ClassVar[Mapping[str, str]] = {}

    subjects: list[Entry]
    rationales: dict[str, list[str]] = field(default_factory=dict)
    unfit: int = 0
    withheld: list[str] = field(default_factory=list)
    agreement: dict[str, Any] | None = None

    @abstractmethod
    def raters(self, code: str) -> int:
        """How many experts said something of the subject: of few of them, no reasons are shown."""

    @abstractmethod
    def tables(self) -> list[Table]:
        """The numbers as tables, the one that says most first; `MEANINGS` explains their columns."""

    def as_numbers(self) -> dict[str, Any]:
        """Plain numbers and words, to be frozen as JSON."""
        numbers = asdict(self)
        del numbers["withheld"]
        if self.agreement is None:  # as it was frozen before there were any
            del numbers["agreement"]
        return numbers

    @classmethod
    def from_numbers(cls, numbers: dict[str, Any]) -> Self:
        """The tally that was frozen."""
        return cls.of_parts(numbers)

    @classmethod
    def of_parts(cls, numbers: dict[str, Any], **parts: Any) -> Self:
        """The same, for a tally that makes parts of its own of some numbers."""
        return cls(**numbers | {"subjects": [Entry(**one) for one in numbers["subjects"]]} | parts)
