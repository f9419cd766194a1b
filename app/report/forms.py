"""Read what is sent of a report: its settings, a section as it was written, a note, a comment."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends

from app import i18n
from app.errors import AppError, Invalid
from app.models.reports import Paper
from app.web.forms import Missing, NotUnderstood, Submitted, TooLong, texts

LONGEST_TITLE = 300
LONGEST_BODY = 200_000
LONGEST_ATTRIBUTION = 2000
LONGEST_NOTE = 1000
LONGEST_COMMENT = 4000
LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class Sent:
    """The form as it was sent."""

    form: Submitted

    @property
    def values(self) -> dict[str, str]:
        """All fields, to be shown again."""
        return texts(self.form)

    def text(self, name: str) -> str:
        """A field, without the space around it; lines end as they do everywhere else."""
        return self.values.get(name, "").replace("\r\n", "\n").strip()

    @property
    def seen(self) -> int:
        """The number of the section's saving that was opened; none is 0, which no section has."""
        number = self.values.get("seen", "")
        fits = number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER
        return int(number) if fits else 0

    @property
    def body(self) -> str:
        """The text of a section, ending as every text does."""
        body = self.text("body")
        return f"{body}\n" if body else ""

    def section(self) -> dict[str, object]:
        """What `service.save` needs, or Invalid by field."""
        _require(
            title=_of_length(self.text("title"), LONGEST_TITLE),
            body=TooLong(limit=LONGEST_BODY) if len(self.body) > LONGEST_BODY else None,
        )
        included = self.values.get("included") == "yes"
        return {"title": self.text("title"), "body": self.body, "included": included, "version": self.seen}

    def settings(self) -> dict[str, object]:
        """What `service.configure` needs, or Invalid by field."""
        attribution = self.text("attribution")
        _require(
            title=_of_length(self.text("title"), LONGEST_TITLE),
            language=None if self.text("language") in i18n.LANGUAGES else NotUnderstood(),
            paper=None if self.text("paper") in set(Paper) else NotUnderstood(),
            attribution=TooLong(limit=LONGEST_ATTRIBUTION)
            if len(attribution) > LONGEST_ATTRIBUTION
            else None,
        )
        return {
            "title": self.text("title"),
            "language": self.text("language"),
            "paper": Paper(self.text("paper")),
            "attribution": attribution,
        }

    def note(self) -> str:
        """Why a version is kept."""
        note = self.text("note")
        _require(note=_of_length(note, LONGEST_NOTE))
        return note

    def comment(self) -> str:
        """What is said of a section."""
        comment = self.text("text")
        _require(text=_of_length(comment, LONGEST_COMMENT))
        return comment


def _of_length(text: str, limit: int) -> AppError | None:
    if not text:
        return Missing()
    return TooLong(limit=limit) if len(text) > limit else None


def _require(**faults: AppError | None) -> None:
    found = {name: fault for name, fault in faults.items() if fault}
    if found:
        raise Invalid(found)


def sent(form: Submitted) -> Sent:
    """The form that was sent."""
    return Sent(form)


SentDep = Annotated[Sent, Depends(sent)]
