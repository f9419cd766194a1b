"""The page of one way forward explains its rank, shows all of its ratings, and traces it back."""

import re

import pytest
from sqlmodel import select

from app.db import transaction
from app.models import Item, ItemLink, ItemVersion
from app.models.registers import Kind, LinkKind
from app.outcome import queries, reading
from app.policy import Role
from tests.outcome import judged
from tests.outcome.judged import path
from tests.outcome.test_outcome_page import read, words_of


@pytest.fixture
def published(make, engine):
    return judged.published(make, engine)


def reasons_of(html):
    return re.findall(r"<li lang[^>]*>([^<]*)</li>", html[html.index('id="reasons"') :])


def link(engine, seminar, kind, target_kind, code, title):
    with transaction(engine) as session:
        option = session.exec(select(Item).where(Item.seminar_id == seminar.id, Item.code == "W01")).one()
        other = Item(seminar_id=seminar.id, kind=target_kind, code=code)
        session.add(other)
        session.flush()
        session.add(ItemVersion(item_id=other.id, title=title))
        session.add(ItemLink(seminar_id=seminar.id, source_id=option.id, kind=kind, target_id=other.id))


def test_what_the_criteria_add_sums_to_what_is_ranked_by(engine, published):
    seminar, _ = published
    with transaction(engine, write=False) as session:
        outcome = queries.latest(session, seminar=seminar, roles={Role.EXPERT})
    assert outcome is not None
    tally = outcome.tally
    for option in tally.options:
        parts = reading.shares(tally, option)
        assert sum(part.share for part in parts) == pytest.approx(option.score, abs=1e-9)
    ahead = [part.ahead for option in tally.options for part in reading.shares(tally, option)]
    assert sum(ahead) == pytest.approx(0, abs=1e-9)


def test_it_says_why_it_ranks_where_it_does(make, as_person, published):
    seminar, _ = published
    said = words_of(read(as_person(make.member(seminar, Role.EXPERT)), path(seminar, "/W01")))
    assert "rank 1 of 4" in said
    assert "It is lifted most by “Effectiveness” and “Feasibility”; no criterion holds it back." in said
    assert "Effectiveness 60% 7.50 4.50" in said
    assert "Feasibility 40% 7.00 2.80" in said
    assert "Sum 100% 7.30" in said
    assert "Equal weights: rank 1" in said


def test_every_criterion_shows_counts_bands_and_abstentions_by_reason(make, as_person, published):
    seminar, _ = published
    said = words_of(read(as_person(make.member(seminar, Role.EXPERT)), path(seminar, "/W03")))
    assert "Overall support 1-9 20 5 2-8 50% 0% 50%" in said
    other = words_of(read(as_person(make.member(seminar, Role.EXPERT)), path(seminar, "/W02")))
    assert "Feasibility 1-9 16 6 6-6 0% 100% 0% 4 x no expertise" in other


def test_reasons_stand_in_an_order_of_the_readers_own(make, as_person, published):
    seminar, _ = published
    one, other = (as_person(make.member(seminar, Role.EXPERT)) for _ in range(2))
    mine, theirs = (reasons_of(read(client, path(seminar, "/W01"))) for client in (one, other))
    assert sorted(mine) == sorted(theirs) == [f"Reason {n:02} for W01" for n in range(20)]
    assert mine not in (theirs, sorted(mine))
    assert reasons_of(read(one, path(seminar, "/W01"))) == mine
    # the places of one author's reasons have nothing in common
    again = reasons_of(read(one, path(seminar, "/W03")))
    assert [text[7:9] for text in again] != [text[7:9] for text in mine]
    assert "Nobody gave a reason." in words_of(read(one, path(seminar, "/W02")))


def test_reasons_of_few_are_withheld(make, as_person, engine):
    seminar, round_ = judged.seminar(make)
    ballots = judged.opinions()
    for ballot in ballots[3:]:
        ballot["W01"] = {"OV": "cannot_say", "C1": "cannot_say", "C2": "cannot_say"}
    judged.close(engine, round_, ballots)
    html = read(as_person(make.member(seminar, Role.FACILITATOR)), path(seminar, "/W01"))
    assert "So few experts rated this way forward that their reasons are not shown" in words_of(html)
    assert "Reason 01 for W01" not in html


def test_it_goes_back_to_gaps_elements_and_actors(make, as_person, engine, published):
    seminar, _ = published
    link(engine, seminar, LinkKind.ADDRESSES, Kind.GAP, "G01", "No single entry point")
    link(engine, seminar, LinkKind.BUILDS_ON, Kind.OPPORTUNITY, "O02", "Outreach experience")
    link(engine, seminar, LinkKind.SERVES, Kind.ELEMENT, "E05", "Strengthen cooperation")
    link(engine, seminar, LinkKind.LED_BY, Kind.STAKEHOLDER, "STK-NCT", "Coordination bodies")
    html = read(as_person(make.member(seminar, Role.EXPERT)), path(seminar, "/W01"))
    said = words_of(html)
    assert "Gaps it answers G01 No single entry point" in said
    assert "What it builds on O02 Outreach experience" in said
    assert "Elements of the mandate it serves E05 Strengthen cooperation" in said
    assert "Who would lead STK-NCT Coordination bodies" in said
    assert f'href="/seminars/{seminar.slug}/items/G01"' in html


def test_neighbours_follow_the_ranks(make, as_person, published):
    seminar, _ = published
    browser = as_person(make.member(seminar, Role.EXPERT))
    first, second = (read(browser, path(seminar, f"/{code}")) for code in ("W01", "W02"))
    assert 'rel="prev"' not in first
    assert re.search(r'href="[^"]*/W02" rel="next"', first)
    assert re.search(r'href="[^"]*/W01" rel="prev"', second)


def test_an_option_that_was_not_rated_is_not_found(make, as_person, published):
    seminar, _ = published
    browser = as_person(make.member(seminar, Role.EXPERT))
    for code in ("W99", "w01", "%F0%9F%98%80", "x" * 500):
        assert browser.get(path(seminar, f"/{code}")).status_code == 404
