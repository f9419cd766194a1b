"""The demonstration as a visitor walks it: four doors, and behind each what it promises."""

import re

from playwright.sync_api import expect

from tests.browser.ballots import choose, untouched

SEMINAR = "/seminars/unscr-2370-op12"


def enter(page, door):
    page.goto("/demo")
    page.get_by_role("button", name=door).click()
    page.wait_for_url(f"**{SEMINAR}")
    expect(page.locator(".synthetic")).to_contain_text("synthetic")


def test_the_expert_rates_submits_and_has_a_receipt(page_as):
    page = page_as()
    enter(page, "Enter as an expert")
    page.locator(f"main a[href^='{SEMINAR}/rounds/3/ballot']").first.click()
    while code := untouched(page):
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            choose(page.locator(f"#{code}"), f"{code}.OV", "8")
        expect(page.locator(f"#{code} .saved")).to_contain_text(re.compile(r"Saved \d"))
    page.get_by_role("button", name="Review and submit").first.click()
    blanks = page.locator("input[name='blanks']")
    if blanks.count():
        blanks.check()
    page.get_by_role("button", name="Submit ballot").click()
    expect(page.locator("main")).to_contain_text(re.compile(r"[A-Z2-7]{4}-[A-Z2-7]{4}"))


def test_the_facilitator_closes_and_publishes_and_the_organizer_takes_the_outcome_away(page_as):
    facilitator = page_as()
    enter(facilitator, "Enter as the facilitator")
    facilitator.goto(f"{SEMINAR}/rounds/3")
    facilitator.locator(f"a[href='{SEMINAR}/rounds/3/close']").click()
    facilitator.locator(f"form[action='{SEMINAR}/rounds/3/close'] button").click()
    facilitator.goto(f"{SEMINAR}/rounds/3/publish")
    facilitator.locator(f"form[action='{SEMINAR}/rounds/3/publish'] button").click()

    organiser = page_as()
    enter(organiser, "Enter as the organizer")
    organiser.goto(f"{SEMINAR}/outcome")
    expect(organiser.locator("main")).to_contain_text("R3")
    organiser.locator(f"main a[href*='{SEMINAR}/outcome/W']").first.click()
    expect(organiser.locator("h1")).to_be_visible()
    organiser.goto(f"{SEMINAR}/outcome/files")
    for form in ("csv", "json", "sav"):
        with organiser.expect_download() as download:
            organiser.locator(f"a[href$='export.{form}']").first.click()
        assert download.value.suggested_filename.endswith(form)


def test_the_observer_reads_and_changes_nothing(page_as):
    page = page_as()
    enter(page, "Enter as an observer")
    page.goto(f"{SEMINAR}/outcome")
    expect(page.locator("h1")).to_be_visible()
    forms = page.locator("main form[method='post']")
    expect(forms).to_have_count(0)


def test_no_script_runs_that_is_not_ours(page_as):
    page = page_as("expert")
    answer = page.goto(SEMINAR)
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert page.locator("script:not([src]), style, [style]").count() == 0
