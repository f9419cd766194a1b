"""What is wrong with a template: where it stands and why, in words for people."""

from dataclasses import dataclass, field

from app import i18n
from app.errors import Invalid
from app.i18n import _

# The way to a value in a file: names and numbers of entries.
Place = tuple[str | int, ...]

# What more than one check has to say.
REPEATED = _("The id “%(id)s” stands here twice.")
UNKNOWN = _("“%(id)s” is named here but stands nowhere in %(where)s.")

# A template that is wrong all over is not described to the last line.
LIMIT = 200


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault: a file, a line in it, and a message with its fields."""

    file: str
    line: int
    message: str
    fields: dict[str, object] = field(default_factory=dict, compare=False)

    @property
    def reason(self) -> str:
        """Why, in the language spoken."""
        return i18n.gettext(self.message) % self.fields

    def __str__(self) -> str:
        """`file:line: reason`, in English."""
        return f"{self.file}:{self.line}: {self.message % self.fields}"


class BrokenTemplate(Invalid):
    """A template with faults; it is refused whole."""

    message = _("This template cannot be used. Faults found: %(count)s.")

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(count=len(faults))
        self.faults = sorted(faults)[:LIMIT]

    def __str__(self) -> str:
        """The message in English, and every fault on a line of its own."""
        return "\n".join([super().__str__(), *map(str, self.faults)])
