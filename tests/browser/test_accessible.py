"""axe-core finds nothing on any page, for anybody, in light and dark, and nothing runs out of the window."""

import json

import pytest

from app.settings import ROOT
from tests.browser.watching import walk

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HOME = "/seminars/unscr-2370-op12"
ROLES = ["expert", "facilitator", "organiser", "observer"]
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def findings(page):
    """What axe is sure of, and low contrasts of which it only says that it is not sure."""
    page.evaluate(AXE)
    result = page.evaluate(f"axe.run({{runOnly: {json.dumps(RULES)}}})")
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("role", ROLES)
def test_axe_finds_nothing_on_any_page(page_as, role, scheme):
    page = page_as(role, color_scheme=scheme, reduced_motion="reduce")
    found = {address: findings(page) for address in walk(page, HOME)}
    assert len(found) >= 10
    assert not {address: faults for address, faults in found.items() if faults}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_before_signing_in(page_as, watch, scheme):
    page = page_as(color_scheme=scheme)
    watch.expected = {404, 410}
    faults = {}
    for address in ("/", "/sign-in", "/sign-in/code", "/sign-in/no-such-link", "/demo", "/no-such-page"):
        page.goto(address)
        if found := findings(page):
            faults[address] = found
    assert not faults


@pytest.mark.parametrize(("language", "width"), [("en", 320), ("en", 375), ("ar", 320), ("ar", 1280)])
@pytest.mark.parametrize("role", ROLES)
def test_nothing_runs_out_of_the_window(context_of, site, role, language, width):
    context = context_of(role, viewport={"width": width, "height": 800})
    context.add_cookies([{"name": "language", "value": language, "url": site}])
    page = context.new_page()
    too_wide = {}
    for address in walk(page, HOME):
        assert page.get_attribute("html", "dir") == ("rtl" if language == "ar" else "ltr")
        if (excess := page.evaluate(OVERFLOW)) > 0:
            too_wide[address] = excess
    assert not too_wide
