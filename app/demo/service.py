"""Load the demonstration once, and find it and its people again."""

from sqlalchemy import Engine
from sqlmodel import Session, select

from app.db import transaction
from app.demo.panel import visitor
from app.demo.story import SLUG, Story
from app.errors import Conflict
from app.identity import queries as identity
from app.models import Person, Seminar
from app.policy import Role
from app.settings import Settings


class NotSynthetic(Conflict):
    """A real seminar stands in the database into which the demonstration would come."""

    message = (
        "This database holds the seminar “%(slug)s”, which is not synthetic. "
        "The demonstration signs anybody in: give it a database of its own by COLLOQUY_DATABASE_URL."
    )


def load(engine: Engine, settings: Settings) -> Seminar:
    """The demonstration is there; if it was there before, it is left as it is."""
    with transaction(engine) as session:
        return find(session) or Story(session, settings).tell()


def find(session: Session) -> Seminar | None:
    """The demonstration's seminar, or None before it is loaded; no real one may stand beside it."""
    seminars = session.exec(select(Seminar)).all()
    for seminar in seminars:
        if not seminar.synthetic:
            raise NotSynthetic(slug=seminar.slug)
    return next((seminar for seminar in seminars if seminar.slug == SLUG), None)


def find_person(session: Session, role: Role) -> Person | None:
    """Whom a visitor becomes in this role, or None before the demonstration is loaded."""
    return identity.find_person(session, email=visitor(role).email)
