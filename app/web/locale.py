"""The language of this request: the reader's choice, else what the browser asks for."""

from http.cookies import SimpleCookie

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app import i18n
from app.settings import Settings

COOKIE = "language"


class SpeakTheirLanguage:
    """Set the language before the route runs."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.default = settings.default_locale

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Choose, and pass the request on."""
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            cookies: SimpleCookie = SimpleCookie()
            try:
                cookies.load(headers.get("cookie", ""))
            except Exception:  # noqa: BLE001 - a malformed cookie is no cookie
                cookies.clear()
            chosen = cookies[COOKIE].value if COOKIE in cookies else ""
            if chosen not in i18n.LANGUAGES:
                chosen = i18n.negotiate(headers.get("accept-language", ""), self.default)
            i18n.use(chosen)
        await self.app(scope, receive, send)
