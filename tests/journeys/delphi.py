"""A Delphi in four rounds, by the interface alone and without script: what each of its people does.

Used by a test with a small panel, and by `benchmarks/delphi.py` with a large one over HTTP.
"""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.journeys.plain import Client, Visitor
from tests.post import Letter

WEEK = timedelta(days=7)
KEEP = ".OV"


@dataclass
class Seminar:
    """The exercise: its address, who runs it, and how a person who was written to gets a browser."""

    slug: str
    organiser: Visitor
    browser: Callable[[], Client]
    letter: Callable[[str], Letter]

    @property
    def home(self) -> str:
        """Where the seminar is."""
        return f"/seminars/{self.slug}"

    def round(self, number: int, page: str = "") -> str:
        """Where a round is, or a page of it."""
        return f"{self.home}/rounds/{number}{page}"

    def join(self, address: str) -> Visitor:
        """Who was invited by mail follows its link and types its code."""
        letter = self.letter(address)
        return Visitor(self.browser()).visit(letter.link).press("Join the seminar", {"code": letter.code})


def found(
    organiser: Client, slug: str, browser: Callable[[], Client], letter: Callable[[str], Letter]
) -> Seminar:
    """An organizer founds a blank seminar."""
    visitor = Visitor(organiser).visit("/seminars/new")
    visitor.press("Found the seminar", {"template": "", "title": "From nothing", "slug": slug})
    return Seminar(slug, visitor, browser, letter)


def invite(seminar: Seminar, facilitator: str, experts: Iterable[str]) -> tuple[Visitor, list[Visitor]]:
    """The organizer invites a facilitator by a form and the experts by a list; all of them join."""
    office = seminar.organiser
    office.visit(f"{seminar.home}/panel")
    office.press("Send the invitation", {"email": facilitator, "role": "facilitator"})
    rows = "".join(f"{address},Expert {place}\n" for place, address in enumerate(experts))
    office.visit(f"{seminar.home}/panel/import")
    office.press("Invite everybody in the list", {"file": ("people.csv", f"email,name\n{rows}".encode())})
    return seminar.join(facilitator), [seminar.join(address) for address in experts]


def plan(seminar: Seminar, facilitator: Visitor) -> list[int]:
    """The facilitator takes the three rounds of the classic Delphi, and one of the ranking type."""
    facilitator.visit(f"{seminar.home}/plans").follow("Classic Delphi in three rounds")
    facilitator.press("Add the chosen rounds")
    facilitator.visit(f"{seminar.home}/plans/ranking?round=2").press("Add the chosen rounds")
    facilitator.visit(f"{seminar.home}/rounds")
    addresses = [link.get("href") for link in facilitator.page.xpath("//main//a[@href]")]
    numbers = {address.rsplit("/rounds/")[1] for address in addresses if "/rounds/" in address}
    return sorted(int(number) for number in numbers if number.isdigit())


def begin(seminar: Seminar, facilitator: Visitor, number: int, *, last: timedelta = WEEK) -> None:
    """The facilitator opens a round."""
    closes_at = (datetime.now(UTC) + last).strftime("%Y-%m-%dT%H:%M")
    facilitator.visit(seminar.round(number, "/open")).press(f"Open round R{number}", {"closes_at": closes_at})


def end(seminar: Seminar, facilitator: Visitor, number: int) -> None:
    """The facilitator closes a round, looks at its result, and publishes it."""
    for page, button in (
        ("close", "Close round"),
        ("look", "Look at the result"),
        ("publish", "Publish round"),
    ):
        facilitator.visit(seminar.round(number, f"/{page}")).press(button)


def propose(seminar: Seminar, expert: Visitor, number: int, place: int) -> None:
    """An expert proposes a way forward, and submits it and her ballot."""
    text = " ".join(
        f"{word} {place}-{at}" for at, word in enumerate(["Whoever", "makes", "sells", "moves"] * 10)
    )
    expert.visit(seminar.round(number, "/ballot")).follow("Propose: Way forward")
    said = {"title": f"Step {place} of {place * 37 % 101}", "text": text}
    expert.press("Go on to submit", said | {"time_horizon": "short", "cost_class": "low"})
    expert.press("Submit the proposal").visit(seminar.round(number, "/ballot/review")).press("Submit ballot")


def accept(seminar: Seminar, facilitator: Visitor) -> int:
    """The facilitator accepts what was proposed, one after the other."""
    facilitator.visit(f"{seminar.home}/moderation")
    links = [link.get("href") for link in facilitator.page.xpath("//main//a[@href]")]
    waiting = sorted({link for link in links if "/moderation/P-" in link})
    for link in waiting:
        facilitator.visit(f"{link}/accept").press("Accept it", {"reason": "It is new."})
    return len(waiting)


def rate(seminar: Seminar, expert: Visitor, number: int, draw: random.Random) -> None:
    """An expert rates every way forward, the first ones higher, and gives a reason."""
    expert.visit(seminar.round(number, "/ballot"))
    codes = _codes(expert, KEEP)
    ratings = {
        f"{code}{KEEP}": str(min(9, max(1, 9 - place + draw.choice((-1, 0, 0, 1)))))
        for place, code in enumerate(codes)
    }
    expert.press("Save", ratings | {f"{codes[0]}.rationale": "It can begin at once."})
    expert.visit(seminar.round(number, "/ballot/review")).press("Submit ballot")


def carry(seminar: Seminar, facilitator: Visitor, number: int) -> None:
    """The facilitator takes over what is proposed for the next round."""
    facilitator.visit(seminar.round(number, "/carry")).press(f"Carry forward into R{number}")


def reconsider(seminar: Seminar, expert: Visitor, number: int) -> None:
    """An expert keeps her answers by one press each, changes one, and submits."""
    expert.visit(seminar.round(number, "/ballot"))
    codes = _codes(expert, KEEP)
    for code in codes[1:]:
        expert.press("Keep my answer", to=f"/{code}/keep").visit(seminar.round(number, "/ballot"))
    expert.press("Save", {f"{codes[0]}{KEEP}": "8"})
    expert.visit(seminar.round(number, "/ballot/review")).press("Submit ballot")


def put_in_order(seminar: Seminar, expert: Visitor, number: int) -> None:
    """An expert ranks everything."""
    expert.visit(seminar.round(number, "/ballot"))
    places = {f"{code}.rank": str(place) for place, code in enumerate(_codes(expert, ".rank"), 1)}
    expert.press("Save", places)
    expert.visit(seminar.round(number, "/ballot/review")).press("Submit ballot")


def _codes(expert: Visitor, part: str) -> list[str]:
    names = expert.names("Save")
    return sorted({name.removesuffix(part) for name in names if name.endswith(part)})
