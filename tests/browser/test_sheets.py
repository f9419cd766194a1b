"""An order and points in a browser: by keyboard alone, by touch, by dragging, on a phone, without script."""

import re
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Page, Response, expect

from app.db import transaction
from app.questions.answers import Entry
from tests import demonstrations
from tests.ballots.voting import Voter
from tests.browser.test_accessible import faults_of
from tests.factories import Make, sign_in

PHONE = {"viewport": {"width": 375, "height": 720}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def voter(stage, app_settings):
    make = Make(stage, app_settings)
    seminar = make.seminar(slug="sheets")
    round_ = make.sheet_round(seminar, 5, allocate={"most": 3})
    return Voter.of(stage, app_settings, seminar, round_, make.expert(seminar))


@pytest.fixture
def app_settings(tmp_path):
    """As the site itself is set up."""
    return demonstrations.settings(tmp_path)


@pytest.fixture
def sheet(voter, stage, context_of, site):
    """The voter's browser at one of the two questions."""

    def opened(code: str, **options: object) -> Page:
        context = context_of(None, **options)
        with transaction(stage) as session:
            context.add_cookies([{"name": "colloquy", "value": sign_in(session, voter.person), "url": site}])
        page: Page = context.new_page()
        page.goto(f"{voter.path}/{code}", wait_until="networkidle")
        return page

    return opened


def order(page: Page) -> list[tuple[str, str]]:
    """The rows that are ranked, with the numbers in their fields."""
    found = page.eval_on_selector_all(
        ".ranked > li", "rows => rows.map(row => [row.id, row.querySelector('[data-place]').value])"
    )
    return [(code, place) for code, place in found]


def press(page: Page, selector: str, key: str = "Enter") -> None:
    """Go to a control by Tab alone, and press a key."""
    for _ in range(120):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            break
        page.keyboard.press("Tab")
    assert page.evaluate("wanted => document.activeElement.matches(wanted)", selector)
    page.keyboard.press(key)


def saved(page: Page) -> None:
    expect(page.locator("#saved-all")).to_contain_text(re.compile(r"Saved \d"))


def saving(page: Page, *said: str) -> AbstractContextManager[object]:
    """Within it, something is done that ends in a save of all this."""

    def is_it(answer: Response) -> bool:
        sent = answer.request.post_data or ""
        return answer.request.method == "POST" and answer.ok and all(one in sent for one in said)

    return page.expect_response(is_it)


def test_an_order_is_made_by_keyboard_alone(sheet, voter):
    page = sheet("Q1")
    page.locator("h1").click()
    for code in ("W03", "W01", "W05"):
        press(page, f"#{code} [data-move='in']")
    assert order(page) == [("W03", "1"), ("W01", "2"), ("W05", "3")]
    # the focus has gone along with the row
    assert page.evaluate("document.activeElement.closest('li').id") == "W05"
    press(page, "#W05 [data-move='up']")
    assert order(page) == [("W03", "1"), ("W05", "2"), ("W01", "3")]
    expect(page.locator("[data-says]")).to_have_text("W05: place 2 of 3")
    press(page, "#W01 [data-tie]", "Space")
    assert order(page) == [("W03", "1"), ("W05", "2"), ("W01", "2")]
    with saving(page, "W03.rank=&", "W05.rank=1&", "W01.rank=1&"):
        press(page, "#W03 [data-move='out']")
    assert order(page) == [("W05", "1"), ("W01", "1")]
    saved(page)
    page.reload()
    assert sorted(order(page)) == [("W01", "1"), ("W05", "1")]
    assert voter.in_force("W03", "Q1").is_blank


def test_a_number_that_is_typed_moves_its_row_and_the_focus_goes_where_it_was_going(sheet, voter):
    page = sheet("Q1")
    page.locator("[id='W02.rank']").focus()
    page.keyboard.type("1")
    page.keyboard.press("Tab")
    expect(page.locator(".ranked > li")).to_have_count(1)
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    with saving(page, "W04.rank=1&"):
        page.locator("[id='W04.rank']").fill("1")
        page.keyboard.press("Tab")
    expect(page.locator(".ranked > li")).to_have_count(2)
    assert [place for _code, place in order(page)] == ["1", "1"]
    saved(page)
    page.reload()
    assert voter.in_force("W04", "Q1").score("rank") == 1


def test_several_moves_become_one_request_and_nothing_is_lost(sheet, voter):
    page = sheet("Q1")
    posts = []
    page.on("request", lambda asked: posts.append(asked.url) if asked.method == "POST" else None)
    with saving(page, *(f"W0{n}.rank={n}&" for n in range(1, 6))):
        for code in ("W01", "W02", "W03", "W04", "W05"):
            page.locator(f"#{code} [data-move='in']").click()
    assert 1 <= len(posts) < 5
    assert [voter.in_force(f"W0{n}", "Q1").score("rank") for n in range(1, 6)] == [1, 2, 3, 4, 5]


def test_a_row_is_dragged_by_its_handle(sheet, voter):
    page = sheet("Q1", viewport={"width": 1280, "height": 1000})
    for code in ("W01", "W02", "W03"):
        page.locator(f"#{code} [data-move='in']").click()
    grip = page.locator("#W03 [data-grip]").bounding_box()
    first = page.locator("#W01").bounding_box()
    page.mouse.move(grip["x"] + 10, grip["y"] + 10)
    page.mouse.down()
    page.mouse.move(grip["x"] + 10, first["y"] + 5, steps=8)
    expect(page.locator("#W01")).to_have_class(re.compile("drop"))
    page.mouse.up()
    assert order(page) == [("W03", "1"), ("W01", "2"), ("W02", "3")]
    saved(page)


def test_on_a_phone_all_is_in_reach_and_large_enough(sheet):
    page = sheet("Q1", **PHONE)
    page.locator("#W02 [data-move='in']").tap()
    page.locator("#W04 [data-move='in']").tap()
    page.locator("#W04 [data-move='up']").tap()
    assert order(page) == [("W04", "1"), ("W02", "2")]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    sizes = page.eval_on_selector_all(
        "#W04 button, #W04 [data-grip], #W04 input[type='number']",
        "all => all.filter(one => one.offsetParent).map(one => [one.offsetWidth, one.offsetHeight])",
    )
    assert sizes
    assert all(width >= 24 and height >= 24 for width, height in sizes)
    saved(page)


def test_the_sum_is_said_while_points_are_typed(sheet, voter):
    page = sheet("Q2", **PHONE)
    page.locator("[id='W01.points']").fill("60")
    page.locator("[id='W02.points']").fill("30")
    expect(page.locator("[data-given]")).to_have_text("90")
    expect(page.locator("[data-left]")).to_have_text("10")
    page.keyboard.press("Tab")
    saved(page)
    expect(page.locator("#fit")).to_contain_text("You have given 90 of 100 points.")
    page.locator("[id='W03.points']").fill("10")
    with saving(page, "W03.points=10&"):
        page.keyboard.press("Tab")
    expect(page.locator("#fit")).to_be_empty()
    expect(page.locator("#sum")).to_have_class(re.compile("spent"))
    assert voter.in_force("W01", "Q2").score("points") == 60


def test_without_script_numbers_and_buttons_do_it_all(sheet, voter):
    page = sheet("Q1", java_script_enabled=False)
    expect(page.locator("[data-move]").first).to_be_hidden()
    page.locator("[id='W05.rank']").fill("1")
    page.locator("[id='W01.rank']").fill("2")
    page.get_by_role("button", name="Save", exact=True).click()
    assert page.locator(".ranked > li").evaluate_all("rows => rows.map(row => row.id)") == ["W05", "W01"]
    page.get_by_role("button", name="Next part").click()
    page.locator("[id='W01.points']").fill("90")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#sum")).to_contain_text("90")
    expect(page.locator("#fit")).to_contain_text("Please give exactly 100.")
    page.locator("[id='W02.points']").fill("10")
    page.get_by_role("button", name="Review and submit").first.click()
    page.get_by_role("button", name="Submit ballot").click()
    expect(page).to_have_url(re.compile("/receipt$"))


@pytest.mark.parametrize("code", ["Q1", "Q2"])
def test_a_sheet_has_no_barriers_empty_or_filled_in(sheet, voter, code):
    page = sheet(code, reduced_motion="reduce")
    assert faults_of(page) == []
    part = "rank" if code == "Q1" else "points"
    for number in (1, 2, 3):
        voter.say(f"W0{number}", Entry({part: number}, "Because."), question=code)
    page.reload()
    assert faults_of(page) == []
    page.goto(f"{voter.path}/review")
    assert faults_of(page) == []
