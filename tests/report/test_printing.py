"""The report as PDF and Word: tagged, in order, with words for who sees no figure, and always alike."""

import re
import zlib
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import docx
import pytest
from sqlmodel import Session

from app.db import transaction
from app.models import Seminar
from app.models.reports import Paper
from app.outcome import exporting
from app.policy import Role
from app.report import document, pdf, word
from app.report.blocks import FigureBlock, Paragraph, TableBlock
from tests.outcome import judged

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def printed(engine, make):
    """The report of a small seminar, as it would be printed."""
    seminar, _ = judged.published(make, engine)
    with transaction(engine, write=False) as session:
        return document.document(session, session.get_one(Seminar, seminar.id))


def build(session: Session, seminar: Seminar, form: str) -> bytes:
    roles = {Role.ORGANISER}
    return exporting.build(session, judged.SETTINGS, seminar=seminar, form=form, roles=roles)


def pieces(file: bytes) -> bytes:
    """All that a PDF says outside its fonts and pictures."""
    found = [file]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", file, re.DOTALL):
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return b"\n".join(found)


def parts(file: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(file)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("paper", [Paper.A4, Paper.LETTER])
def test_the_pdf_is_made_for_screen_readers_and_for_either_paper(printed, paper):
    if paper is Paper.LETTER and printed.language != "en":
        pytest.skip("one language is enough")
    file = pdf.build(replace(printed, paper=paper))
    said = pieces(file)

    assert file == pdf.build(replace(printed, paper=paper))
    assert b"/StructTreeRoot" in said
    assert b"<pdfuaid:part>1<" in said
    assert (b"841.8" in said) is (paper is Paper.A4)
    figures = [block for part in printed.parts for block in part.blocks if isinstance(block, FigureBlock)]
    assert figures
    assert said.count(b"/Alt") >= len(figures)


def test_the_word_file_has_styles_tables_with_heads_captions_and_footnotes(printed):
    file = word.build(printed)
    found = docx.Document(BytesIO(file))
    blocks = [block for part in printed.parts for block in part.blocks]
    tables = [block for block in blocks if isinstance(block, TableBlock)]
    figures = [block for block in blocks if isinstance(block, FigureBlock)]
    styles = [paragraph.style.name if paragraph.style else "" for paragraph in found.paragraphs]

    assert file == word.build(printed)
    assert styles.count("Heading 1") == len(printed.parts)
    assert styles.count("Caption") == len(tables) + len(figures)
    assert styles.count("ReportNumbered") == sum(
        isinstance(one, Paragraph) and bool(one.number) for one in blocks
    )
    assert len(found.tables) == len(tables)
    for table, block in zip(found.tables, tables, strict=True):
        assert table.rows[0]._tr.find(f".//{W}tblHeader") is not None
        assert [cell.text for cell in table.rows[0].cells] == [column.title for column in block.columns]
        assert len(table.rows) == len(block.rows) + 1
    body = parts(file)["word/document.xml"].decode()
    assert [block.alternative for block in figures] == re.findall(r'<wp:docPr [^>]*descr="([^"]*)"', body)
    notes = ET.fromstring(parts(file)["word/footnotes.xml"])
    assert len(notes) - 2 == body.count("<w:footnoteReference ") > 0


def test_every_part_to_which_the_word_file_refers_is_in_it(printed):
    found = parts(word.build(printed))
    links = ET.fromstring(found["word/_rels/document.xml.rels"])
    known = {link.get("Id") for link in links}
    for link in links:
        if link.get("TargetMode") != "External":
            assert f"word/{link.get('Target')}".replace("word//", "") in found
    assert set(re.findall(r'r:(?:embed|id)="([^"]+)"', found["word/document.xml"].decode())) <= known
    assert not [name for name in found if "thumbnail" in name or "customXml" in name]


def test_an_arabic_report_runs_from_right_to_left(printed):
    arabic = replace(printed, language="ar")
    found = parts(word.build(arabic))["word/document.xml"].decode()

    assert "<w:bidiVisual/>" in found
    assert re.search(r"<w:sectPr.*<w:bidi/>", found, re.DOTALL)
    said = pieces(pdf.build(arabic))
    assert b"/Lang(ar)" in said.replace(b" ", b"")
    assert b"<pdfuaid:part>1<" in said


def test_the_report_leaves_beside_the_other_forms_and_only_with_something_published(engine, make):
    seminar, _ = judged.published(make, engine)
    other, _ = judged.seminar(make, slug="other")
    with transaction(engine, write=False) as session:
        seminar = session.get_one(Seminar, seminar.id)
        assert build(session, seminar, "pdf").startswith(b"%PDF-")
        assert build(session, seminar, "docx").startswith(b"PK")
        with pytest.raises(exporting.NothingPublished):
            build(session, session.get_one(Seminar, other.id), "pdf")


def test_a_sign_that_no_font_has_costs_the_claim_and_not_the_file(printed):
    strange = replace(printed, attribution="Heard \U000f1234 said.")

    assert b"<pdfuaid:part>1<" in pieces(pdf.build(printed))
    assert b"<pdfuaid:part>1<" not in pieces(pdf.build(strange))
