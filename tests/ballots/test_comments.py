"""Commenting: what speaks for a subject and against it, each in its own words."""

import re

from app.questions.answers import Answer, Entry
from tests.conftest import HTMX

PART = "Q4"


def test_both_sides_are_saved_and_shown_again_as_they_were_written(table, mapper):
    text = "“Smart” — سبب 原因 🌍\r\n<b>second</b> line"
    answer = table.post(
        f"{mapper.path}/{PART}", data={"G01.for": text, "O02.against": "Not here.", "at": "G01"}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, f"{mapper.path}/{PART}#G01")
    assert mapper.in_force("G01", PART) == Answer(texts={"for": "“Smart” — سبب 原因 🌍\n<b>second</b> line"})
    page = table.get(f"{mapper.path}/{PART}").text
    assert "&lt;b&gt;second&lt;/b&gt; line</textarea>" in page
    assert ">Not here.</textarea>" in page
    assert "2 of 4 commented on" in page


def test_gaps_stand_together_and_then_opportunities(table, mapper):
    page = table.get(f"{mapper.path}/{PART}").text
    order = re.findall(r'<section class="option-card card" id="(\w\d\d)"', page)
    assert sorted(order[:2]) == ["G01", "G02"]
    assert sorted(order[2:]) == ["O01", "O02"]


def test_a_script_gets_the_saved_line_alone(table, mapper):
    fragment = table.post(f"{mapper.path}/{PART}/G01", data={"G01.for": "So.", "G01.seen": ""}, headers=HTMX)
    assert fragment.status_code == 200
    assert 'name="G01.seen" form="ballot" value="for:1,"' in fragment.text
    assert "<textarea" not in fragment.text


def test_an_emptied_side_is_taken_back(table, mapper):
    mapper.say("G01", Entry(texts={"for": "So.", "against": "Yet."}), question=PART)
    mapper.say("G01", Entry(texts={"for": ""}), question=PART)
    assert mapper.in_force("G01", PART) == Answer(texts={"against": "Yet."})
    assert mapper.history("for", "G01", PART) == ["So.", None]


def test_a_text_that_is_too_long_stays_in_its_field(table, mapper):
    text = "word " * 500
    page = table.post(f"{mapper.path}/{PART}", data={"G01.for": text, "G01.against": "Short."})
    assert page.status_code == 422
    assert "shorten this to 2000 characters. It has 2499 now" in page.text
    assert text in page.text
    assert 'aria-invalid="true"' in page.text
    assert mapper.in_force("G01", PART) == Answer(texts={"against": "Short."})


def test_a_side_typed_in_two_windows_is_kept_in_both(table, mapper):
    mapper.say("G01", Entry(texts={"for": "The first window"}), {}, question=PART)
    sent = {"G01.for": "The second window", "G01.against": "Only here", "G01.seen": ""}
    page = table.post(f"{mapper.path}/{PART}", data=sent)
    assert page.status_code == 409
    assert ">The second window</textarea>" in page.text
    assert "What speaks for it: “The first window” there." in page.text
    assert mapper.in_force("G01", PART).texts == {"for": "The first window", "against": "Only here"}
