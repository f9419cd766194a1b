"""What cannot be read is shown as it stood there, and nothing is entered before it is settled."""

import re

import pytest

from app.offline.cells import BOX, Fault
from app.offline.entries import unpack
from tests.offline.filling import in_line, reworded
from tests.offline.post import faults_in


def put(column: int, *texts: str):
    """Write these into the boxes of a line, from this one on."""

    def change(cells):
        for place, text in enumerate(texts):
            cells[column + place].text = text

    return change


@pytest.mark.parametrize(
    ("texts", "fault"),
    [
        (["x", "x"], Fault.TWO),
        (["7-8"], Fault.UNCLEAR),
        (["n/a"], Fault.UNCLEAR),
        (["?"], Fault.UNCLEAR),
    ],
)
def test_a_mark_that_means_nothing_clear_waits_for_a_decision(post, texts, fault):
    content = in_line(post.download(), "Q1.W01.OV", put(7, *texts))
    where = post.read(content)
    assert unpack(post.entries[0].content).readings["Q1.W01.OV"].fault is fault

    assert post.decide(where).status_code == 422
    assert post.seal is None
    assert post.decide(where, {"Q1.W01.OV": "?"}).status_code == 422
    assert post.decide(where, {"Q1.W01.OV": "12"}).status_code == 422

    assert post.decide(where, {"Q1.W01.OV": "8"}).status_code == 303
    assert post.sealed["Q1"]["answers"] == {"W01": {"OV": 8}}


def test_what_stood_there_is_shown_and_can_be_left_blank(post):
    content = in_line(post.filled_in({"Q1.W02.OV": "3"}), "Q1.W01.OV", put(7, "7-8"))
    where = post.read(content, by_clerk=True)
    page = post.preview(where, by_clerk=True)
    assert "7-8" in page
    assert faults_in(page) == ["This could not be read."]
    assert post.decide(where, {"Q1.W01.OV": ""}, by_clerk=True).status_code == 303
    assert post.sealed["Q1"]["answers"] == {"W02": {"OV": 3}}


@pytest.mark.parametrize(
    "mark", ["x", "X", "\N{BALLOT BOX WITH X}", "\N{CHECK MARK}", f"{BOX}x", " x ", "7", "\u0667"]
)
def test_any_mark_that_people_make_is_a_mark(post, mark):
    post.enter(in_line(post.download(), "Q1.W01.OV", put(7, mark)))
    assert post.sealed["Q1"]["answers"] == {"W01": {"OV": 7}}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("6", Fault.OFF),
        ("4.5", Fault.OFF),
        ("3-4", Fault.UNCLEAR),
        ("n/a", Fault.UNCLEAR),
        ("4 or 5", Fault.UNCLEAR),
    ],
)
@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_number_off_its_scale_is_never_brought_onto_it(mapping_post, kind, text, fault):
    mapping_post.read(mapping_post.filled_in({"Q1.T01.LIK": text}, kind))
    assert unpack(mapping_post.entries[0].content).readings["Q1.T01.LIK"].fault is fault


@pytest.mark.parametrize(
    ("text", "value"),
    [("4", "4"), (" 4. ", "4"), ("4,0", "4"), ("\u0664", "4"), ("C", "prefer_not"), ("\N{EM DASH}", "")],
)
def test_a_number_is_read_as_it_is_written(mapping_post, text, value):
    mapping_post.read(mapping_post.filled_in({"Q1.T01.LIK": text, "Q1.T02.LIK": "1"}))
    readings = unpack(mapping_post.entries[0].content).readings
    assert (readings["Q1.T01.LIK"].value if "Q1.T01.LIK" in readings else "") == value


def test_a_formula_is_no_answer(mapping_post):
    mapping_post.read(mapping_post.filled_in({"Q1.T01.LIK": "=2+2", "Q4.G01.for": "=1+1"}, "xlsx"))
    readings = unpack(mapping_post.entries[0].content).readings
    assert readings["Q1.T01.LIK"].fault is Fault.FORMULA
    assert readings["Q4.G01.for"].fault is Fault.FORMULA


def test_a_text_that_is_too_long_is_shortened_by_a_person(post):
    where = post.read(post.filled_in({"Q1.W01.OV": "7", "Q1.W01.rationale": "so " * 1500}))
    assert post.decide(where).status_code == 422
    assert post.decide(where, {"Q1.W01.rationale": "so " * 1500}).status_code == 422
    assert post.decide(where, {"Q1.W01.rationale": "Because."}).status_code == 303
    assert post.sealed["Q1"]["rationales"] == {"W01": "Because."}


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_form_that_nobody_changed_is_read_without_any_remark(post, mapping_post, kind):
    for one in (post, mapping_post):
        page = one.preview(one.read(one.filled_in({next(iter(one.blank_form().cells)): "1"}, kind)))
        assert "The wording was changed" not in page
        assert faults_in(page) == []


def test_changed_words_are_noticed_and_shown_beside_those_that_were_printed(post):
    page = post.preview(
        post.read(reworded(post.filled_in({"Q1.W01.OV": "7"}), "What it is.", "What it is not."))
    )
    assert "The wording was changed" in page
    assert "is not." in re.findall(r"<ins>\s*([^<]+?)\s*</ins>", page)


def test_words_that_only_a_word_processor_changed_are_the_same(post):
    content = reworded(post.filled_in({"Q1.W01.OV": "7"}), "What it is.", "What\u00a0it  is.")
    assert "The wording was changed" not in post.preview(post.read(content))


def test_a_line_that_was_taken_out_is_said_to_be_missing(post):
    def remove(cells):
        line = cells[0]._tc.getparent()
        line.getparent().remove(line)

    page = post.preview(post.read(in_line(post.filled_in({"Q1.W02.OV": "7"}), "Q1.W01.OV", remove)))
    assert "This line is missing from the file." in faults_in(page)


def test_a_form_on_paper_is_typed_in_by_its_code(post):
    post.download()
    code = post.form().code
    answer = post.clerk.post(f"{post.round_path}/forms", data={"code": code.lower().replace("-", " ")})
    where = answer.headers["location"]
    assert post.decide(where, {"Q1.W01.OV": "7"}, then="keep", by_clerk=True).status_code == 303
    assert post.seal is None
    decisions = {
        "Q1.W01.OV": "7",
        "Q1.W01.C1": "",
        "Q1.W02.OV": "no_expertise",
        "Q1.W02.rationale": "By hand.",
    }
    assert post.decide(where, decisions, by_clerk=True).status_code == 303
    assert post.sealed["Q1"] == {
        "answers": {"W01": {"OV": 7}, "W02": {"OV": "no_expertise"}},
        "rationales": {"W02": "By hand."},
    }


def test_an_empty_form_is_not_entered(post):
    where = post.read(post.download())
    answer = post.decide(where)
    assert answer.status_code == 409
    assert "nothing to enter" in answer.text
