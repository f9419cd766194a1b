"""The same desk, seen from the facilitators' side, and elections to be held at it."""

import pytest

from tests.proposals.conftest import desk

__all__ = ["desk"]


@pytest.fixture
def office(desk, as_person):
    """A facilitator's browser."""
    return as_person(desk.facilitator)
