"""What is read as a spreadsheet: every encoding of the programs that write them, and no bomb."""

import base64
import io
import re
import zipfile
import zlib

import pytest
from sqlmodel import select

from app.models import ItemChange
from app.registers import sheets
from tests.registers.spreadsheets import book, faults, outcomes, sheet, text_of

EXPERTS = "Réseau d\N{RIGHT SINGLE QUOTATION MARK}experts"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_encoding_and_delimiter_of_spreadsheet_programs_is_read(encoding, delimiter):
    text = sheet(["title", "text"], [EXPERTS, "un; deux, trois"], delimiter=delimiter).decode()
    content = text.encode(encoding)
    if encoding == "utf-16-be":
        content = b"\xfe\xff" + content
    assert sheets.read(content, {"title", "text"}).rows == [
        (1, ["title", "text"]),
        (2, [EXPERTS, "un; deux, trois"]),
    ]


def test_a_first_line_that_names_the_delimiter_is_no_header(previewed):
    content = b"sep=;\r\ntitle;text\r\nA hole;Deep\r\nAnother;" + b"Deeper\r\n"
    page = previewed("gap", content)
    assert outcomes(page) == (2, 0, 0, 0)


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 100_000_000)
    return out.getvalue()


def laughs():
    good = book(["title"], ["A hole"])
    out = io.BytesIO()
    entity = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    with zipfile.ZipFile(io.BytesIO(good)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = (
                    f"<?xml version='1.0'?>{entity}]>"
                    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
                    '<row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row></sheetData></worksheet>'
                ).encode()
            target.writestr(name, content)
    return out.getvalue()


def with_part(name, change):
    """A good workbook of which one part is changed, or to which one is added."""
    out = io.BytesIO()
    good = io.BytesIO(book(["title"], ["A hole"]))
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            content = source.read(part)
            target.writestr(part, change(content) if part == name else content)
        if name not in source.namelist():
            target.writestr(name, change(b""))
    return out.getvalue()


SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


def lying(at="A1"):
    """A sheet that says it has a million rows and columns; and, perhaps, a cell far out."""
    row = int(re.sub("[A-Z]", "", at))
    cell = f'<row r="{row}"><c r="{at}"><v>1</v></c></row></sheetData>' if row > 1 else "</sheetData>"
    return with_part(
        SHEET,
        lambda content: re.sub(
            rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', content
        ).replace(b"</sheetData>", cell.encode()),
    )


MANY_CELLS = with_part(
    SHEET,
    lambda content: content.replace(
        b"</sheetData>", b'<row r="3">' + b"<c/>" * 300_000 + b"</row></sheetData>"
    ),
)
MANY_ROWS = with_part(
    SHEET, lambda content: content.replace(b"</sheetData>", b"<row/>" * 30_000 + b"</sheetData>")
)
MANY_STRINGS = with_part(STRINGS, lambda _: b"<sst>" + b"<si><t/></si>" * 300_000 + b"</sst>")
IN_UTF_16 = with_part(SHEET, lambda content: content.decode().encode("utf-16"))
IN_EBCDIC = with_part(
    SHEET, lambda content: b'<?xml version="1.0" encoding="cp037"?>' + content.decode().encode("cp037")
)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Please choose a file."),
        (b"\xd0\xcf\x11\xe0rest", "of the old kind"),
        (b"PK\x03\x04nonsense", "neither a CSV file nor an XLSX"),
        (b"a\x00b\x00c", "neither a CSV file nor an XLSX"),
        (b"title\n\x00", "neither a CSV file nor an XLSX"),
        (b'title\n"open', "From row"),
        (b"title,colour\nA,red", "There is no column “colour”"),
        (b"title,title\nA,B", "The column “title” stands there twice."),
        (b"text\nA", "“code” or “title” must be among them"),
        (b"\n\n , \n", "“code” or “title” must be among them"),
        (b"title\n\n", "There is no entry below"),
        (b"title\n" + b"x\n" * 5001, "at most 5000 rows"),
        (b"title" + b",x" * 300, "more than 200 columns"),
        (bomb(), "unpacks to more than 24 megabytes"),
        (MANY_CELLS, "too much in this workbook"),
        (MANY_STRINGS, "too much in this workbook"),
        (MANY_ROWS, "at most 5000 rows"),
        (lying(at="XFD1048576"), "at most 5000 rows"),
        (lying(at="A999999999999"), "at most 5000 rows"),
        (IN_UTF_16, "neither a CSV file nor an XLSX"),
        (IN_EBCDIC, "neither a CSV file nor an XLSX"),
        (laughs(), "neither a CSV file nor an XLSX"),
        (book(), "“code” or “title” must be among them"),
    ],
)
def test_what_is_no_table_is_refused_whole(previewed, content, says):
    assert says in text_of(previewed("gap", content, status=422))


def test_a_workbook_that_lies_about_its_size_is_read_by_what_is_in_it(previewed):
    assert outcomes(previewed("gap", lying()))[0] == 1


def test_a_formula_in_a_workbook_is_refused_and_a_text_like_one_is_not(previewed):
    content = book(["title", "text"], ["A hole", "=1+1"])
    assert [(row, column) for row, column, _ in faults(previewed("gap", content))] == [(2, "text")]


@pytest.mark.parametrize(
    "rows",
    [
        "",
        "?",
        "AAAA",
        base64.urlsafe_b64encode(zlib.compress(b"[" * 100_000)).decode(),
        base64.urlsafe_b64encode(zlib.compress(b" " * 50_000_000)).decode(),
        base64.urlsafe_b64encode(zlib.compress(b'{"rows": [[1, ["title"]], ["x", 7]]}')).decode(),
        base64.urlsafe_b64encode(
            zlib.compress(b'{"rows": [[1, ["title"]], [2, ["a\\u0000\\ud800"]]]}')
        ).decode(),
        base64.urlsafe_b64encode(zlib.compress(b'{"rows": [], "formulas": [[-1, -1]]}')).decode(),
    ],
)
def test_what_comes_back_from_a_page_is_not_trusted(staff, url, rows, session):
    answer = staff.post(
        "/seminars/open/moderation/import/gap",
        data={"rows": rows, "seen": "x", "reason": "R."},
        files={"none": ("", b"")},
    )
    assert answer.status_code in {409, 422}
    assert session.exec(select(ItemChange)).all() == []
