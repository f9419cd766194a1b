"""Styles lay out in both directions of writing, and take colours from the custom properties."""

import re

import pytest

from app.web.render import STATIC

SHEETS = sorted(STATIC.glob("*.css"))
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)[\w-]*|left|right)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)"
    r"|border-(?:top|bottom)-(?:left|right)-radius"
)
COLOUR = re.compile(r":[^;{}]*(#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\()", re.IGNORECASE)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_side_is_called_left_or_right(sheet):
    assert not PHYSICAL.findall(COMMENT.sub("", sheet.read_text()))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_nothing_is_fetched(sheet):
    assert not re.search(r"@import|url\(\s*[\"']?(?!data:|#)", COMMENT.sub("", sheet.read_text()))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_colour_is_named_before_it_is_used(sheet):
    rules = COMMENT.sub("", sheet.read_text())
    without_names = re.sub(r"--[\w-]+\s*:[^;]+;", "", rules)
    assert not COLOUR.findall(without_names)


def test_motion_is_optional():
    sheets = "".join(sheet.read_text() for sheet in SHEETS)
    assert "prefers-reduced-motion" in sheets or not re.search(r"\b(?:animation|transition)\s*:", sheets)
