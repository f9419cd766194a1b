"""Rows made to order: a test names what matters to it, and gets all that this needs."""

import secrets
from datetime import timedelta
from itertools import count
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from app import clock
from app.db import transaction
from app.identity.deps import hash_token
from app.models import Membership, Person, Seminar, WebSession
from app.models.seminars import MembershipState
from app.policy import Role
from app.settings import Settings


def sign_in(session: Session, person: Person) -> str:
    """A session cookie's value for the person."""
    token = secrets.token_urlsafe(32)
    session.add(
        WebSession(
            person_id=person.id,
            token_hash=hash_token(token),
            last_seen_at=clock.now(),
            expires_at=clock.now() + timedelta(days=1),
        )
    )
    return token


class Make:
    """The factory; every method commits, so that browsers see what it made."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.engine = engine
        self.settings = settings
        self._numbers = count(1)

    def person(self, **fields: Any) -> Person:
        """A person with an address of their own."""
        number = next(self._numbers)
        person = Person(**({"email": f"person{number}@example.org", "name": f"Person {number}"} | fields))
        with transaction(self.engine) as session:
            session.add(person)
        return person

    def seminar(self, **fields: Any) -> Seminar:
        """A seminar without rounds."""
        number = next(self._numbers)
        seminar = Seminar(**({"slug": f"seminar-{number}", "title": f"Seminar {number}"} | fields))
        with transaction(self.engine) as session:
            session.add(seminar)
        return seminar

    def member(self, seminar: Seminar, role: Role, person: Person | None = None, **fields: Any) -> Person:
        """A person who has joined the seminar in a role."""
        person = person or self.person()
        fields = {"state": MembershipState.JOINED} | fields
        membership = Membership(seminar_id=seminar.id, person_id=person.id, role=role, **fields)
        with transaction(self.engine) as session:
            session.add(membership)
        return person
