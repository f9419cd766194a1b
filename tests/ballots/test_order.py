"""Everyone sees the options in an order of their own, the same each time; storage tells no order at all."""

import re
from itertools import pairwise
from uuid import uuid4

import pytest
from sqlalchemy import inspect, text
from sqlmodel import SQLModel

from app.ballots.order import own_order
from app.db import transaction
from tests.ballots.voting import Voter

CODES = [f"W{n:02}" for n in range(1, 27)]


def order_of(page):
    return re.findall(r'<section class="option-card card" id="(W\d\d)"', page)


def test_the_order_is_stable_for_one_expert_and_differs_between_experts(make, as_person):
    seminar = make.seminar()
    round_ = make.rating_round(seminar, options=12)
    orders = []
    for _ in range(4):
        voter = Voter.of(make.engine, make.settings, seminar, round_, make.expert(seminar))
        browser = as_person(voter.person)
        first = order_of(browser.get(voter.path).text)
        voter.save("W05", OV=3)
        assert order_of(browser.get(voter.path).text) == first
        orders.append(tuple(first))
    assert len(set(orders)) == 4
    assert all(sorted(order) == CODES[:12] for order in orders)


def test_the_order_differs_between_rounds():
    reader = uuid4()
    assert own_order(CODES, reader, "R2") != own_order(CODES, reader, "R3")


def test_every_option_comes_first_for_somebody():
    firsts = {own_order(CODES, uuid4(), "R2")[0] for _ in range(600)}
    assert firsts == set(CODES)


# ---- what an attacker with the whole database can make of it ----

TABLES = {
    "ballot": {"id", "round_id", "panellist_id"},
    "answer_revision": {
        "id", "ballot_id", "subject_id", "criterion", "revision", "score", "abstention", "kept",
    },
    "rationale_revision": {"id", "ballot_id", "subject_id", "part", "revision", "text"},
    "seal": {"id", "ballot_id", "number", "submitted", "content", "salt", "receipt"},
}  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
def test_a_table_of_answers_has_no_time_and_no_actor(engine, table):
    assert {column["name"] for column in inspect(engine).get_columns(table)} == TABLES[table]


@pytest.mark.parametrize("table", TABLES)
def test_rows_of_answers_have_no_number_on_sqlite(engine, table):
    assert SQLModel.metadata.tables[table].dialect_options["sqlite"]["with_rowid"] is False
    if engine.dialect.name == "sqlite":
        with transaction(engine, write=False) as session, pytest.raises(Exception, match="no such column"):
            session.execute(text(f"SELECT rowid FROM {table}"))


# on PostgreSQL the order is forgotten at closing: tests/results/test_order.py
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_the_order_of_voting_cannot_be_read_from_the_file(make):
    """The attacker reads every table of answers in the order of storage; experts voted in a known order."""
    seminar = make.seminar()
    round_ = make.rating_round(seminar)
    voters = [Voter.of(make.engine, make.settings, seminar, round_, make.expert(seminar)) for _ in range(40)]
    for voter in voters:
        voter.save("W01", OV=7, C1=7, rationale="Because")
        voter.submit(blanks_meant=True)
    cast = [voter.panellist.id.hex for voter in voters]
    for table in TABLES:
        ballot = "id" if table == "ballot" else "ballot_id"
        with transaction(make.engine, write=False) as session:
            rows = session.execute(
                text(f"SELECT b.panellist_id FROM {table} t JOIN ballot b ON b.id = t.{ballot} ORDER BY t.id")
            ).scalars()
            found = list(dict.fromkeys(str(row).replace("-", "") for row in rows))
        places = [cast.index(panellist) for panellist in found]
        rising = sum(one < two for one, two in pairwise(places))
        # of 39 steps about half go up; fewer than 6 or more than 33 would happen once in millions of tries
        assert 6 <= rising <= 33, table
