"""Placing on a plane: two numbers beside each name, and a plot that follows them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ballots.papers.plot import CELL, draw
from app.db import transaction
from app.models import Sector
from app.questions.answers import Answer, Entry
from tests.conftest import HTMX


def chosen(page, name):
    select = re.search(rf'<select id="{re.escape(name)}".*?</select>', page, re.DOTALL)
    assert select
    return re.findall(r'<option value="([^"]*)" selected', select[0])


def test_two_selects_beside_each_name_save_without_script(table, mapper):
    sent = {"T01.LIK": "4", "T01.IMP": "no_expertise", "T02.rationale": "Why not", "at": "T01"}
    answer = table.post(f"{mapper.path}/Q1", data=sent)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{mapper.path}/Q1#T01")
    assert mapper.in_force("T01", "Q1") == Answer({"LIK": 4, "IMP": "no_expertise"})
    page = table.get(f"{mapper.path}/Q1").text
    assert (chosen(page, "T01.LIK"), chosen(page, "T01.IMP")) == (["4"], ["no_expertise"])
    assert chosen(page, "T02.LIK") == []
    assert ">Why not</textarea>" in page


def test_a_script_gets_the_saved_line_and_the_plot_with_the_new_point(table, mapper):
    mapper.say("T01", Entry({"LIK": 1, "IMP": 1}), question="Q1")
    sent = {"T02.LIK": "5", "T02.IMP": "5", "T02.seen": ""}
    fragment = table.post(f"{mapper.path}/Q1/T02", data=sent, headers=HTMX)
    assert fragment.status_code == 200
    assert re.search(r"Saved \d\d:\d\d", fragment.text)
    assert 'value="LIK:1,IMP:1,"' in fragment.text
    assert 'hx-swap-oob="innerHTML:#plot-here"' in fragment.text
    assert fragment.text.count("<circle") == 2
    assert re.search(r'<g class="latest"><circle[^>]*><title>T02', fragment.text)
    assert "2 points are placed" in fragment.text
    assert "2 of 2 answered" in fragment.text
    assert "<select" not in fragment.text


def test_an_abstention_answers_and_places_no_point(table, mapper):
    mapper.say("T01", Entry({"LIK": 3, "IMP": "cannot_say"}), question="Q1")
    page = table.get(f"{mapper.path}/Q1").text
    assert "1 of 2 answered" in page
    assert "<circle" not in page


@pytest.mark.parametrize("value", ["0", "6", "3.5", "none", "4<script>"])
def test_a_value_that_the_select_does_not_have_is_refused_beside_it(table, mapper, value):
    page = table.post(f"{mapper.path}/Q1", data={"T01.LIK": value, "T01.IMP": "3"})
    assert page.status_code == 422
    assert "Please choose a point from 1 to 5" in page.text
    assert 'id="T01.LIK-error"' in page.text
    assert "<script>" not in page.text.split("<main")[1]
    assert mapper.in_force("T01", "Q1") == Answer({"IMP": 3})
    assert table.post(f"{mapper.path}/Q1/T01", data={"T01.LIK": value}, headers=HTMX).status_code == 422


def test_two_windows_meet_field_by_field(table, mapper):
    mapper.say("T01", Entry({"LIK": 2}), {}, question="Q1")
    first = table.post(
        f"{mapper.path}/Q1/T01", data={"T01.IMP": "4", "T01.LIK": "", "T01.seen": ""}, headers=HTMX
    )
    assert first.status_code == 200
    assert mapper.in_force("T01", "Q1") == Answer({"LIK": 2, "IMP": 4})
    clash = table.post(f"{mapper.path}/Q1/T01", data={"T01.LIK": "5", "T01.seen": ""}, headers=HTMX)
    assert clash.status_code == 409
    assert "Likelihood: “2 Point 2” there." in clash.text
    assert mapper.in_force("T01", "Q1").score("LIK") == 2


def test_stakeholders_stand_under_their_sectors_in_the_order_of_the_register(table, mapper):
    with transaction(mapper.engine) as session:
        session.add(Sector(seminar_id=mapper.seminar.id, code="SEC-TWO", label="The second", position=1))
        session.add(Sector(seminar_id=mapper.seminar.id, code="SEC-ONE", label="The <first>", position=2))
    page = table.get(f"{mapper.path}/Q2").text
    heading = page.index('id="group-1"')
    assert "The &lt;first&gt;" in page[heading : heading + 200]
    assert "The second" not in page
    assert heading < page.index('id="STK-01"') < page.index('id="STK-02"')


def test_threats_stand_in_an_order_of_the_readers_own(make, mapper, as_person):
    from tests.ballots.voting import Voter  # noqa: PLC0415

    seminar = make.seminar()
    round_ = make.mapping_round(seminar, each=9)
    orders = set()
    for _ in range(4):
        reader = Voter.of(make.engine, make.settings, seminar, round_, make.expert(seminar))
        page = as_person(reader.person).get(f"{reader.path}/Q1").text
        orders.add(tuple(re.findall(r'<li class="place" id="(T\d\d)"', page)))
    assert len(orders) == 4
    assert all(sorted(order) == sorted(next(iter(orders))) for order in orders)


POINTS = st.dictionaries(
    st.text("ABCDEFGHIJ-0123456789", min_size=1, max_size=14),
    st.tuples(st.integers(1, 5), st.integers(1, 5)),
    max_size=90,
)


@given(points=POINTS)
def test_every_point_lies_in_its_cell_and_none_hides_another(points):
    plot = draw(points, range(1, 6), range(1, 6))
    assert sorted(dot.code for dot in plot.dots) == sorted(points)
    for dot in plot.dots:
        x, y = points[dot.code]
        assert CELL * (x - 1) <= dot.x - dot.r
        assert dot.x + dot.r <= CELL * x
        assert CELL * (5 - y) <= dot.y - dot.r
        assert dot.y + dot.r <= CELL * (6 - y)
    for number, one in enumerate(plot.dots):
        for other in plot.dots[number + 1 :]:
            assert (one.x - other.x) ** 2 + (one.y - other.y) ** 2 > (one.r + other.r) ** 2
