"""Scales from 0 to 100 in a browser: a slider beside each number, by keyboard, without script, on a phone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Engine
from sqlmodel import select

from app.db import transaction
from app.models import Criterion, Seminar
from tests import demonstrations
from tests.factories import ABSTENTIONS, Make

PageAs = Callable[..., Page]


@pytest.fixture
def ballot(stage: Engine, tmp_path: Path) -> str:
    """The address of a ballot that asks for probability and reach from 0 to 100, on cards and on a plane."""
    make = Make(stage, demonstrations.settings(tmp_path))
    with transaction(stage) as session:
        seminar = session.exec(select(Seminar).where(Seminar.slug == "unscr-2370-op12")).one()
        for code, label in (("PROB", "Probability"), ("REA", "Reach")):
            words = {"0": "None", "50": "Half", "100": "All"}
            about: dict[str, Any] = {
                "label": label,
                "question": f"{label}?",
                "low": 0,
                "high": 100,
                "anchors": words,
            }
            session.add(Criterion(seminar_id=seminar.id, code=code, position=90, **about))
    round_ = make.round(seminar, state="open")
    settings: dict[str, Any] = {
        "criteria": [{"code": "PROB", "required": True}, {"code": "REA", "required": True}]
    }
    settings |= {"abstentions": ABSTENTIONS, "rationale": {"prompt": "Why?"}}
    make.asks(round_, "Q1", "rate", settings, make.options(seminar, 2))
    make.asks(round_, "Q2", "rate", settings | {"layout": "plane"}, make.options(seminar, 2))
    return f"/seminars/{seminar.slug}/rounds/{round_.number}/ballot"


def test_number_slider_and_abstention_say_one_thing(ballot: str, page_as: PageAs):
    page = page_as("expert")
    page.goto(f"{ballot}/Q1")
    number, slider = (
        page.locator("input[name='W01.PROB']"),
        page.locator("#W01").get_by_label("Probability, by a slider"),
    )
    number.fill("64")
    expect(slider).to_have_value("64")
    with page.expect_response("**/ballot/Q1/W01"):
        slider.press("ArrowRight")
    expect(number).to_have_value("65")
    abstention = page.locator("input[name='W01.PROB.abstain'][value='cannot_say']")
    with page.expect_response("**/ballot/Q1/W01"):
        abstention.check()
    expect(number).to_have_value("")
    page.reload()
    expect(abstention).to_be_checked()
    with page.expect_response("**/ballot/Q1/W01"):
        slider.press("End")
    expect(number).to_have_value("100")
    expect(abstention).not_to_be_checked()
    page.reload()
    expect(number).to_have_value("100")


def test_a_click_on_the_plane_types_both_numbers(ballot: str, page_as: PageAs):
    page = page_as("expert")
    page.goto(f"{ballot}/Q2")
    page.locator("input[name='W01.PROB']").focus()
    ground = page.locator("#plot svg .ground").bounding_box()
    assert ground
    page.mouse.click(ground["x"] + ground["width"] * 0.3, ground["y"] + ground["height"] * 0.2)
    expect(page.locator("#plot circle")).to_have_count(1)
    across, upwards = (page.locator(f"input[name='W01.{code}']").input_value() for code in ("PROB", "REA"))
    assert (round(int(across), -1), round(int(upwards), -1)) == (30, 80)


def test_without_script_on_a_small_phone_the_number_alone_is_asked(ballot: str, page_as: PageAs):
    page = page_as("expert", java_script_enabled=False, viewport={"width": 320, "height": 640})
    for code in ("Q1", "Q2"):
        page.goto(f"{ballot}/{code}")
        assert page.locator("input[type='range']:visible").count() == 0
        page.locator("input[name='W01.PROB']").fill("7")
        page.locator("input[name='W01.REA']").fill("70")
        page.get_by_role("button", name="Save", exact=True).first.click()
        expect(page.locator("input[name='W01.PROB']")).to_have_value("7")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
