"""A panel that knows its first rating and rates again, and what its members do with minority statements.

Of twelve experts eight are favourable, one is undecided and three, the last, are not.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from app.db import transaction
from app.dissent import queries, service, settling
from app.dissent.queries import Statement, StatementView
from app.dissent.service import Draft
from app.models import MinorityStatement, Panellist, Person, Seminar
from app.policy import Role
from tests.ballots.voting import Settled, settle
from tests.factories import Make

RATINGS = (8, 8, 8, 8, 8, 8, 8, 7, 5, 2, 2, 1)
TEXT = "It would freeze what should be tried first."
BALLOTS: list[dict[str, dict[str, Any]]] = [{"W01": {"OV": rating, "C1": 5}} for rating in RATINGS]
# by their places on the panel
INSIDE, UNDECIDED, AUTHOR, SECOND, THIRD = 0, 8, 9, 10, 11


@dataclass
class Holder:
    """An expert, and what she does; every act is a transaction of its own."""

    panel: "Panel"
    person: Person
    panellist: Panellist

    def write(self, text: str = TEXT, code: str = "W01", **draft: Any) -> MinorityStatement:
        written: MinorityStatement = self._do(service.write, code=code, draft=Draft(text, **draft))
        return written

    def support(self, statement: MinorityStatement, seen: int = 1) -> None:
        self._do(service.support, statement=statement, seen=seen)

    def approve(self, statement: MinorityStatement, seen: int = 2) -> None:
        self._do(service.approve, statement=statement, seen=seen)

    def revise(self, statement: MinorityStatement, text: str, seen: int = 1, **draft: Any) -> None:
        self._do(service.revise, statement=statement, seen=seen, draft=Draft(text, **draft))

    def reply(self, statement: MinorityStatement, text: str, seen: int = 2) -> None:
        self._do(service.reply, statement=statement, seen=seen, text=text)

    def withdraw(self, statement: MinorityStatement) -> None:
        self._do(service.withdraw, statement=statement)

    def sees(self, statement: MinorityStatement) -> StatementView:
        with transaction(self.panel.engine, write=False) as session:
            return queries.view(session, service.fresh(session, statement), self.panellist)

    def _do(self, deed: Any, **what: Any) -> Any:
        with transaction(self.panel.engine) as session:
            seminar = session.get_one(Seminar, self.panel.seminar.id)
            return deed(session, seminar=seminar, panellist=self.panellist, **what)


@dataclass
class Panel:
    """The experts in their places, and a facilitator."""

    engine: Engine
    make: Make
    settled: Settled
    facilitator: Person

    @classmethod
    def of(cls, make: Make) -> "Panel":
        settled = settle(make, BALLOTS)
        return cls(make.engine, make, settled, make.member(settled.seminar, Role.FACILITATOR))

    @property
    def seminar(self) -> Seminar:
        return self.settled.seminar

    @property
    def path(self) -> str:
        return f"/seminars/{self.seminar.slug}/dissent"

    def __getitem__(self, place: int) -> Holder:
        voter = self.settled.voters[place]
        return Holder(self, voter.person, voter.panellist)

    def edit(
        self, statement: MinorityStatement, text: str, seen: int = 1, reason: str = "It is long."
    ) -> None:
        self._settle(settling.edit, statement=statement, seen=seen, text=text, reason=reason)

    def release(self, statement: MinorityStatement, seen: int = 1) -> None:
        self._settle(settling.release, statement=statement, seen=seen)

    def withhold(self, statement: MinorityStatement, reason: str = "It names a person.") -> None:
        self._settle(settling.withhold, statement=statement, reason=reason)

    def readiness(self, statement: MinorityStatement) -> settling.Readiness:
        with transaction(self.engine, write=False) as session:
            seminar = session.get_one(Seminar, self.seminar.id)
            return settling.readiness(session, seminar=seminar, statement=service.fresh(session, statement))

    def printed(self, code: str = "W01") -> list[Statement]:
        with transaction(self.engine, write=False) as session:
            seminar = session.get_one(Seminar, self.seminar.id)
            return queries.released(session, seminar=seminar, roles=[Role.OBSERVER]).get(code, [])

    def released(self) -> MinorityStatement:
        """A statement of two that is printed."""
        statement = self[AUTHOR].write()
        self[SECOND].support(statement)
        self.release(statement)
        return statement

    def _settle(self, deed: Any, **what: Any) -> None:
        with transaction(self.engine) as session:
            seminar = session.get_one(Seminar, self.seminar.id)
            by = session.get_one(Person, self.facilitator.id)
            deed(session, seminar=seminar, by=by, **what)
