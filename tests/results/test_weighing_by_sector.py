"""Weights by sector: told of sectors that are large enough, and never so that a small one follows."""

import json
from dataclasses import replace

import pytest
from sqlmodel import select

from app.ballots import service as ballots
from app.db import transaction
from app.models import Question, Result, Round, Sector
from app.policy import Role
from app.questions.answers import Entry
from app.results import disclosure, exporting, recount, service, small_groups, weigh_sectors
from app.results.weigh_tally import METHOD_1, WeighTally
from tests.ballots.voting import Voter
from tests.results.test_weighing import counted

ROLES = frozenset({Role.ORGANISER})
SECTORS = {"POL": "Police", "CUS": "Customs", "IND": "Industry"}


def held(make, sizes, *, by_sector=True):
    """A published round in which the police give most to C1, all others to C2."""
    seminar = make.seminar(min_group=5)
    with transaction(make.engine) as session:
        for place, (code, label) in enumerate(SECTORS.items()):
            session.add(Sector(seminar_id=seminar.id, code=code, label=label, position=place))
    round_ = make.pair_round(seminar, weigh={"method": "points", "by_sector": by_sector})
    for sector, size in sizes.items():
        for _ in range(size):
            voter = Voter.of(make.engine, make.settings, seminar, round_, make.expert(seminar, sector=sector))
            much, little = ("C1", "C2") if sector == "POL" else ("C2", "C1")
            said = {much: 70, little: 20, "C3": 10}
            entries = {code: Entry({"points": points}) for code, points in said.items()}
            with transaction(make.engine) as session:
                ballots.save(session, **voter.author, question="Q2", entries=entries, seen={})
                ballots.submit(session, **voter.author, blanks_meant=True)
    with transaction(make.engine) as session:
        round_ = session.get_one(Round, round_.id)
        service.close_round(session, make.settings, round_=round_, by=None)
        round_.looked_at = round_.closed_at
        service.publish_round(session, round_=round_, by=None)
    return seminar, round_


def asked(session, round_):
    return session.exec(select(Question).where(Question.round_id == round_.id, Question.code == "Q2")).one()


def told(engine, round_) -> WeighTally:
    with transaction(engine, write=False) as session:
        tally = disclosure.released_of(session, question=asked(session, round_), roles=ROLES)
        assert isinstance(tally, WeighTally)
        return tally


def test_large_sectors_stand_side_by_side_and_the_recount_finds_them_possible(engine, make, as_person):
    seminar, round_ = held(make, {"POL": 6, "CUS": 5})
    police, customs = told(engine, round_).groups
    assert (police.label, police.n, police.weights["C1"].mean) == ("Police", 6, 0.7)
    assert (customs.label, customs.n, customs.weights["C1"].q3) == ("Customs", 5, 0.2)
    with transaction(engine) as session:
        question = asked(session, round_)
        [result] = session.exec(select(Result).where(Result.question_id == question.id))
        assert recount.recompute(session, result).equal
        # beside figures by sector no single answer leaves
        assert disclosure.released_question_answers(session, question=question, roles=ROLES) is None
        file = json.loads(exporting.build(session, question=question, form="json", roles=ROLES))
        assert (file["answers"], file["answers_note"] != "") == (None, True)
        numbers = json.loads(json.dumps(result.numbers))
        numbers["groups"][0]["weights"]["C3"]["mean"] = 0.9
        result.numbers = numbers
    with transaction(engine) as session:
        [result] = session.exec(select(Result).where(Result.question_id == question.id))
        assert "the sectors' weights of C3 cannot be the panel's" in recount.recompute(session, result).faults
    page = as_person(make.member(seminar, Role.OBSERVER)).get(
        f"/seminars/{seminar.slug}/rounds/{round_.number}/feedback/Q2"
    )
    assert page.status_code == 200
    assert "How the sectors weigh" in page.text


def test_a_small_sector_is_withheld_with_another_and_is_never_frozen(engine, make):
    _, round_ = held(make, {"POL": 6, "CUS": 7, "IND": 2})
    groups = {group.code: group.n for group in told(engine, round_).groups}
    assert groups == {"POL": None, "CUS": 7, "IND": None}
    with transaction(engine) as session:
        [result] = session.exec(select(Result).where(Result.question_id == asked(session, round_).id))
        assert result.numbers["groups"][2]["weights"] == {}


def test_a_minimum_that_has_become_stricter_takes_sectors_back():
    own = {"POL": [(0.7, 0.2, 0.1)] * 6, "CUS": [(0.2, 0.7, 0.1)] * 5}
    groups = weigh_sectors.groups(own, {"POL": "Police", "CUS": "Customs"}, ["C1", "C2", "C3"], 5)
    tally = replace(counted([[70, 20, 10]] * 6 + [[20, 70, 10]] * 5), groups=groups)
    assert WeighTally.from_numbers(json.loads(json.dumps(tally.as_numbers()))) == tally
    shown = [small_groups.guarded(tally, minimum) for minimum in (5, 6)]
    assert [[group.n for group in one.groups] for one in shown if isinstance(one, WeighTally)] == [
        [6, 5],
        [None, None],
    ]


def test_without_the_wish_nothing_is_told_by_sector_and_the_first_method_is_still_read(engine, make):
    _, round_ = held(make, {"POL": 6}, by_sector=False)
    assert told(engine, round_).groups == []
    first = replace(counted([[70, 20, 10]] * 6), method=METHOD_1)
    numbers = first.as_numbers()
    assert "groups" not in numbers
    assert WeighTally.from_numbers(numbers) == first


@pytest.mark.parametrize("sizes", [{"POL": 3}, {"POL": 3, "CUS": 4}])
def test_where_no_sector_is_large_enough_none_is_told(sizes):
    own = {code: [(0.7, 0.3)] * size for code, size in sizes.items()}
    groups = weigh_sectors.groups(own, {code: SECTORS[code] for code in sizes}, ["C1", "C2"], 5)
    assert [group.n for group in groups] == [None] * len(sizes)
