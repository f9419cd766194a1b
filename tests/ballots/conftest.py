"""An expert at her ballot: in an open round of three options, or in one that maps."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from app.models import Person
from tests.ballots.voting import Voter
from tests.factories import Make


@pytest.fixture
def voter(make: Make) -> Voter:
    seminar = make.seminar()
    return Voter.of(make.engine, make.settings, seminar, make.rating_round(seminar), make.expert(seminar))


@pytest.fixture
def desk(voter: Voter, as_person: Callable[[Person], TestClient]) -> TestClient:
    """The voter's own browser."""
    return as_person(voter.person)


@pytest.fixture
def mapper(make: Make) -> Voter:
    """An expert before the five questions of a mapping."""
    seminar = make.seminar()
    return Voter.of(make.engine, make.settings, seminar, make.mapping_round(seminar), make.expert(seminar))


@pytest.fixture
def table(mapper: Voter, as_person: Callable[[Person], TestClient]) -> TestClient:
    """The mapper's own browser."""
    return as_person(mapper.person)
