"""The one place where a refusal gets its status and its page."""

from typing import Any
from urllib.parse import urlencode

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.errors import AppError, Conflict, Forbidden, Invalid, NotFound
from app.web import render, unsent
from app.web.security import headers_of

log = structlog.get_logger()

STATUS: dict[type[AppError], int] = {NotFound: 404, Forbidden: 403, Conflict: 409, Invalid: 422}
RETRY_SECONDS = 5


class SignInNeeded(AppError):
    """Nobody is signed in."""

    message = "Please sign in first."


class TooManyTries(AppError):
    """Something was tried too often in a short time."""

    message = "That was tried too often. Please wait before you try again: %(wait)s."


class AlreadyChanged(Conflict):
    """Two changes met, and the database kept the first."""

    message = "This was changed at the same moment in another window. Please look at it again."


class Unreachable(AppError):
    """The database does not answer."""

    message = "The service is catching its breath. Nothing is lost; please try again in a few seconds."


class Unexpected(AppError):
    """A fault of ours."""

    message = "Something went wrong on our side. What you had saved is safe."


class NotAllowedMethod(AppError):
    """The address exists, but not for this method."""

    message = "This address does not take that kind of request."


class TooLarge(AppError):
    """More was sent than is taken."""

    message = "What you sent is too large."


class BadRequest(AppError):
    """The request cannot be read."""

    message = "This request could not be read."


OTHER: dict[type[AppError], int] = {
    SignInNeeded: 401,
    TooManyTries: 429,
    Unreachable: 503,
    Unexpected: 500,
    NotAllowedMethod: 405,
    TooLarge: 413,
    BadRequest: 400,
}


def status_of(error: AppError) -> int:
    """The status that belongs to the error's kind."""
    return next((code for kind, code in (STATUS | OTHER).items() if isinstance(error, kind)), 400)


def show(request: Request, error: AppError) -> Response:
    """An alert inside the page for htmx, a whole page for everyone else."""
    status = status_of(error)
    if isinstance(error, SignInNeeded) and request.method == "GET" and not render.is_htmx(request):
        # the path is kept, so that a link in a mail still leads where it says after signing in
        query = urlencode({"next": request.url.path})
        return render.redirect(f"{request.app.url_path_for('identity.sign_in')}?{query}")
    name = "_layout/_alert.html" if render.is_htmx(request) else "_layout/error.html"
    response = render.page(request, name, status=status, error=error, status_code=status)
    if render.is_htmx(request):
        response.headers["HX-Retarget"] = "#alerts"
        response.headers["HX-Reswap"] = "innerHTML"
    return _with_patience(response, error, status)


async def show_back(request: Request, error: AppError) -> Response:
    """The same, with what a form sent in vain, ready to be sent again."""
    status = status_of(error)
    response = await unsent.page(request, error, status)
    return _with_patience(response, error, status) if response else show(request, error)


def _with_patience(response: Response, error: AppError, status: int) -> Response:
    if status in {429, 503}:
        response.headers["Retry-After"] = str(error.fields.get("seconds", RETRY_SECONDS))
    return response


async def _refused(request: Request, error: AppError) -> Response:
    # what cannot be done now may be possible in a moment, and then need not be typed again
    return await show_back(request, error) if isinstance(error, Conflict) else show(request, error)


async def _signed_out(request: Request, error: SignInNeeded) -> Response:
    return await show_back(request, error)


def _unreadable(request: Request, error: RequestValidationError) -> Response:
    in_path = any(problem["loc"][:1] == ("path",) for problem in error.errors())
    return show(request, NotFound() if in_path else BadRequest())


def _http(request: Request, error: HTTPException) -> Response:
    kinds = {404: NotFound, 405: NotAllowedMethod, 413: TooLarge, 403: Forbidden}
    response = show(request, kinds.get(error.status_code, BadRequest)())
    response.headers.update(error.headers or {})
    return response


async def _met(request: Request, error: IntegrityError) -> Response:
    log.warning("integrity", kind=type(error.orig).__name__)
    return await show_back(request, AlreadyChanged())


async def _gone(request: Request, error: OperationalError) -> Response:
    log.error("database unreachable", kind=type(error.orig).__name__)
    return await show_back(request, Unreachable())


def _busy(request: Request, error: NoConnectionFree) -> Response:
    log.error("no database connection free", kind=type(error).__name__)
    return show(request, Unreachable())


def _database(request: Request, error: DBAPIError) -> Response:
    log.error("database", kind=type(error.orig).__name__)
    return show(request, Unreachable() if error.connection_invalidated else BadRequest())


def _fault(request: Request, error: Exception) -> Response:
    log.error("fault", kind=type(error).__name__, exc_info=error)
    response = show(request, Unexpected())
    # Starlette answers a fault outside of every middleware
    response.headers.update(headers_of(request.app.state.settings))
    return response


HANDLERS: dict[type[Exception], Any] = {
    AppError: _refused,
    SignInNeeded: _signed_out,
    RequestValidationError: _unreadable,
    HTTPException: _http,
    IntegrityError: _met,
    OperationalError: _gone,
    NoConnectionFree: _busy,
    DBAPIError: _database,
    Exception: _fault,
}


def install(app: FastAPI) -> None:
    """Map every refusal that can leave a route to its page."""
    for kind, handler in HANDLERS.items():
        app.add_exception_handler(kind, handler)
