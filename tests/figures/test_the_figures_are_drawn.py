"""Both figures in all four looks, really rendered: every word is there, inside, and clear of others."""

import struct
from itertools import product
from typing import get_args
from xml.etree import ElementTree as ET

import pytest

from app.figures import overall_support, rank_intervals, render
from app.figures.look import Caption, Figure, Look, Theme, Width
from tests.figures.made_up import caption, rank_rows, support_groups
from tests.figures.placed import covered, out_of_the_picture, texts

LOOKS = [Look(theme=t, width=w) for t, w in product(get_args(Theme), get_args(Width))]
SVG = "{http://www.w3.org/2000/svg}"


def ranks(look: Look, *, count: int = 26, said: Caption | None = None) -> Figure:
    return rank_intervals.figure(
        rank_rows(count),
        count=count,
        caption=said or caption(),
        axis=f"Rank, of {count}",
        columns=("Rank (interval)", "In words"),
        look=look,
    )


def support(look: Look) -> Figure:
    return overall_support.figure(
        support_groups(),
        caption=caption("Broad agreement on 6 of 30 ways forward; views diverge on 6"),
        bands=("Favourable", "Undecided", "Unfavourable"),
        n="Ratings",
        look=look,
    )


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("draw", [ranks, support])
def test_no_word_leaves_the_picture_or_covers_another(draw, look):
    figure = draw(look)
    placed = texts(figure)
    assert len(placed) > 100
    assert not out_of_the_picture(placed, figure)
    assert not covered(placed)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("draw", [ranks, support])
def test_the_svg_is_whole_names_itself_and_calls_nobody(draw, look):
    figure = draw(look)
    picture = render.svg(figure)
    root = ET.fromstring(picture)
    assert root.attrib["width"] == str(look.total) == str(figure.width)
    assert root.attrib["height"] == str(figure.height)
    assert root.attrib["role"] == "img"
    named = {child.attrib["id"]: child.text for child in root if child.tag in {f"{SVG}title", f"{SVG}desc"}}
    assert named == {"title": figure.title, "desc": figure.description}
    said = {element.text for element in root.iter(f"{SVG}text")}
    assert {"W02", "Way forward number 2"} <= said if draw is ranks else {"W0", "Small-grants window"} <= said
    for element in root.iter():
        assert "style" not in element.attrib
        assert element.tag not in {f"{SVG}style", f"{SVG}script", f"{SVG}image"}
        assert not [name for name in element.attrib if name.endswith("href")]


def test_a_rank_stands_where_its_axis_says():
    root = ET.fromstring(render.svg(ranks(Look())))
    bars = [e for e in root.iter(f"{SVG}line") if e.attrib.get("stroke-width") == "8"]
    rows = rank_rows()
    assert len(bars) == len(rows)
    step = (1040 - 452 - 252) / 26
    for bar, row in zip(bars, rows, strict=True):
        ends = sorted([0.0, float(bar.attrib["x2"])])
        assert ends[1] - ends[0] == pytest.approx((row.high - row.low) * step, abs=0.01)


def test_shares_fill_the_bar_and_small_ones_bear_no_number():
    root = ET.fromstring(render.svg(support(Look())))
    numbers = {e.text for e in root.iter(f"{SVG}text")}
    assert {"90", "8", "70", "100"} <= numbers
    assert "2" not in numbers
    assert "0" not in numbers


def test_a_verdict_is_told_by_shape_and_word_as_well_as_colour():
    shapes = rank_intervals.SHAPES
    assert len({shapes[row.mark] for row in rank_rows()}) == len({row.verdict for row in rank_rows()})
    assert {row.verdict for row in rank_rows()} <= {text for text, *_ in texts(ranks(Look(width="narrow")))}


def test_the_same_figure_is_the_same_bytes_and_a_png_is_twice_as_fine():
    figure = ranks(Look(theme="dark", width="narrow"))
    picture = render.png(figure)
    assert picture == render.png(ranks(Look(theme="dark", width="narrow")))
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", picture[16:20])[0] == 2 * 360
    assert render.svg(figure) == render.svg(figure)


def test_one_option_and_none_are_drawn_too():
    assert "W01" in render.svg(ranks(Look(), count=1))
    nothing = rank_intervals.figure(
        [], count=0, caption=caption(), axis="Rank", columns=("Rank", "In words"), look=Look()
    )
    assert render.svg(nothing).endswith("</svg>")


def test_hostile_titles_stay_text():
    said = caption("</svg><script>alert(1)</script> & W01")
    picture = render.svg(ranks(Look(), said=said))
    assert "<script" not in picture
    assert said.title in {e.text for e in ET.fromstring(picture).iter(f"{SVG}text")}


def test_a_title_without_spaces_is_broken_and_ticks_keep_their_distance():
    wide = "对二十六个前进方案中的十一个有广泛一致意见" * 3
    lines = [text for text, *_ in texts(ranks(Look(width="narrow"), said=caption(wide)))]
    assert "".join(line for line in lines if line and line in wide) == wide
    assert rank_intervals.ticks(26) == [1, 5, 10, 15, 20, 26]
    assert rank_intervals.ticks(1) == [1]
    assert rank_intervals.ticks(10) == [1, 5, 10]
    assert rank_intervals.ticks(11) == [1, 5, 11]
