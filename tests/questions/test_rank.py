"""An order is read from a form, checked, sealed and read again."""

import doctest
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.questions import answers as written
from app.questions import rank
from app.questions.answers import Answer, Entry
from app.questions.protocol import Parsed, QuestionType
from app.questions.rank import NoPlace, Rank, Tied, TooManyRanked

CODES = ("W01", "W02", "W03", "W04")
RANK = Rank.of({}, {})
STRICT = Rank.of({"ties": False, "unranked": False}, {})
SOME = Rank.of({"most": 2, "abstentions": [{"value": "cannot_say", "label": "I cannot say"}]}, {})

places = st.dictionaries(st.sampled_from(CODES), st.integers(1, 999))


def parse(type_: Rank = RANK, **fields: str | list[str]) -> Parsed[Entry]:
    """Fields such as `W01_rank`."""
    sent = {name.replace("_", ".", 1): [v] if isinstance(v, str) else v for name, v in fields.items()}
    return type_.parse(sent, CODES)


def said(ranked: Mapping[str, int]) -> dict[str, Answer]:
    return {code: Answer({"rank": place}) for code, place in ranked.items()}


def test_the_examples_are_true():
    found = doctest.testmod(rank)
    assert found.attempted
    assert not found.failed


def test_an_order_is_a_type_of_question():
    as_type: QuestionType[Entry, Answer] = RANK
    assert as_type.name == "rank"
    assert not as_type.requires
    assert as_type.missing(None) == []


def test_an_order_of_all_asks_everyone_for_every_place():
    assert STRICT.requires
    assert STRICT.missing(None) == ["rank"]
    assert STRICT.missing(Answer({"rank": 3})) == []


def test_a_place_is_a_whole_number_from_one():
    assert parse(W01_rank="1", W02_rank="999").entries == {
        "W01": Entry({"rank": 1}),
        "W02": Entry({"rank": 999}),
    }


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "1000", "first", "٣", "1 ", "cannot_say", "1e2"])
def test_what_is_no_place_is_refused_beside_its_field_and_the_rest_is_read(value):
    parsed = parse(W01_rank=value, W02_rank="2")
    assert isinstance(parsed.errors["W01.rank"], NoPlace)
    assert parsed.entries == {"W02": Entry({"rank": 2})}


def test_an_empty_field_takes_the_subject_out_of_the_order():
    assert parse(W01_rank="").entries == {"W01": Entry({"rank": None})}


def test_a_subject_of_another_question_and_a_part_that_is_not_asked_are_refused():
    assert isinstance(parse(X99_rank="1").errors["X99.rank"], written.UnknownSubject)
    assert isinstance(parse(W01_score="1").errors["W01.score"], written.UnknownPart)


def test_a_reason_stands_beside_the_place():
    assert parse(W01_rank="1", W01_rationale=" Cheap. ").entries == {"W01": Entry({"rank": 1}, "Cheap.")}


def test_an_abstention_is_chosen_in_a_field_of_its_own():
    assert parse(SOME, W01_rank="", W01_abstain="cannot_say").entries == {
        "W01": Entry({"rank": "cannot_say"})
    }
    assert parse(SOME, W01_rank="2", W01_abstain="").entries == {"W01": Entry({"rank": 2})}
    assert isinstance(parse(W01_abstain="cannot_say").errors["W01.rank"], NoPlace)


def test_a_place_and_an_abstention_are_two_answers():
    parsed = parse(SOME, W01_rank="2", W01_abstain="cannot_say")
    assert isinstance(parsed.errors["W01.rank"], written.SaidTwice)


def test_ties_keep_an_order_without_ties_from_being_submitted():
    fault = STRICT.unfit(said({"W01": 1, "W02": 2, "W03": 2}))
    assert isinstance(fault, Tied)
    assert fault.fields == {"place": 2}
    assert STRICT.unfit(said({"W01": 1, "W02": 2})) is None
    assert RANK.unfit(said({"W01": 1, "W02": 1})) is None


def test_more_places_than_are_asked_for_cannot_be_submitted():
    assert isinstance(SOME.unfit(said({"W01": 1, "W02": 2, "W03": 3})), TooManyRanked)
    assert SOME.unfit(said({"W01": 1, "W02": 2}) | {"W03": Answer({"rank": "cannot_say"})}) is None


@given(places)
def test_what_is_typed_is_sealed_and_read_as_it_was(ranked: dict[str, int]):
    parsed = RANK.parse({f"{code}.rank": [str(place)] for code, place in ranked.items()}, CODES)
    assert parsed.errors == {}
    assert parsed.entries == {code: Entry({"rank": place}) for code, place in ranked.items()}
    in_force = said(ranked)
    assert RANK.read(RANK.seal(in_force)) == said(ranked)
    assert RANK.cells(in_force, CODES) == [ranked.get(code) for code in CODES]
    assert RANK.columns(CODES) == [f"{code}.rank" for code in CODES]


@given(st.dictionaries(st.sampled_from(["W01.rank", "W02.rank", "W01.abstain", "W01"]), st.lists(st.text())))
def test_whatever_is_sent_is_read_or_refused(fields: dict[str, list[str]]):
    parsed = RANK.parse(fields, CODES)
    for entry in parsed.entries.values():
        for place in entry.judgements.values():
            assert place is None or place in rank.PLACES


@given(places)
def test_in_order_everybody_stands_once_and_equals_together(ranked: dict[str, int]):
    groups = rank.in_order(ranked)
    assert sorted(code for group in groups for code in group) == sorted(ranked)
    assert [{ranked[code] for code in group} for group in groups] == [
        {p} for p in sorted(set(ranked.values()))
    ]
