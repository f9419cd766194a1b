"""A question for proposals seals which there were, and leaves them to their own room."""

from app.questions.answers import Answer, Entry
from app.questions.propose import Propose
from app.questions.protocol import QuestionType

OPTIONS = Propose.of({"kinds": ["option"], "limit": 3, "words": [60, 120]}, {})


def test_propose_is_a_type_of_question_that_requires_nothing():
    as_type: QuestionType[Entry, Answer] = OPTIONS
    assert as_type.name == "propose"
    assert not as_type.requires
    assert as_type.missing(None) == []


def test_it_says_of_which_kinds_how_many_and_how_long():
    assert (OPTIONS.kinds, OPTIONS.limit, OPTIONS.words) == (("option",), 3, (60, 120))
    free = Propose.of({"kinds": ["threat", "gap"]}, {})
    assert (free.kinds, free.limit, free.words) == (("threat", "gap"), None, None)


def test_a_ballots_form_says_nothing_of_proposals():
    parsed = OPTIONS.parse({"P-7KQ2.title": ["x"], "W01.OV": ["7"]}, set())
    assert (parsed.entries, parsed.errors) == ({}, {})


def test_references_are_sealed_in_an_order_that_says_nothing_and_read_again():
    sealed = OPTIONS.seal({"P-9": Answer(), "P-2": Answer()})
    assert sealed == {"proposals": ["P-2", "P-9"]}
    assert OPTIONS.read(sealed) == {"P-2": Answer(), "P-9": Answer()}
    assert OPTIONS.read({}) == {}
    assert (OPTIONS.columns(["P-2"]), OPTIONS.cells({}, ["P-2"])) == ([], [])
