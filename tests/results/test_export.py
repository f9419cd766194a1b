"""What is published of a question leaves as a file, and nothing else does."""

import csv
import io
import json
import re

import numpy as np
import pyreadstat
import pytest
from openpyxl import load_workbook

from app.aggregation import summarise
from app.db import transaction
from app.policy import Role
from tests.results import mapping, voting

FORMS = ("csv", "json", "xlsx")
QUESTIONS = ("Q1", "Q2", "Q3", "Q4", "Q5")
FORMULA = '=HYPERLINK("https://example.org";"Click")'
HELD = "A telling text"


def said(number):
    grade = {"E01": number % 3, "E01.sure": 1, "E02": "cannot_say", "E01.source": FORMULA, "why": HELD}
    return {
        "Q1": mapping.plane(1 + number % 5, 4, "T01", why=HELD),
        "Q2": {"STK-01": {"INF": 1 + number % 5, "INT": "no_expertise"}, "STK-02": {"INF": 2}},
        "Q3": {"FW-01": grade},
        "Q4": {"G01": {"for": FORMULA, "against": HELD}},
    }


@pytest.fixture
def held(engine, make):
    """A published mapping: five of each of two sectors, one of a third; one text held back everywhere."""
    seminar, round_ = mapping.held(make, sectors=["A", "B", "C"])
    for number in range(11):
        mapping.vote(make, round_, said(number), sector="ABC"[number // 5])
    voting.close(engine, round_, settings=make.settings, publish=True)
    with transaction(engine) as session:
        for code, item in (("Q1", "T01"), ("Q3", "FW-01"), ("Q4", "G01")):
            mapping.hold_back(session, round_, code, item, HELD)
    return seminar, round_


@pytest.fixture
def facilitator(make, as_person, held):
    return as_person(make.member(held[0], Role.FACILITATOR))


def at(held, code, form):
    seminar, round_ = held
    return f"/seminars/{seminar.slug}/rounds/{round_.number}/questions/{code}/export.{form}"


def content(client, held, code):
    answer = client.get(at(held, code, "json"))
    assert answer.status_code == 200
    return json.loads(answer.content)


def table(client, held, code):
    answer = client.get(at(held, code, "csv"))
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def sheets(client, held, code):
    answer = client.get(at(held, code, "xlsx"))
    assert answer.status_code == 200
    book = load_workbook(io.BytesIO(answer.content))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


@pytest.mark.parametrize("code", QUESTIONS)
@pytest.mark.parametrize("form", FORMS)
def test_every_question_comes_as_a_file_and_twice_as_the_same(facilitator, held, code, form):
    first, second = (facilitator.get(at(held, code, form)) for _ in range(2))
    assert first.status_code == 200
    assert first.content == second.content
    name = f"{held[0].slug}-r0-{code.lower()}.{form}"
    assert first.headers["content-disposition"] == f'attachment; filename="{name}"'


@pytest.mark.parametrize("role", [Role.EXPERT, Role.OBSERVER])
@pytest.mark.parametrize("form", [*FORMS, "sav"])
def test_who_may_not_export_gets_no_file(make, as_person, held, role, form):
    member = as_person(make.member(held[0], role))
    assert member.get(at(held, "Q1", form)).status_code == 403


@pytest.mark.parametrize("published", [False, True])
def test_what_is_not_published_leaves_in_no_file(engine, make, as_person, published):
    seminar, round_ = mapping.held(make)
    staff = as_person(make.member(seminar, Role.FACILITATOR))
    for number in range(4 if published else 6):  # four are too few for any result
        mapping.vote(make, round_, said(number))
    pages = [f"{at((seminar, round_), code, form)}" for code in QUESTIONS for form in (*FORMS, "sav")]
    assert {staff.get(page).status_code for page in pages} == {409}
    voting.close(engine, round_, settings=make.settings, publish=published)
    assert {staff.get(page).status_code for page in pages} == {409}


@pytest.mark.parametrize("code", ["Q9", "T01", "..", "%00", "Q1%0A"])
def test_what_was_never_asked_is_not_found(facilitator, held, code):
    assert facilitator.get(at(held, code, "json")).status_code in {400, 404, 422}
    assert facilitator.get(at(held, "Q1", "pdf")).status_code in {404, 422}


def test_figures_of_a_plane_are_those_of_its_counts(facilitator, held):
    rows = {(row["code"], row["criterion"]): row for row in table(facilitator, held, "Q2")}
    row = rows["STK-01", "INF"]
    given = [1 + number % 5 for number in range(11)]
    summary = summarise(np.array(given, dtype=float).reshape(-1, 1), 1, 5)
    assert [int(row[f"rated_{point}"]) for point in range(1, 6)] == [given.count(n) for n in range(1, 6)]
    assert (float(row["median"]), float(row["q1"])) == (summary.median[0], summary.q1[0])
    assert row["divided"] == "yes"
    assert rows["STK-01", "INT"]["abstained_no_expertise"] == "11"
    assert rows["STK-01", "INT"]["median"] == ""


def test_single_ballots_of_a_plane_count_to_its_figures(facilitator, held):
    found = content(facilitator, held, "Q2")
    place = found["answers"]["columns"].index("STK-01.INF")
    ratings = [row[place] for row in found["answers"]["rows"]]
    (stakeholder,) = [one for one in found["result"]["options"] if one["code"] == "STK-01"]
    assert [ratings.count(n) for n in range(1, 6)] == stakeholder["by_criterion"]["INF"]["counts"]


def test_beside_figures_by_sector_no_file_holds_single_ballots(facilitator, held):
    found = content(facilitator, held, "Q1")
    assert found["answers"] is None
    assert "tell of which sector" in found["answers_note"]
    names = set(sheets(facilitator, held, "Q1"))
    assert {"Ratings", "Sectors", "Method"} <= names
    assert "Answers" not in names
    # of the third sector there is one, so one of the others is withheld with it
    rows = sheets(facilitator, held, "Q1")["Sectors"][1:]
    assert {row[0] for row in rows} == {"B"}


def test_ballots_come_for_spss_but_not_beside_figures_by_sector_nor_where_they_are_texts(
    facilitator, held, tmp_path
):
    assert {code: facilitator.get(at(held, code, "sav")).status_code for code in QUESTIONS} == {
        "Q1": 409,
        "Q2": 200,
        "Q3": 200,
        "Q4": 409,
        "Q5": 409,
    }
    file = tmp_path / "q2.sav"
    file.write_bytes(facilitator.get(at(held, "Q2", "sav")).content)
    values, meta = pyreadstat.read_sav(file, output_format="dict", user_missing=True)
    found = content(facilitator, held, "Q2")["answers"]
    place = found["columns"].index("STK-01.INF")
    assert values["STK_01.INF"] == [row[place] for row in found["rows"]]
    assert set(values["STK_01.INT"]) == {-98}
    assert str(meta.column_names_to_labels["STK_01.INF"]).startswith("STK-01.INF: ")
    assert HELD.encode() not in file.read_bytes()


def test_coverage_comes_cell_by_cell_and_element_by_element(facilitator, held):
    row = next(row for row in table(facilitator, held, "Q3") if row["framework"] == "FW-01")
    assert (row["none"], row["partial"], row["full"], row["grade"]) == ("4", "4", "3", "partial")
    found = sheets(facilitator, held, "Q3")
    assert found["Elements"][1][:4] == ["E01", "Element 1", 0.5, 0]
    assert found["Answers"][0][:4] == ["row", "FW-01.E01", "FW-01.E01.sure", "FW-01.E02"]


def test_a_held_text_is_in_no_file_and_a_formula_runs_in_none(facilitator, held):
    for code in QUESTIONS:
        assert HELD.encode() not in facilitator.get(at(held, code, "json")).content
        assert HELD.encode() not in facilitator.get(at(held, code, "csv")).content
        assert not any(
            HELD in str(cell)
            for rows in sheets(facilitator, held, code).values()
            for row in rows
            for cell in row
        )
    assert table(facilitator, held, "Q4")[0]["text"] == f"'{FORMULA}"
    answer = facilitator.get(at(held, "Q4", "xlsx"))
    book = load_workbook(io.BytesIO(answer.content))
    assert {cell.data_type for row in book["Arguments"].iter_rows() for cell in row} == {"s"}


def test_no_file_names_anybody_or_says_who_is_of_which_sector(engine, facilitator, held):
    for code in QUESTIONS:
        text = json.dumps(content(facilitator, held, code))
        assert "Expert " not in text
        assert "example.org;" not in text
        assert not re.search(r"person\d", text)
        assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}", text)
