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
OF, YES = "of.", "yes"
WISHES: dict[str, bool | None] = {YES: True, "no": False, "": None}
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


@dataclass(frozen=True, slots=True)
class Mailing:
    """Who is to get forms by mail: single experts or not, and all for whom nothing is said."""

    everybody: bool
    wishes: dict[UUID, bool | None]


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


def mailing(form: Submitted) -> Mailing:
    """The form of the organizers about forms by mail; what is no wish of anybody's is passed over."""
    said = texts(form)
    named = {_key(name.removeprefix(OF)): value for name, value in said.items() if name.startswith(OF)}
    wishes = {key: WISHES[value] for key, value in named.items() if key and value in WISHES}
    return Mailing(said.get("everybody") == YES, wishes)


def wish(form: Submitted) -> bool:
    """Whether the expert wants forms by mail."""
    return texts(form).get("wish") == YES


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
MailingDep = Annotated[Mailing, Depends(mailing)]
WishDep = Annotated[bool, Depends(wish)]
WantedDep = Annotated[Wanted, Depends(wanted)]
