"""The question type `compare`: what its fields hold, how it is sealed, how many pairs it asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.questions import pairs
from app.questions.answers import Answer, ScoreOffScale, UnknownPart, UnknownSubject
from app.questions.catalogue import type_of
from app.questions.compare import Compare, NoSuchChoice

CODES = ["W01", "W02", "W03", "W10"]
COMPARE = Compare()

sheets = st.dictionaries(
    st.sampled_from(pairs.pairs(CODES)), st.sampled_from([1, 0, -1, "cannot_say"]), min_size=1
)


def as_form(sheet):
    return {f"{one}.{other}": [str(judgement)] for (one, other), judgement in sheet.items()}


@given(sheets, st.text(max_size=40))
def test_what_a_form_says_is_what_is_sealed_and_read_again(sheet, reason):
    fields = as_form(sheet) | {"W01.rationale": [reason]}
    parsed = COMPARE.parse(fields, CODES)
    assert not parsed.errors
    given_ = {
        code: Answer({n: v for n, v in entry.judgements.items() if v is not None}, entry.rationale or "")
        for code, entry in parsed.entries.items()
    }
    read = COMPARE.read(COMPARE.seal(given_))
    assert pairs.said(read) == sheet
    assert COMPARE.cells(read, CODES) == [sheet.get(pair) for pair in pairs.pairs(CODES)]
    assert COMPARE.far(read, CODES) == (6, len(sheet))


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("W02.W01", "1", UnknownPart),  # a pair is named by its first code first
        ("W01.W01", "1", UnknownPart),
        ("W01.W99", "1", UnknownPart),
        ("W01.OV", "1", UnknownPart),
        ("W01." + "W" * 5000, "1", UnknownPart),
        ("W99.W01", "1", UnknownSubject),
        ("W01.W02", "2", NoSuchChoice),
        ("W01.W02", "-0", NoSuchChoice),
        ("W01.W02", "1.0", NoSuchChoice),
        ("W01.W02", "prefer_not", NoSuchChoice),
        ("W01.W02", "x" * 10_000, NoSuchChoice),
    ],
)
def test_what_cannot_be_said_is_refused_beside_its_field(field, value, error):
    parsed = COMPARE.parse({field: [value], "W01.W03": ["0"]}, CODES)
    assert isinstance(parsed.errors[field], error)
    assert parsed.entries["W01"].judgements == {"W03": 0}


def test_a_pair_is_taken_back_by_an_empty_text():
    assert COMPARE.parse({"W01.W02": [""]}, CODES).entries["W01"].judgements == {"W02": None}


def test_a_question_may_want_a_decision():
    decided = type_of("compare", {"ties": False, "abstentions": []}, {})
    assert isinstance(decided.parse({"W01.W02": ["0"]}, CODES).errors["W01.W02"], NoSuchChoice)
    assert decided.parse({"W01.W02": ["cannot_say"]}, CODES).entries


def test_it_asks_for_two_pairs_each_unless_it_says_otherwise():
    assert [Compare().budget(count) for count in (0, 1, 2, 5, 6, 12)] == [0, 0, 1, 10, 12, 24]
    assert Compare(most=3).budget(12) == 3
    assert Compare(most=1000).budget(12) == 66


def test_she_may_stop_when_each_has_been_compared():
    assert [Compare().enough(count) for count in (0, 1, 2, 12)] == [0, 0, 1, 11]
    assert Compare(most=3).enough(12) == 3


def test_its_columns_are_the_pairs():
    assert COMPARE.columns(["W02", "W01", "W03"]) == ["W01.W02", "W01.W03", "W02.W03"]


def test_scores_of_other_types_are_no_choice():
    assert not issubclass(NoSuchChoice, ScoreOffScale)
