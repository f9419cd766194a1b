"""A sealed ballot holds the answers to each question by its code; an older one holds those to the first."""

import json
from typing import Any

from app.questions import sealing


def test_the_order_of_the_questions_does_not_matter():
    parts: dict[str, dict[str, Any]] = {"Q2": {"proposals": []}, "Q1": {"answers": {"W01": {"OV": 7}}}}
    there, back = sealing.seal(parts), sealing.seal(dict(reversed(parts.items())))
    assert json.dumps(there) == json.dumps(back)
    assert sealing.parts(there) == parts


def test_a_ballot_sealed_before_there_were_several_questions_answers_the_first():
    old = {"answers": {"W01": {"OV": 7}}, "rationales": {"W01": "So."}}
    assert sealing.parts(old) == {"Q1": old}


def test_a_question_that_was_not_answered_is_there_and_empty():
    assert sealing.parts(sealing.seal({"Q1": {"answers": {}}}))["Q1"] == {"answers": {}}
    assert sealing.parts({"questions": {}}) == {}
