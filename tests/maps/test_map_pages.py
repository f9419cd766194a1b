"""The maps state their findings to every member, in words and tables as well as in pictures."""

import pytest

from app.policy import Role
from tests.maps import mapped
from tests.maps.mapped import path


@pytest.fixture
def published(make):
    return mapped.closed(make)[0]


@pytest.fixture
def reader(make, as_person, published):
    return as_person(make.member(published, Role.OBSERVER))


def test_every_member_reads_every_map_and_a_stranger_none(make, as_person, published):
    members = [as_person(make.member(published, role)) for role in Role]
    stranger = as_person(make.person())
    for page in mapped.PAGES:
        for member in members:
            answer = member.get(path(published, page))
            assert answer.status_code == 200, page
            assert "style=" not in answer.text
            assert answer.text.count("<h1") == 1
        assert stranger.get(path(published, page)).status_code == 404, page


def test_the_threat_plane_tells_position_and_disagreement_apart(reader, published):
    html = reader.get(path(published, "threats")).text
    assert "The panel rates 1 of 2 threats high on both scales; views divide on 1" in html
    assert "Both “Likelihood” and “Impact” are rated high." in html
    assert "The panel is divided on “Likelihood”." in html
    assert "12 of 12 invited experts submitted" in html


def test_sectors_of_enough_experts_are_told_and_others_are_dashes(make, as_person):
    found, _ = mapped.closed(make, min_group=6)
    html = as_person(make.member(found, Role.OBSERVER)).get(path(found, "threats")).text
    assert "Sector SEC-ONE" in html
    few, _ = mapped.closed(make, min_group=7)
    html = as_person(make.member(few, Role.OBSERVER)).get(path(few, "threats")).text
    assert "By sector of the panel" not in html
    assert "Sector SEC-ONE" not in html


def test_who_is_missing_from_the_stakeholders_is_named(reader, published):
    html = reader.get(path(published, "stakeholders")).text
    missing = html.partition("Who is missing")[2]
    assert "Sectors without a stakeholder" in missing
    assert "Sector SEC-NIL" in missing
    without = missing.partition("Elements of the mandate for which no stakeholder is named")[2]
    assert "Element 2" in without
    assert "Element 3" in without
    assert "Element 1" not in without.partition("stakeholder that no way forward names")[0]
    assert "1 entry has no position" in html


def test_a_gap_is_one_thing_and_a_disagreement_another(reader, published):
    html = reader.get(path(published, "coverage")).text
    assert "The panel finds 2 of 3 elements covered in full by no framework" in html
    rows = {
        code: html.partition(f'<tr id="{code}">')[2].partition("</tr>")[0] for code in ("E01", "E02", "E03")
    }
    assert [">Gap<" in rows[code] for code in rows] == [False, True, True]
    assert ["Views divided" in rows[code] for code in rows] == [False, True, False]
    assert "Framework 1" in rows["E01"]
    assert "None covers any of it." in rows["E03"]


def test_gaps_and_ways_forward_that_miss_each_other_are_listed(reader, published):
    html = reader.get(path(published, "coverage")).text
    open_gaps = html.partition('id="open-gaps"')[2].partition("</section>")[0]
    idle = html.partition('id="idle"')[2].partition("</section>")[0]
    assert "G02" in open_gaps
    assert "G01" not in open_gaps
    assert "W02" in idle
    assert "W01" not in idle


def test_the_network_stands_as_a_table_too(reader, published):
    html = reader.get(path(published, "network")).text
    assert "1 of 2 stakeholders are named to lead or support 2 ways forward" in html
    row = html.partition("Option 1</span>")[2].partition("</tr>")[0]
    assert "E01" in row
    assert "Stakeholder 1" in row
    assert "1 stakeholder that no way forward names" in html
    assert "Element 3" in html.partition("Elements that no way forward serves")[2]


def test_a_blank_seminar_has_maps_without_anything_on_them(make, as_person):
    blank = make.seminar()
    reader = as_person(make.member(blank, Role.OBSERVER))
    for page in ("threats", "stakeholders", "coverage", "network", "traces"):
        assert reader.get(path(blank, page)).status_code == 200
    for figure in mapped.FIGURES:
        assert reader.get(path(blank, f"figures/{figure}.svg")).status_code == 404


def test_before_any_result_coverage_is_the_hypothesis_and_says_so(make, as_person):
    found, _ = mapped.seminar(make)
    reader = as_person(make.member(found, Role.OBSERVER))
    html = reader.get(path(found, "coverage")).text
    assert "Starting hypothesis: no framework covers 2 of 3 elements in full" in html
    assert "They are not findings of the panel" in html
    assert "The panel finds" not in html
    assert "Starting hypothesis" in reader.get(path(found, "figures/coverage.svg")).text
    threats = reader.get(path(found, "threats")).text
    assert "Threat 1" in threats
    assert "has not placed these yet" in threats


def test_the_mandates_own_instrument_covers_nothing(make, as_person):
    found, _ = mapped.closed(make, mandate={"resolution": {"id": "FW-01"}})
    html = as_person(make.member(found, Role.OBSERVER)).get(path(found, "coverage")).text
    assert "The panel finds 3 of 3 elements covered in full by no framework" in html


def test_what_stands_on_a_plane_leads_to_its_entry(reader, published):
    for page, code in (("threats", "T01"), ("stakeholders", "STK-01"), ("coverage", "FW-01")):
        assert f"/items/{code}" in reader.get(path(published, page)).text
