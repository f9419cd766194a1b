"""Which pages may stand in a frame: none, but for those that say so, and only in our own pages."""

from typing import Any

from fastapi import Request

# what a page says of itself while it is made, for the headers that go with it
FRAMED, FRAMES = "may_be_framed", "frames_our_own"
PLAIN, WITHIN, AROUND = "plain", "within", "around"


def may_be_framed(request: Request) -> None:
    """Let the page stand in a frame of our own pages: it holds nothing that a click could send."""
    setattr(request.state, FRAMED, True)


def frames_our_own(request: Request) -> None:
    """Let the page show such a page in a frame."""
    setattr(request.state, FRAMES, True)


def is_framed(request: Request) -> bool:
    """Whether the page is asked for by a frame, and needs no head and foot of its own."""
    return getattr(request.state, FRAMED, False) and request.headers.get("sec-fetch-dest") == "iframe"


def place_of(state: dict[str, Any]) -> str:
    """Where the page stands, by what it has said."""
    if state.get(FRAMED):
        return WITHIN
    return AROUND if state.get(FRAMES) else PLAIN
