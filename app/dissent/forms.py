"""Read what is sent of a statement: its words, over which wording they were written, and why."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends

from app.dissent.service import Draft
from app.web.forms import Submitted, texts

LONGEST_NUMBER = 9
LONGEST_CODE = 64


@dataclass(frozen=True, slots=True)
class Sent:
    """The form as it was sent."""

    form: Submitted

    @property
    def values(self) -> dict[str, str]:
        """All fields, to be shown again."""
        return texts(self.form)

    @property
    def draft(self) -> Draft:
        """What an author wrote."""
        return Draft(self.text, self.values.get("language", ""), self.values.get("alone") == "yes")

    @property
    def text(self) -> str:
        """The words of a statement."""
        return self.values.get("text", "")

    @property
    def reply(self) -> str:
        """What an owner says of a wording."""
        return self.values.get("reply", "")

    @property
    def reason(self) -> str:
        """Why a facilitator gives it other words."""
        return self.values.get("reason", "")

    @property
    def why(self) -> str:
        """Why a facilitator withholds it."""
        return self.values.get("why", "")

    @property
    def seen(self) -> int:
        """The wording that was read; none is 0, which no wording is."""
        number = self.values.get("seen", "")
        fits = number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER
        return int(number) if fits else 0


def sent(form: Submitted) -> Sent:
    """The form that was sent."""
    return Sent(form)


SentDep = Annotated[Sent, Depends(sent)]
