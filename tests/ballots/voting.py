"""A seminar with an open rating round, an expert at her ballot, and what browsers send."""

from dataclasses import dataclass

from sqlalchemy import Engine
from sqlmodel import col, select

from app.ballots import queries, service
from app.ballots.deps import Author
from app.ballots.merging import Value
from app.ballots.queries import Given, Progress
from app.ballots.service import Saved
from app.db import transaction
from app.models import Membership, Panellist, Participation, Person, Round, Seal, Seminar
from app.policy import Role
from app.questions.answers import Answer, Entry, Judgement
from app.results import service as results
from app.seminars import pseudonyms
from app.settings import Settings
from tests.factories import Make
from tests.results.panels import wording


@dataclass
class Voter:
    """An expert, both sides of her, in one round; every act is a transaction of its own."""

    engine: Engine
    settings: Settings
    seminar: Seminar
    round: Round
    person: Person
    membership: Membership
    panellist: Panellist

    @classmethod
    def of(
        cls, engine: Engine, settings: Settings, seminar: Seminar, round_: Round, person: Person
    ) -> "Voter":
        with transaction(engine) as session:
            membership = session.exec(
                select(Membership).where(
                    Membership.seminar_id == seminar.id,
                    Membership.person_id == person.id,
                    Membership.role == Role.EXPERT,
                )
            ).one()
            panellist = pseudonyms.panellist_of(session, settings, membership)
        return cls(engine, settings, seminar, round_, person, membership, panellist)

    @property
    def path(self) -> str:
        return f"/seminars/{self.seminar.slug}/rounds/{self.round.number}/ballot"

    @property
    def form(self) -> str:
        """Where the form of the first question is sent."""
        return f"{self.path}/Q1"

    @property
    def author(self) -> Author:
        return Author(round_=self.round, panellist=self.panellist, membership=self.membership)

    def save(
        self,
        code: str = "W01",
        seen: dict[str, int] | None = None,
        rationale: str | None = None,
        **judgements: Judgement | None,
    ) -> Saved:
        """Save one card; unless said otherwise from a window that shows what is in force."""
        return self.say(code, Entry(dict(judgements), rationale), seen)

    def say(self, code: str, entry: Entry, seen: dict[str, int] | None = None, question: str = "Q1") -> Saved:
        """The same in answer to any question."""
        shown = self.given(code, question).seen if seen is None else seen
        with transaction(self.engine) as session:
            return service.save(
                session, **self.author, question=question, entries={code: entry}, seen={code: shown}
            )

    def answer_all(self, score: int = 7, codes: tuple[str, ...] = ("W01", "W02", "W03")) -> None:
        for code in codes:
            self.save(code, OV=score, C1=score)

    def submit(self, *, blanks_meant: bool = False) -> Seal:
        with transaction(self.engine) as session:
            return service.submit(session, **self.author, blanks_meant=blanks_meant)

    def keep(self, code: str = "W01") -> None:
        with transaction(self.engine) as session:
            service.keep(session, **self.author, question="Q1", code=code)

    def given(self, code: str = "W01", question: str = "Q1") -> Given:
        with transaction(self.engine, write=False) as session:
            asked = queries.asking(session, self.round)
            assert asked is not None
            ballot = queries.find_ballot(session, round_=self.round, panellist=self.panellist)
            return queries.given(session, ballot).get(asked.parts[question].subjects[code], Given())

    def in_force(self, code: str = "W01", question: str = "Q1") -> Answer:
        return self.given(code, question).answer

    def history(self, field: str = "OV", code: str = "W01", question: str = "Q1") -> list[Value]:
        return list(self.given(code, question).history.get(field, []))

    def progress(self) -> Progress:
        with transaction(self.engine, write=False) as session:
            return queries.progress(session, round_=self.round, panellist=self.panellist)

    def participation(self) -> Participation | None:
        with transaction(self.engine, write=False) as session:
            return session.exec(
                select(Participation).where(
                    col(Participation.membership_id) == self.membership.id,
                    Participation.round_id == self.round.id,
                )
            ).one_or_none()


@dataclass
class Settled:
    """A panel that has been through a published round, and stands in the next, open one."""

    seminar: Seminar
    before: Round
    now: Round
    voters: list[Voter]


def settle(make: Make, ballots: list[dict[str, dict[str, Judgement]]]) -> Settled:
    """Experts answer a round as told, it is closed and published, and the next shows its result.

    Each ballot gives judgements by option, and a reason with each that says whose it is.
    """
    seminar = make.seminar(wording=wording())
    before = make.rating_round(seminar)
    people = [make.expert(seminar) for _ in ballots]
    voters = [Voter.of(make.engine, make.settings, seminar, before, person) for person in people]
    for number, (voter, said) in enumerate(zip(voters, ballots, strict=True)):
        entries = {c: Entry(dict(j), f"Why {c}, says number {number}") for c, j in said.items()}
        with transaction(make.engine) as session:
            service.save(session, **voter.author, question="Q1", entries=entries, seen={})
            service.submit(session, **voter.author, blanks_meant=True)
    with transaction(make.engine) as session:
        results.close_round(session, make.settings, round_=before, by=None)
        results.publish_round(session, round_=before, by=None)
        before = session.get_one(Round, before.id)
    now = make.rating_round(seminar, previous=before)
    again = [Voter.of(make.engine, make.settings, seminar, now, person) for person in people]
    return Settled(seminar, before, now, again)
