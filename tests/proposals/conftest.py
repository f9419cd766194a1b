"""A seminar that takes proposals, authors in it, and facilitators."""

import pytest

from tests.proposals.writing import Desk


@pytest.fixture
def desk(engine, settings, make):
    """A seminar in which gaps and ways forward may be proposed at any time, with an author at work."""
    seminar = make.seminar(proposing=["gap", "option"])
    return Desk(engine, settings, make, seminar)
