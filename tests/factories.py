"""Rows made to order: a test names what matters to it, and gets all that this needs."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

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

# of each kind, how its items are numbered here and the fields that they have
ITEMS: dict[Kind, tuple[str, dict[str, Any]]] = {
    Kind.ELEMENT: ("E", {"part": "action", "words": "some words"}),
    Kind.THREAT: ("T", {"scope": "both"}),
    Kind.STAKEHOLDER: ("STK-", {"short": "", "sector": "SEC-ONE", "level": "national", "core": True}),
    Kind.FRAMEWORK: (
        "FW-",
        {"year": 2001, "in_force": None, "legal_nature": "treaty", "scope": "both", "note": ""},
    ),
    Kind.PRACTICE: ("P", {"source": ""}),
    Kind.GAP: ("G", {}),
    Kind.OPPORTUNITY: ("O", {}),
    Kind.OPTION: ("W", {"time_horizon": "short", "cost_class": "low", "trade_off": ""}),
}

PLANES = (("LIK", "Likelihood"), ("IMP", "Impact"), ("INF", "Influence"), ("INT", "Interest"))
ABSTENTIONS = [{"value": word, "label": word.replace("_", " ")} for word in Abstention]
PROPOSABLE = ["threat", "stakeholder", "framework", "practice", "gap", "opportunity"]

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

    def items(self, seminar: Seminar, kind: Kind, count: int) -> list[Item]:
        """So many items of the kind in the seminar, with codes such as T01, STK-01, W01."""
        prefix, fields = ITEMS[kind]
        with transaction(self.engine) as session:
            there = session.exec(select(Item).where(Item.seminar_id == seminar.id, Item.kind == kind))
            items = {item.code: item for item in there}
            for position in range(1, count + 1):
                code = f"{prefix}{position:02}"
                if code in items:
                    continue
                item = Item(seminar_id=seminar.id, kind=kind, code=code, position=position)
                session.add(item)
                session.flush()
                title = f"{kind.value.capitalize()} {position}"
                session.add(ItemVersion(item_id=item.id, title=title, text="What it is.", fields=fields))
                items[code] = item
        return [items[code] for code in sorted(items)][:count]

    def elements(self, seminar: Seminar, count: int = 3) -> list[Item]:
        """The elements E01, E02 … of the seminar's mandate, so many of them."""
        return self.items(seminar, Kind.ELEMENT, count)

    def options(self, seminar: Seminar, count: int) -> list[Item]:
        """The ways forward W01, W02 … of the seminar, so many of them."""
        return self.items(seminar, Kind.OPTION, count)

    def criteria(self, seminar: Seminar) -> None:
        """The criteria OV, C1 and C2 on a scale of 1 to 9, unless the seminar has some."""
        with transaction(self.engine) as session:
            if session.exec(_criterion(seminar, "OV")).first() is None:
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

    def plane_criteria(self, seminar: Seminar) -> None:
        """The criteria LIK, IMP, INF and INT on a scale of 1 to 5, unless the seminar has them."""
        with transaction(self.engine) as session:
            if session.exec(_criterion(seminar, "LIK")).first() is None:
                for position, (code, label) in enumerate(PLANES, 100):
                    criterion = Criterion(
                        seminar_id=seminar.id,
                        code=code,
                        label=label,
                        question=f"{label}?",
                        anchors={str(point): f"Point {point}" for point in range(1, 6)},
                        low=1,
                        high=5,
                        position=position,
                    )
                    session.add(criterion)

    def question(self, round_: Round, seminar: Seminar, options: int = 3) -> Question:
        """A question of the type `rate` about so many options; OV and C1 are required, C2 is not."""
        self.criteria(seminar)
        items = self.options(seminar, options)
        settings = {
            "criteria": [{"code": code, "required": required} for code, *_, required in CRITERIA],
            "abstentions": ABSTENTIONS,
            "rationale": {"prompt": "Why?"},
        }
        return self.asks(round_, "Q1", "rate", settings, items, prompt="Rate each option.")

    def asks(
        self,
        round_: Round,
        code: str,
        type_: str,
        settings: dict[str, Any],
        about: Sequence[Item] = (),
        prompt: str = "Please answer.",
    ) -> Question:
        """A question of any type about these items, in their present wording."""
        question = Question(
            round_id=round_.id,
            code=code,
            type=type_,
            prompt=prompt,
            settings=settings,
            position=int(code.removeprefix("Q")),
        )
        with transaction(self.engine) as session:
            session.add(question)
            session.flush()
            for position, item in enumerate(about, 1):
                session.add(
                    Subject(
                        question_id=question.id,
                        item_id=item.id,
                        item_version=item.version,
                        position=position,
                    )
                )
        return question

    def mapping_round(
        self, seminar: Seminar, state: RoundState | str = RoundState.OPEN, each: int = 2, **fields: object
    ) -> Round:
        """A round with the five questions of a mapping, each about so many items of a kind.

        Q1 puts threats on a plane, Q2 stakeholders, Q3 asks what frameworks cover of three elements,
        Q4 for comments on gaps and opportunities, Q5 for proposals.
        """
        self.plane_criteria(seminar)
        elements = self.elements(seminar)
        of = {kind: self.items(seminar, kind, each) for kind in ITEMS if kind is not Kind.ELEMENT}
        round_ = self.round(seminar, **({"state": state, "kind": "mapping"} | fields))
        self.asks(round_, "Q1", "rate", _plane("LIK", "IMP", by_sector=True), of[Kind.THREAT])
        self.asks(round_, "Q2", "rate", _plane("INF", "INT", by_sector=False), of[Kind.STAKEHOLDER])
        covers = {"elements": [element.code for element in elements]}
        self.asks(round_, "Q3", "cover", covers, of[Kind.FRAMEWORK])
        self.asks(round_, "Q4", "comment", {}, [*of[Kind.GAP], *of[Kind.OPPORTUNITY]])
        self.asks(round_, "Q5", "propose", {"kinds": PROPOSABLE, "limit": None})
        return round_

    def sheet_round(
        self,
        seminar: Seminar,
        options: int = 4,
        rank: dict[str, Any] | None = None,
        allocate: dict[str, Any] | None = None,
        **fields: object,
    ) -> Round:
        """A round that asks for an order of the options in Q1, and for points on them in Q2."""
        items = self.options(seminar, options)
        round_ = self.round(seminar, **({"state": RoundState.OPEN} | fields))
        self.asks(round_, "Q1", "rank", rank or {}, items)
        self.asks(round_, "Q2", "allocate", allocate or {}, items)
        return round_

    def pair_round(
        self,
        seminar: Seminar,
        options: int = 4,
        compare: dict[str, Any] | None = None,
        weigh: dict[str, Any] | None = None,
        **fields: object,
    ) -> Round:
        """A round that compares the options in Q1, and weighs all criteria but the overall one in Q2."""
        items = self.options(seminar, options)
        round_ = self.round(seminar, **({"state": RoundState.OPEN} | fields))
        self.asks(round_, "Q1", "compare", compare or {}, items)
        self.weighs(round_, "Q2", weigh or {}, seminar)
        return round_

    def weighs(self, round_: Round, code: str, settings: dict[str, Any], seminar: Seminar) -> Question:
        """A question that weighs the seminar's criteria but the overall one, of which there are C1 to C3."""
        self.criteria(seminar)
        question = self.asks(round_, code, "weigh", settings)
        with transaction(self.engine) as session:
            if session.exec(_criterion(seminar, "C3")).first() is None:
                third = Criterion(seminar_id=seminar.id, code="C3", label="Cost", benefit=False, position=3)
                session.add(third)
                session.flush()
            every = select(Criterion).where(Criterion.seminar_id == seminar.id, ~col(Criterion.overall))
            weighed = [one for one in session.exec(every) if one.code.startswith("C")]
            session.add_all(
                Subject(question_id=question.id, criterion_id=one.id, position=place)
                for place, one in enumerate(sorted(weighed, key=lambda one: one.code), 1)
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


def _criterion(seminar: Seminar, code: str) -> SelectOfScalar[Criterion]:
    return select(Criterion).where(Criterion.seminar_id == seminar.id, Criterion.code == code)


def _plane(across: str, upwards: str, *, by_sector: bool) -> dict[str, Any]:
    return {
        "layout": "plane",
        "criteria": [{"code": across}, {"code": upwards}],
        "abstentions": ABSTENTIONS,
        "rationale": {"prompt": "Why?"},
        "by_sector": by_sector,
    }


def _times(state: RoundState) -> dict[str, datetime]:
    now = clock.now()
    week, day = timedelta(weeks=1), timedelta(days=1)
    match state:
        case RoundState.DRAFT | RoundState.SCHEDULED:
            return {"closes_at": now + 2 * week}
        case RoundState.OPEN:
            return {"opens_at": now - day, "opened_at": now - day, "closes_at": now + week}
    times = {"opens_at": now - 2 * week, "opened_at": now - 2 * week, "closes_at": now - 2 * day}
    # looked at, as most closed rounds are; `looked_at=None` makes one that is still sealed
    times |= {"closed_at": now - 2 * day, "looked_at": now - 2 * day}
    return times | ({"published_at": now - day} if state is RoundState.PUBLISHED else {})
