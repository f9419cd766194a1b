"""Who reads the raw database after closing cannot tie a member to a panellist by a transaction they share.

PostgreSQL marks every row with the transaction that wrote it and the last one that locked it. A request
that keeps a proposal also writes that the session of a person was used, and one that saves an answer how
far a member is.
"""

import re
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import update

from app import clock
from app.db import transaction
from app.models import WebSession
from app.models.registers import Kind
from app.models.rounds import RoundState
from app.questions.fingerprint import fingerprint
from app.results import service as results
from app.rounds import queries as rounds
from tests.ballots.voting import Voter
from tests.feedback import panel
from tests.results import voting

PEOPLE = ("person", "membership", "participation", "web_session", "pseudonym_link", "invitation", "message")
PSEUDONYMS = (
    *("panellist", "ballot", "answer_revision", "rationale_revision", "seal"),
    *("proposal", "remark"),
)


def marks(engine, tables):
    """The transactions that stand beside the rows of these tables."""
    with engine.connect() as connection:
        return {
            mark
            for table in tables
            for row in connection.execute(text(f"select xmin::text, xmax::text from {table}"))
            for mark in row
            if mark != "0"
        }


def is_stale(engine):
    """Everybody was away for a while, so that the next request writes that she is here."""
    with transaction(engine) as session:
        session.exec(update(WebSession).values(last_seen_at=clock.now() - timedelta(hours=1)))


def propose(engine, as_person, seminar, person):
    """By her browser, as she does it, a proposal is kept and submitted."""
    browser = as_person(person)
    is_stale(engine)
    path = f"/seminars/{seminar.slug}/proposals"
    kept = browser.post(f"{path}/new/gap", data={"title": "A gap", "text": "Nobody keeps a list."})
    found = re.search(r"P-\w+", kept.headers["location"])
    assert found
    is_stale(engine)
    assert browser.post(f"{path}/{found[0]}/submit").status_code == 303


# SQLite marks no row with a transaction
@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_no_transaction_stands_beside_a_member_and_a_panellist(engine, make, settings, as_person):
    seminar = make.seminar(proposing=[Kind.GAP.value])
    round_ = make.rating_round(seminar, options=1, state=RoundState.OPEN)
    answers, proposes = make.expert(seminar), make.expert(seminar)
    make.expert(seminar)
    Voter.of(engine, settings, seminar, round_, answers).save("W01", OV=5, C1=5)
    propose(engine, as_person, seminar, proposes)
    # the attack works: this is what closing is up against
    assert len(marks(engine, PEOPLE) & marks(engine, PSEUDONYMS)) > 1

    with transaction(engine) as session:
        (round_,) = rounds.plan(session, seminar)
        results.close_round(session, settings, round_=round_, by=None)
    beside = marks(engine, PSEUDONYMS)
    assert len(beside) == 1, "all of them stand beside one transaction, the closing, and say nothing"


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_no_transaction_stands_beside_a_mark_and_a_person_nor_tells_marks_apart(
    engine, make, settings, as_person
):
    seminar = make.seminar()
    experts = [make.expert(seminar) for _ in range(7)]
    round_ = make.rating_round(seminar, 1)
    for place, expert in enumerate(experts):
        panel.submits(
            make, seminar, round_, expert, Q1={"W01": {"OV": 8, "C1": 6, "why": f"Reason {place}."}}
        )
    voting.close(engine, round_, publish=True, settings=settings)
    for expert in experts[:3]:
        browser = as_person(expert)
        is_stale(engine)
        form = {"code": "W01", "digest": fingerprint("Reason 6."), "helpful": "yes", "show": "all"}
        answer = browser.post(panel.address(seminar, round_, "Q1", "/helpful"), data=form)
        assert answer.status_code == 303

    with engine.connect() as connection:
        (found,) = connection.execute(text("select array_agg(xmin::text) from helpful_mark")).one()
    assert (len(found), len(set(found))) == (3, 1), "the last one set says nothing that the others do not"
    assert not marks(engine, PEOPLE) & set(found)

    other = make.rating_round(seminar, 1, state=RoundState.OPEN)
    voting.close(engine, other, settings=settings)
    assert not marks(engine, ("helpful_mark",)) & set(found), "not even who marked something last"
