"""Orders and points are drawn in all four looks, really rendered: every word is inside, clear of others."""

from itertools import product
from typing import get_args
from xml.etree import ElementTree as ET

import pytest

from app.figures import allotment, places, render
from app.figures.look import Figure, Look, Theme, Width
from tests.figures.made_up import allotment_rows, caption, places_rows
from tests.figures.placed import covered, out_of_the_picture, texts

LOOKS = [Look(theme=t, width=w) for t, w in product(get_args(Theme), get_args(Width))]
SVG = "{http://www.w3.org/2000/svg}"


def order(look: Look, count: int = 12) -> Figure:
    rows = places_rows(count)
    return places.figure(
        rows, count=count, caption=caption("W01 comes first"), axis="Place", said="Experts", look=look
    )


def points(look: Look, count: int = 12) -> Figure:
    rows = allotment_rows(count)
    return allotment.figure(
        rows, caption=caption("W01 gets most"), axis="Mean points", said="Experts", look=look
    )


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("draw", [order, points])
def test_no_word_leaves_the_picture_or_covers_another(draw, look):
    figure = draw(look)
    placed = texts(figure)
    assert len(placed) > 40
    assert not out_of_the_picture(placed, figure)
    assert not covered(placed)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("draw", [order, points])
@pytest.mark.parametrize("count", [0, 1, 26])
def test_few_and_many_are_drawn(draw, look, count):
    root = ET.fromstring(render.svg(draw(look, count)))
    assert root.attrib["width"] == str(look.total)
    said = {element.text for element in root.iter(f"{SVG}text")}
    assert {f"W{place:02}" for place in range(1, count + 1)} <= said


def heights(root: ET.Element) -> list[float]:
    """Of the bars, from the paths that draw them."""
    bars = [path for path in root.iter(f"{SVG}path") if path.attrib.get("fill") == Look().palette.range]
    return [float(path.attrib["d"].partition("v")[2].partition("h")[0]) for path in bars]


def test_the_place_of_most_has_the_highest_bar():
    rows = [places.PlacesRow(code="W01", title="One", counts=[4, 2, 0], rank=1, low=1, high=2, said="")]
    figure = places.figure(rows, count=3, caption=caption(), axis="Place", said="", look=Look())
    tall, short = heights(ET.fromstring(render.svg(figure)))
    assert tall == pytest.approx(2 * short)
