"""Somebody who designs, and the round on her desk."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.db import transaction
from app.designer import service
from app.models import Person, Question, Round, Seminar
from app.policy import Role
from app.rounds import queries as rounds


@dataclass
class Desk:
    """A seminar with a draft, and the browser of its facilitator."""

    engine: Any
    seminar: Seminar
    facilitator: Person
    browser: TestClient
    round_: Round

    @property
    def place(self) -> str:
        """The address under which the round is designed."""
        return f"/seminars/{self.seminar.slug}/rounds/{self.round_.number}/design"

    def get(self, path: str = "") -> Any:
        """A page of the round's design."""
        return self.browser.get(self.place + path)

    def post(self, path: str, **fields: Any) -> Any:
        """A form of the round's design."""
        return self.browser.post(self.place + path, data=fields)

    def add(self, form: str) -> Question:
        """A question of this form, added as the page does."""
        answer = self.post("/questions/new", form=form)
        assert answer.status_code == 303, answer.text
        return self.question(answer.headers["location"].rpartition("/")[2])

    def seen(self, path: str) -> str:
        """The state upon which the form at this place is filled in."""
        found = re.search(r'name="seen" value="(\w+)"', self.get(path).text)
        assert found
        return found[1]

    def question(self, code: str = "Q1") -> Question:
        """The question as it is stored."""
        with transaction(self.engine) as session:
            found = rounds.find_question(session, self.round_, code)
            assert found is not None
            session.expunge(found)
            return found

    def codes(self) -> list[str]:
        """The questions in their order."""
        with transaction(self.engine) as session:
            return [question.code for question in rounds.questions(session, self.round_)]

    def about(self, code: str = "Q1") -> list[str]:
        """The codes of what a question is about, in order."""
        with transaction(self.engine) as session:
            question = rounds.find_question(session, self.round_, code)
            assert question is not None
            return [subject.code for subject in rounds.asked_about(session, question)]

    def fresh(self) -> Round:
        """The round as it is stored."""
        with transaction(self.engine) as session:
            found = session.get_one(Round, self.round_.id)
            session.expunge(found)
            return found


@pytest.fixture
def desk(make, engine, as_person) -> Desk:
    """A blank seminar but for three ways forward, two threats and its criteria; a draft that asks nothing."""
    seminar = make.seminar()
    facilitator = make.member(seminar, Role.FACILITATOR)
    make.criteria(seminar)
    make.plane_criteria(seminar)
    make.elements(seminar)
    make.options(seminar, 3)
    with transaction(engine) as session:
        round_ = service.add_round(session, seminar=seminar, by=None, title="First rating")
        session.flush()
        session.expunge(round_)
    return Desk(engine, seminar, facilitator, as_person(facilitator), round_)
