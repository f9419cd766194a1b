"""Placing on a plane in a browser: by keyboard, by a click, without script; and a page that stays light."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from app import clock
from app.db import transaction
from app.models import Round
from app.models.rounds import RoundState
from tests.browser.test_ballot import LIGHT

BALLOT = "/seminars/unscr-2370-op12/rounds/0/ballot"
THREATS, STAKEHOLDERS, FRAMEWORK = f"{BALLOT}/Q1", f"{BALLOT}/Q2", f"{BALLOT}/Q3/FW-1540"
SAVED = re.compile(r"Saved \d")


@pytest.fixture(autouse=True)
def mapping(stage):
    """The demonstration's mapping stands open once more."""
    with transaction(stage) as session:
        round_ = session.exec(select(Round).where(Round.number == 0)).one()
        round_.state, round_.closes_at = RoundState.OPEN, clock.now() + timedelta(days=7)


def place(page, code):
    return page.locator(f"#{code}")


def test_the_plane_of_all_stakeholders_and_the_list_of_all_frameworks_are_light(page_as):
    for path, names, fewest in ((STAKEHOLDERS, ".place", 80), (f"{BALLOT}/Q3", ".framework", 35)):
        page = page_as("expert")
        devtools = page.context.new_cdp_session(page)
        devtools.send("Network.enable")
        transferred: list[int] = []
        devtools.on(
            "Network.loadingFinished",
            lambda loaded, into=transferred: into.append(loaded["encodedDataLength"]),
        )
        page.goto(path, wait_until="networkidle")
        assert page.locator(names).count() >= fewest
        assert 10_000 < sum(transferred) < LIGHT


def test_a_name_is_placed_by_keyboard_alone_and_its_point_follows(page_as):
    page = page_as("expert")
    page.goto(THREATS)
    row = place(page, "T03")
    row.locator("select").first.focus()
    with page.expect_response(lambda answer: answer.request.method == "POST" and "T03" in answer.url):
        page.keyboard.press("1")
        page.keyboard.press("Tab")
        page.keyboard.press("5")
    expect(row.locator(".saved")).to_contain_text(SAVED)
    latest = page.locator("#plot .latest circle")
    expect(latest).to_have_count(1)
    assert float(latest.get_attribute("cx") or "999") < 100
    assert float(latest.get_attribute("cy") or "999") < 100
    page.reload()
    expect(row.locator("select").first).to_have_value("1")
    expect(row.locator("select").last).to_have_value("5")


def test_a_click_on_the_plot_places_the_name_that_one_is_at(page_as):
    page = page_as("expert")
    page.goto(THREATS)
    row = place(page, "T05")
    row.locator("select").first.focus()
    ground = page.locator("#plot .ground")
    box = ground.bounding_box()
    assert box is not None
    ground.click(position={"x": box["width"] * 0.9, "y": box["height"] * 0.9}, force=True)
    expect(row.locator("select").first).to_have_value("5")
    expect(row.locator("select").last).to_have_value("1")
    expect(row.locator(".saved")).to_contain_text(SAVED)


def test_a_name_is_found_by_typing_a_part_of_it(page_as):
    page = page_as("expert")
    page.goto(STAKEHOLDERS)
    page.get_by_label("Find a name").fill("postal")
    shown = page.locator(".place:visible")
    expect(shown.first).to_be_visible()
    assert shown.count() < 5
    page.get_by_label("Find a name").fill("")
    assert page.locator(".place:visible").count() > 80


def test_everything_works_without_script(page_as):
    page = page_as("expert", java_script_enabled=False)
    page.goto(THREATS)
    place(page, "T03").locator("select").first.select_option("2")
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(place(page, "T03").locator("select").first).to_have_value("2")
    page.goto(FRAMEWORK)
    page.locator("input[name='FW-1540.E02'][value='2']").check()
    page.get_by_role("button", name="Save, and go to the next").click()
    page.goto(FRAMEWORK)
    expect(page.locator("input[name='FW-1540.E02'][value='2']")).to_be_checked()
