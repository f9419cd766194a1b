"""A file for SPSS says what every variable and value means, in any script, and never under another's name."""

import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.spreadsheet import spss
from app.spreadsheet.spss import Variable
from app.spreadsheet.tabular import Cell

ARABIC = "منع حصول الإرهابيين على الأسلحة والمواد اللازمة لصنعها"
CHINESE = "防止恐怖分子获取武器及其部件的国家协调机制"
REASONS = {"no_expertise": "خارج مجال خبرتي", "cannot_say": "信息不足", "prefer_not": "Prefer not to answer"}


def read(content, folder, **options):
    file = folder / "data.sav"
    file.write_bytes(content)
    return pyreadstat.read_sav(file, output_format="dict", **options)


def test_labels_values_and_abstentions_are_read_back_whole(tmp_path):
    variables = [
        Variable(name="row", label="Number", ordered=False),
        Variable(name="W01.OV", label=ARABIC, points={1: "لا", 9: "نعم"}, reasons=REASONS),
        Variable(
            name="FW-01.E01", label=CHINESE, points={0: "没有", 2: "完全"}, reasons={"cannot_say": "不知道"}
        ),
    ]
    rows: list[list[Cell]] = [
        [1, 9, 0],
        [2, "cannot_say", 2],
        [3, "no_expertise", "cannot_say"],
        [4, None, None],
    ]
    content = spss.write(variables, rows, title=CHINESE, on="2026-11-24")
    assert content == spss.write(variables, rows, title=CHINESE, on="2026-11-24")
    values, meta = read(content, tmp_path, user_missing=True)
    assert values["W01.OV"][:3] == [9, -99, -98]
    assert values["W01.OV"][3] is None  # nothing was said: missing to the system
    assert values["FW_01.E01"][:3] == [0, 2, -99]
    assert meta.column_names_to_labels["W01.OV"] == ARABIC
    assert meta.column_names_to_labels["FW_01.E01"] == f"FW-01.E01: {CHINESE}"
    labels = meta.variable_value_labels["W01.OV"]
    assert labels == {-99: "信息不足", -98: "خارج مجال خبرتي", -97: "Prefer not to answer", 1: "لا", 9: "نعم"}
    assert [one["lo"] for one in meta.missing_ranges["W01.OV"]] == [-99, -98, -97]
    assert meta.variable_measure == {"row": "scale", "W01.OV": "ordinal", "FW_01.E01": "ordinal"}
    assert meta.file_encoding == "UTF-8"
    assert content[spss.DAY] == b"24 Nov 26"
    answered, _ = read(content, tmp_path)
    assert [value for value in answered["W01.OV"] if value is not None] == [9]  # an abstention is no rating


@pytest.mark.parametrize("label", [ARABIC * 20, CHINESE * 20, "a" * 300])
def test_a_label_that_is_too_long_ends_in_an_ellipsis_and_in_a_whole_sign(tmp_path, label):
    variable = Variable(name="W01", label=label, points={1: label})
    _, meta = read(spss.write([variable], [[1]], title=label, on="2026-11-24"), tmp_path)
    for text in (meta.column_names_to_labels["W01"], meta.variable_value_labels["W01"][1.0], meta.file_label):
        assert text.endswith("…")
        assert label.startswith(text[:-1].rstrip())
        assert len(text) > 15


@given(
    st.lists(
        st.text(st.sampled_from("aAbB.-_ 1é信") | st.characters(codec="utf-8"), max_size=80), max_size=20
    )
)
def test_names_are_such_as_spss_takes_and_no_two_are_the_same(wanted):
    found = spss.names(wanted)
    assert len({name.upper() for name in found}) == len(wanted)
    for name in found:
        assert len(name.encode()) <= 64
        assert name[0].isalpha()
        assert not name.endswith((".", "_"))
        assert not spss.FORBIDDEN.search(name)
        assert name.upper() not in spss.RESERVED


def test_what_spss_has_no_missing_value_for_is_refused_and_not_lost():
    words = {f"word{n}": f"Word {n}" for n in range(4)}
    with pytest.raises(spss.TooManyReasons):
        spss.write([Variable(name="a", label="", reasons=words)], [["word1"]], title="", on="2026-11-24")
