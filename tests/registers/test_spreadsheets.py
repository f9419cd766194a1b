"""Registers go out as spreadsheets and come in again: a round trip changes nothing, the rest is previewed."""

import base64
import csv
import io
import re
import zipfile
import zlib
from html import unescape

import pytest
from openpyxl import Workbook, load_workbook
from sqlmodel import select

from app.db import transaction
from app.models import AuditEntry, Item, ItemChange, ItemVersion, Question, Subject
from app.models.registers import ChangeKind, ItemStatus, Kind, LinkKind
from app.models.rounds import RoundState
from app.policy import Role
from app.registers import queries, service, sheets

HOSTILE = (
    '=HYPERLINK("http://evil.example","x")',
    "+1+1",
    "-2",
    "@SUM(A1)",
    "'=1",
    "''quoted'",
    '"; DROP TABLE item; --',
    "<script>alert(1)</script>",
    "{{ 7*7 }} %(code)s",
    "\u202eright to left",
    "\U0001f578 é عربي 联合国",
    "one\ntwo, three; four\tfive",
    "_x0041_ &amp; _x000D_",
)


WHOLE_ROW = "\N{EN DASH}"
EXPERTS = "Réseau d\N{RIGHT SINGLE QUOTATION MARK}experts"


@pytest.fixture
def staff(registers, make, as_person):
    return as_person(make.member(registers.seminar, Role.FACILITATOR))


@pytest.fixture
def url():
    return lambda kind: f"/seminars/open/registers/{kind}"


@pytest.fixture
def exported(staff, url):
    def table(kind, form="csv"):
        answer = staff.get(f"{url(kind)}/export.{form}")
        assert answer.status_code == 200
        return answer.content

    return table


@pytest.fixture
def previewed(staff, url):
    def shown(kind, content, *, meaning="major", status=200):
        answer = staff.post(
            f"{url(kind)}/import", files={"file": ("x.csv", content)}, data={"meaning": meaning}
        )
        assert answer.status_code == status, text_of(answer.text)
        return answer.text

    return shown


@pytest.fixture
def applied(staff, url):
    def done(kind, page, *, reason="From the spreadsheet.", status=303, **other):
        fields = {name: hidden(page, name) for name in ("rows", "seen", "meaning")} | {"reason": reason}
        answer = staff.post(f"{url(kind)}/import/apply", data=fields | other, files={"none": ("", b"")})
        assert answer.status_code == status, text_of(answer.text)
        return answer

    return done


def hidden(page, name):
    return [unescape(value) for value in re.findall(rf'type="hidden" name="{name}" value="([^"]*)"', page)]


def text_of(page):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def outcomes(page):
    found = re.search(r'<ul class="outcomes">(.*?)</ul>', page, re.DOTALL)
    assert found, text_of(page)
    return tuple(int(number) for number in re.findall(r"<strong>(\d+)</strong>", found[1]))


def cells(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def sheet(*rows, delimiter=","):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode()


def book(*rows):
    workbook = Workbook()
    for row in rows:
        workbook.worksheets[0].append(row)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def faults(page):
    """Row, column and what is wrong of each refusal."""
    table = re.search(r'aria-labelledby="refused">(.*?)</section>', page, re.DOTALL)
    rows = re.findall(r"<tr>(.*?)</tr>", table[1], re.DOTALL) if table else []
    told = [[text_of(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)] for row in rows]
    return [(int(row[0]), row[2], row[3]) for row in told if row]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", list(Kind))
def test_a_round_trip_changes_nothing(registers, exported, previewed, kind, form):
    registers.add(Kind.PRACTICE, "P1", "A habit", source="https://example.org/?a=b;c")
    page = previewed(kind, exported(kind, form))
    new, changed, unchanged, refused = outcomes(page)
    assert (new, changed, refused) == (0, 0, 0)
    assert unchanged >= 1
    assert "Nothing changes" in page


@pytest.fixture
def hostile_items(registers):
    for number, text in enumerate(HOSTILE):
        fields = {"time_horizon": "short", "cost_class": "low", "trade_off": text}
        registers.add(Kind.OPTION, f"H{number}", text, text, **fields)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_hostile_text_goes_out_harmless_and_comes_back_as_it_was(
    hostile_items, exported, previewed, registers, session, form
):
    content = exported(Kind.OPTION, form)
    if form == "csv":
        for row in cells(content)[1:]:
            assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in row)
    else:
        for row in load_workbook(io.BytesIO(content)).worksheets[0].iter_rows():
            assert all(cell.data_type in {"s", "n"} for cell in row)
    page = previewed(Kind.OPTION, content)
    assert outcomes(page) == (0, 0, 2 + len(HOSTILE), 0)
    # and into another seminar, where all of it is new, it comes by the letter
    with_new_codes = [[f"N{row[0]}", *row[1:]] for row in cells(exported(Kind.OPTION))[1:]]
    header = cells(exported(Kind.OPTION))[0]
    assert outcomes(previewed(Kind.OPTION, sheet(header, *with_new_codes)))[0] == 2 + len(HOSTILE)


def test_hostile_text_is_imported_by_the_letter(previewed, applied, session, registers):
    rows = [["", text, text] for text in HOSTILE]
    guarded = [
        ["'" + cell if cell.startswith(("=", "+", "-", "@", "'")) else cell for cell in row] for row in rows
    ]
    applied("gap", previewed("gap", sheet(["code", "title", "text"], *guarded)))
    views = queries.items(session, seminar=registers.seminar, kind=Kind.GAP)[1:]
    assert [view.text for view in views] == list(HOSTILE)
    assert [view.code for view in views] == [f"G{number}" for number in range(2, 2 + len(HOSTILE))]


def test_the_columns_are_those_of_the_kind(exported):
    assert cells(exported(Kind.FRAMEWORK))[0] == [
        *("code", "title", "text", "year", "in_force", "legal_nature", "scope", "note"),
        *("covers:E1", "covers:E2", "status"),
    ]
    assert cells(exported(Kind.FRAMEWORK))[1][-3:] == ["none", "full", "accepted"]
    header, first, _ = cells(exported(Kind.OPTION))
    assert dict(zip(header, first, strict=True)) == {
        "code": "W1",
        "title": "A long road",
        "text": "Many steps.",
        "time_horizon": "long",
        "cost_class": "low",
        "trade_off": "Slow.",
        "addresses": "G1",
        "builds_on": "O1",
        "led_by": "POL",
        "supported_by": "NGO",
        "serves": "E2;E1",
        "status": "accepted",
    }


def test_what_differs_is_shown_and_then_done(exported, previewed, applied, session, registers):
    header, first, second = cells(exported(Kind.OPTION))
    first[header.index("title")] = "A longer road"
    first[header.index("cost_class")] = "Dear"  # by its label
    second[header.index("serves")] = "E1; E2"
    new = ["", "A third way", "New.", "short", "low", "", "G1", "", "", "", "E1", ""]
    page = previewed("option", sheet(header, first, second, new))
    assert outcomes(page) == (1, 2, 0, 0)
    assert "<ins>longer </ins>" in page
    assert session.exec(select(ItemChange)).all() == []  # nothing is done yet
    session.rollback()

    assert applied("option", page).headers["location"].endswith("/registers/option?done=imported")
    views = {view.code: view for view in queries.items(session, seminar=registers.seminar, kind=Kind.OPTION)}
    assert (views["W1"].title, views["W1"].version) == ("A longer road", 2)
    assert views["W1"].fields["cost_class"] == "high"
    assert [link.code for link in views["W1"].linked(LinkKind.ADDRESSES)] == ["G1"]
    assert views["W2"].version == 1  # links are no wording
    assert [link.code for link in views["W2"].linked(LinkKind.SERVES)] == ["E1", "E2"]
    assert views["W3"].title == "A third way"
    changes = session.exec(select(ItemChange)).all()
    assert {(change.kind, change.reason) for change in changes} == {
        (ChangeKind.IMPORTED, "From the spreadsheet.")
    }
    assert len(changes) == 2
    versions = session.exec(select(ItemVersion).where(ItemVersion.number == 2)).all()
    assert [version.minor for version in versions] == [False]
    entry = session.exec(select(AuditEntry)).one()
    assert entry.action == "register:register:import"
    assert (entry.details["new"], entry.details["changed"]) == (1, 2)


def test_after_an_import_its_export_changes_nothing(exported, previewed, applied):
    applied("threat", previewed("threat", sheet(["title", "scope", "touches"], ["New danger", "ied", "E1"])))
    assert outcomes(previewed("threat", exported("threat"))) == (0, 0, 2, 0)


def test_a_minor_import_makes_minor_wordings(exported, previewed, applied, session):
    page = previewed("gap", sheet(["code", "text"], ["G1", "Nobody at all answers."]), meaning="minor")
    applied("gap", page)
    assert session.exec(select(ItemVersion).where(ItemVersion.number == 2)).one().minor is True


def test_a_column_that_is_missing_stays_as_it_is(previewed, applied, session, registers):
    applied("option", previewed("option", sheet(["code", "title"], ["W1", "Renamed"])))
    view = queries.item(session, seminar=registers.seminar, code="W1")
    assert view is not None
    assert (view.title, view.text, view.fields["trade_off"]) == ("Renamed", "Many steps.", "Slow.")
    assert len(view.links) == 6


def test_one_grade_can_be_changed_alone(previewed, applied, session, registers):
    applied("framework", previewed("framework", sheet(["code", "covers:e1"], ["F-OLD", "Partial"])))
    view = queries.item(session, seminar=registers.seminar, code="F-OLD")
    assert view is not None
    assert {link.code: link.value for link in view.links} == {"E1": "partial", "E2": "full"}


def test_each_refusal_says_row_column_and_why(previewed):
    page = previewed(
        "option",
        sheet(
            ["code", "title", "time_horizon", "cost_class", "serves", "status"],
            ["W1", "", "long", "low", "E1", "accepted"],
            ["W2", "A quick step", "never", "high", "E2;G1;E9", ""],
            ["G1", "A gap", "short", "low", "", ""],
            ["W 7", "Bad code", "short", "low", "", ""],
            ["W1", "Twice", "long", "low", "E1", ""],
            ["", "No cost", "short", "", "", ""],
            ["W9", "Withdrawn at birth", "short", "low", "", "withdrawn"],
            ["W10", "Fine", "short", "low", "E1", "", "too much"],
        ),
    )
    assert outcomes(page) == (0, 0, 0, 8)
    told = faults(page)
    assert [(row, column) for row, column, _ in told] == [
        (2, "title"),
        (3, "time_horizon"),
        (3, "serves"),
        (4, "code"),
        (5, "code"),
        (6, "code"),
        (7, "cost_class"),
        (8, "status"),
        (9, WHOLE_ROW),
    ]
    assert "“never” is not one of the choices: short, long." in told[1][2]
    assert told[5][2] == "This entry stands in row 2 already."
    assert "Nothing can be imported." in page


def test_rows_that_are_refused_are_left_out_and_the_others_done(previewed, applied, session, registers):
    page = previewed("gap", sheet(["title", "concerns"], ["A hole", "E1"], ["Another", "E99"]))
    assert outcomes(page) == (1, 0, 0, 1)
    applied("gap", page)
    titles = [view.title for view in queries.items(session, seminar=registers.seminar, kind=Kind.GAP)]
    assert titles == ["No entry point", "A hole"]


def test_an_entry_is_withdrawn_by_its_status_and_then_stays(previewed, applied, session, exported):
    applied("threat", previewed("threat", sheet(["code", "status"], ["T1", "Withdrawn"])))
    item = session.exec(select(Item).where(Item.code == "T1")).one()
    assert item.status is ItemStatus.WITHDRAWN
    session.rollback()
    assert outcomes(previewed("threat", exported("threat"))) == (0, 0, 1, 0)
    for row in (["T1", "accepted", "Diversion"], ["T1", "", "Something else"], ["T1", "merged", "Diversion"]):
        assert [
            column for _, column, _ in faults(previewed("threat", sheet(["code", "status", "title"], row)))
        ] == ["status"]


def test_nothing_is_merged_by_a_spreadsheet(previewed):
    page = previewed("threat", sheet(["code", "status"], ["T1", "merged"]))
    assert [column for _, column, _ in faults(page)] == ["status"]


def test_what_a_round_asks_about_is_only_reworded_lightly(previewed, make, registers, engine):
    round_ = make.round(registers.seminar, state=RoundState.OPEN)
    with transaction(engine) as session:
        question = Question(round_id=round_.id, code="Q1", type="comment")
        session.add(question)
        session.flush()
        session.add(Subject(question_id=question.id, item_id=registers.items["G1"].id))
    reworded = sheet(["code", "title"], ["G1", "Otherwise"])
    assert outcomes(previewed("gap", reworded)) == (0, 0, 0, 1)
    assert outcomes(previewed("gap", reworded, meaning="minor")) == (0, 1, 0, 0)
    retired = sheet(["code", "status"], ["G1", "withdrawn"])
    assert outcomes(previewed("gap", retired, meaning="minor")) == (0, 0, 0, 1)
    assert outcomes(previewed("gap", sheet(["code", "concerns"], ["G1", "E2"]))) == (0, 1, 0, 0)


def test_a_preview_that_time_has_passed_by_is_shown_anew(previewed, applied, registers, engine):
    page = previewed("gap", sheet(["code", "title"], ["G1", "From the file"]))
    with transaction(engine) as session:
        gap = session.get_one(Item, registers.items["G1"].id)
        service.reword(
            session, item=gap, title="Meanwhile", text="", fields={}, minor=False, reason="R.", by=None
        )
    answer = applied("gap", page, status=409)
    assert "was changed since this preview" in text_of(answer.text)
    assert 'value="From the spreadsheet."' in answer.text  # what was typed stays
    applied("gap", answer.text)
    with transaction(engine) as session:
        assert session.get_one(Item, registers.items["G1"].id).version == 3


def test_without_a_reason_nothing_is_imported(previewed, applied, session):
    page = previewed("gap", sheet(["title"], ["A hole"]))
    answer = applied("gap", page, reason=" ", status=422)
    assert "Please say why" in answer.text
    assert hidden(answer.text, "rows") == hidden(page, "rows")
    assert session.exec(select(ItemChange)).all() == []


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


def test_numbers_dates_and_yes_are_read_as_they_are_meant(previewed, applied, session, registers):
    header = ["title", "year", "in_force", "legal_nature", "scope", "covers:E1"]
    applied(
        "framework", previewed("framework", book(header, ["A pact", 2019.0, 2021, "binding", "SALW", "full"]))
    )
    view = queries.items(session, seminar=registers.seminar, kind=Kind.FRAMEWORK)[-1]
    assert (view.fields["year"], view.fields["in_force"]) == (2019, 2021)
    session.rollback()
    page = previewed(
        "stakeholder", book(["title", "sector", "level", "core"], ["Army", "LAW", "National", False])
    )
    assert outcomes(page) == (1, 0, 0, 0)


def carried(*rows):
    content = f'{{"rows": {list(rows)!r}}}'.replace("'", '"').replace("(", "[").replace(")", "]")
    return base64.urlsafe_b64encode(zlib.compress(content.encode())).decode()


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
        f"{url('gap')}/import/apply",
        data={"rows": rows, "seen": "x", "reason": "R."},
        files={"none": ("", b"")},
    )
    assert answer.status_code in {409, 422}
    assert session.exec(select(ItemChange)).all() == []


@pytest.mark.parametrize("role", list(Role))
def test_who_may_import_and_who_may_export(registers, make, as_person, url, role):
    member = as_person(make.member(registers.seminar, role))
    may = role in {Role.FACILITATOR, Role.ORGANISER}
    assert member.get(f"{url('gap')}/export.csv").status_code == 200
    assert member.get(f"{url('gap')}/import").status_code == (200 if may else 403)
    assert member.post(f"{url('gap')}/import").status_code == (422 if may else 403)
    assert member.post(f"{url('gap')}/import/apply").status_code == (422 if may else 403)
    assert ("Import a spreadsheet" in member.get(url("gap")).text) is may


def test_an_export_has_a_name_and_no_other_form(staff, url):
    answer = staff.get(f"{url('gap')}/export.csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="open-gap.csv"'
    assert staff.get(f"{url('gap')}/export.exe").status_code == 404
    assert staff.get(f"{url('nothing')}/export.csv").status_code == 404
