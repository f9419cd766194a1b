"""axe-core finds nothing on any page, for anybody, in light and dark, and nothing runs out of the window."""

import json

import pytest

from app.settings import ROOT
from tests.browser.watching import walk

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text()
HOME = "/seminars/unscr-2370-op12"
ROLES = ["expert", "facilitator", "organiser", "observer"]
PUBLIC = ["/", "/sign-in", "/sign-in/code", "/sign-in/no-such-link", "/demo", "/no-such-page"]
TALL, PHONES, DESK = 900, (320, 375), 1280
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
EVERYTHING = {"resultTypes": ["violations", "incomplete"]}
CONTRAST = EVERYTHING | {"runOnly": {"type": "rule", "values": ["color-contrast"]}}


def faults_of(page):
    """What axe finds in light and, of colours, in dark; and by how much the page is too wide for a window."""
    page.evaluate(AXE)
    faults = findings(page, EVERYTHING)
    page.emulate_media(color_scheme="dark")
    faults += [("in dark", *finding) for finding in findings(page, CONTRAST)]
    page.emulate_media(color_scheme="light")
    return faults + excesses(page)


def findings(page, options):
    """What axe is sure of, and low contrasts of which it only says that it is not sure."""
    result = page.evaluate(f"axe.run({json.dumps(options)})")
    sure = [(rule["id"], node["html"][:200]) for rule in result["violations"] for node in rule["nodes"]]
    unsure = [
        (rule["id"], check["data"]["contrastRatio"], node["html"][:200])
        for rule in result["incomplete"]
        if rule["id"] == "color-contrast"
        for node in rule["nodes"]
        for check in node["any"]
        if is_low(check.get("data") or {})
    ]
    return sure + unsure


def is_low(contrast):
    ratio, wanted = contrast.get("contrastRatio"), contrast.get("expectedContrastRatio")
    return bool(ratio and wanted) and ratio < float(str(wanted).removesuffix(":1"))


def excesses(page):
    """By how many pixels the page runs out of windows of several widths."""
    found = []
    for width in (*PHONES, DESK):
        page.set_viewport_size({"width": width, "height": TALL})
        if (excess := page.evaluate(OVERFLOW)) > 0:
            found.append((f"{width} pixels wide", f"{excess} too many"))
    return found


def only_faults(found):
    return {address: faults for address, faults in found.items() if faults}


@pytest.mark.parametrize("role", ROLES)
def test_nothing_is_wrong_with_any_page(page_as, role):
    page = page_as(role, reduced_motion="reduce")
    found = {address: faults_of(page) for address in walk(page, HOME)}
    assert len(found) >= 10
    assert not only_faults(found)


def test_nothing_is_wrong_with_the_pages_before_signing_in(page_as, watch):
    page = page_as(reduced_motion="reduce")
    watch.expected = {404, 410}
    found = {}
    for address in PUBLIC:
        page.goto(address)
        found[address] = faults_of(page)
    assert not only_faults(found)


@pytest.mark.parametrize("role", ROLES)
def test_in_arabic_every_page_runs_from_right_to_left_and_stays_in_the_window(context_of, site, role):
    context = context_of(role)
    context.add_cookies([{"name": "language", "value": "ar", "url": site}])
    page = context.new_page()
    found = {}
    for address in walk(page, HOME):
        assert (page.get_attribute("html", "lang"), page.get_attribute("html", "dir")) == ("ar", "rtl")
        found[address] = excesses(page)
    assert not only_faults(found)
