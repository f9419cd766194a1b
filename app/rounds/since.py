"""What has become of subjects since they were asked about: reworded, merged, withdrawn."""

from dataclasses import dataclass
from typing import Literal

from sqlmodel import Session

from app.models import Seminar
from app.models.registers import ItemStatus
from app.registers import history
from app.registers import queries as registers
from app.rounds.queries import SubjectView

Reworded = Literal["no", "minor", "major"]


@dataclass(frozen=True, slots=True)
class Since:
    """`status` is where the item stands now; a major rewording means something else than what was asked."""

    status: ItemStatus
    reworded: Reworded

    @property
    def is_earlier(self) -> bool:
        """Whether what was said of it was said of an earlier wording, which meant something else."""
        return self.reworded == "major"


def since(session: Session, *, seminar: Seminar, subjects: list[SubjectView]) -> dict[str, Since]:
    """The same of each of them, by code."""
    now = registers.by_codes(session, seminar=seminar, codes=[one.code for one in subjects])
    wordings = history.same_wording(session, [one.item_id for one in subjects])
    found = {}
    for one in subjects:
        item = now[one.code]
        reworded: Reworded = "no"
        if item.version != one.version:
            reworded = "minor" if wordings[item.id].same(one.version, item.version) else "major"
        found[one.code] = Since(item.status, reworded)
    return found
