"""Figures leave as pictures and as numbers, in four looks, under our own content policy."""

import csv
from io import StringIO
from xml.etree import ElementTree as ET

import pytest

from app.policy import Role
from tests.outcome import judged
from tests.outcome.judged import path

NAMES = ("rank-intervals", "overall-support")


@pytest.fixture
def published(make, engine):
    return judged.published(make, engine)


@pytest.fixture
def browser(make, as_person, published):
    return as_person(make.member(published[0], Role.OBSERVER))


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_an_svg_that_states_its_finding(browser, published, name):
    seminar, _ = published
    found = {}
    for look in ("", "?theme=dark", "?width=narrow", "?theme=dark&width=narrow"):
        answer = browser.get(path(seminar, f"/figures/{name}.svg{look}"))
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "image/svg+xml"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        found[look] = ET.fromstring(answer.text)
    assert len({ET.tostring(root) for root in found.values()}) == 4
    title = found[""][0].text
    assert title in (
        "Broad agreement on 1 of 4 ways forward; views diverge on 1",
        "The interval of one way forward alone reaches the first rank: W01",
    )
    assert [root.attrib["width"] for root in found.values()] == ["1040", "1040", "360", "360"]


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_a_png_too(browser, published, name):
    answer = browser.get(path(published[0], f"/figures/{name}.png"))
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")


def test_its_numbers_are_a_table_with_the_same_in_it(browser, published):
    answer = browser.get(path(published[0], "/figures/rank-intervals.csv"))
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["code"] for row in rows] == ["W01", "W02", "W03", "W04"]
    assert (rows[0]["rank"], rows[0]["rank_low"], rows[0]["label"]) == ("1", "1", "Broad agreement")
    support = browser.get(path(published[0], "/figures/overall-support.csv"))
    found = {row["code"]: row for row in csv.DictReader(StringIO(support.content.decode("utf-8-sig")))}
    assert (found["W03"]["share_favourable"], found["W03"]["share_undecided"]) == ("0.5", "0.0")
    assert found["W04"]["abstentions"] == "4"


def test_the_page_offers_every_look_and_the_numbers(browser, published):
    html = browser.get(path(published[0])).text
    for name in NAMES:
        for look in ("?width=narrow&amp;theme=dark", "?width=narrow", "?theme=dark"):
            assert f'/figures/{name}.svg{look}"' in html
        for form in ("svg", "png", "csv"):
            assert f'/figures/{name}.{form}" download=' in html
    assert "style=" not in html


@pytest.mark.parametrize(
    ("rest", "status"),
    [
        ("/figures/other.svg", 404),
        ("/figures/rank-intervals.exe", 404),
        ("/figures/..%2Frank-intervals.svg", 404),
        ("/figures/rank-intervals.svg?theme=pink", 400),
        ("/figures/rank-intervals.svg?width=-1", 400),
    ],
)
def test_what_is_not_a_figure_is_refused(browser, published, rest, status):
    assert browser.get(path(published[0], rest)).status_code == status
