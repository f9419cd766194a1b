"""Files of what is published: countable again, the same each time; nothing in them runs or names anybody."""

import csv
import hashlib
import json
from io import BytesIO, StringIO
from zipfile import ZipFile

import numpy as np
import pytest
from openpyxl import load_workbook
from sqlmodel import col, select

from app.aggregation import rank_acceptability, weighted_sum
from app.db import transaction
from app.errors import Forbidden
from app.models import ItemVersion, Panellist, Person, Seminar
from app.outcome import exporting
from app.policy import Role
from app.spreadsheet.tabular import to_csv
from tests.outcome import judged
from tests.outcome.judged import HOSTILE, path


@pytest.fixture
def published(make, engine):
    return judged.published(make, engine)


def build(engine, seminar, form):
    with transaction(engine, write=False) as session:
        seminar = session.get_one(Seminar, seminar.id)
        return exporting.build(session, judged.SETTINGS, seminar=seminar, form=form, roles={Role.ORGANISER})


def test_the_ranking_is_counted_again_from_the_json_alone(engine, published):
    seminar, _ = published
    round_ = json.loads(build(engine, seminar, "json"))["rounds"][-1]
    result = round_["result"]
    scales = {scale["code"]: scale for scale in result["scales"]}
    codes = [option["code"] for option in round_["options"]]
    places = {column: place for place, column in enumerate(round_["ratings"]["columns"])}
    ratings = np.array(
        [
            [
                [number(row[places[f"{code}.{criterion}"]]) for criterion in result["ranked_by"]]
                for code in codes
            ]
            for row in round_["ratings"]["rows"]
        ]
    )
    weights = [scales[criterion]["weight"] for criterion in result["ranked_by"]]
    ranking = weighted_sum(np.nanmean(ratings, axis=0), weights)
    drawn = rank_acceptability(ratings, weights, replicates=result["replicates"], seed=result["seed"])
    shown = {option["code"]: option for option in result["options"]}
    assert [shown[code]["rank"] for code in codes] == ranking.rank.tolist()
    assert [shown[code]["score"] for code in codes] == pytest.approx(ranking.score.tolist(), abs=1e-9)
    assert [shown[code]["rank_low"] for code in codes] == drawn.low.tolist()
    assert [shown[code]["rank_high"] for code in codes] == drawn.high.tolist()
    assert [shown[code]["p_top3"] for code in codes] == pytest.approx(drawn.p_top(3).tolist(), abs=1e-9)
    assert result["options"] == sorted(result["options"], key=lambda option: option["rank"])


def number(cell):
    return cell if isinstance(cell, int) else np.nan


def test_the_digest_of_the_ratings_is_that_of_the_rows(engine, published):
    seminar, _ = published
    round_ = json.loads(build(engine, seminar, "json"))["rounds"][-1]
    width = len(round_["result"]["scales"])
    ballots = [
        [row[start : start + width] for start in range(1, len(row), width)]
        for row in round_["ratings"]["rows"]
    ]
    canonical = json.dumps(ballots, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert round_["result"]["inputs"]["ratings"] == hashlib.sha256(canonical.encode()).hexdigest()


@pytest.mark.parametrize("form", ["csv", "json", "xlsx", "sav", "bundle"])
def test_twice_is_the_same_bytes_whoever_asks_in_whatever_language(make, as_person, engine, published, form):
    seminar, _ = published
    first = build(engine, seminar, form)
    browser = as_person(make.member(seminar, Role.FACILITATOR))
    answer = browser.get(path(seminar, f"/export.{form}"), headers={"Accept-Language": "ar"})
    assert answer.content == first
    assert answer.headers["content-type"] == exporting.FORMS[form].media
    assert answer.headers["content-disposition"] == f'attachment; filename="{seminar.slug}-{named(form)}"'


def named(form):
    return "bundle.zip" if form == "bundle" else f"outcome.{form}"


def test_it_holds_the_seminar_and_names_nobody(engine, published):
    seminar, _ = published
    text = build(engine, seminar, "json").decode()
    content = json.loads(text)
    assert content["format"] == "colloquy-outcome-1"
    assert content["wording"]["labels"][0]["id"] == "not_enough"
    assert [one["code"] for one in content["criteria"]] == ["OV", "C1", "C2"]
    assert content["rounds"][0]["ratings"]["rows"][0][0] == 1
    assert len(content["rounds"][0]["rationales"]["W01"]) == 20
    assert text == json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"
    with transaction(engine, write=False) as session:
        people = [person.email for person in session.exec(select(Person))]
        panellists = session.exec(select(Panellist).where(Panellist.seminar_id == seminar.id)).all()
    for mark in [*people, *(p.pseudonym for p in panellists), *(str(p.id) for p in panellists)]:
        assert mark not in text


def test_rows_stand_in_an_order_that_is_not_the_one_of_casting(engine, published):
    seminar, _ = published
    rows = json.loads(build(engine, seminar, "json"))["rounds"][0]["ratings"]["rows"]
    assert [row[0] for row in rows] == list(range(1, 21))
    cast = [judged.opinions()[place]["W01"]["OV"] for place in range(20)]
    assert [row[1] for row in rows] == sorted(cast)


def test_the_csv_is_the_ranking_with_its_uncertainty(engine, published):
    seminar, _ = published
    content = build(engine, seminar, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))
    assert [(row["rank"], row["code"]) for row in rows] == [
        ("1", "W01"),
        ("2", "W02"),
        ("3", "W03"),
        ("4", "W04"),
    ]
    assert (rows[0]["rank_low"], rows[0]["rank_high"], rows[0]["label"]) == ("1", "1", "Broad agreement")
    assert (rows[3]["n"], rows[3]["abstentions"], rows[3]["evolving"]) == ("16", "4", "")


def test_the_workbook_has_one_sheet_a_table_and_a_codebook(engine, published):
    seminar, _ = published
    book = load_workbook(BytesIO(build(engine, seminar, "xlsx")))
    assert book.sheetnames == [
        "Ranking",
        "Methods",
        "Criteria",
        "Distributions",
        "Ratings",
        "Rationales",
        "Options",
        "Method",
        "Codebook",
    ]
    assert all(sheet.freeze_panes == "A2" for sheet in book.worksheets)
    assert book["Ratings"].max_row == 21
    assert book["Distributions"].max_row == 1 + 4 * 3
    explained = {row[0].value for row in book["Method"].iter_rows(min_row=2)}
    assert {f"Ranking.{cell.value}" for cell in book["Ranking"][1]} <= explained
    assert {"input_digest", "seed", "label.broad_agreement"} <= explained
    assert book["Ranking"].column_dimensions["E"].width > 50
    columns = {(row[0].value, row[1].value): row[2].value for row in book["Codebook"].iter_rows(min_row=2)}
    for sheet in book.worksheets[:-1]:
        assert all(columns[sheet.title, cell.value] for cell in sheet[1])


def test_formulas_and_unprintable_signs_stay_harmless(make, engine):
    seminar, round_ = judged.seminar(make, title=HOSTILE, summary="a\x0bb")
    with transaction(engine) as session:
        for words in session.exec(select(ItemVersion).where(col(ItemVersion.title) == "Option 1")):
            words.title, words.text = HOSTILE, "-2+3\x08"
    ballots = judged.opinions()
    for start, ballot in zip("=+-@\t", ballots, strict=False):
        ballot["W01"]["why"] = f"{start}1+1"
    judged.close(engine, round_, ballots)
    book = load_workbook(BytesIO(build(engine, seminar, "xlsx")))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type in {"s", "n"} for cell in row)
    titles = [cell for cell in book["Ranking"]["E"] if cell.value == HOSTILE]
    assert [cell.quotePrefix for cell in titles] == [True]
    rows = list(csv.reader(StringIO(build(engine, seminar, "csv").decode("utf-8-sig"))))
    assert f"'{HOSTILE}" in rows[1]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@", "\t"))]
    assert json.loads(build(engine, seminar, "json"))["seminar"]["title"] == HOSTILE


def test_a_negative_number_is_a_number_and_a_text_like_it_is_a_text():
    assert (
        to_csv(["a"], [[-1], ["-1"], [None], ["\r\n=1"]])
        == '\ufeffa\r\n-1\r\n\'-1\r\n""\r\n"\'\r\n=1"\r\n'.encode()
    )


def test_two_rounds_are_two_matrices_that_nothing_joins(make, engine):
    seminar, first = judged.published(make, engine)
    second = make.rating_round(seminar, 4, previous=first)
    judged.close(engine, second, judged.opinions(kinder=12))
    content = json.loads(build(engine, seminar, "json"))
    assert [one["number"] for one in content["rounds"]] == [0, 1]
    assert content["rounds"][1]["result"]["options"][3]["movement"]["paired"] == 16
    book = load_workbook(BytesIO(build(engine, seminar, "xlsx")))
    assert {"Ratings R0", "Ratings R1"} <= set(book.sheetnames)


def test_the_archive_bears_a_day_of_the_data(engine, published):
    seminar, round_ = published
    with ZipFile(BytesIO(build(engine, seminar, "xlsx"))) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert f"{round_.published_at.date()}T00:00:00Z</dcterms:modified>" in core


@pytest.mark.parametrize("role", [Role.EXPERT, Role.OBSERVER])
def test_who_may_not_export_gets_no_file(make, as_person, engine, published, role):
    seminar, _ = published
    browser = as_person(make.member(seminar, role))
    assert browser.get(path(seminar, "/export.json")).status_code == 403
    assert "/export.json" not in browser.get(path(seminar)).text
    with transaction(engine, write=False) as session, pytest.raises(Forbidden):
        exporting.build(session, judged.SETTINGS, seminar=seminar, form="json", roles={role})


def test_another_form_is_not_found(make, as_person, published):
    seminar, _ = published
    assert (
        as_person(make.member(seminar, Role.ORGANISER)).get(path(seminar, "/export.exe")).status_code == 404
    )
