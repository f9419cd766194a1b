"""The maps' figures leave as pictures in four looks and as numbers."""

import csv
from io import StringIO
from xml.etree import ElementTree as ET

import pytest
from sqlmodel import select

from app.db import transaction
from app.models import ItemVersion
from app.policy import Role
from app.registers import service as registers
from tests.maps import mapped
from tests.maps.mapped import path
from tests.results import voting

LOOKS = ("", "?theme=dark", "?width=narrow", "?theme=dark&width=narrow")


@pytest.fixture
def published(make):
    return mapped.closed(make)[0]


@pytest.fixture
def reader(make, as_person, published):
    return as_person(make.member(published, Role.OBSERVER))


def rows(answer):
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))


def test_a_picture_has_four_looks_and_a_png(reader, published):
    for name in mapped.FIGURES:
        found = []
        for look in LOOKS:
            answer = reader.get(path(published, f"figures/{name}.svg{look}"))
            assert answer.headers["content-type"] == "image/svg+xml"
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            found.append(answer.text)
        assert len(set(found)) == 4
        assert [ET.fromstring(picture).attrib["width"] for picture in found] == ["1040", "1040", "360", "360"]
        answer = reader.get(path(published, f"figures/{name}.png"))
        assert answer.headers["content-type"] == "image/png"
        assert answer.content.startswith(b"\x89PNG")


def test_the_page_offers_every_look_and_every_file(reader, published):
    for page, names in {
        "threats": ("threats", "threats-spread"),
        "coverage": ("coverage",),
        "network": ("network",),
    }.items():
        html = reader.get(path(published, page)).text
        for name in names:
            for look in ("?width=narrow&amp;theme=dark", "?width=narrow", "?theme=dark"):
                assert f'/figures/{name}.svg{look}"' in html
            for form in ("svg", "png", "csv"):
                assert f'/figures/{name}.{form}" download="{published.slug}-' in html


def test_the_numbers_of_a_plane_are_those_of_the_panel(reader, published):
    found = {row["code"]: row for row in rows(reader.get(path(published, "figures/threats.csv")))}
    first, second = found["T01"], found["T02"]
    assert (first["n_LIK"], first["median_LIK"], first["median_IMP"]) == ("12", "5.0", "4.5")
    assert (first["divided_LIK"], second["divided_LIK"], second["median_LIK"]) == ("no", "yes", "3.0")
    stakeholders = {row["code"]: row for row in rows(reader.get(path(published, "figures/stakeholders.csv")))}
    assert (stakeholders["STK-02"]["n_INT"], stakeholders["STK-02"]["median_INT"]) == ("0", "")


def test_the_numbers_of_coverage_have_a_row_for_each_cell(reader, published):
    found = {
        (row["framework"], row["element"]): row
        for row in rows(reader.get(path(published, "figures/coverage.csv")))
    }
    assert len(found) == 6
    divided = found["FW-01", "E02"]
    assert (divided["none"], divided["full"], divided["divided"]) == ("6", "6", "yes")
    unknown = found["FW-02", "E03"]
    assert (unknown["n"], unknown["dont_know"], unknown["grade"], unknown["divided"]) == (
        "8",
        "4",
        "none",
        "no",
    )
    assert found["FW-01", "E01"]["sure"] == "3.0"


def test_the_links_of_the_network_have_a_row_each(reader, published):
    found = rows(reader.get(path(published, "figures/network.csv")))
    links = [(row["option"], row["link"], row["other"]) for row in found]
    assert ("W01", "would be led by", "STK-01") in links
    assert ("W02", "serves", "E02") in links
    assert len(links) == 4


def test_what_is_not_a_figure_is_refused(reader, published):
    for rest, status in (
        ("figures/other.svg", 404),
        ("figures/threats.exe", 404),
        ("figures/..%2Fthreats.svg", 404),
        ("figures/threats.svg?theme=pink", 400),
        ("figures/threats.svg?width=-1", 400),
    ):
        assert reader.get(path(published, rest)).status_code == status, rest


def test_hostile_words_stay_words(make, as_person):
    found, round_ = mapped.seminar(make)
    for code in ("T02", "STK-01", "FW-01", "E01", "W01", "G01"):
        with transaction(make.engine) as session:
            item = session.merge(mapped.item(make, found, code))
            if code in {"E01", "W01", "G01"}:
                fields = session.get_one(ItemVersion, _version(session, item)).fields
                registers.reword(
                    session,
                    item=item,
                    title=mapped.HOSTILE,
                    text=mapped.HOSTILE,
                    fields=fields,
                    minor=True,
                    reason="Worse.",
                    by=None,
                )
            else:
                session.get_one(ItemVersion, _version(session, item)).title = mapped.HOSTILE
    mapped.answered(make, round_, argument=mapped.HOSTILE)
    voting.close(make.engine, round_, publish=True, settings=make.settings)
    reader = as_person(make.member(found, Role.OBSERVER))
    for page in (*mapped.PAGES, "items/G01", "items/FW-01"):
        html = reader.get(path(found, page)).text
        assert "<b>&'" not in html
        assert "&lt;b&gt;" in html or page == "traces"
    for name in mapped.FIGURES:
        ET.fromstring(reader.get(path(found, f"figures/{name}.svg")).text)
        cells = [
            cell for row in rows(reader.get(path(found, f"figures/{name}.csv"))) for cell in row.values()
        ]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


def _version(session, item):
    return session.exec(select(ItemVersion.id).where(ItemVersion.item_id == item.id)).one()
