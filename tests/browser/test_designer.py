"""A facilitator who has never seen the product designs a round from nothing, by keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from app.db import transaction
from app.models import Seminar
from app.policy import Role
from app.rounds import queries as rounds
from tests import demonstrations
from tests.browser.test_accessible import faults_of
from tests.factories import Make, sign_in


@pytest.fixture
def blank(stage, tmp_path):
    """A seminar with ways forward and criteria, and no round at all."""
    make = Make(stage, demonstrations.settings(tmp_path))
    seminar = make.seminar(slug="blank")
    make.criteria(seminar)
    make.options(seminar, 3)
    return seminar, make.member(seminar, Role.FACILITATOR)


@pytest.fixture
def opened(blank, stage, context_of, site):
    """The facilitator's browser at the plan of rounds."""
    seminar, person = blank

    def open_(**options: object) -> Page:
        context = context_of(None, reduced_motion="reduce", **options)
        with transaction(stage) as session:
            context.add_cookies([{"name": "colloquy", "value": sign_in(session, person), "url": site}])
        page: Page = context.new_page()
        page.goto(f"/seminars/{seminar.slug}/rounds", wait_until="networkidle")
        return page

    return open_


def press(page: Page, role: str, name: str) -> None:
    """Reach something by its name, as a reader of the screen would, and press Enter on it."""
    found = page.get_by_role(role, name=name).first  # type: ignore[arg-type]
    found.focus()
    expect(found).to_be_focused()
    with page.expect_navigation(wait_until="networkidle"):
        page.keyboard.press("Enter")


def write(page: Page, label: str, words: str) -> None:
    """Type over what a field holds."""
    page.get_by_label(label).first.focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(words)


def test_a_round_is_designed_from_nothing_by_keyboard(opened, blank, stage):
    page = opened()

    press(page, "link", "Add a round")
    write(page, "Title", "First rating")
    press(page, "button", "Begin the round")
    press(page, "link", "Add a question")
    press(page, "button", "Add Rate one by one")
    write(page, "What experts are asked", "How good is each of them?")
    page.get_by_label("C1 Effectiveness").focus()
    page.keyboard.type("Welcome")
    press(page, "button", "Save")

    frame = page.frame_locator("iframe")
    expect(frame.get_by_text("How good is each of them?")).to_be_visible()
    expect(frame.locator("header.bar")).to_have_count(0)
    assert not faults_of(page)
    press(page, "link", "choose one")
    assert not faults_of(page)
    press(page, "button", "Save the rule")
    expect(page.get_by_text("at least 70% of those who rate it")).to_be_visible()
    assert not faults_of(page)
    with transaction(stage) as session:
        (round_,) = rounds.plan(session, session.get_one(Seminar, blank[0].id))
        (asked,) = rounds.asks(session, round_)
        assert asked.question.prompt == "How good is each of them?"
        assert [criterion.code for criterion, _required in asked.criteria] == ["OV", "C1"]
        assert asked.question.settings["agreement"]["rule"] == "two_band"


def test_on_a_phone_there_is_a_link_instead_of_the_frame(opened, blank):
    page = opened(viewport={"width": 375, "height": 720})
    press(page, "link", "Add a round")
    write(page, "Title", "First rating")
    press(page, "button", "Begin the round")
    press(page, "link", "Add a question")
    press(page, "button", "Add Comment")

    expect(page.locator("iframe")).to_have_count(0)
    expect(page.get_by_role("link", name="See it on a page of its own")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not faults_of(page)
