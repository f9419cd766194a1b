"""A workbook opens, whatever signs the texts in it have."""

from io import BytesIO

from openpyxl import load_workbook

from app.spreadsheet import workbook
from app.spreadsheet.tabular import Table


def test_signs_that_xml_cannot_hold_are_left_out():
    title = "What\x00 stands\ufffe"
    table = Table("Words", ["text\uffff"], [["a\x07b\x1bc\ufffed\uffff\ud800e\tf\ng 😀"]])
    written = workbook.write([table], title=title, on="2026-01-01")

    book = load_workbook(BytesIO(written))
    assert book.properties.title == "What stands"
    assert list(book["Words"].values) == [("text",), ("abcde\tf\ng 😀",)]
