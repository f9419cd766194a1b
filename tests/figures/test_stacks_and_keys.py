"""Marks that share a position stay within its cell, and a key holds every name once, in even columns."""

import math
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.figures.key import ABOVE, LINE, Entry, Section, lay_out
from app.figures.look import text_width
from app.figures.stacks import arrange


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=80), st.integers(8, 40))
def test_a_mark_never_leaves_its_cell_nor_touches_another(points, pitch):
    positions = [(100.0 * x, 70.0 * y) for x, y in points]
    stacks = arrange(positions, cell=(100, 70), pitch=pitch)
    assert sorted(member for stack in stacks for member in stack.members) == list(range(len(points)))
    spots: list[tuple[float, float]] = []
    for stack in stacks:
        assert all(positions[member] == (stack.x, stack.y) for member in stack.members)
        assert len(stack.spots) in {0, len(stack.members)}
        if not stack.spots:
            assert len(stack.members) > (100 // pitch) * (70 // pitch)
        for x, y in stack.spots:
            assert abs(x - stack.x) + pitch / 2 <= 50.001
            assert abs(y - stack.y) + pitch / 2 <= 35.001
        spots += stack.spots
    for one, other in combinations(spots, 2):
        assert math.dist(one, other) >= pitch - 0.001


def test_one_mark_stands_on_its_position_and_several_around_it():
    (alone,) = arrange([(10.0, 10.0)], cell=(60, 60), pitch=20)
    assert alone.spots == ((10.0, 10.0),)
    (five,) = arrange([(10.0, 10.0)] * 5, cell=(60, 60), pitch=20)
    assert five.spots == ((-10.0, 0.0), (10.0, 0.0), (30.0, 0.0), (0.0, 20.0), (20.0, 20.0))


words = st.text(alphabet="abcdefgh ", min_size=1, max_size=60)


@given(st.lists(st.tuples(words, st.lists(words, min_size=1, max_size=9)), max_size=8), st.integers(1, 4))
def test_a_key_holds_every_point_once_within_its_width(sections, most):
    numbered = iter(range(1000))
    given_ = [
        Section(heading, [Entry(next(numbered), name) for name in names]) for heading, names in sections
    ]
    key = lay_out(given_, width=900, most=most, gap=12)
    points = [row.line.point for row in key.rows if row.line.point is not None]
    assert points == [entry.point for section in given_ for entry in section.entries]
    for row in key.rows:
        assert 0 <= row.x <= 900
        assert LINE / 2 <= row.y <= key.height - LINE / 2 + 0.001
    for one, other in combinations(key.rows, 2):
        assert one.x != other.x or abs(one.y - other.y) >= LINE


def test_a_heading_stands_over_its_first_name_and_columns_are_even():
    sections = [Section(f"Heading {n}", [Entry(10 * n + m, f"Name {m}") for m in range(5)]) for n in range(8)]
    key = lay_out(sections, width=900, most=4, gap=12)
    rows = key.rows
    for row, after in pairwise(rows):
        if row.line.heads:
            assert (after.x, after.y) == (row.x, row.y + LINE)
    columns = {row.x for row in rows}
    assert len(columns) == 4
    assert key.height <= 2 * (6 * LINE + ABOVE)


def test_long_names_take_fewer_columns_and_break_where_they_must():
    long = "A name that takes a good deal of room on its line, and then some more of it"
    assert text_width(long, 11) > 200
    sections = [Section("", [Entry(number, long) for number in range(4)])]
    assert len({row.x for row in lay_out(sections, width=900, most=4, gap=12).rows}) == 2
    narrow = lay_out(sections, width=200, most=2, gap=12)
    assert {row.x for row in narrow.rows} == {0}
    assert len(narrow.rows) > 4
