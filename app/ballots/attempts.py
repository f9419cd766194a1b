"""What was sent to be saved, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.ballots.forms import Sent
from app.ballots.merging import Merge
from app.ballots.service import Saved
from app.errors import AppError

DONE, CLASHES, UNFIT = 200, 409, 422


@dataclass(frozen=True, slots=True)
class Attempt:
    """A form, and what was saved of it and what was not."""

    sent: Sent
    saved: Saved
    errors: Mapping[str, AppError] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """Whether something does not fit, or clashes with another window, or all is done."""
        return UNFIT if self.errors else CLASHES if self.saved.stale else DONE

    @property
    def typed(self) -> dict[str, str]:
        """What stands in the fields that were not saved: what was typed there."""
        stale = {f"{code}.{name}" for code, merge in self.saved.merges.items() for name in merge.conflicts}
        return {name: self.sent.get(name) for name in {*self.errors, *stale}}

    def seen(self, code: str) -> dict[str, int]:
        """What a new page shows of a card that is older than what is in force: the fields that clash."""
        merge = self.saved.merges.get(code, Merge())
        return {name: merge.seen[name] for name in merge.conflicts}
