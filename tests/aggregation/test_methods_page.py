"""The page for policy readers says what the software gives: its examples run, its figures are explained."""

import doctest
import re

import pytest

from app.outcome import tables
from app.settings import ROOT
from app.spreadsheet import evaluation

PAGE = (ROOT / "docs/methods.md").read_text()
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def test_every_example_gives_what_the_page_says():
    test = doctest.DocTestParser().get_doctest("\n".join(BLOCKS), {}, "docs/methods.md", None, 0)
    assert len(test.examples) >= len(BLOCKS) > 5
    said: list[str] = []
    doctest.DocTestRunner().run(test, out=said.append)
    assert not said, "".join(said)


NAMES = re.findall(r"`(\w+)`", PAGE.split("## Every figure by name")[1])


@pytest.mark.parametrize(
    "name", [*evaluation.RANKING, *evaluation.ANSWERS, *evaluation.PANEL, *tables.RANKING]
)
def test_every_column_that_holds_a_figure_is_told_by_its_name(name):
    places = {"item", "criterion", "code", "title", "version"}
    assert name in NAMES or name in places


@pytest.mark.parametrize("name", ["summarise", "band_share", "tastle_wierman", "rand_ucla", "TwoBandRule"])
def test_every_figure_of_the_command_line_is_explained(name):
    assert f"aggregation.{name}(" in PAGE


def test_no_example_is_left_out_for_want_of_a_prompt():
    assert all(block.startswith(">>> ") for block in BLOCKS)
    assert PAGE.count("```python") == len(BLOCKS)
