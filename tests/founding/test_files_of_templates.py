"""A folder whose files are missing, too large, no text or no YAML is refused before they are understood."""

import pytest

from app.founding import documents
from tests.founding.breaking import faults_of


def test_a_missing_file_and_one_that_nobody_reads_are_named(folder):
    (folder / "threats.yaml").rename(folder / "treats.yaml")
    assert faults_of(folder) == [
        ("threats.yaml", 1, "The file is missing."),
        ("treats.yaml", 1, "No file of this name belongs to a template."),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file is empty."),
        (b"# nothing but a remark\n", "The file is empty."),
        (b"\xff\xfe\x00", "The file is not text in UTF-8."),
        (b"threats: \x07", "The file holds characters that YAML does not allow."),
        (b"- T01\n", "“threats.yaml” must be a list of names with values."),
        (b"just words", "“threats.yaml” must be a list of names with values."),
    ],
)
def test_a_file_that_is_no_template_at_all_is_refused(content, reason, folder):
    (folder / "threats.yaml").write_bytes(content)
    assert faults_of(folder) == [("threats.yaml", 1, reason)]


def test_yaml_that_breaks_off_is_refused_where_it_does(folder):
    (folder / "threats.yaml").write_text("threats:\n  - id: T01\n    elements: [E01\n", encoding="utf-8")
    [(file, line, reason)] = faults_of(folder)
    assert (file, line) == ("threats.yaml", 4)
    assert reason.startswith("This is not YAML as it should be")


def test_a_file_that_is_too_large_is_not_read(folder):
    (folder / "threats.yaml").write_text("#" * (documents.MAX_BYTES + 1), encoding="utf-8")
    assert faults_of(folder) == [("threats.yaml", 1, "The file is larger than 1024 kilobytes.")]


def test_a_file_with_too_many_values_is_not_kept(folder):
    (folder / "threats.yaml").write_text("threats: [" + "1," * 60_000 + "]", encoding="utf-8")
    assert faults_of(folder) == [("threats.yaml", 1, "The file holds more than 50000 values.")]
