"""The ballot in a browser: by keyboard, without script, on a slow line, with the line gone."""

import re

from playwright.sync_api import expect

from tests.browser.ballots import choose, untouched

SEMINAR = "/seminars/unscr-2370-op12"
BALLOT = f"{SEMINAR}/rounds/3/ballot"
LIGHT = 100_000


def focused(page, selector):
    return page.evaluate("selector => document.activeElement.matches(selector)", selector)


def test_it_is_light(page_as):
    page = page_as("expert")
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    transferred = []
    devtools.on("Network.loadingFinished", lambda loaded: transferred.append(loaded["encodedDataLength"]))
    page.goto(BALLOT, wait_until="networkidle")
    assert page.locator(".option-card").count() == 26
    assert 10_000 < sum(transferred) < LIGHT


def test_an_answer_is_saved_as_it_is_given(page_as):
    page = page_as("expert")
    page.goto(BALLOT)
    code = untouched(page)
    card = page.locator(f"#{code}")
    choose(card, f"{code}.OV", "7")
    expect(card.locator(".saved")).to_contain_text(re.compile(r"Saved \d"))
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        card.locator("textarea").fill("It builds on what is there.")
    page.reload()
    expect(card.locator(f"input[name='{code}.OV'][value='7']")).to_be_checked()
    expect(card.locator("textarea")).to_have_value("It builds on what is there.")


def test_it_can_be_filled_in_by_keyboard_alone(page_as):
    page = page_as("expert")
    page.goto(BALLOT)
    code = untouched(page)
    card = page.locator(f"#{code}")
    first = f"input[name='{code}.OV']"
    card.locator("summary").first.focus()
    for _ in range(40):
        page.keyboard.press("Tab")
        if focused(page, first):
            break
    assert focused(page, first)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
    expect(card.locator(f"{first}[value='2']")).to_be_checked()
    expect(card.locator(".saved")).to_contain_text(re.compile(r"Saved \d"))


def test_a_former_answer_is_kept_in_one_click(page_as):
    page = page_as("expert")
    page.goto(BALLOT)
    code = untouched(page)
    card = page.locator(f"#{code}")
    card.get_by_role("button", name=re.compile("Keep")).click()
    expect(card.locator(f"input[name='{code}.OV']:checked")).to_have_count(1)
    page.reload()
    expect(card.locator(f"input[name='{code}.OV']:checked")).to_have_count(1)


def test_what_is_typed_while_the_line_is_gone_is_saved_when_it_is_back(page_as, watch):
    page = page_as("expert")
    page.goto(BALLOT)
    code = untouched(page)
    card = page.locator(f"#{code}")
    watch.line_is_gone = True
    page.context.set_offline(True)
    choose(card, f"{code}.OV", "6")
    expect(card).to_have_class(re.compile("troubled"))
    page.context.set_offline(False)
    expect(card.locator(".saved")).to_contain_text(re.compile(r"Saved \d"), timeout=40_000)
    expect(card).not_to_have_class(re.compile("troubled"))
    watch.line_is_gone = False


def test_everything_works_without_script(page_as, watch):
    page = page_as("expert", java_script_enabled=False)
    page.goto(BALLOT)
    code = untouched(page)
    card = page.locator(f"#{code}")
    for criterion, point in (("OV", "9"), ("C1", "8"), ("C2", "7")):
        choose(card, f"{code}.{criterion}", point)
    card.locator("textarea").fill("Said without script.")
    card.get_by_role("button", name="Save").click()
    expect(page.locator(f"#{code} input[name='{code}.OV'][value='9']")).to_be_checked()
    expect(page.locator(f"#{code} textarea")).to_have_value("Said without script.")

    page.get_by_role("button", name="Review and submit").first.click()
    watch.expected = {422}  # what is left blank has to be confirmed
    page.get_by_role("button", name="Submit ballot").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.locator("input[name='blanks']").check()
    page.get_by_role("button", name="Submit ballot").click()
    assert page.url.endswith("/ballot/receipt")
