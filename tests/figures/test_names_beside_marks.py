"""Names stand clear of each other, of all marks and of the edge, nearest to their own mark, always alike."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.figures.labels import APART, Box, Name, place
from app.figures.stacks import arrange

WITHIN = Box(0, 0, 900, 600)
spots = st.tuples(st.integers(0, 18), st.integers(0, 12))
sizes = st.tuples(st.integers(8, 220), st.sampled_from((13, 26, 39)))


def mark(x: float, y: float) -> Box:
    return Box(x - 10, y - 10, x + 10, y + 10)


def over(one: Box, other: Box) -> bool:
    return (
        one.left < other.right
        and other.left < one.right
        and one.top < other.bottom
        and other.top < one.bottom
    )


def gap(one: Box, other: Box) -> float:
    across = max(other.left - one.right, one.left - other.right, 0)
    return math.hypot(across, max(other.top - one.bottom, one.top - other.bottom, 0))


@st.composite
def crowds(draw: st.DrawFn) -> list[Name]:
    """Marks on a plane of half points: many at the same position, spread as the figures spread them."""
    points = draw(st.lists(spots, min_size=1, max_size=60))
    stacked = arrange([(50 * x, 50 * y) for x, y in points], cell=(60, 60), pitch=20.5)
    marks = [mark(*spot) for stack in stacked for spot in stack.spots]
    return [
        Name(one, tuple((float(w), float(h)) for w, h in draw(st.lists(sizes, min_size=1, max_size=3))))
        for one in marks
    ]


@given(crowds(), st.lists(st.tuples(spots, sizes), max_size=4))
def test_no_name_covers_another_a_mark_or_the_edge(names, blocks):
    taken = [Box(50 * x, 50 * y, 50 * x + w, 50 * y + h) for (x, y), (w, h) in blocks]
    placed = place(names, taken=taken, within=WITHIN)
    boxes = [one.box for one in placed if one]
    for index, box in enumerate(boxes):
        assert WITHIN.left <= box.left <= box.right <= WITHIN.right
        assert WITHIN.top <= box.top <= box.bottom <= WITHIN.bottom
        assert not [other for other in boxes[:index] if over(box, other)]
        assert not [name for name in names if over(box, name.mark)]
        assert not [block for block in taken if over(box, block)]
    assert placed == place(names, taken=taken, within=WITHIN)


@given(crowds())
def test_a_name_stands_nearest_to_its_own_mark_unless_a_line_leads_to_it(names):
    for name, found in zip(names, place(names, taken=[], within=WITHIN), strict=True):
        if found:
            size = name.sizes[found.size]
            assert found.box.right - found.box.left == pytest.approx(size[0])
            assert found.box.bottom - found.box.top == pytest.approx(size[1])
            if not found.far:
                others = [gap(found.box, other.mark) for other in names if other is not name]
                assert gap(found.box, name.mark) < min(others, default=math.inf)


def test_a_lonely_mark_has_its_name_on_its_right_in_one_line():
    (found,) = place([Name(mark(100, 100), ((80, 13), (40, 26)))], taken=[], within=WITHIN)
    assert found is not None
    assert (found.side, found.size, found.far) == ((1, 0), 0, False)


def test_a_name_turns_to_where_there_is_room_and_is_left_out_where_there_is_none():
    right, left = Name(mark(15, 300), ((300, 13),)), Name(mark(885, 300), ((300, 13),))
    found = place([right, left], taken=[], within=WITHIN)
    assert [one.side for one in found if one] == [(1, 0), (-1, 0)]
    assert place([Name(mark(100, 100), ((2000, 13),))], taken=[], within=WITHIN) == [None]
    assert place([], taken=[], within=WITHIN) == []


def test_names_on_one_line_keep_a_space_between_them():
    pair = [Name(mark(100, 100), ((60, 13),)), Name(mark(250, 100), ((60, 13),))]
    first, second = place(pair, taken=[], within=WITHIN)
    assert first is not None
    assert second is not None
    assert second.box.left - first.box.right >= APART or first.box.left - second.box.right >= APART


def test_what_is_better_left_free_is_covered_last():
    one = Name(mark(300, 300), ((80, 13),))
    (free,) = place([one], taken=[], within=WITHIN, avoided=[Box(200, 299, 400, 301)])
    assert free is not None
    assert free.side == (0, -1)
