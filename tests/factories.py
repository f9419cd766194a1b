"""Rows made to order: a test names what matters to it, and gets all that this needs."""

import secrets
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, select

from app import clock
from app.db import transaction
from app.identity.tokens import hash_token
from app.models import (
    Criterion,
    Item,
    ItemVersion,
    Membership,
    Person,
    Question,
    Round,
    Seminar,
    Subject,
    WebSession,
)
from app.models.ballots import Abstention
from app.models.registers import Kind
from app.models.rounds import FeedbackPolicy, RoundState
from app.models.seminars import MembershipState
from app.policy import Role
from app.seminars import pseudonyms
from app.seminars import service as seminars
from app.settings import Settings

# code, label, whether overall, weight, whether everyone is asked for it
CRITERIA = (
    ("OV", "Overall support", True, 0.0, True),
    ("C1", "Effectiveness", False, 60.0, True),
    ("C2", "Feasibility", False, 40.0, False),
)


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

    def expert(
        self, seminar: Seminar, settings: Settings | None = None, *, sector: str | None = None, name: str = ""
    ) -> Person:
        """An expert who has joined the seminar and has a pseudonym in it."""
        person = self.person(**({"name": name} if name else {}))
        membership = Membership(seminar_id=seminar.id, person_id=person.id, role=Role.EXPERT, sector=sector)
        with transaction(self.engine) as session:
            session.add(membership)
            session.flush()
            pseudonyms.make_key(session, settings or self.settings, seminar)
            seminars.join(session, settings or self.settings, membership=membership)
        return person

    def round(self, seminar: Seminar, **fields: object) -> Round:
        """A round that asks nothing yet; it has the next number, and times that fit its state."""
        with transaction(self.engine) as session:
            numbers = session.exec(select(Round.number).where(Round.seminar_id == seminar.id)).all()
            number = max(numbers, default=-1) + 1
            default: dict[str, Any] = {"seminar_id": seminar.id, "number": number, "title": f"Round {number}"}
            state = RoundState(str(fields.get("state", RoundState.DRAFT)))
            round_ = Round(**(default | _times(state) | fields | {"state": state}))
            session.add(round_)
        return round_

    def options(self, seminar: Seminar, count: int) -> list[Item]:
        """The ways forward W01, W02 … of the seminar, so many of them."""
        with transaction(self.engine) as session:
            there = select(Item).where(Item.seminar_id == seminar.id, Item.kind == Kind.OPTION)
            items = {item.code: item for item in session.exec(there)}
            for position in range(1, count + 1):
                code = f"W{position:02}"
                if code in items:
                    continue
                item = Item(seminar_id=seminar.id, kind=Kind.OPTION, code=code, position=position)
                session.add(item)
                session.flush()
                session.add(ItemVersion(item_id=item.id, title=f"Option {position}", text="What it is."))
                items[code] = item
        return [items[code] for code in sorted(items)][:count]

    def criteria(self, seminar: Seminar) -> None:
        """The criteria OV, C1 and C2 on a scale of 1 to 9, unless the seminar has some."""
        with transaction(self.engine) as session:
            if session.exec(select(Criterion).where(Criterion.seminar_id == seminar.id)).first() is None:
                for position, (code, label, overall, weight, _) in enumerate(CRITERIA):
                    criterion = Criterion(
                        seminar_id=seminar.id,
                        code=code,
                        label=label,
                        question=f"{label}?",
                        anchors={"1": "Clearly not", "9": "Clearly yes"},
                        overall=overall,
                        weight=weight,
                        position=position,
                    )
                    session.add(criterion)

    def question(self, round_: Round, seminar: Seminar, options: int = 3) -> Question:
        """A question of the type `rate` about so many options; OV and C1 are required, C2 is not."""
        self.criteria(seminar)
        items = self.options(seminar, options)
        question = Question(
            round_id=round_.id,
            code="Q1",
            type="rate",
            prompt="Rate each option.",
            settings={
                "criteria": [{"code": code, "required": required} for code, *_, required in CRITERIA],
                "abstentions": [{"value": word, "label": word.replace("_", " ")} for word in Abstention],
                "rationale": {"prompt": "Why?"},
            },
        )
        with transaction(self.engine) as session:
            session.add(question)
            session.flush()
            for position, item in enumerate(items, 1):
                session.add(
                    Subject(
                        question_id=question.id,
                        item_id=item.id,
                        item_version=item.version,
                        position=position,
                    )
                )
        return question

    def rating_round(
        self,
        seminar: Seminar,
        options: int = 3,
        state: RoundState | str = RoundState.OPEN,
        previous: Round | None = None,
        **fields: object,
    ) -> Round:
        """A round with one `rate` question; after a previous one it shows its statistics and rationales."""
        after = {"previous_id": previous.id, "feedback": FeedbackPolicy.RATIONALES} if previous else {}
        round_ = self.round(seminar, state=state, **(after | fields))
        self.question(round_, seminar, options)
        return round_


def _times(state: RoundState) -> dict[str, datetime]:
    now = clock.now()
    week, day = timedelta(weeks=1), timedelta(days=1)
    match state:
        case RoundState.DRAFT | RoundState.SCHEDULED:
            return {"closes_at": now + 2 * week}
        case RoundState.OPEN:
            return {"opens_at": now - day, "opened_at": now - day, "closes_at": now + week}
    times = {"opens_at": now - 2 * week, "opened_at": now - 2 * week, "closes_at": now - 2 * day}
    times["closed_at"] = now - 2 * day
    return times | ({"published_at": now - day} if state is RoundState.PUBLISHED else {})
