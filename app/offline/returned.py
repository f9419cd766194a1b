"""What a returned file says, whichever of the two it is."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.offline.cells import Fault, Reading, agree
from app.offline.sheet import Form, plain


@dataclass(frozen=True, slots=True)
class Edited:
    """A wording that is not as it was printed."""

    subject: str
    printed: str
    found: str


@dataclass(frozen=True, slots=True)
class Found:
    """Every cell that stands in a file, as often as it stands there, and the wordings that were changed."""

    readings: Mapping[str, Sequence[Reading]]
    edited: Sequence[Edited] = ()


@dataclass
class Finding:
    """What is found while a file is read."""

    readings: dict[str, list[Reading]] = field(default_factory=lambda: defaultdict(list))
    edited: dict[str, Edited] = field(default_factory=dict)

    def compare(self, subject: str, printed: str, found: str) -> None:
        """Note the wording if it is not as it was printed."""
        if plain(printed) != plain(found) and subject not in self.edited:
            self.edited[subject] = Edited(subject, printed, found[:LONGEST_SHOWN])

    @property
    def found(self) -> Found:
        """All of it."""
        return Found(self.readings, list(self.edited.values()))


LONGEST_SHOWN = 2000
GONE = Reading(fault=Fault.GONE)


NEEDED = Reading(fault=Fault.NEEDED)


def readings(form: Form, found: Found) -> dict[str, Reading]:
    """What each cell of the form says, in its order; what is not in the file is said to be gone."""
    said = {key: agree(found.readings[key]) if found.readings.get(key) else GONE for key in form.cells}
    for row in form.rows.values():
        if any(said[cell.key].value for cell in row.cells):
            said |= {cell.key: NEEDED for cell in row.cells if cell.needed and said[cell.key] == Reading()}
    return said
