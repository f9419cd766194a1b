"""The demonstration's maps: all stakeholders, frameworks and threats, on pages that stay light."""

import gzip
from xml.etree import ElementTree as ET

from app.demo.story import SLUG
from tests.maps import mapped

LIGHT = 40_000  # of the 100 kB that a page may weigh: styles, script and figures come on top


def test_every_map_is_full_light_and_published(visitor):
    observer = visitor("observer")
    for page in (*mapped.PAGES, "items/W20", "items/G01"):
        answer = observer.get(f"/seminars/{SLUG}/maps/{page}")
        assert answer.status_code == 200, page
        assert len(gzip.compress(answer.content)) < LIGHT, page
        assert "Not yet published" not in answer.text
    for name in mapped.FIGURES:
        answer = observer.get(f"/seminars/{SLUG}/maps/figures/{name}.svg")
        assert len(gzip.compress(answer.content)) < LIGHT, name
        assert ET.fromstring(answer.text)[0].text
    threats = observer.get(f"/seminars/{SLUG}/maps/figures/threats.csv").text
    stakeholders = observer.get(f"/seminars/{SLUG}/maps/figures/stakeholders.csv").text
    coverage = observer.get(f"/seminars/{SLUG}/maps/figures/coverage.csv").text
    assert [len(text.splitlines()) - 1 for text in (threats, stakeholders, coverage)] == [16, 85, 39 * 12]


def test_the_data_are_offered_to_those_who_may_take_them_away(visitor):
    for role, offered in (("facilitator", True), ("organiser", True), ("expert", False), ("observer", False)):
        html = visitor(role).get(f"/seminars/{SLUG}/maps/stakeholders").text
        assert ("/rounds/0/questions/Q2/export.csv" in html) is offered
