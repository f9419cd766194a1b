"""Registers may grow beyond what a figure can show: then tables and files are left, and nothing stalls."""

import csv
from io import StringIO

from app.db import transaction
from app.models.registers import Kind
from app.policy import Role
from app.registers import service as registers
from tests.maps import mapped
from tests.maps.mapped import path


def test_a_network_of_very_many_is_a_table_and_a_file(make, as_person):
    found, _ = mapped.seminar(make)
    many = [item.code for item in make.items(found, Kind.STAKEHOLDER, 201)]
    with transaction(make.engine) as session:
        option = session.merge(mapped.item(make, found, "W01"))
        registers.relink(session, item=option, links={"supported_by": many[1:], "led_by": many[:1]})
    reader = as_person(make.member(found, Role.OBSERVER))
    html = reader.get(path(found, "network")).text
    assert "There are too many entries to draw them" in html
    assert "201 of 201 stakeholders are named" in html
    assert "network.svg" not in html
    assert "Stakeholder 201" in html
    for form in ("svg", "png"):
        assert reader.get(path(found, f"figures/network.{form}")).status_code == 404
    rows = list(csv.DictReader(StringIO(reader.get(path(found, "figures/network.csv")).text)))
    assert len(rows) == 201 + 1 + 2


def test_coverage_of_very_many_lists_gaps_without_a_heat_map(make, as_person):
    found, _ = mapped.seminar(make)
    make.items(found, Kind.FRAMEWORK, 121)
    reader = as_person(make.member(found, Role.OBSERVER))
    html = reader.get(path(found, "coverage")).text
    assert "There are too many entries to draw them" in html
    assert "Gaps, element by element" in html
    assert "The heat map as a table" not in html
    assert reader.get(path(found, "figures/coverage.svg")).status_code == 404
    assert reader.get(path(found, "figures/coverage.csv")).status_code == 200
