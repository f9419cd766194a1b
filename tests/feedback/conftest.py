"""A rating round that has been published, with experts who are signed in."""

from dataclasses import dataclass
from typing import Any

import pytest
from sqlmodel import select

from app.db import transaction
from app.models import Person, Question, Round, Seminar
from tests.feedback import panel
from tests.results import voting


@dataclass
class Rated:
    """The seminar, its published round on W01 to W03, and its experts in the order of their ballots."""

    seminar: Seminar
    round_: Round
    experts: list[Person]


@pytest.fixture
def rated(engine, make):
    """Ten experts: of one mind on W01, divided on W02, hardly anybody on W03; the rule is an IQR of 2."""
    seminar = make.seminar()
    experts = [make.expert(seminar) for _ in range(10)]
    round_ = make.rating_round(seminar, 3)
    with transaction(engine) as session:
        question = session.exec(select(Question)).one()
        question.settings = question.settings | {"agreement": {"rule": "iqr", "at_most": 2}}
    split = [1, 1, 2, 2, 2, 8, 8, 9, 9, 9]
    for place, expert in enumerate(experts):
        sheet: dict[str, dict[str, Any]] = {
            "W01": {"OV": 2 if place == 0 else 8, "C1": 6, "why": f"Reason {place} on the first."},
            "W02": {"OV": split[place], "C1": 5, "why": f"Reason {place} on the second."},
        }
        if place < 3:
            sheet["W03"] = {"OV": 7, "C1": 5, "why": f"Reason {place} of few."}
        panel.submits(make, seminar, round_, expert, Q1=sheet)
    voting.close(engine, round_, publish=True)
    return Rated(seminar, round_, experts)
