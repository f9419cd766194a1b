"""What the README promises is there, and what is there the README tells."""

import re

import pytest

from app.settings import ROOT, Settings

README = ROOT / "README.md"


@pytest.mark.parametrize("setting", Settings.model_fields)
def test_every_setting_is_documented(setting):
    assert f"`COLLOQUY_{setting.upper()}`" in README.read_text()


def test_no_setting_is_documented_that_does_not_exist():
    told = set(re.findall(r"`COLLOQUY_([A-Z_]+)`", README.read_text()))
    tests_own = {"TEST_POSTGRES", "TEST_PREFIX", "NO_SKIPS"}
    assert told - tests_own <= {setting.upper() for setting in Settings.model_fields}


@pytest.mark.parametrize(
    "command",
    ["serve", "worker", "migrate", "demo", "create", "invite", "export", "verify", "aggregate", "check"],
)
def test_every_command_is_documented(command):
    assert f"colloquy {command}" in README.read_text()


def test_every_path_in_the_tree_exists():
    tree = re.search(r"```text\n(.*?)```", README.read_text(), re.DOTALL)
    assert tree
    for line in tree.group(1).splitlines():
        for path in line.split("  ")[0].split():
            assert (ROOT / path).exists(), path


def test_every_decision_is_one_page_with_its_parts():
    records = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert records
    for number, record in enumerate(records, start=1):
        text = record.read_text()
        assert record.name.startswith(f"{number:04}-")
        assert len(text.splitlines()) <= 60
        for part in ("## Context", "## Decision", "## Consequences", "## Alternatives"):
            assert part in text, f"{record.name} has no {part}"
