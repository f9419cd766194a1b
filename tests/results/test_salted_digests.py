"""No digest that is shown, and no seed, lets anybody try whether she guesses a text that is not shown."""

import pytest
from sqlmodel import select

from app.db import transaction
from app.models import Result, Round, Seal
from app.policy import Role
from app.results import disclosure
from app.results.panel import digest
from app.results.recount import recompute
from app.results.tally import RateTally
from app.rounds import queries as rounds
from tests.results import mapping, voting

SECRET = "We of the one landlocked State have a single laboratory."
OF_TEXTS = {"Q1": {"rationales"}, "Q3": {"rationales", "sources"}, "Q4": {"arguments"}}


def mapped(engine, make):
    """A mapping round in which six say the same, their seals salted by chance."""
    _, round_ = mapping.held(make)
    for _ in range(6):
        mapping.vote(
            make,
            round_,
            {
                "Q1": {"T01": {"LIK": 5, "IMP": 5, "why": SECRET}},
                "Q3": {"FW-01": {"E01": 1, "E01.source": SECRET, "why": SECRET}},
                "Q4": {"G01": {"for": SECRET}},
            },
        )
    return round_


def salt(engine, round_, word):
    with transaction(engine) as session:
        for place, seal in enumerate(session.exec(select(Seal)).all()):
            seal.salt = f"{word}{place}"


@pytest.fixture
def twice(engine, make):
    """The results of two rounds that differ in the salts of their seals alone."""
    found = []
    for word in ("one", "two"):
        round_ = mapped(engine, make)
        salt(engine, round_, word)
        found.append(voting.close(engine, round_, settings=make.settings))
    return found


@pytest.mark.parametrize("code", sorted(OF_TEXTS))
def test_salts_change_the_digests_of_texts_and_nothing_else(twice, code):
    place = int(code[1]) - 1
    one, other = (results[place].numbers for results in twice)
    differing = {part for part in one["inputs"] if one["inputs"][part] != other["inputs"][part]}
    assert differing == OF_TEXTS[code]
    apart = {"inputs", "input_digest"}
    assert {name: one[name] for name in one.keys() - apart} == {
        name: other[name] for name in other.keys() - apart
    }
    assert one["input_digest"] != other["input_digest"]


@pytest.mark.parametrize("code", sorted(OF_TEXTS))
def test_who_knows_all_else_cannot_try_a_text_by_any_digest(engine, make, code):
    round_ = mapped(engine, make)
    salt(engine, round_, "known only to the server")
    voting.close(engine, round_, settings=make.settings, publish=True)
    with transaction(engine) as session:
        mapping.hold_back(session, round_, code, {"Q1": "T01", "Q3": "FW-01", "Q4": "G01"}[code], SECRET)
    with transaction(engine, write=False) as session:
        question = mapping.question(session, round_, code)
        shown = disclosure.released_of(session, question=question, roles=[Role.EXPERT])
    assert SECRET not in str(shown)
    texts = [SECRET] * 6
    guesses = [
        {"T01": texts},
        {"FW-01": texts},
        {"FW-01.E01": texts[:1]},
        {"FW-01.E01": texts},
        {"submitted": 6, "texts": {"G01": {"for": texts, "against": []}}},
    ]
    salted = [{"salt": word, "texts": guess} for guess in guesses for word in ("", "salt", code)]
    tried = {digest(guess) for guess in (*guesses, *salted)}
    assert tried.isdisjoint(shown.inputs.values())


def test_a_seed_tells_nothing_of_the_texts(engine, make):
    seeds = []
    for why in ("Because.", SECRET):
        _, round_ = voting.running(make, options=2, experts=6)
        voting.cast(engine, round_, [voting.alike(2, OV=n, C1=6, C2=5, why=why) for n in range(3, 9)])
        (result,) = voting.close(engine, round_)
        seeds.append(result.numbers["seed"])
    assert seeds[0] == seeds[1]


def test_a_recount_finds_the_salt_again_and_names_a_seal_whose_salt_was_changed(engine, make):
    _, round_ = voting.running(make, options=1, experts=6)
    voting.cast(engine, round_, [voting.alike(1, OV=7, C1=6, C2=5, why=SECRET)] * 6)
    voting.reseal(engine, round_, 0, voting.alike(1, OV=8, C1=6, C2=5, why=SECRET))
    (result,) = voting.close(engine, round_)
    with transaction(engine, write=False) as session:
        assert recompute(session, session.get_one(Result, result.id)).equal
    with transaction(engine) as session:
        session.exec(select(Seal).where(Seal.number == 2)).one().salt = "another"
    with transaction(engine, write=False) as session:
        faults = recompute(session, session.get_one(Result, result.id)).faults
    assert faults[0] == "the rationales are not those that were counted"


def test_the_digest_of_a_rating_with_a_held_reason_is_still_shown(engine, make):
    _, round_ = voting.running(make, options=1, experts=6)
    voting.cast(engine, round_, [voting.alike(1, OV=7, C1=6, C2=5, why=SECRET)] * 6)
    (result,) = voting.close(engine, round_, publish=True)
    with transaction(engine) as session:
        mapping.hold_back(session, round_, "Q1", "W01", SECRET)
    with transaction(engine, write=False) as session:
        question = rounds.rate_question(session, session.get_one(Round, round_.id))
        assert question
        shown = disclosure.released_of(session, question=question, roles=[Role.EXPERT])
    assert isinstance(shown, RateTally)
    assert (shown.rationales, shown.input_digest) == ({}, result.input_digest)
