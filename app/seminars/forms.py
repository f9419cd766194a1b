"""What organisers enter: one person, a list of people, a role."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from pydantic import AfterValidator, BaseModel
from starlette.datastructures import UploadFile

from app.errors import Invalid
from app.policy import Role
from app.seminars.importing import decode
from app.seminars.invitees import NotARole
from app.web.forms import UNSTORABLE, Submitted, texts


class UnknownRole(NotARole, ValueError):
    """A role that was not among those offered."""


def _role(word: str) -> Role:
    try:
        return Role(word)
    except ValueError:
        raise UnknownRole from None


class RoleForm(BaseModel):
    """The role that a member is to hold."""

    role: Annotated[str, AfterValidator(_role)]


@dataclass(frozen=True, slots=True)
class PeopleList:
    """A list as text, from a file or pasted; what could not be read, as the refusal that it is."""

    text: str
    refused: Invalid | None = None

    def readable(self) -> str:
        """The text, or the refusal of what could not be read."""
        if self.refused:
            raise self.refused
        return self.text


def people_list(form: Submitted) -> PeopleList:
    """The list that was sent; a file goes before what was pasted."""
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.size:
        return PeopleList(texts(form).get("people", ""))
    try:
        return PeopleList(UNSTORABLE.sub("", decode(file.file.read())))
    except Invalid as refused:
        return PeopleList(texts(form).get("people", ""), refused)


PeopleListDep = Annotated[PeopleList, Depends(people_list)]
