"""Import a register from a spreadsheet, and keep the rounds to come in step with it."""

from sqlmodel import Session

from app.models import Person, Seminar
from app.models.registers import Kind
from app.moderation.service import hold
from app.registers import import_pages
from app.registers.uploads import Upload
from app.rounds import subjects


def import_register(session: Session, *, seminar: Seminar, kind: Kind, upload: Upload, by: Person) -> None:
    """Do what the preview showed; rounds to come ask about what is new, and not about what is gone."""
    hold(session, seminar)
    import_pages.apply(session, seminar=seminar, kind=kind, upload=upload, by=by)
    subjects.catch_up(session, seminar_id=seminar.id)
