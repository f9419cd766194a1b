"""An expert before her form, and a form clerk, each with a browser."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from app.models import Person
from app.policy import Role
from tests.ballots.voting import Voter
from tests.factories import Make
from tests.offline.post import Post


@pytest.fixture
def voter(make: Make) -> Voter:
    """An expert before three options, in a seminar with another expert."""
    seminar = make.seminar()
    make.expert(seminar)
    return Voter.of(make.engine, make.settings, seminar, make.rating_round(seminar), make.expert(seminar))


@pytest.fixture
def mapper(make: Make) -> Voter:
    """An expert before the five questions of a mapping."""
    seminar = make.seminar()
    return Voter.of(make.engine, make.settings, seminar, make.mapping_round(seminar), make.expert(seminar))


@pytest.fixture
def browse(as_person: Callable[[Person], TestClient]) -> Callable[[Person], TestClient]:
    return as_person


@pytest.fixture
def post(voter: Voter, make: Make, as_person: Callable[[Person], TestClient]) -> Post:
    """The expert's and the clerk's ways of sending a form of the rating round."""
    clerk = make.member(voter.seminar, Role.CLERK)
    return Post(voter, as_person(voter.person), as_person(clerk))


@pytest.fixture
def mapping_post(mapper: Voter, make: Make, as_person: Callable[[Person], TestClient]) -> Post:
    """The same for the round that maps."""
    clerk = make.member(mapper.seminar, Role.CLERK)
    return Post(mapper, as_person(mapper.person), as_person(clerk))
