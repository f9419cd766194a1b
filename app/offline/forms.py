"""What is sent with a returned form: a file or a code, and what was decided about its cells."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from starlette.datastructures import UploadFile

from app.errors import Invalid
from app.registers.sheets import NothingSent
from app.web.forms import Submitted, texts

CELL = "c."
KEEP, ENTER, DROP = "keep", "enter", "drop"


@dataclass(frozen=True, slots=True)
class Sent:
    """A file, or the code of a form that is typed in."""

    content: bytes
    code: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided about each cell by its key, and what is to be done with the form."""

    decisions: dict[str, str]
    then: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """For whom forms are wanted, and of which kind."""

    members: frozenset[UUID]
    kind: str


def sent(form: Submitted) -> Sent:
    """The form with a file."""
    file = form.get("file")
    content = file.file.read() if isinstance(file, UploadFile) else b""
    return Sent(content, texts(form).get("code", ""))


def decided(form: Submitted) -> Decided:
    """The form of a preview."""
    said = texts(form)
    cells = {name.removeprefix(CELL): value for name, value in said.items() if name.startswith(CELL)}
    return Decided(cells, said.get("then", KEEP))


def wanted(form: Submitted) -> Wanted:
    """The form of those who want a file; members that are none of this seminar's are left out later."""
    members = frozenset(filter(None, (_key(value) for value in form.getlist("member"))))
    return Wanted(members, "xlsx" if texts(form).get("kind") == "xlsx" else "docx")


def _key(value: object) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None


def nobody() -> Invalid:
    """Nobody was chosen."""
    return Invalid({"member": NothingChosen()})


class NothingChosen(NothingSent):
    """No member was ticked."""

    message = "Please choose at least one expert."


SentDep = Annotated[Sent, Depends(sent)]
DecidedDep = Annotated[Decided, Depends(decided)]
WantedDep = Annotated[Wanted, Depends(wanted)]
