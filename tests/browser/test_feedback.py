"""What the panel said, in a browser: by any type of question, without script and by keyboard."""

import pytest

from tests.browser.test_accessible import HOME, faults_of, only_faults

QUESTIONS = ["0/feedback/Q1", "0/feedback/Q3", "0/feedback/Q4", "0/feedback/Q5", "2/feedback/Q1"]
UNFOLD = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"


@pytest.mark.parametrize("role", ["expert", "facilitator"])
def test_nothing_is_wrong_with_any_result(page_as, role):
    page = page_as(role, reduced_motion="reduce")
    found = {}
    for where in ["2/feedback", *QUESTIONS]:
        page.goto(f"{HOME}/rounds/{where}")
        page.evaluate(UNFOLD)
        found[where] = faults_of(page)
    assert not only_faults(found)


def press(page, button):
    """Press it by the keyboard, and wait for the page that follows."""
    button.focus()
    with page.expect_navigation(url="**/Q1?show=reasons#W*"):
        page.keyboard.press("Enter")


@pytest.mark.parametrize("script", [True, False])
def test_a_reason_is_marked_and_the_mark_taken_back(page_as, script):
    page = page_as("expert", java_script_enabled=script)
    page.goto(f"{HOME}/rounds/2/feedback/Q1?show=reasons")
    first = page.locator(".said-by-panel form button").first
    assert first.inner_text() == "Helpful"
    press(page, first)
    marked = page.locator(".said-by-panel form button.marked")
    assert (marked.count(), marked.inner_text()) == (1, "You find this helpful: take it back")
    press(page, marked)
    assert page.locator(".said-by-panel form button.marked").count() == 0


def test_who_is_outside_the_middle_half_comes_to_where_she_can_say_why(page_as):
    page = page_as("expert")
    page.goto(f"{HOME}/rounds/2/feedback/Q1?show=outside")
    page.get_by_role("link", name="Say why in round R3").first.click()
    page.wait_for_url("**/rounds/3/ballot/Q1/W*")
    assert page.get_by_label("Your reason").count() == 1
