"""One request, one transaction, committed before the answer leaves."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel import Session

from app.db import transaction

READING = frozenset({"GET", "HEAD", "OPTIONS"})


def get_session(request: Request) -> Iterator[Session]:
    """The session of this request; a GET's can only read."""
    with transaction(request.app.state.engine, write=request.method not in READING) as session:
        yield session


# scope="function" commits before the response leaves. The default scope commits after it,
# and would tell an expert "saved" before that is true (security.md, trap 1).
SessionDep = Annotated[Session, Depends(get_session, scope="function")]
