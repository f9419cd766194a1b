"""Which code stands on which form: it follows from the form's row and the seminar's key, kept nowhere.

A list of names with codes, by which organizers send forms, and a copy of the database lead together to no
answers: without the seminar's key no code leads to its row. Nor does what else differs from form to form, the
order of what is asked: it is drawn with that key too.
"""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from sqlmodel import Session

from app.models import PaperForm, Seminar
from app.offline import codes
from app.seminars import pseudonyms
from app.seminars.pseudonyms import Stamp
from app.settings import Settings

CODE, FOUND_BY, READER = "form code", "form", "form reader"


@dataclass(frozen=True, slots=True)
class Paper:
    """A form: its row, the code that stands on it, and whose eyes the order of what is asked is drawn for."""

    row: PaperForm
    code: str
    reader: UUID


class CodeBook:
    """The codes of a seminar's forms."""

    def __init__(self, session: Session, settings: Settings, seminar: Seminar) -> None:
        self._opened_with = (session, settings, seminar)

    @cached_property
    def _stamp(self) -> Stamp:
        return pseudonyms.stamp(*self._opened_with)

    def paper(self, row: PaperForm) -> Paper:
        """The form as it is written."""
        name = row.id.hex
        code = codes.derived(lambda attempt: self._stamp(CODE, f"{name} {attempt}"))
        return Paper(row, code, UUID(bytes=self._stamp(READER, name)[:16]))

    def digest(self, code: str) -> str:
        """What finds the row of the form with this code."""
        return self._stamp(FOUND_BY, code).hex()

    def new(self, round_id: UUID, panellist_id: UUID) -> PaperForm:
        """A form with a code that nobody can know before."""
        row = PaperForm(round_id=round_id, panellist_id=panellist_id, digest="")
        row.digest = self.digest(self.paper(row).code)
        return row
