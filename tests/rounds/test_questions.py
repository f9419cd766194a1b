"""What a round asks: questions of every type, found by their code and read as their type has them."""

from sqlmodel import Session

from app.models.rounds import RoundState
from app.questions.comment import Comment
from app.questions.cover import Cover
from app.questions.propose import Propose
from app.questions.rate import Rate
from app.rounds import queries
from tests.factories import Make


def test_each_question_is_read_as_its_type_has_it(session: Session, make: Make) -> None:
    round_ = make.mapping_round(make.seminar())

    asked = {q.code: queries.question_type(session, q) for q in queries.questions(session, round_)}

    threats, stakeholders, frameworks, findings, proposals = asked.values()
    assert isinstance(threats, Rate)
    assert threats.layout == "plane"
    assert [(a.code, a.low, a.high, a.required) for a in threats.asked] == [
        ("LIK", 1, 5, False),
        ("IMP", 1, 5, False),
    ]
    assert isinstance(stakeholders, Rate)
    assert [a.code for a in stakeholders.asked] == ["INF", "INT"]
    assert frameworks == Cover(("E01", "E02", "E03"))
    assert findings == Comment()
    assert isinstance(proposals, Propose)
    assert proposals.limit is None


def test_a_question_asks_for_nothing_that_the_seminar_or_a_ballot_cannot_hold(
    session: Session, make: Make
) -> None:
    seminar = make.seminar()
    round_ = make.rating_round(seminar)
    question = queries.rate_question(session, round_)
    assert question is not None
    question.settings = question.settings | {
        "criteria": [{"code": "OV", "required": True}, {"code": "GONE", "required": True}],
        "abstentions": [{"value": "no_expertise", "label": "Outside"}, {"value": "bored", "label": "Bored"}],
    }

    asked = queries.question_type(session, question)

    assert isinstance(asked, Rate)
    assert [a.code for a in asked.asked] == ["OV"]
    assert asked.abstentions == ("no_expertise",)


def test_a_question_is_found_by_its_code_in_its_own_round(session: Session, make: Make) -> None:
    seminar = make.seminar()
    mapping, rating = make.mapping_round(seminar, state=RoundState.PUBLISHED), make.rating_round(seminar)

    found = queries.find_question(session, mapping, "Q3")

    assert found is not None
    assert found.type == "cover"
    assert queries.find_question(session, rating, "Q3") is None


def test_a_plane_is_never_the_rating_on_which_the_outcome_rests(session: Session, make: Make) -> None:
    seminar = make.seminar()
    mapping, rating = make.mapping_round(seminar, state=RoundState.PUBLISHED), make.rating_round(seminar)

    assert queries.rate_question(session, mapping) is None
    assert queries.rate_question(session, rating) is not None
