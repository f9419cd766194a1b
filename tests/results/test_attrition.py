"""Who left between two rounds, and whether they had answered otherwise: told where both groups are large."""

from dataclasses import asdict

import pytest

from app.db import transaction
from app.models import Round
from app.policy import Role
from app.results import disclosure
from app.results.attrition import Leaving
from tests.results import voting


def two_rounds(engine, make, *, left, stayed, came=0, apart=True, publish=True):
    """Leavers rate 2 where stayers rate 8, if they stand apart."""
    seminar, first = voting.running(make, options=2)
    of_leavers = voting.alike(2, OV=2 if apart else 8)
    before = [of_leavers] * left + [voting.alike(2, OV=8)] * stayed + [None] * came
    voting.cast(engine, first, before)
    voting.close(engine, first, publish=True)
    second = make.rating_round(seminar, 2, previous=first)
    voting.cast(engine, second, [None] * left + [voting.alike(2, OV=8)] * (stayed + came))
    voting.close(engine, second, publish=publish)
    return first, second


def told(engine, round_, *roles) -> Leaving | None:
    with transaction(engine, write=False) as session:
        return disclosure.leaving(session, round_=session.get_one(Round, round_.id), roles=roles)


def test_leavers_who_stood_apart_are_told(engine, make):
    _, second = two_rounds(engine, make, left=6, stayed=9, came=2)
    found = told(engine, second, Role.FACILITATOR)
    assert found
    assert (found.stayed, found.left, found.came) == (9, 6, 2)
    assert found.compared
    assert found.compared.stood_apart
    assert [option.code for option in found.compared.differing] == ["W01", "W02"]


def test_leavers_like_the_others_are_no_alarm(engine, make):
    _, second = two_rounds(engine, make, left=6, stayed=9, apart=False)
    found = told(engine, second, Role.FACILITATOR)
    assert found
    assert found.compared
    assert not found.compared.stood_apart
    assert found.compared.differing == []


@pytest.mark.parametrize(("left", "stayed"), [(4, 9), (9, 4), (1, 12)])
def test_of_few_leavers_or_few_stayers_only_the_numbers_are_told(engine, make, left, stayed):
    found = told(engine, two_rounds(engine, make, left=left, stayed=stayed)[1], Role.FACILITATOR)
    assert found
    assert (found.left, found.stayed) == (left, stayed)
    assert found.compared is None
    assert found.is_withheld


@pytest.mark.parametrize("role", [Role.EXPERT, Role.OBSERVER, Role.CLERK])
def test_it_is_for_those_who_watch(engine, make, role):
    assert told(engine, two_rounds(engine, make, left=6, stayed=9)[1], role) is None


def test_there_is_nothing_to_tell_of_the_first_round(engine, make):
    first, _ = two_rounds(engine, make, left=6, stayed=9)
    assert told(engine, first, Role.FACILITATOR) is None


def test_nothing_is_told_while_the_later_round_is_open(engine, make):
    seminar, first = voting.running(make, options=2)
    voting.cast(engine, first, [voting.alike(2, OV=8)] * 12)
    voting.close(engine, first, publish=True)
    second = make.rating_round(seminar, 2, previous=first)
    voting.cast(engine, second, [voting.alike(2, OV=8)] * 6 + [None] * 6)
    assert told(engine, second, Role.FACILITATOR) is None


def test_the_same_answers_give_the_same_numbers_whoever_gave_them(engine, make):
    _, one = two_rounds(engine, make, left=6, stayed=9)
    _, other = two_rounds(engine, make, left=6, stayed=9)
    first, second = told(engine, one, Role.FACILITATOR), told(engine, other, Role.FACILITATOR)
    assert first
    assert second
    assert first.compared == second.compared


def test_no_figure_of_a_group_is_told(engine, make):
    found = told(engine, two_rounds(engine, make, left=6, stayed=9)[1], Role.ORGANISER)
    assert found
    assert found.compared
    assert {type(value) for value in asdict(found.compared).values()} == {str, bool, list}
