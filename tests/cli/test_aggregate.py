"""A spreadsheet of ratings on the command line: no server, no database, a status to rely on."""

import json
import sys

import pytest
from openpyxl import Workbook, load_workbook

from app import cli

WIDE = "expert,Mark,=HYPERLINK(1),登記\nada,9,8,1\nbo,8,9,2\nchi,7,6,\n"


@pytest.fixture
def aggregate(tmp_path, monkeypatch, capfdbinary):
    """The command on a file of that text: its status, and what it wrote to each stream."""
    monkeypatch.setenv("COLLOQUY_DATABASE_URL", "sqlite:////nowhere/at/all.db")
    file = tmp_path / "ratings.csv"

    def run(content, *options):
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        capfdbinary.readouterr()
        monkeypatch.setattr(sys, "argv", ["colloquy", "aggregate", str(file), *options])
        try:
            cli.main()
            status = 0
        except SystemExit as end:
            status = int(end.code or 0)
        out, err = capfdbinary.readouterr()
        return status, out, err.decode()

    return run


def test_a_table_is_printed_without_any_database(aggregate):
    status, out, err = aggregate(WIDE)
    assert (status, err) == (0, "")
    text = out.decode()
    assert "3 experts, 3 items; scale from 1 to 9" in text
    ranking = text.split("Ranking\n")[1].split("\n\n")[0].splitlines()
    assert [line.split()[:2] for line in ranking[1:]] == [
        ["1", "Mark"],
        ["2", "=HYPERLINK(1)"],
        ["3", "登記"],
    ]
    assert "consensus" not in text.replace("Tastle and Wierman's consensus index", "")


def test_json_is_the_same_each_time_and_another_seed_is_told(aggregate):
    first, again = aggregate(WIDE, "--format", "json"), aggregate(WIDE, "--format", "json")
    assert first == again
    content = json.loads(first[1])
    assert content["settings"]["seed"] == 0
    assert [row["item"] for row in content["ranking"]] == ["Mark", "=HYPERLINK(1)", "登記"]
    assert content["answers"][2]["agreement"] == "out"
    assert content["panel"][0]["w_left_out"] == 1
    other = json.loads(aggregate(WIDE, "--format", "json", "--seed", "5", "--replicates", "10")[1])
    assert (other["settings"]["seed"], other["settings"]["replicates"]) == (5, 10)


def test_a_workbook_holds_texts_and_no_formulas(aggregate, tmp_path):
    to = tmp_path / "out.xlsx"
    assert aggregate(WIDE, "--format", "xlsx", "--to", str(to))[0] == 0
    first = to.read_bytes()
    assert aggregate(WIDE, "--format", "xlsx", "--to", str(to))[0] == 0
    assert to.read_bytes() == first
    book = load_workbook(to)
    assert book.sheetnames == ["Ranking", "Answers", "Panel", "Method"]
    cell = book["Ranking"]["B3"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=HYPERLINK(1)", "s", True)
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)


def test_weights_name_the_criteria_that_rank(aggregate):
    text = "expert;A.C1;A.C2;B.C1;B.C2\nada;9;1;1;9\nbo;8;2;2;8\n"
    first = json.loads(aggregate(text, "--format", "json", "--weights", "C1=25,C2=20")[1])
    assert first["ranking"][0]["item"] == "A"
    second = json.loads(aggregate(text, "--format", "json", "--weights", "C2=20")[1])
    assert second["ranking"][0]["item"] == "B"
    assert second["settings"]["weights"] == {"C1": 0.0, "C2": 20.0}


def test_less_is_better_on_a_criterion_that_is_said_to_be_a_cost(aggregate):
    text = "expert,A.C1,A.C2,B.C1,B.C2\nada,9,9,8,1\nbo,9,8,8,2\n"
    assert json.loads(aggregate(text, "--format", "json")[1])["ranking"][0]["item"] == "A"
    out = aggregate(text, "--format", "json", "--cost", "C2")[1]
    assert json.loads(out)["ranking"][0]["item"] == "B"
    assert json.loads(out)["settings"]["cost"] == ["C2"]
    assert "C2: less is better" in aggregate(text, "--cost", "C2")[1].decode()


def test_another_scale_has_its_bands_and_says_why_a_column_is_left_out(aggregate):
    text = "expert,A,B\nada,5,2\nbo,4,1\n"
    status, out, err = aggregate(text, "--scale", "1-5", "--bands", "1-2,4-5")
    assert (status, err) == (0, "")
    assert "in: at least 70 % from 4 to 5 and under 15 % from 1 to 2" in out.decode()
    assert "rand_ucla: left out" in out.decode()
    assert "The bands are taken to be at 1 and at 5" in aggregate(text, "--scale", "1-5")[2]


def test_a_workbook_is_read_and_written(aggregate, tmp_path):
    book = Workbook()
    for row in (["expert", "A", "B"], ["ada", 9, 8], ["bo", 8, 7]):
        book.worksheets[0].append(row)
    file = tmp_path / "in.xlsx"
    book.save(file)
    csv = aggregate("expert,A,B\nada,9,8\nbo,8,7\n", "--format", "json")
    assert aggregate(file.read_bytes(), "--format", "json") == csv


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"", "file: "),
        ("expert,A\nJosé,7\n".encode("latin-1"), "row 2: "),
        (b"expert,A,B\nada,7,5,8\n", "row 2: "),
        (b"expert;A\nada;7,5\n", "row 2, column “A”: 7,5 is not on the scale"),
        (b"expert,A\nada,7\nada,8\n", "row 3, column “expert”: "),
        (b"expert,A,A\nada,7,8\n", "row 1, column “A”: "),
        (b"expert,item,rating\nada,A,7\nada,A,8\n", "row 3, column “rating”: "),
        (b'expert,A\nada,"7\n', "row 2: "),
        (b"PK\x03\x04 is no workbook", "file: "),
    ],
)
def test_a_hostile_file_is_a_fault_with_its_place_and_no_traceback(aggregate, content, place):
    status, out, err = aggregate(content)
    assert (status, out) == (1, b"")
    assert err.startswith(place)


@pytest.mark.parametrize("text", ["expert,A,B\nada,9,8\n", "expert,A\nada,9\nbo,8\n", "expert,A\nada,9\n"])
def test_one_expert_or_one_item_is_told_with_what_is_undefined_left_open(aggregate, text):
    status, out, err = aggregate(text, "--format", "json")
    assert (status, err) == (0, "")
    assert json.loads(out)["ranking"][0]["rank"] == 1
    assert json.loads(out)["panel"][0]["kendall_w"] is None


def test_five_thousand_experts_are_not_too_many(aggregate):
    rows = "".join(f"e{one},{one % 9 + 1},{one * 7 % 9 + 1},{one % 3 + 7}\n" for one in range(5000))
    status, out, _ = aggregate("expert,A,B,C\n" + rows, "--replicates", "100")
    assert status == 0
    assert b"5000 experts, 3 items" in out


def test_a_fault_is_named_by_row_and_column(aggregate):
    status, out, err = aggregate("expert,A\nada,12\nbo,x\n")
    assert (status, out) == (1, b"")
    assert "row 2, column “A”: 12 is not on the scale" in err
    assert "row 3, column “A”: “x” is no number" in err
    assert "Traceback" not in err


def test_of_very_many_faults_it_is_told_how_many_more_there_are(aggregate):
    err = aggregate("expert,A\n" + "".join(f"e{number},x\n" for number in range(60)))[2]
    assert "… and 10 more" in err


@pytest.mark.parametrize(
    "options",
    [
        ["--scale", "9"],
        ["--weights", "C9=1"],
        ["--weights", "\x1b=1"],
        ["--cost", "C9"],
        ["--bands", "1-3"],
        ["--replicates", "0"],
        ["--seed", "-1"],
        ["--format", "pdf"],
        ["--format", "xlsx"],
    ],
)
def test_wrong_usage(aggregate, options):
    status, out, _ = aggregate(WIDE, *options)
    assert (status, out) == (2, b"")


def test_a_file_that_is_not_there_is_wrong_usage(aggregate, monkeypatch):
    assert aggregate(WIDE, "no-such-second-file")[0] == 2


def test_a_place_that_cannot_be_written_is_a_fault(aggregate):
    status, _, err = aggregate(WIDE, "--to", "/nowhere/at/all.txt")
    assert status == 1
    assert "cannot be written" in err


def test_a_scale_that_seems_to_end_lower_is_doubted_and_the_table_is_printed_all_the_same(aggregate):
    status, out, err = aggregate("expert,A,B\nada,5,4\nbo,3,2\n")
    assert status == 0
    assert out
    assert "--scale 1-5" in err
    assert aggregate("expert,A,B\nada,5,4\nbo,3,2\n", "--scale", "1-9")[2] == ""


def test_signs_that_steer_a_terminal_are_not_printed(aggregate):
    assert b"\x1b" not in aggregate("expert,A\x1b[2J,B\nada,9,8\n")[1]
