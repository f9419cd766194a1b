"""What a hand does on a ballot."""

from playwright.sync_api import Locator, Page

NOTHING = "Nothing saved here yet"


def choose(card: Locator, name: str, value: str) -> None:
    """Click a point of a scale where nothing covers it."""
    card.locator(f"input[name='{name}'][value='{value}']").check()


def untouched(page: Page) -> str:
    """The code of the first card that is still empty; none if there is no such card."""
    cards = page.locator(".option-card", has=page.get_by_text(NOTHING))
    return (cards.first.get_attribute("id") or "") if cards.count() else ""
