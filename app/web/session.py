"""One request, one transaction, committed before the answer leaves."""

from collections.abc import Callable, Iterator
from typing import Annotated, TypeVar

from fastapi import Depends, Request
from sqlmodel import Session
from starlette.responses import Response

from app.db import transaction

READING = frozenset({"GET", "HEAD", "OPTIONS"})

Route = TypeVar("Route", bound=Callable[..., Response])


def only_reads(route: Route) -> Route:
    """Mark a route whose POST keeps nothing: it neither waits for SQLite's one writer nor is waited for."""
    route.only_reads = True  # type: ignore[attr-defined]
    return route


def may_write(request: Request) -> bool:
    """Whether the transaction of this request is one that writes."""
    return request.method not in READING and not getattr(request.scope.get("endpoint"), "only_reads", False)


def get_session(request: Request) -> Iterator[Session]:
    """The session of this request; a GET's can only read."""
    with transaction(request.app.state.engine, write=may_write(request)) as session:
        yield session


# scope="function" commits before the response leaves. The default scope commits after it,
# and would tell an expert "saved" before that is true (security.md, trap 1).
SessionDep = Annotated[Session, Depends(get_session, scope="function")]
