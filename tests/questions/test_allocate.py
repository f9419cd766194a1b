"""Points are read from a form, checked, sealed and read again; they can be saved before they add up."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.questions import answers as written
from app.questions.allocate import Allocate, NoPoints, NotAllSpent, TooManyGiven
from app.questions.answers import Answer, Entry
from app.questions.protocol import Parsed, QuestionType

CODES = ("W01", "W02", "W03", "W04")
ALLOCATE = Allocate.of({}, {})
FEW = Allocate.of(
    {"points": 10, "most": 2, "abstentions": [{"value": "no_expertise", "label": "Not my field"}]}, {}
)


def parse(type_: Allocate = ALLOCATE, **fields: str | list[str]) -> Parsed[Entry]:
    """Fields such as `W01_points`."""
    sent = {name.replace("_", ".", 1): [v] if isinstance(v, str) else v for name, v in fields.items()}
    return type_.parse(sent, CODES)


def said(points: Mapping[str, int]) -> dict[str, Answer]:
    return {code: Answer({"points": some}) for code, some in points.items()}


def test_points_are_a_type_of_question_that_requires_nothing_of_a_single_subject():
    as_type: QuestionType[Entry, Answer] = ALLOCATE
    assert as_type.name == "allocate"
    assert not as_type.requires
    assert as_type.missing(None) == []
    assert as_type.is_done(Answer({"points": 0}))
    assert not as_type.is_done(Answer(rationale="Why"))


def test_points_are_whole_and_none_to_all():
    assert parse(W01_points="0", W02_points="100").entries == {
        "W01": Entry({"points": 0}),
        "W02": Entry({"points": 100}),
    }


@pytest.mark.parametrize("value", ["-1", "101", "33.3", "half", "٣", "1,0", "no_expertise", "+5", "0x1"])
def test_what_is_no_number_of_points_is_refused_beside_its_field(value):
    parsed = parse(W01_points=value, W02_points="40")
    assert isinstance(parsed.errors["W01.points"], NoPoints)
    assert parsed.entries == {"W02": Entry({"points": 40})}


def test_other_points_than_a_hundred_can_be_asked_for():
    assert isinstance(parse(FEW, W01_points="11").errors["W01.points"], NoPoints)
    assert parse(FEW, W01_points="10").errors == {}


def test_an_abstention_is_chosen_in_a_field_of_its_own():
    assert parse(FEW, W01_points="", W01_abstain="no_expertise").entries == {
        "W01": Entry({"points": "no_expertise"})
    }


def test_two_values_of_one_field_are_refused():
    assert isinstance(parse(W01_points=["3", "4"]).errors["W01.points"], written.SaidTwice)


def test_ninety_points_can_be_saved_and_not_submitted():
    fault = ALLOCATE.unfit(said({"W01": 50, "W02": 40}))
    assert isinstance(fault, NotAllSpent)
    assert str(fault) == "You have given 90 of 100 points. Please give exactly 100."
    assert isinstance(ALLOCATE.unfit(said({"W01": 60, "W02": 41})), NotAllSpent)
    assert ALLOCATE.unfit(said({"W01": 60, "W02": 40})) is None


def test_whoever_has_given_no_points_has_answered_nothing_and_may_leave_it_so():
    assert ALLOCATE.unfit({}) is None
    assert ALLOCATE.unfit(said({"W01": 0})) is None
    assert ALLOCATE.unfit({"W01": Answer(rationale="Why")}) is None


def test_points_to_more_than_are_allowed_cannot_be_submitted_and_noughts_are_no_points():
    assert isinstance(FEW.unfit(said({"W01": 4, "W02": 3, "W03": 3})), TooManyGiven)
    assert FEW.unfit(said({"W01": 4, "W02": 6, "W03": 0})) is None


@given(st.dictionaries(st.sampled_from(CODES), st.integers(0, 100)))
def test_what_is_typed_is_sealed_and_read_as_it_was(points: dict[str, int]):
    parsed = ALLOCATE.parse({f"{code}.points": [str(some)] for code, some in points.items()}, CODES)
    assert parsed.entries == {code: Entry({"points": some}) for code, some in points.items()}
    in_force = said(points)
    assert ALLOCATE.read(ALLOCATE.seal(in_force)) == said(points)
    assert ALLOCATE.cells(in_force, CODES) == [points.get(code) for code in CODES]
    assert ALLOCATE.given(in_force) == sum(points.values())
    unfit = ALLOCATE.unfit(in_force)
    assert (unfit is None) == (sum(points.values()) in {0, 100})
