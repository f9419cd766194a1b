"""A CSV of ratings, in both its forms: what is read, and what is refused with its row and column."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from app.spreadsheet.faults import BrokenSheet
from app.spreadsheet.ratings import read
from app.spreadsheet.scale import Scale

NINE = Scale(1, 9)
nan = np.nan


def panel(text, scale=NINE):
    return read(text.encode(), scale)


def faults(text, scale=NINE):
    with pytest.raises(BrokenSheet) as refused:
        panel(text, scale)
    return [(fault.row, fault.column) for fault in refused.value.faults]


def test_a_row_for_each_expert():
    got = panel("expert,W01,W02\nada,7,\nbo,,2\n")
    assert (got.experts, got.items, got.criteria) == (["ada", "bo"], ["W01", "W02"], ["rating"])
    assert_array_equal(got.ratings[:, :, 0], [[7, nan], [nan, 2]])


def test_a_row_for_each_expert_with_a_column_for_each_criterion():
    got = panel("who,W01.C1,W01.C2,W02.C1\nada,7,8,9\n")
    assert (got.items, got.criteria) == (["W01", "W02"], ["C1", "C2"])
    assert_array_equal(got.ratings, [[[7, 8], [9, nan]]])


def test_a_title_with_a_stop_is_no_criterion():
    assert panel("expert,Mark weapons. At once,Trace them\nada,1,2\n").criteria == ["rating"]


def test_a_row_for_each_answer_in_any_order_of_columns():
    got = panel("Rating,Expert,Item\n7,ada,W01\n,bo,W01\n2,bo,W02\n")
    assert_array_equal(got.ratings[:, :, 0], [[7, nan], [nan, 2]])


def test_both_forms_of_the_same_answers_are_the_same_panel():
    wide = panel("expert,A.C1,A.C2,B.C1,B.C2\nada,1,2,3,4\nbo,5,6,,8\n")
    cells = ["ada,A,C1,1", "ada,A,C2,2", "ada,B,C1,3", "ada,B,C2,4", "bo,A,C1,5", "bo,A,C2,6", "bo,B,C2,8"]
    long = panel("\n".join(["expert,item,criterion,rating", *cells]))
    assert (wide.experts, wide.items, wide.criteria) == (long.experts, long.items, long.criteria)
    assert_array_equal(wide.ratings, long.ratings)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_what_spreadsheets_save(mark, delimiter, newline):
    rows = [["expert", "A", "B"], ["ada", "7", "8"], ["", "", ""], ["bo", " 9 ", ""]]
    got = panel(mark + newline.join(delimiter.join(row) for row in rows))
    assert_array_equal(got.ratings[:, :, 0], [[7, 8], [9, nan]])


def test_a_decimal_comma_between_semicolons():
    assert panel("expert;A\nada;7,5\n", Scale(0, 100)).ratings.item() == 7.5


@pytest.mark.parametrize("cell", ["10", "0", "-1", "7.5", "seven", "1e1", "nan", "inf", "7 8", "=7", "0x7"])
def test_what_is_no_point_of_the_scale_is_named_by_row_and_column(cell):
    assert faults(f"expert,A,B\nada,1,2\nbo,3,{cell}\n") == [(3, "B")]
    assert faults(f"expert,item,rating\nada,A,1\nbo,A,{cell}\n") == [(3, "rating")]


def test_all_faults_are_told_at_once():
    assert faults("expert,A\nada,x\nada,1\n,2\nbo,3,4\n") == [(2, "A"), (3, "expert"), (4, "expert"), (5, "")]


def test_two_answers_to_one_question_are_a_fault():
    assert faults("expert,item,rating\nada,A,1\nbo,A,1\nada,A,2\n") == [(4, "rating")]


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("expert,item,rating,mood", "mood"),
        ("expert,item", "rating"),
        ("item,rating", "expert"),
        ("expert,item,rating,rating", "rating"),
        ("expert,A,A", "A"),
        ("expert,A.C1,B", "B"),
        ("expert", ""),
        ("expert,,B", ""),
    ],
)
def test_a_header_that_says_too_much_or_too_little(header, column):
    assert faults(f"{header}\nada,1,2,3\n")[0] == (1, column)


@pytest.mark.parametrize("row", [",A,C1,7", "ada,,C1,7", "ada,A,,7"])
def test_an_answer_of_nobody_or_to_nothing_is_a_fault(row):
    assert faults(f"expert,item,criterion,rating\n{row}\n")[0][0] == 2


@pytest.mark.parametrize("text", ["", "\n\n", "expert,A\n", "expert,A\nada,\n", "expert,item,rating\n"])
def test_a_file_without_a_rating_is_refused_as_a_whole(text):
    assert faults(text) == [(0, "")]


def test_another_encoding_is_named_with_its_row():
    with pytest.raises(BrokenSheet) as refused:
        read("expert,A\nJosé,7\n".encode("latin-1"), NINE)
    assert refused.value.faults[0].row == 2


def test_broken_quotation_marks_are_named_with_their_row():
    assert faults('expert,A\nada,7\nbo,"8') == [(3, "")]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_the_unicode_text_that_spreadsheets_save(encoding):
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    got = read(mark + "expert\tJosé\nada\t7\n".encode(encoding), NINE)
    assert (got.items, got.ratings.item()) == (["José"], 7)


@pytest.mark.parametrize("content", ["expert,A\nada,7".encode("utf-16-le"), b"expert,A\nada,\0"])
def test_what_is_no_text_is_refused(content):
    with pytest.raises(BrokenSheet, match="file has faults"):
        read(content, NINE)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("expert;Mark, trace;Train, too\nada;7,0;8,0\nbo;8;9\n", ["Mark, trace", "Train, too"]),
        ('expert,"Mark; trace",B\nada,7,8\n', ["Mark; trace", "B"]),
        ("sep=;\r\nexpert;A\r\nada;7\r\n", ["A"]),
        ("expert,A,B\nada,7\nbo\nchi,7,8\n", ["A", "B"]),
    ],
)
def test_what_parts_the_cells_is_told_from_what_stands_in_them(text, items):
    assert panel(text).items == items


def test_rows_are_numbered_as_a_spreadsheet_shows_them():
    assert faults("sep=,\nexpert,A\nada,x\n") == [(3, "A")]
    assert faults('\n\nexpert,"A\nb"\n\nada,x\n') == [(5, "A\nb")]
    assert faults("\n\nexpert,A,A\n") == [(3, "A")]


def test_a_name_is_the_same_however_its_accents_are_encoded():
    assert panel("expert,item,rating\nJose\u0301,A,7\nJos\u00e9,B,8\n").experts == ["Jos\u00e9"]


def test_a_decimal_comma_that_parts_cells_is_explained():
    with pytest.raises(BrokenSheet) as refused:
        panel("expert,A,B\nada,7,5,8\n")
    assert "decimal comma" in str(refused.value.faults[0])


def test_ratings_in_the_place_of_names_are_doubted():
    assert panel("ada,7,3\nbo,8,9\n").doubts
    assert not panel("expert,1,2,3\nbo,8,9,7\n").doubts
    assert not panel("expert,W1,W2\nbo,8,9\n").doubts


def test_more_items_than_can_be_compared_are_refused():
    header, row = ",".join(f"W{one}" for one in range(1001)), ",".join(["7"] * 1001)
    assert faults(f"expert,{header}\nada,{row}\n") == [(0, "")]


def test_a_fault_steers_no_terminal_and_quotes_no_novel():
    with pytest.raises(BrokenSheet) as refused:
        panel(f"expert,A\x1b[2J\nada,\x07{'9' * 5000}\nbo,{'9' * 5000}\n")
    for fault in refused.value.faults:
        assert str(fault).isprintable()
        assert len(str(fault)) < 200
