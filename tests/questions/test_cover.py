"""How far a framework covers each element is read from a form, checked, sealed and read again."""

import pytest

from app.questions import answers as written
from app.questions.answers import Answer, Entry
from app.questions.cover import Cover
from app.questions.protocol import Parsed, QuestionType

COVER = Cover.of({"elements": ["E01", "E02"]}, {})


def parse(**fields: str | list[str]) -> Parsed[Entry]:
    """Fields such as `FW_E01_sure`; the one framework is called FW."""
    sent = {name.replace("_", "."): [v] if isinstance(v, str) else v for name, v in fields.items()}
    return COVER.parse({name.replace("cannot.say", "cannot_say"): v for name, v in sent.items()}, {"FW"})


def test_cover_is_a_type_of_question_that_requires_nothing():
    as_type: QuestionType[Entry, Answer] = COVER
    assert as_type.name == "cover"
    assert not as_type.requires
    assert as_type.missing(None) == []


def test_a_grade_is_named_by_its_number_or_its_word():
    assert parse(FW_E01="2").entries == {"FW": Entry({"E01": 2})}
    assert parse(FW_E01="full", FW_E02="none").entries == {"FW": Entry({"E01": 2, "E02": 0})}


def test_beside_a_grade_stand_how_sure_one_is_and_where_it_can_be_read():
    parsed = parse(FW_E01="cannot_say", FW_E01_sure="3", FW_E01_source=" OP 2, p. 4 ", FW_rationale="So.")
    assert parsed.errors == {}
    assert parsed.entries == {
        "FW": Entry({"E01": "cannot_say", "E01.sure": 3}, "So.", {"E01.source": "OP 2, p. 4"})
    }


def test_an_empty_value_takes_back_and_a_missing_one_changes_nothing():
    assert parse(FW_E01="", FW_E02_source="").entries == {
        "FW": Entry({"E01": None}, None, {"E02.source": ""})
    }


@pytest.mark.parametrize("value", ["3", "-1", "1.0", "FULL", "no_expertise", "٢", "partial "])
def test_what_is_no_grade_is_refused_beside_its_field(value: str):
    parsed = parse(FW_E01=value, FW_E02="1")
    assert isinstance(parsed.errors["FW.E01"], written.ScoreOffScale)
    assert parsed.entries == {"FW": Entry({"E02": 1})}


@pytest.mark.parametrize("value", ["0", "4", "cannot_say", "sure"])
def test_one_is_sure_from_one_to_three(value: str):
    assert isinstance(parse(FW_E01_sure=value).errors["FW.E01.sure"], written.ScoreOffScale)


@pytest.mark.parametrize(
    "part", ["E03", "E03_sure", "E03_source", "E01_other", "sure", "source", "E01_sure_sure"]
)
def test_what_the_question_does_not_ask_is_refused(part: str):
    name = f"FW.{part.replace('_', '.')}"
    assert isinstance(parse(**{f"FW_{part}": "1"}).errors[name], written.UnknownPart)


def test_a_source_is_a_line_and_a_reason_a_passage():
    assert parse(FW_E01_source="x" * 500, FW_rationale="y" * 4000).errors == {}
    errors = parse(FW_E01_source="x" * 501, FW_rationale="y" * 4001).errors
    assert {name: error.fields["limit"] for name, error in errors.items()} == {
        "FW.E01.source": 500,
        "FW.rationale": 4000,
    }


def test_a_framework_is_answered_for_by_a_grade_or_the_word_that_one_does_not_know():
    assert COVER.graded(Answer({"E01": 0, "E02.sure": 2})) == ["E01"]
    assert COVER.is_done(Answer({"E02": "cannot_say"}))
    assert not COVER.is_done(Answer({"E02.sure": 2}, "A reason", {"E01.source": "OP 2"}))
    assert not COVER.is_done(None)


def test_what_is_sealed_is_read_again():
    given = {"FW": Answer({"E01": 1, "E01.sure": 2}, "So.", {"E01.source": "OP 2", "E02.source": ""})}
    sealed = COVER.seal(given)
    assert sealed == {
        "answers": {"FW": {"E01": 1, "E01.sure": 2}},
        "rationales": {"FW": "So."},
        "texts": {"FW": {"E01.source": "OP 2"}},
    }
    assert COVER.read(sealed)["FW"].texts == {"E01.source": "OP 2"}


def test_an_export_has_two_columns_for_each_framework_and_element():
    assert COVER.columns(["FW"]) == ["FW.E01", "FW.E01.sure", "FW.E02", "FW.E02.sure"]
    assert COVER.cells({"FW": Answer({"E01": 1, "E01.sure": 3})}, ["FW"]) == [1, 3, None, None]
    assert COVER.cells({}, ["FW"]) == [None] * 4
