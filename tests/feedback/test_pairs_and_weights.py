"""What the panel said in pairs and by weights, beside what the reader said herself."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.db import transaction
from app.models import Person, Round
from app.policy import Role
from app.questions.answers import Entry
from app.results import service
from tests.ballots.voting import Voter
from tests.factories import Make

Client = Callable[[Person], TestClient]
Told = Mapping[str, Mapping[str, Any]]

WAYS: dict[str, dict[str, dict[str, int]]] = {
    "points": {"C1": {"points": 50}, "C2": {"points": 30}, "C3": {"points": 20}},
    "swing": {"C1": {"points": 100}, "C2": {"points": 60}, "C3": {"points": 40}},
    "pairwise": {"C1": {"C2": 1, "C3": 3}, "C2": {"C3": 1}},
}
FINDS = {"points": "divided 100 points", "swing": "the step from the worst", "pairwise": "compared all pairs"}


class Shown:
    """A published round, the browser of one who answered it otherwise, and of one who watches."""

    def __init__(self, make: Make, as_person: Client, method: str, mine: Told, pairs: Told) -> None:
        seminar = make.seminar(min_group=3)
        round_ = make.pair_round(seminar, weigh={"method": method})
        people = [make.expert(seminar) for _ in range(6)]
        for place, person in enumerate(people):
            voter = Voter.of(make.engine, make.settings, seminar, round_, person)
            for code, parts in ({"W01": {"W02": 1, "W03": 1}, "W02": {"W03": 0}} if place else pairs).items():
                voter.say(code, Entry(dict(parts)))
            for code, parts in (mine if place == 0 else WAYS[method]).items():
                voter.say(code, Entry(dict(parts)), question="Q2")
            voter.submit()
        with transaction(make.engine) as session:
            held = session.get_one(Round, round_.id)
            service.close_round(session, make.settings, round_=held, by=None)
            held.looked_at = held.closed_at
            service.publish_round(session, round_=held, by=None)
        self.path = f"/seminars/{seminar.slug}/rounds/{round_.number}/feedback"
        self.mine = as_person(people[0])
        self.other = as_person(make.member(seminar, Role.OBSERVER))


@pytest.mark.parametrize("method", WAYS)
def test_own_weights_stand_beside_the_panels(make: Make, as_person: Client, method: str):
    others: dict[str, Told] = {
        "points": {"C1": {"points": 10}, "C2": {"points": 10}, "C3": {"points": 80}},
        "swing": {"C1": {"points": 10}, "C2": {"points": 10}, "C3": {"points": 100}},
        "pairwise": {"C1": {"C2": 0, "C3": -7}, "C2": {"C3": -7}},
    }
    shown = Shown(make, as_person, method, others[method], {"W01": {"W02": 1}})
    page = shown.mine.get(f"{shown.path}/Q2").text
    assert FINDS[method] in page
    assert "Yours" in page
    assert page.count("outside</span>") == 3
    if method == "points":
        assert '<b class="mine">80.0</b>' in page
    page = shown.other.get(f"{shown.path}/Q2").text
    assert "Yours" not in page
    assert "weighs most" in page


def test_an_answer_that_is_not_complete_is_said_to_be_so(make: Make, as_person: Client):
    shown = Shown(make, as_person, "pairwise", {"C1": {"C2": 3}}, {"W01": {"W02": 1}})
    page = shown.mine.get(f"{shown.path}/Q2").text
    assert "No weights follow from your own answer" in page
    assert "One answer is incomplete" in page


def test_own_pairs_stand_beside_what_the_panel_said_of_them(make: Make, as_person: Client):
    pairs: Told = {"W01": {"W02": -1, "W03": 0}, "W02": {"W03": "cannot_say"}}
    shown = Shown(make, as_person, "points", WAYS["points"], pairs)
    page = shown.mine.get(f"{shown.path}/Q1").text
    assert "W01 comes first." in page
    assert "You put W02 before W01" in page
    assert "panel: W01 5, W02 1, equal 0" in page
    assert "W01 and W03: about equal to you" in page
    assert "W02 and W03: you could not say" in page
    assert "Not compared with any other: W04." in page
    page = shown.other.get(f"{shown.path}/Q1").text
    assert "you compared" not in page
    assert "W01 comes first." in page
