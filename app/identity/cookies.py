"""The cookies of a browser: its session, the secret it asked for a link with, its language."""

from starlette.responses import Response

from app.settings import Settings
from app.web.locale import COOKIE as LANGUAGE

YEAR = 365 * 24 * 3600


def cookie_name(settings: Settings) -> str:
    """The session cookie's name: `__Host-` where the browser allows it."""
    return "__Host-colloquy" if settings.secure else "colloquy"


def browser_cookie_name(settings: Settings) -> str:
    """The name of the cookie that tells the browser which asked for a link."""
    return "__Host-colloquy-browser" if settings.secure else "colloquy-browser"


def set_session(response: Response, settings: Settings, token: str) -> None:
    """The browser that gets this answer is signed in."""
    _set(response, settings, cookie_name(settings), token, settings.session_days * 24 * 3600)


def clear_session(response: Response, settings: Settings) -> None:
    """The browser that gets this answer forgets its session."""
    _set(response, settings, cookie_name(settings), "", 0)


def set_browser(response: Response, settings: Settings, secret: str) -> None:
    """The browser that gets this answer may use the link that it asked for."""
    _set(response, settings, browser_cookie_name(settings), secret, settings.sign_in_minutes * 60)


def clear_browser(response: Response, settings: Settings) -> None:
    """The link has been used."""
    _set(response, settings, browser_cookie_name(settings), "", 0)


def set_language(response: Response, settings: Settings, language: str) -> None:
    """The browser that gets this answer is spoken to in this language."""
    _set(response, settings, LANGUAGE, language, YEAR)


def _set(response: Response, settings: Settings, name: str, value: str, seconds: int) -> None:
    response.set_cookie(
        name, value, max_age=seconds, path="/", secure=settings.secure, httponly=True, samesite="lax"
    )
