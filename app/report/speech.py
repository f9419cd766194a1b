"""Speak the report's language for a while, whatever language its reader's pages have."""

from collections.abc import Iterator
from contextlib import contextmanager

from app import i18n


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """All words are of that language until the end."""
    before = i18n.language()
    i18n.use(language)
    try:
        yield
    finally:
        i18n.use(before)
