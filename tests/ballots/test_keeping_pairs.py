"""Pairs and weights of the round before are kept in one click, as far as they are asked again."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from app.models import Person
from app.models.rounds import FeedbackPolicy
from app.questions.answers import Entry
from tests.ballots.voting import Voter
from tests.factories import Make

Returned = Callable[..., tuple[Voter, TestClient]]


@pytest.fixture
def returned(make: Make, as_person: Callable[[Person], TestClient]) -> Returned:
    """An expert in the second round that asks the same, after she answered the first."""

    def made(method: str, weights: dict[str, dict[str, int]]) -> tuple[Voter, TestClient]:
        seminar = make.seminar()
        first = make.pair_round(seminar, weigh={"method": method})
        person = make.expert(seminar)
        then = Voter.of(make.engine, make.settings, seminar, first, person)
        then.say("W01", Entry({"W02": 1, "W03": "cannot_say"}))
        for code, parts in weights.items():
            then.say(code, Entry(dict(parts)), question="Q2")
        then.submit()
        second = make.pair_round(
            seminar,
            weigh={"method": method},
            previous_id=first.id,
            feedback=FeedbackPolicy.STATISTICS,
        )
        return Voter.of(make.engine, make.settings, seminar, second, person), as_person(person)

    return made


WAYS = {
    "points": {"C1": {"points": 70}, "C2": {"points": 30}},
    "pairwise": {"C1": {"C2": 2, "C3": -3}, "C2": {"C3": 0}},
}


@pytest.mark.parametrize("method", WAYS)
def test_all_of_it_is_kept_at_once(returned: Returned, method: str):
    now, desk = returned(method, WAYS[method])
    page = desk.get(f"{now.path}/Q2")
    assert page.status_code == 200
    assert "Keep my answer" in page.text
    assert desk.post(f"{now.path}/Q2/keep/all", data={}).status_code == 303
    for code, parts in WAYS[method].items():
        assert now.given(code, "Q2").answer.judgements == parts


def test_pairs_that_were_compared_are_kept_and_the_next_one_follows_from_them(returned: Returned):
    now, desk = returned("points", WAYS["points"])
    before = desk.get(f"{now.path}/Q1").text
    assert "0 of 6 pairs compared" in before
    assert desk.post(f"{now.path}/Q1/keep/all", data={}).status_code == 303
    assert "2 of 6 pairs compared" in desk.get(f"{now.path}/Q1").text
    assert now.given("W01").answer.judgements == {"W02": 1, "W03": "cannot_say"}
