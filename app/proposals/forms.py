"""Read what an author sends: a proposal, over which revision of it, and what to do next."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends

from app.models.registers import Kind
from app.registers.drafts import ItemDraft
from app.registers.forms import parse_item
from app.web.forms import Submitted, texts

REVIEW = "review"
LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class Written:
    """The form as it was sent."""

    form: Submitted

    def draft(self, kind: Kind) -> ItemDraft:
        """What was written, as an item of the kind has it."""
        return parse_item(kind, self.form)

    @property
    def seen(self) -> int:
        """The revision over which it was written; none is 0, which no revision is."""
        number = texts(self.form).get("revision", "")
        fits = number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER
        return int(number) if fits else 0

    @property
    def goes_on(self) -> bool:
        """Whether the author wants to submit it now."""
        return texts(self.form).get("then") == REVIEW

    @property
    def text(self) -> str:
        """What is said about a proposal."""
        return texts(self.form).get("answer", "")


def written(form: Submitted) -> Written:
    """The form that was sent."""
    return Written(form)


WrittenDep = Annotated[Written, Depends(written)]
