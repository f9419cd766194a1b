"""What a form shows its reader, in which language, and that it keeps to the formats of its programs."""

from datetime import timedelta
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from sqlmodel import select

from app.db import transaction
from app.models import Deadline, Round
from app.models.rounds import FeedbackPolicy
from app.policy import Role
from tests.ballots.voting import settle
from tests.offline.filling import everything_in, part_of
from tests.offline.post import Post
from tests.offline.test_whose_answers_hold import set_closing


def second_round(make, as_person, feedback: FeedbackPolicy) -> Post:
    """An expert before the round after one that six experts have answered."""
    settled = settle(make, [{"W01": {"OV": score, "C1": 5}} for score in (3, 7, 7, 7, 8, 8)])
    with transaction(make.engine) as session:
        session.get_one(Round, settled.now.id).feedback = feedback
    voter = settled.voters[0]
    voter.round.feedback = feedback
    return Post(voter, as_person(voter.person), as_person(make.member(settled.seminar, Role.CLERK)))


@pytest.mark.parametrize(
    ("feedback", "own", "panel", "reasons"),
    [
        (FeedbackPolicy.NONE, False, False, False),
        (FeedbackPolicy.STATISTICS, True, True, False),
        (FeedbackPolicy.RATIONALES, True, True, True),
    ],
)
@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_the_round_before_is_shown_as_far_as_the_round_shows_it(
    make, as_person, kind, feedback, own, panel, reasons
):
    text = everything_in(second_round(make, as_person, feedback).download(kind))
    assert ("Your answer in the round before: Overall support: 3" in text) is own
    assert ("Overall support: median 7" in text) is panel
    assert ("Why W01, says number 5" in text) is reasons
    assert "Why W01, says number 0" not in text


def test_the_form_for_sending_shows_the_panel_and_nothing_of_its_expert(make, as_person):
    post = second_round(make, as_person, FeedbackPolicy.STATISTICS)
    organiser = as_person(make.member(post.voter.seminar, Role.ORGANISER))
    answer = organiser.post(f"{post.round_path}/forms/people", data={"member": str(post.voter.membership.id)})
    (form,) = post.forms_in(answer.content)
    assert "Overall support: median 7" in everything_in(form)
    assert "Your answer in the round before" not in everything_in(form)


def test_an_arabic_form_reads_from_right_to_left_and_is_read_back_in_any_language(post):
    post.expert.headers["Accept-Language"] = "ar"
    content = post.filled_in({"Q1.W01.OV": "7", "Q1.W01.C1": "cannot_say"})
    body = Document(BytesIO(content)).element.body
    tables = body.findall(qn("w:tbl"))
    assert tables
    assert all(table.tblPr.find(qn("w:bidiVisual")) is not None for table in tables)
    arabic = Document(BytesIO(post.download()))
    assert arabic.core_properties.language == "ar-SA"
    book = load_workbook(BytesIO(post.download("xlsx")))
    assert all(sheet.sheet_view.rightToLeft for sheet in book.worksheets)
    page = post.preview(post.read(content, by_clerk=True), by_clerk=True)
    assert "The wording was changed" not in page
    post.enter(content, by_clerk=True)
    assert post.sealed["Q1"]["answers"] == {"W01": {"OV": 7, "C1": "cannot_say"}}


def test_everything_in_a_workbook_is_protected_but_its_answers_and_no_text_is_a_formula(post, make):
    with transaction(post.voter.engine) as session:
        session.get_one(Round, post.voter.round.id).title = "=1+1"
    book = load_workbook(BytesIO(post.download("xlsx")))
    assert all(sheet.protection.sheet for sheet in book.worksheets)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    open_to_all = [cell for cell in cells if not cell.protection.locked]
    assert len(open_to_all) == len(post.form().cells)
    sheet = book["Q1"]
    assert sheet.column_dimensions["A"].hidden
    assert sheet.freeze_panes == "C2"
    assert sheet.data_validations.dataValidation
    assert book["lists"].sheet_state == "veryHidden"


def test_the_code_stands_on_the_first_page_and_at_the_foot_of_each(post):
    form = post.download()
    document = Document(BytesIO(form))
    code = post.form().code
    assert any(code in paragraph.text for paragraph in document.paragraphs[:4])
    assert code in document.sections[0].footer.paragraphs[0].text
    assert document.core_properties.author == "Colloquy"
    assert "No classified" in "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert b"sectPr" in part_of(form, "word/document.xml")


def test_who_has_more_time_than_the_panel_can_still_send_her_form(post):
    where = post.read(post.filled_in({"Q1.W01.OV": "3"}), by_clerk=True)
    late = post.voter.round.closes_at
    set_closing(post, timedelta(0))
    with transaction(post.voter.engine) as session:
        session.add(
            Deadline(round_id=post.voter.round.id, membership_id=post.voter.membership.id, closes_at=late)
        )
    with transaction(post.voter.engine, write=False) as session:
        assert session.exec(select(Deadline)).one().closes_at == late
    assert post.decide(where, by_clerk=True).status_code == 303
    assert post.sealed["Q1"]["answers"] == {"W01": {"OV": 3}}
