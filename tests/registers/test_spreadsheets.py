"""Registers go out as spreadsheets and come in again: a round trip changes nothing, the rest is previewed."""

import io
import re

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from app.db import transaction
from app.models import AuditEntry, Item, ItemChange, ItemVersion, Question, Subject
from app.models.registers import ChangeKind, ItemStatus, Kind, LinkKind
from app.models.rounds import RoundState
from app.policy import Role
from app.registers import queries, service
from tests.registers.spreadsheets import book, cells, faults, hidden, outcomes, sheet, text_of

WHOLE_ROW = "\N{EN DASH}"
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


def test_each_part_of_a_preview_is_one_landmark(previewed, exported):
    _, (code, *_) = cells(exported("gap"))
    rows = [[code, "Another", "E1"], ["", "New", "E1"], ["", "Nowhere", "E99"]]
    page = previewed("gap", sheet(["code", "title", "concerns"], *rows))
    named = re.findall(r'<(?:section|div)[^>]* aria-labelledby="(\w+)"', page)
    assert sorted(named) == ["changed", "new", "refused"]


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


@pytest.mark.parametrize("role", list(Role))
def test_who_may_import_and_who_may_export(registers, make, as_person, url, role):
    member = as_person(make.member(registers.seminar, role))
    may = role in {Role.FACILITATOR, Role.ORGANISER}
    assert member.get(f"{url('gap')}/export.csv").status_code == 200
    assert member.get(f"{url('gap')}/import").status_code == (200 if may else 403)
    assert member.post(f"{url('gap')}/import").status_code == (422 if may else 403)
    assert member.post("/seminars/open/moderation/import/gap").status_code == (422 if may else 403)
    assert ("Import a spreadsheet" in member.get(url("gap")).text) is may


def test_an_export_has_a_name_and_no_other_form(staff, url):
    answer = staff.get(f"{url('gap')}/export.csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="open-gap.csv"'
    assert staff.get(f"{url('gap')}/export.exe").status_code == 404
    assert staff.get(f"{url('nothing')}/export.csv").status_code == 404
