"""A facilitator who has never seen the product runs four rounds alone, from a blank seminar to a ranking."""

import random

import pytest
from starlette.testclient import TestClient

from app.notifications.service import deliver_due
from tests.conftest import BROWSER, ORIGIN
from tests.journeys import delphi
from tests.post import letters

EXPERTS = 5
SLUG = "from-nothing"


@pytest.fixture
def seminar(app, engine, settings, make, as_person):
    """A blank one, founded by its organizer."""

    def letter(address):
        while deliver_due(engine, settings):
            pass
        return next(one for one in reversed(letters(settings.mail_folder)) if one.to == address)

    def browser():
        return TestClient(app, base_url=ORIGIN, headers=BROWSER, follow_redirects=False)

    organiser = as_person(make.person(may_create_seminars=True))
    return delphi.found(organiser, SLUG, browser, letter)


def test_from_a_blank_seminar_to_a_ranking(seminar):
    draw = random.Random(7)
    addresses = [f"expert{place}@example.org" for place in range(EXPERTS)]
    facilitator, experts = delphi.invite(seminar, "facilitator@example.org", addresses)
    asking, rating, rerating, ranking = delphi.plan(seminar, facilitator)

    delphi.begin(seminar, facilitator, asking)
    for place, expert in enumerate(experts):
        delphi.propose(seminar, expert, asking, place)
    delphi.end(seminar, facilitator, asking)
    assert delphi.accept(seminar, facilitator) == EXPERTS

    delphi.begin(seminar, facilitator, rating)
    for expert in experts:
        delphi.rate(seminar, expert, rating, draw)
    delphi.end(seminar, facilitator, rating)
    assert "It can begin at once." in experts[0].visit(seminar.round(rating, "/feedback/Q1")).says

    delphi.carry(seminar, facilitator, rerating)
    delphi.begin(seminar, facilitator, rerating)
    for expert in experts:
        delphi.reconsider(seminar, expert, rerating)
    delphi.end(seminar, facilitator, rerating)

    delphi.carry(seminar, facilitator, ranking)
    delphi.begin(seminar, facilitator, ranking)
    for expert in experts:
        delphi.put_in_order(seminar, expert, ranking)
    delphi.end(seminar, facilitator, ranking)

    told = experts[0].visit(seminar.round(ranking, "/feedback/Q1")).says
    assert f"{EXPERTS} experts ranked." in told
    assert "W01 is above every other for more experts than below it." in told
    assert (
        f"{EXPERTS} of {EXPERTS} experts have submitted"
        in facilitator.visit(seminar.round(ranking, "/monitor")).says
    )
    assert "The ways forward in their order" in seminar.organiser.visit(f"{seminar.home}/outcome").says
