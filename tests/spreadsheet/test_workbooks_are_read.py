"""Ratings in an XLSX workbook are those of the same CSV; what cannot be read is refused by row and column."""

from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from numpy.testing import assert_array_equal
from openpyxl import Workbook

from app.spreadsheet.faults import BrokenSheet
from app.spreadsheet.ratings import read
from app.spreadsheet.scale import Scale

NINE = Scale(1, 9)
ROWS = [["expert", "A", "B"], ["ada", 7, 8], [None, None, None], ["bo", 9.0, None]]
CSV = "expert,A,B\nada,7,8\n\nbo,9,\n"
SHEET = "xl/worksheets/sheet1.xml"


def workbook(rows=ROWS, change=None):
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Ratings"
    for row in rows:
        sheet.append(row)
    if change:
        change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def replaced(content, part, changed):
    out = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, changed(source.read(name)) if name == part else source.read(name))
    return out.getvalue()


def faults(content):
    with pytest.raises(BrokenSheet) as refused:
        read(content, NINE)
    return [(fault.row, fault.column) for fault in refused.value.faults]


def put(place, value):
    def change(book):
        book.active[place] = value

    return change


def test_a_workbook_is_read_as_its_csv_would_be():
    got, same = read(workbook(), NINE), read(CSV.encode(), NINE)
    assert (got.experts, got.items, got.criteria) == (same.experts, same.items, same.criteria)
    assert_array_equal(got.ratings, same.ratings)
    assert not got.doubts


def test_a_decimal_number_is_that_number():
    assert read(workbook([["expert", "A"], ["ada", 0.1 + 0.2]]), Scale(0, 100)).ratings.item() == 0.3


def test_only_the_first_visible_sheet_that_holds_something_is_read_and_people_are_told():
    def change(book):
        book.create_sheet("Hidden", 0).append(["nothing"])
        book["Hidden"].sheet_state = "hidden"
        book.create_sheet("Empty", 0)
        book.create_sheet("Notes").append(["said"])

    got = read(workbook(change=change), NINE)
    assert got.experts == ["ada", "bo"]
    assert got.doubts == ["The sheet “Ratings” is read, and none of the others: “Notes”."]


@pytest.mark.parametrize("value", [datetime(2026, 5, 7), True, "#N/A", "good", 10, 7.5])  # noqa: DTZ001 - as in a cell
def test_what_is_no_rating_is_named_by_row_and_column(value):
    assert faults(workbook(change=put("C4", value))) == [(4, "B")]


def test_a_formula_counts_as_what_it_came_to_and_is_a_fault_where_that_is_not_saved():
    content = workbook(change=put("C4", "=3+4"))
    assert faults(content) == [(4, "C")]
    saved = replaced(
        content, SHEET, lambda xml: xml.replace(b"<v></v>", b"<v>7</v>").replace(b"<v />", b"<v>7</v>")
    )
    assert read(saved, NINE).ratings[1, 1, 0] == 7


def test_a_cell_far_off_does_not_matter():
    assert read(workbook(change=put("XFD1048576", " ")), NINE).experts == ["ada", "bo"]


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04" + b"x" * 100,
        b"\xd0\xcf\x11\xe0" + bytes(100),
        workbook()[:2000],
        replaced(workbook(), SHEET, lambda xml: xml[: len(xml) // 2]),
        replaced(workbook(), SHEET, lambda xml: xml.replace(b'r="4"', b'r="999999999"')),
        replaced(workbook(), "[Content_Types].xml", lambda _: b"<x/>"),
        workbook([]),
    ],
    ids=["no archive", "old kind", "cut", "cut sheet", "a row that no sheet has", "no types", "empty"],
)
def test_a_workbook_that_is_none_is_refused_as_a_whole(content):
    assert faults(content) == [(0, "")]


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked():
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive, archive.open(SHEET, "w", force_zip64=True) as part:
        for _ in range(301):
            part.write(bytes(1_000_000))
    with pytest.raises(BrokenSheet) as refused:
        read(out.getvalue(), NINE)
    assert "300 MB" in refused.value.faults[0].text
