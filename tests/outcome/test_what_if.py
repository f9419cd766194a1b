"""Other weights are tried: what order they would give stands beside the outcome and changes nothing."""

import re
from dataclasses import replace

import pytest
from sqlmodel import select

from app.db import transaction
from app.errors import Invalid
from app.models import Result, Round, Seminar
from app.outcome import queries, trying
from app.policy import Role
from app.results import disclosure, what_if
from app.results.disclosure import NotReleased
from tests.outcome import judged
from tests.outcome.judged import path
from tests.outcome.test_outcome_page import read, words_of
from tests.results.test_weighing_by_sector import held

EXPERT = frozenset({Role.EXPERT})


@pytest.fixture
def published(make, engine):
    return judged.published(make, engine)


def tried(engine, round_, weights, roles=EXPERT):
    with transaction(engine, write=False) as session:
        return disclosure.what_if(
            session, round_=session.get_one(Round, round_.id), roles=roles, weights=weights
        )


def ranks(found):
    return {option.code: option.rank for option in found.options}


def test_the_seminars_own_weights_give_its_own_ranks_and_others_give_those_that_stand_beside_them(
    engine, published
):
    seminar, round_ = published
    with transaction(engine, write=False) as session:
        latest = disclosure.latest_released(
            session, seminar=session.get_one(Seminar, seminar.id), roles=EXPERT
        )
        assert latest is not None
        tally = latest[1]
    own = tried(engine, round_, {"C1": 60, "C2": 40})
    assert ranks(own) == {option.code: option.rank for option in tally.options}
    assert (own.changed, own.weights) == (0, {"OV": 0, "C1": 0.6, "C2": 0.4})
    assert ranks(tried(engine, round_, {"OV": 7})) == {one.code: one.rank_overall for one in tally.options}
    equal = tried(engine, round_, {"C1": 1, "C2": 1})
    assert ranks(equal) == {one.code: one.rank_equal_weights for one in tally.options}
    assert ranks(equal) == what_if.ranks(tally, {"C1": 1, "C2": 1})
    assert all(option.rank_low <= option.rank <= option.rank_high for option in own.options)


@pytest.mark.parametrize("weights", [{}, {"C1": 0}, {"C9": 5}, {"C1": -1}, {"C1": float("nan")}, {"C1": 101}])
def test_what_cannot_be_weights_is_refused(engine, published, weights):
    with pytest.raises(Invalid):
        tried(engine, published[1], weights)


def test_nothing_is_tried_of_a_round_that_is_not_published(engine, make):
    _, round_ = judged.seminar(make)
    round_ = judged.close(engine, round_, judged.opinions(), publish=False)
    with pytest.raises(NotReleased):
        tried(engine, round_, {"C1": 1})
    assert tried(engine, round_, {"C1": 1}, frozenset({Role.FACILITATOR})).options


def test_the_address_holds_the_weights_and_the_page_says_what_changes(engine, make, as_person, published):
    seminar, _ = published
    with transaction(engine, write=False) as session:
        before = session.exec(select(Result)).one().numbers
    reader = as_person(make.member(seminar, Role.OBSERVER))
    html = read(reader, path(seminar, "/what-if?C1=0&C2=12,5&OV=12.5"))
    assert re.findall(r'name="(\w+)" type="number"[^>]* value="([^"]*)"', html) == [
        ("OV", "12.5"),
        ("C1", "0"),
        ("C2", "12,5"),
    ]
    said = words_of(html)
    assert "This is a trial." in said
    assert re.search(r"No way forward has another rank|\d of 4 ways? forward ha(s|ve) another rank", said)
    with transaction(engine, write=False) as session:
        assert session.exec(select(Result)).one().numbers == before


def test_without_any_weights_it_starts_from_those_of_the_seminar(make, as_person, published):
    seminar, _ = published
    html = read(as_person(make.member(seminar, Role.EXPERT)), path(seminar, "/what-if"))
    assert re.search(r'<a [^>]*\?C1=60&amp;C2=40" aria-current="true">The seminar', html)
    assert "No way forward has another rank than in the outcome." in words_of(html)


@pytest.mark.parametrize("query", ["C1=much", "C1=-3", "C1=200", "C1=0&C2=0", "C1=1e999", "C1=nan"])
def test_what_was_typed_stays_where_it_cannot_be(make, as_person, published, query):
    seminar, _ = published
    answer = as_person(make.member(seminar, Role.EXPERT)).get(path(seminar, f"/what-if?{query}"))
    assert answer.status_code == 422
    assert query.split("&")[0].split("=")[1] in answer.text
    assert "Please look at these again" in answer.text


def test_what_stays_in_front_under_all_weights_is_told(engine, published):
    seminar, _ = published
    with transaction(engine, write=False) as session:
        seminar = session.get_one(Seminar, seminar.id)
        outcome = queries.latest(session, seminar=seminar, roles=EXPERT)
        assert outcome is not None
        known = trying.presets(session, outcome, roles=EXPERT)
    assert [one.name for one in known] == [
        "The seminar's weights",
        "Equal weights",
        "Overall support alone",
    ]
    rows = trying.leading(outcome.tally, known)
    assert [(row.code, row.always) for row in rows] == [("W01", True), ("W02", True), ("W03", True)]


def test_so_few_that_no_rank_is_told_are_not_ranked_by_other_weights(engine, make, as_person):
    seminar, round_ = judged.seminar(make, experts=4, min_group=3)
    judged.close(engine, round_, judged.opinions(experts=4))
    answer = as_person(make.member(seminar, Role.EXPERT)).get(path(seminar, "/what-if"))
    assert answer.status_code == 409
    assert "no ranks are given" in answer.text


def test_the_outcome_says_what_is_sure_and_the_option_on_what_its_place_hangs(make, as_person, published):
    seminar, _ = published
    reader = as_person(make.member(seminar, Role.EXPERT))
    said = words_of(read(reader, path(seminar)))
    assert "Surely among the first three" in said
    assert "under all 7 methods of ranking" in said
    assert "On one way forward the panel stands in two camps: W03." in said
    of_option = words_of(read(reader, path(seminar, "/W03")))
    assert "Its rank set goes from" in of_option
    assert "Views are polarised: 10 experts rate it favourably and 10 unfavourably." in of_option
    assert "TOPSIS: distance from the most" in of_option


def test_one_may_start_from_what_the_panel_and_its_larger_sectors_say_weighs(engine, make, published):
    seminar, _ = published
    weighed, _ = held(make, {"POL": 6, "CUS": 6})
    with transaction(engine, write=False) as session:
        outcome = queries.latest(session, seminar=session.get_one(Seminar, seminar.id), roles=EXPERT)
        assert outcome is not None
        # the panel of the one seminar rates, that of the other weighs
        outcome = replace(outcome, seminar=session.get_one(Seminar, weighed.id))
        known = trying.presets(session, outcome, roles=EXPERT)
    _, _, _, panel, *sectors = known
    assert panel.name.startswith("The panel's weights, round R")
    assert {one.name: one.query for one in sectors} == {
        "Police": "C1=77.8&C2=22.2",
        "Customs": "C1=22.2&C2=77.8",
    }
    rows = trying.leading(outcome.tally, known)
    assert all(len(row.ranks) == len(known) for row in rows)
