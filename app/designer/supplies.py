"""What a question of a seminar can be made of."""

from dataclasses import dataclass, field

from app import i18n
from app.models import Criterion, Seminar
from app.models.registers import Kind
from app.registers.queries import ItemView

# The settings that belong to no type in particular: the service keeps them whatever a type's form says.
KEPT = ("about", "agreement")


@dataclass(frozen=True, slots=True)
class Supplies:
    """Criteria, elements of the mandate, and how many items stand in each register."""

    seminar: Seminar
    criteria: list[Criterion] = field(default_factory=list)
    elements: list[ItemView] = field(default_factory=list)
    counts: dict[Kind, int] = field(default_factory=dict)

    def say(self, message: str) -> str:
        """The message in the seminar's language: what is said to all of the panel."""
        return i18n.catalogue(self.seminar.language).gettext(message)

    @property
    def known(self) -> dict[str, Criterion]:
        """The criteria by code."""
        return {criterion.code: criterion for criterion in self.criteria}
