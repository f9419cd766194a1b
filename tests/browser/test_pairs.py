"""Pairs and weights in a browser: by keyboard alone, without script, on a phone."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Engine
from sqlmodel import select

from app.db import transaction
from app.models import Seminar
from tests import demonstrations
from tests.factories import Make

PageAs = Callable[..., Page]


@pytest.fixture
def ballot(stage: Engine, tmp_path: Path) -> str:
    """The address of a ballot with four options to compare and three criteria to weigh."""
    make = Make(stage, demonstrations.settings(tmp_path))
    with transaction(stage, write=False) as session:
        seminar = session.exec(select(Seminar).where(Seminar.slug == "unscr-2370-op12")).one()
    round_ = make.pair_round(seminar, weigh={"method": "pairwise"})
    return f"/seminars/{seminar.slug}/rounds/{round_.number}/ballot"


def focused(page: Page) -> str:
    found: str = page.evaluate("document.activeElement.id")
    return found


def tab_to(page: Page, id_: str) -> None:
    for _ in range(60):
        if focused(page) == id_:
            return
        page.keyboard.press("Tab")
    assert focused(page) == id_


def test_all_pairs_are_compared_by_keyboard_alone(ballot: str, page_as: PageAs):
    page = page_as("expert")
    page.goto(f"{ballot}/Q1")
    tab_to(page, "choose-first")
    for count in range(1, 4):
        pair = page.locator(".pair-cards").inner_text()
        page.keyboard.press("Enter")
        expect(page.locator("#progress-words")).to_contain_text(f"{count} of 6 pairs compared")
        expect(page.locator(".pair-cards")).not_to_have_text(pair)
        # the focus stays where the next pair is answered
        assert focused(page) == "choose-first"
    for who, count in (("choose-second", 4), ("choose-equal", 5), ("choose-cannot_say", 6)):
        tab_to(page, who)
        page.keyboard.press("Space")
        expect(page.locator("#progress-words")).to_contain_text(f"{count} of 6 pairs compared")
    expect(page.locator("#pair")).to_contain_text("You have compared all 6 pairs")


def test_a_pair_is_changed_on_the_list_by_keyboard_and_saves_itself(ballot: str, page_as: PageAs):
    page = page_as("expert")
    page.goto(f"{ballot}/Q1")
    page.locator("#choose-equal").click()
    expect(page.locator("#progress-words")).to_contain_text("1 of 6 pairs compared")
    said = page.locator(".compared", has=page.locator("select")).first
    said.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.keyboard.press("Home")
    expect(said.locator(".saved")).to_contain_text(re.compile(r"Saved \d"))
    page.reload()
    expect(page.locator(".compared select").first).to_have_value("1")


def test_a_choice_can_be_taken_back(ballot: str, page_as: PageAs):
    page = page_as("expert")
    page.goto(f"{ballot}/Q1")
    before = page.locator(".pair-cards").inner_text()
    page.locator("#choose-first").click()
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator("#progress-words")).to_contain_text("0 of 6 pairs compared")
    assert page.locator(".pair-cards").inner_text() == before


def test_pairs_work_without_script_and_on_a_phone(ballot: str, page_as: PageAs):
    page = page_as("expert", java_script_enabled=False, viewport={"width": 375, "height": 800})
    page.goto(f"{ballot}/Q1")
    for count in range(1, 7):
        page.get_by_role("button", name=re.compile("This one")).first.click()
        expect(page.locator("#progress-words")).to_contain_text(f"{count} of 6 pairs compared")
        assert page.url.endswith("#pair")
    assert page.locator("main").bounding_box()["width"] <= 375  # type: ignore[index]
    page.locator(".compared summary").first.click()
    page.locator(".compared textarea").first.fill("Said without script.")
    page.locator(".compared .save").first.click()
    expect(page.locator(".compared textarea").first).to_have_value("Said without script.")


def test_how_well_judgements_fit_is_said_while_they_are_made(ballot: str, page_as: PageAs):
    page = page_as("expert")
    page.goto(f"{ballot}/Q2")
    selects = page.locator(".judging select")
    count = selects.count()
    for place in range(count):
        selects.nth(place).select_option("8" if place % 2 == 0 else "-8")
    expect(page.locator("#follows")).to_contain_text("do not fit together")
    expect(page.locator("#follows")).to_contain_text("What fits least")
    expect(page.locator("#progress-words")).to_contain_text(f"{count} of {count} pairs judged")
