"""Which points an agenda is to have, as an address says it."""

from typing import Any

from pydantic import BaseModel, Field, field_validator

BRIEFEST, USUAL, LENGTHIEST = 1, 15, 240


class Choice(BaseModel):
    """Which points, and how many minutes each; an address that asks for what cannot be gets the usual."""

    items: list[str] = Field(default_factory=list)
    minutes: int = USUAL

    @field_validator("minutes", mode="before")
    @classmethod
    def _a_length_that_can_be(cls, value: Any) -> int:
        text = str(value)
        # so few digits that they can be counted
        known = text.isascii() and text.isdigit() and len(text) <= len(str(LENGTHIEST))
        return min(max(int(text), BRIEFEST), LENGTHIEST) if known else USUAL
