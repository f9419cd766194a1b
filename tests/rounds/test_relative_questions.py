"""Questions that hold one thing against another, and those that are about criteria."""

import pytest
from sqlmodel import Session, select

from app.models import Criterion, Question, Subject
from app.rounds import queries
from app.rounds.checklist import checklist
from tests.factories import Make


def undone(session: Session, round_):
    return {point.name for point in checklist(session, round_, round_.closes_at) if not point.done}


def test_criteria_that_are_weighed_stand_in_the_order_of_the_question(session: Session, make: Make) -> None:
    round_ = make.pair_round(make.seminar())
    compares, weighs = queries.questions(session, round_)
    assert [one.code for one in queries.weighed(session, weighs)] == ["C1", "C2", "C3"]
    assert queries.weighed(session, compares) == []
    assert queries.subjects(session, weighs) == []
    about = queries.asked_about(session, weighs)
    assert [(one.code, one.title, one.version) for one in about] == [
        ("C1", "Effectiveness", 1),
        ("C2", "Feasibility", 1),
        ("C3", "Cost", 1),
    ]
    assert [one.code for one in queries.asked_about(session, compares)] == ["W01", "W02", "W03", "W04"]
    pairs, weights = queries.asks(session, round_)
    assert [one.code for one in weights.about] == ["C1", "C2", "C3"]
    assert [one.code for one in pairs.about] == ["W01", "W02", "W03", "W04"]


def test_a_question_about_criteria_is_about_something(session: Session, make: Make) -> None:
    seminar = make.seminar()
    make.expert(seminar)
    round_ = make.pair_round(seminar, state="draft")
    assert undone(session, round_) == set()


@pytest.mark.parametrize("type_", ["rank", "allocate", "compare"])
def test_of_one_thing_nothing_can_be_said_that_is_relative(session: Session, make: Make, type_: str) -> None:
    seminar = make.seminar()
    make.expert(seminar)
    round_ = make.round(seminar)
    make.asks(round_, "Q1", type_, {}, make.options(seminar, 1))
    assert undone(session, round_) == {"two"}


def test_one_criterion_alone_cannot_be_weighed(session: Session, make: Make) -> None:
    seminar = make.seminar()
    make.expert(seminar)
    round_ = make.round(seminar)
    make.criteria(seminar)
    question = make.asks(round_, "Q1", "weigh", {})
    criterion = session.exec(
        select(Criterion).where(Criterion.seminar_id == seminar.id, Criterion.code == "C1")
    ).one()
    session.add(Subject(question_id=question.id, criterion_id=criterion.id, position=1))
    session.flush()
    assert undone(session, round_) == {"two"}


def test_a_rating_needs_no_second_thing(session: Session, make: Make) -> None:
    seminar = make.seminar()
    make.expert(seminar)
    round_ = make.rating_round(seminar, 1, state="draft")
    assert undone(session, round_) == set()
    asked = session.exec(select(Question).where(Question.round_id == round_.id)).one()
    assert asked.type == "rate"
