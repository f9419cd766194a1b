"""Whom to remind, and where a mail that failed should have gone."""

from contextlib import suppress
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from pydantic import BaseModel
from sqlmodel import Session
from starlette.datastructures import FormData

from app.errors import AppError, Conflict
from app.identity.addresses import NotAnAddress, tidy_address
from app.models import Person
from app.notifications.queries import Posted
from app.seminars import service as seminars
from app.settings import Settings
from app.web.forms import Submitted, texts


class Wish(StrEnum):
    """What a member can want of reminders."""

    POSTPONE = "postpone"
    STOP = "stop"
    RESUME = "resume"


class WishForm(BaseModel):
    """The button that was pressed."""

    wish: Wish


def ticked(form: FormData) -> list[UUID]:
    """The members whose boxes are ticked; what is no key of anybody is passed over."""
    found = []
    for value in form.getlist("member"):
        with suppress(ValueError):
            found.append(UUID(str(value)))
    return found


class AddressCorrection:
    """The address that was typed, if it was."""

    def __init__(self, form: Submitted) -> None:
        self.typed = texts(form).get("email", "").strip()

    def apply(
        self, session: Session, settings: Settings, posted: Posted, *, by: Person
    ) -> dict[str, AppError]:
        """The invitation goes to this address from now on; or what stands in the way."""
        if not self.typed or self.typed.lower() == posted.person.email:
            return {}
        try:
            address = tidy_address(self.typed)
            seminars.correct_address(session, settings, membership=posted.membership, email=address, by=by)
        except (NotAnAddress, Conflict) as refused:
            return {"email": refused}
        return {}


Correction = Annotated[AddressCorrection, Depends()]
