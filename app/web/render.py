"""Answer with a page, a fragment or a redirect; templates speak the reader's language."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app import clock, i18n
from app.policy import Permission, Role, allows
from app.settings import ROOT
from app.web import framing, markdown

TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"


@lru_cache
def _stamp(path: Path, changed: float) -> str:
    del path
    return f"{int(changed):x}"


def static_url(name: str) -> str:
    """The address of a static file, changing when the file does, so that it can be cached for long."""
    path = STATIC / name
    return f"/static/{name}?v={_stamp(path, path.stat().st_mtime)}" if path.exists() else f"/static/{name}"


FILTERS: dict[str, Callable[..., Any]] = {
    "moment": i18n.moment,
    "in_utc": i18n.in_utc,
    "day": i18n.day,
    "time_of_day": i18n.time_of_day,
    "days": i18n.days,
    "time_left": i18n.time_left,
    "number": i18n.number,
    "fixed": i18n.fixed,
    "percent": i18n.percent,
    "enumerate_words": i18n.enumerate_words,
    "language_name": i18n.language_name,
    "say": i18n.say,
    "markdown": markdown.to_html,
}

GLOBALS: dict[str, Any] = {
    "now": lambda: clock.now(),  # noqa: PLW0108 - tests replace the clock
    "language": i18n.language,
    "direction": i18n.direction,
    "LANGUAGES": i18n.LANGUAGES,
    "Permission": Permission,
    "Role": Role,
    "allows": allows,
    "static": static_url,
}


def _spoken(message: str, **fields: object) -> str:
    said = i18n.gettext(message)
    return said % fields if fields else said


@lru_cache
def environment() -> Environment:
    """The one Jinja environment: autoescaping, strict, translated."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(default=True, disabled_extensions=("txt",)),  # a mail is no HTML
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        i18n.gettext,
        i18n.ngettext,
        newstyle=True,
        pgettext=i18n.pgettext,
        npgettext=i18n.npgettext,
    )
    # Jinja's own `_` would take what it is given for safe HTML, be it a mail server's words
    env.globals["_"] = _spoken
    env.policies["ext.i18n.trimmed"] = True  # a message does not depend on how its template is indented
    env.filters |= FILTERS
    env.globals |= GLOBALS
    return env


def is_htmx(request: Request) -> bool:
    """Whether a fragment is wanted: htmx asks, and not for a whole page."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Request-Type") != "full"


def text(name: str, **context: Any) -> str:
    """A template as text, for mails."""
    return environment().get_template(name).render(**context)


def _addresses(request: Request) -> Callable[..., str]:
    # the application would ask each of some 250 routes in turn, and a page has dozens of addresses
    named = {route.name: route for route in request.app.routes}

    def url_for(route: str, **path: object) -> str:
        return str(named[route].url_path_for(route, **{name: str(value) for name, value in path.items()}))

    return url_for


def page(request: Request, name: str, *, status: int = 200, **context: Any) -> Response:
    """A rendered template, page or fragment."""
    ambient = {
        "request": request,
        "url_for": _addresses(request),
        "settings": request.app.state.settings,
        "person": getattr(request.state, "person", None),
        "seminar": getattr(request.state, "seminar", None),
        "roles": getattr(request.state, "roles", frozenset()),
        "zone": getattr(request.state, "zone", "UTC"),
        "waiting": getattr(request.state, "waiting", 0),
        "framed": framing.is_framed(request),
        "values": {},
        "errors": {},
    }
    body = environment().get_template(name).render(ambient | context)
    return HTMLResponse(body, status, headers={"Vary": "HX-Request, Cookie, Accept-Language"})


def redirect(to: str) -> Response:
    """See the result at this path: the answer to a POST that did its work."""
    return RedirectResponse(to, 303)


def saved(request: Request, fragment: str, *, then: str, **context: Any) -> Response:
    """A fragment for htmx; a redirect for a plain form."""
    return page(request, fragment, **context) if is_htmx(request) else redirect(then)
