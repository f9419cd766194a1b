"""Headers on every answer; every unsafe request must come from our own pages."""

import re
from collections.abc import Iterable
from urllib.parse import unquote_to_bytes

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.settings import Settings
from app.web import framing

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
LONGEST_NUMBER = 20
# Where programs that read mail ask for no more reminders (RFC 8058): they have no page of ours to come from
# and no cookie. The secret in the address is all that counts there, and all that it can do.
ONE_CLICK = re.compile(r"/reminders/[A-Za-z0-9_.-]+")
UNREADABLE = (400, "This request cannot be read.")
TOO_LARGE = (413, "What you sent is too large.")

SOURCES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}


def _policy(**other: str) -> str:
    named = {name.replace("_", "-"): source for name, source in other.items()}
    return "; ".join(f"{directive} {source}" for directive, source in (SOURCES | named).items())


POLICY = _policy()

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

# of the pages of `web.framing`, what differs
FRAMING = {
    framing.PLAIN: {},
    framing.WITHIN: {
        "Content-Security-Policy": _policy(frame_ancestors="'self'"),
        "X-Frame-Options": "SAMEORIGIN",
    },
    framing.AROUND: {"Content-Security-Policy": _policy(frame_src="'self'")},
}


def headers_of(settings: Settings) -> dict[str, str]:
    """The headers of every answer; private pages are not kept by browsers or proxies."""
    strict = {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"} if settings.secure else {}
    return HEADERS | strict | {"Cache-Control": "no-store"}


class SecurityHeaders:
    """Put the headers on every answer; only static files may be kept."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.headers = headers_of(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the headers with its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in (self.headers | FRAMING[framing.place_of(scope.get("state", {}))]).items():
                    headers[name] = value
                if _is_versioned(scope) and message["status"] in {200, 206, 304}:
                    headers["Cache-Control"] = "public, max-age=31536000, immutable"
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _is_versioned(scope: Scope) -> bool:
    path: str = scope["path"]
    query: bytes = scope["query_string"]
    return path.startswith("/static/") and query.startswith(b"v=")


class SameOrigin:
    """Refuse an unsafe request that does not say it comes from our own pages.

    Browsers say so in `Sec-Fetch-Site`, older ones in `Origin`; one that says neither is refused. The one
    exception is the address at which mail programs decline reminders.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.origin = settings.origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 403."""
        if (
            scope["type"] == "http"
            and scope["method"] not in SAFE
            and not _is_one_click(scope)
            and not self._is_ours(Headers(scope=scope))
        ):
            await PlainTextResponse("This request does not come from our own pages.", 403)(
                scope, receive, send
            )
            return
        await self.app(scope, receive, send)

    def _is_ours(self, headers: Headers) -> bool:
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site == "same-origin"
        return headers.get("origin") == self.origin


def _is_one_click(scope: Scope) -> bool:
    return scope["method"] == "POST" and ONE_CLICK.fullmatch(scope["path"]) is not None


class Readable:
    """Refuse what no page can mean: a NUL in the address, or a body over the limit.

    The body is taken in whole before anything else happens, so that a slow sender holds up nobody.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.limit = settings.max_body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on if it is readable and within the limit."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal, body = self._refusal(scope), bytearray()
        while refusal is None:
            message = await receive()
            if message["type"] != "http.request":
                return  # the sender is gone, and half of what was meant is not to be taken for the whole
            body += message.get("body", b"")
            if len(body) > self.limit:
                refusal = TOO_LARGE
            elif not message.get("more_body"):
                await self.app(scope, _replayed(bytes(body), receive), send)
                return
        await PlainTextResponse(refusal[1], refusal[0])(scope, receive, send)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        if "\x00" in scope["path"] or b"\x00" in unquote_to_bytes(scope["query_string"]):
            return UNREADABLE
        declared = Headers(scope=scope).get("content-length", "0")
        if not (declared.isascii() and declared.isdigit()):
            return UNREADABLE
        return TOO_LARGE if int(declared[:LONGEST_NUMBER]) > self.limit else None


def _replayed(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives the body, and after it whatever comes."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


def hosts(settings: Settings) -> Iterable[str]:
    """The host names under which the service may be asked for."""
    return {str(settings.base_url.host), "127.0.0.1", "localhost"}
