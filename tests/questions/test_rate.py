"""A rating is read from a form, checked against its scale, sealed and read again."""

from typing import Any

import pytest

from app.questions import answers as written
from app.questions.answers import Answer, Entry
from app.questions.protocol import Parsed, QuestionType
from app.questions.rate import Rate

SETTINGS: dict[str, Any] = {
    "criteria": [{"code": "OV", "required": True}, {"code": "C1", "required": True}, {"code": "C3"}],
    "abstentions": [{"value": "no_expertise", "label": "x"}, {"value": "cannot_say", "label": "y"}],
}
SCALES = {"OV": (1, 9), "C1": (1, 9), "C3": (0, 4)}
RATE = Rate.of(SETTINGS, SCALES)


def parse(**fields: str | list[str]) -> Parsed[Entry]:
    sent = {
        name.replace("_", ".", 1): [value] if isinstance(value, str) else value
        for name, value in fields.items()
    }
    return RATE.parse(sent, {"W01", "W02"})


def test_rate_is_a_type_of_question():
    as_type: QuestionType[Entry, Answer] = RATE
    assert as_type.name == "rate"


def test_scores_abstentions_and_reasons_are_read_by_subject():
    parsed = parse(W01_OV="7", W01_C1="cannot_say", W01_rationale="It exists.", W02_OV="1")
    assert parsed.errors == {}
    assert parsed.entries == {
        "W01": Entry({"OV": 7, "C1": "cannot_say"}, "It exists."),
        "W02": Entry({"OV": 1}, None),
    }


def test_an_empty_value_takes_the_answer_back_and_a_missing_one_changes_nothing():
    assert parse(W01_OV="").entries["W01"].judgements == {"OV": None}


def test_names_without_a_point_and_versions_seen_are_not_answers():
    assert parse(language="en", W01_seen="4").entries == {}


@pytest.mark.parametrize(
    "value",
    ["0", "10", "5.5", "7-8", "n/a", "+7", " 7", "\u0667", "-1", "1e1", "99999999999999999999", "prefer_not"],
)
def test_what_is_not_on_the_scale_is_refused_beside_its_field(value: str):
    parsed = parse(W01_OV=value, W02_OV="3")
    assert isinstance(parsed.errors["W01.OV"], written.ScoreOffScale)
    assert parsed.entries == {"W02": Entry({"OV": 3})}


def test_a_scale_may_begin_at_nought():
    assert parse(W01_C3="0").entries["W01"].judgements == {"C3": 0}
    assert isinstance(parse(W01_C3="5").errors["W01.C3"], written.ScoreOffScale)


def test_foreign_subjects_and_criteria_are_refused():
    parsed = parse(W99_OV="3", W01_ZZ="3")
    assert isinstance(parsed.errors["W99.OV"], written.UnknownSubject)
    assert isinstance(parsed.errors["W01.ZZ"], written.UnknownPart)
    assert parsed.entries == {}


def test_two_values_for_one_field_are_refused_unless_they_are_the_same():
    assert isinstance(parse(W01_OV=["3", "8"]).errors["W01.OV"], written.SaidTwice)
    assert parse(W01_OV=["3", "3"]).entries["W01"].judgements == {"OV": 3}


def test_a_reason_over_the_limit_is_refused_with_its_length_and_a_longest_one_is_taken():
    error = parse(W01_rationale="x" * 4001).errors["W01.rationale"]
    assert error.fields == {"limit": 4000, "length": 4001}
    assert parse(W01_rationale=" " + "x\r\n" * 1999 + "yy ").entries["W01"].rationale == "x\n" * 1999 + "yy"


def test_what_is_sealed_is_read_again_and_does_not_depend_on_the_order():
    answers = {
        "W02": Answer({"C1": "no_expertise", "OV": 2}),
        "W01": Answer({}, "Only a reason"),
        "W03": Answer(),
    }
    content = written.seal(answers)
    assert content == {
        "answers": {"W02": {"C1": "no_expertise", "OV": 2}},
        "rationales": {"W01": "Only a reason"},
    }
    assert list(written.seal(dict(reversed(answers.items())))["answers"]) == list(content["answers"])
    assert written.read(content) == {"W01": answers["W01"], "W02": answers["W02"]}


def test_an_answer_tells_a_score_from_an_abstention():
    answer = Answer({"OV": 7, "C1": "cannot_say"})
    assert [answer.score(c) for c in ("OV", "C1", "C3")] == [7, None, None]
    assert [answer.abstention(c) for c in ("OV", "C1", "C3")] == [None, "cannot_say", None]


def test_abstaining_is_an_answer_and_leaving_blank_is_not():
    assert RATE.missing(None) == ["OV", "C1"]
    assert RATE.missing(Answer({"OV": "cannot_say"})) == ["C1"]
    assert RATE.missing(Answer({"OV": "cannot_say", "C1": 9})) == []


def test_an_export_has_a_column_for_each_subject_and_criterion_and_no_reasons():
    answers = {"W01": Answer({"OV": 7, "C1": "cannot_say"}, "secret")}
    assert RATE.columns(["W01", "W02"]) == ["W01.OV", "W01.C1", "W01.C3", "W02.OV", "W02.C1", "W02.C3"]
    assert RATE.cells(answers, ["W01", "W02"]) == [7, "cannot_say", None, None, None, None]


def test_a_card_is_done_with_what_is_required_and_a_point_with_both_its_sides():
    assert RATE.requires
    assert RATE.is_done(Answer({"OV": "cannot_say", "C1": 9}))
    assert not RATE.is_done(Answer({"OV": 7, "C3": 1}))
    plane = Rate.of({"layout": "plane", "criteria": [{"code": "OV"}, {"code": "C1"}]}, SCALES)
    assert not plane.requires
    assert plane.is_done(Answer({"OV": 7, "C1": "cannot_say"}))
    assert not plane.is_done(Answer({"OV": 7}))
    assert not plane.is_done(Answer(rationale="Only a reason"))
    free = Rate.of({"criteria": [{"code": "OV"}, {"code": "C1"}]}, SCALES)
    assert free.is_done(Answer({"C1": 3}))
    assert not free.is_done(None)
