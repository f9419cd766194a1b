"""Listen to a browser, and walk to all pages that somebody can reach."""

import re
from collections.abc import Iterator
from urllib.parse import urldefrag, urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

# Of addresses that differ only in these, one stands for all.
ALIKE = (
    (re.compile(r"/(items|outcome|traces|ballot/Q\d+)/[A-Z]+-?\w*"), r"/\1/CODE"),
    (re.compile(r"/panel/[0-9a-f-]{36}"), "/panel/MEMBER"),
    (re.compile(r"/report/sections/\w+"), "/report/sections/SECTION"),
    (re.compile(r"/dissent/on/\w+"), "/dissent/on/CODE"),
)
FILE = re.compile(r"\.(csv|json|xlsx|sav|svg|png|txt|pdf|docx)$")


class Watch:
    """Everything that should not happen and did."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.complaints: list[str] = []
        self.expected: set[int] = set()
        self.line_is_gone = False

    def follow(self, page: Page) -> None:
        """Listen to this page."""
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("request", self._asked)
        page.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        expected = any(f"status of {status}" in message.text for status in self.expected)
        if message.type in {"error", "warning"} and not (expected or self.line_is_gone):
            self.complaints.append(f"{message.type}: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.complaints.append(f"asked a third party: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.complaints.append(f"{response.status}: {response.url}")


def likeness(address: str) -> str:
    """The same for addresses whose pages are of one make."""
    path = urlsplit(address).path
    for pattern, name in ALIKE:
        path = pattern.sub(name, path)
    return path


def walk(page: Page, start: str) -> Iterator[str]:
    """Go to one page of every make to which links lead from here, and stop at each."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        address = waiting.pop(0)
        if likeness(address) in seen or FILE.search(urlsplit(address).path):
            continue
        seen.add(likeness(address))
        page.goto(address)
        links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        site = f"{urlsplit(page.url).scheme}://{urlsplit(page.url).netloc}/"
        waiting += [urldefrag(link).url for link in links if link.startswith(site)]
        yield address
