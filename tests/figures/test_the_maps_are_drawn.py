"""The maps at their full size in all four looks: every word is there, inside, and clear of others."""

import re
from itertools import product
from typing import get_args
from xml.etree import ElementTree as ET

import pytest

from app.figures import coverage, network, render
from app.figures.look import PALETTES, Look, Theme, Width
from app.figures.plane_points import SHAPES, Axis, Point, Spread
from tests.figures import made_up_maps as maps
from tests.figures.made_up import caption
from tests.figures.placed import covered, out_of_the_picture, texts

LOOKS = [Look(theme=t, width=w) for t, w in product(get_args(Theme), get_args(Width))]
SVG = "{http://www.w3.org/2000/svg}"
DRAWN = [maps.threats, maps.stakeholders, maps.crowd, maps.spread, maps.covered, maps.net]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look.width} {look.theme}")
@pytest.mark.parametrize("draw", DRAWN)
def test_no_word_leaves_the_picture_or_covers_another(draw, look):
    figure = draw(look)
    placed = texts(figure)
    assert len(placed) > 30
    assert not out_of_the_picture(placed, figure)
    assert not covered(placed)


@pytest.mark.parametrize("draw", DRAWN)
def test_the_svg_names_itself_and_calls_nobody(draw):
    figure = draw(Look())
    root = ET.fromstring(render.svg(figure))
    assert (root.attrib["width"], root.attrib["height"]) == (str(figure.width), str(figure.height))
    assert root[0].text == figure.title
    for element in root.iter():
        assert "style" not in element.attrib
        assert not [name for name in element.attrib if name.endswith("href")]


@pytest.mark.parametrize("width", get_args(Width))
def test_every_threat_and_stakeholder_is_named(width):
    said = " ".join(text for text, *_ in texts(maps.threats(Look(width=width))))
    for point in maps.threat_points():
        assert all(word in said for word in point.name.split())
    names = [text for text, *_ in texts(maps.stakeholders(Look(width=width)))]
    assert {point.name for point in maps.stakeholder_points()} <= set(names)


@pytest.mark.parametrize("width", get_args(Width))
def test_every_stakeholder_has_its_number_in_the_plane_and_in_the_key(width):
    texts_ = [text for text, *_ in texts(maps.stakeholders(Look(width=width)))]
    listed = {number for text in texts_ if " = " in text for number in re.findall(r"\d+", text)}
    for point in maps.stakeholder_points():
        assert texts_.count(point.sign) + (point.sign in listed) >= 2


def test_a_crowd_stands_behind_a_letter_and_is_listed_by_number():
    said = [text for text, *_ in texts(maps.crowd(Look(width="narrow")))]
    assert {"A", "B", "(42)", "(43)"} <= set(said)
    listed = " ".join(said[said.index("A") :])
    assert all(re.search(rf"\b{point.sign}\b", listed) for point in maps.stakeholder_points())


def test_a_mark_stands_where_its_medians_say():
    points = [
        Point(sign=str(x + 5 * y), name="", group=0, x=Spread(x, x, x), y=Spread(y, y, y), divided=False)
        for x in range(1, 6)
        for y in range(1, 6)
    ]
    found = {
        text: (left + right, top + bottom)
        for text, left, top, right, bottom in texts(maps.on_a_plane(points, Look()))
        if text.isdecimal() and int(text) > 5
    }
    for x in range(1, 5):
        for y in range(1, 5):
            here, right, up = (found[str(a + 5 * b)] for a, b in ((x, y), (x + 1, y), (x, y + 1)))
            assert right[0] - here[0] == pytest.approx(2 * 2 * (1040 - 30 - 6) / 9, abs=3)
            assert here[1] - up[1] == pytest.approx(2 * 2 * 66, abs=1)


def test_disagreement_is_told_by_the_sign_and_not_by_the_place():
    figures = [
        maps.on_a_plane(
            [Point(sign="1", name="", group=0, x=Spread(3, 2, 4), y=Spread(3, 2, 4), divided=divided)], Look()
        )
        for divided in (False, True)
    ]
    first, second = ([one for one in texts(figure) if one[0] == "1"] for figure in figures)
    assert len(first) == len(second) == 3  # in the plane and on both scales
    assert {round(x) for _, x, *_ in first} == {round(x) for _, x, *_ in second}
    inks = [
        {e.attrib["fill"] for e in ET.fromstring(render.svg(figure)).iter(f"{SVG}text") if e.text == "1"}
        for figure in figures
    ]
    palette = Look().palette
    assert palette.on_group in inks[0] - inks[1]
    assert palette.groups[0] in inks[1] - inks[0]


def test_a_finer_scale_and_no_point_at_all_are_drawn_too():
    fine = Axis(title="From 1 to 9", low=1, high=9)
    points = [Point(sign="7", name="Seven", group=4, x=Spread(8.5, 7, 9), y=Spread(1, 1, 2), divided=True)]
    figure = maps.on_a_plane(points, Look(), x=fine, y=fine)
    assert not out_of_the_picture(texts(figure), figure)
    assert render.svg(maps.on_a_plane([], Look())).endswith("</svg>")


def test_a_gap_and_a_disagreement_have_signs_of_their_own():
    def drawn(*, gap: bool, divided: bool) -> str:
        cells = [coverage.Cell(grade="none", sure=1, dont_know=0.0, divided=divided)]
        words = coverage.Words(
            full="f", partial="p", none="n", divided="d", unsure="u", dont_know="k", gap="g", extent="e"
        )
        figure = coverage.figure(
            [coverage.Framework(title="One", cells=cells)],
            [coverage.Element(code="E01", title="Element", gap=gap, extent="1%")],
            words=words,
            caption=caption(),
            look=Look(),
        )
        return render.svg(figure)

    pictures = {drawn(gap=gap, divided=divided) for gap in (True, False) for divided in (True, False)}
    assert len(pictures) == 4


def test_many_elements_share_the_width():
    elements = [
        coverage.Element(code=f"E{n:02}", title=f"Element {n}", gap=False, extent="5%") for n in range(30)
    ]
    cells = [coverage.Cell(grade="full", sure=None, dont_know=0.2, divided=False)] * 30
    words = coverage.Words(
        full="f", partial="p", none="n", divided="d", unsure="u", dont_know="k", gap="g", extent="e"
    )
    for look in LOOKS:
        figure = coverage.figure(
            [coverage.Framework(title="Some framework", cells=cells)],
            elements,
            words=words,
            caption=caption(),
            look=look,
        )
        assert not out_of_the_picture(texts(figure), figure)


def test_an_element_that_nothing_serves_stands_alone():
    words = network.Words(
        elements="e", options="o", stakeholders="s", serves="1", leads="2", supports="3", groups=maps.NAMES
    )
    figure = network.figure(
        [network.Node(code="E01", title="Alone"), network.Node(code="E02", title="Served")],
        [network.Node(code="W01", title="Option")],
        [network.Node(code="STK-A", title="Somebody", group=3, section="A sector")],
        [network.Edge("W01", "E02", "serves"), network.Edge("W01", "STK-A", "leads")],
        words=words,
        caption=caption(),
        look=Look(),
    )
    curves = [e for e in ET.fromstring(render.svg(figure)).iter(f"{SVG}path") if "C" in e.attrib["d"]]
    assert len(curves) >= 2
    assert {"Alone", "Served", "Option", "Somebody", "A sector"} <= {text for text, *_ in texts(figure)}


def test_every_group_has_a_shape_and_a_colour_of_its_own():
    assert len(set(SHAPES)) == 5
    for palette in PALETTES.values():
        assert len(set(palette.groups)) == len(SHAPES)


def test_hostile_names_stay_text():
    hostile = "</svg><script>alert(1)</script> & <b>"
    point = Point(sign="<", name=hostile, group=0, x=Spread(3, 2, 4), y=Spread(3, 2, 4), divided=False)
    for width in get_args(Width):
        picture = render.svg(maps.on_a_plane([point], Look(width=width)))
        assert "<script" not in picture
        said = {element.text for element in ET.fromstring(picture).iter(f"{SVG}text")}
        assert "<" in said
        assert any("</svg><script>" in text for text in said if text)


def test_very_many_points_are_drawn_without_looking_for_room_for_names():
    points = [
        Point(
            sign=str(n),
            name=f"Name {n}",
            group=n % 5,
            x=Spread(1 + n % 5, 1, 5),
            y=Spread(1 + n % 4, 1, 5),
            divided=False,
        )
        for n in range(1200)
    ]
    said = [text for text, *_ in texts(maps.on_a_plane(points, Look()))]
    assert said.count("Name 7") == 1  # in the key alone
    assert "(60)" in said
