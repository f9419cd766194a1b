"""Who reads the raw database after closing cannot tell in which order the ballots were cast."""

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from app.aggregation.ranking import mid_ranks
from app.db import transaction
from app.models import Membership, Participation
from app.models.ballots import Progress
from tests.results import voting

EXPERTS = 60

# Of two random orders of 60, fewer than one pair in a hundred thousand has as great a correlation.
GREATEST = 0.57

# What is stored with each row, in the order of the storage, for a ballot known by its reason "Reason 07".
STORED = {
    "ballot": "select v.text from ballot t join rationale_revision v on v.ballot_id = t.id order by {}",
    "answer_revision": "select v.text from answer_revision t join rationale_revision v"
    " on v.ballot_id = t.ballot_id where t.criterion = 'OV' order by {}",
    "rationale_revision": "select t.text from rationale_revision t order by {}",
    "seal": "select v.text from seal t join rationale_revision v on v.ballot_id = t.ballot_id order by {}",
}


def correlation_with_cast_order(engine, table, place):
    with engine.connect() as connection:
        rows = connection.execute(text(STORED[table].format(place))).scalars().all()
    cast = np.array([int(reason.split()[1]) for reason in rows], dtype=float)
    assert len(set(rows)) == len(rows) == EXPERTS
    return float(np.corrcoef(mid_ranks(cast), np.arange(EXPERTS))[0, 1])


def correlations(engine):
    place = "t.ctid" if engine.dialect.name == "postgresql" else "t.id"
    return {table: correlation_with_cast_order(engine, table, place) for table in STORED}


def test_storage_tells_the_order_of_casting_to_nobody_after_closing(engine, make):
    _, round_ = voting.running(make, options=1)
    ballots = [voting.alike(1, OV=n % 9 + 1, why=f"Reason {n:02}") for n in range(EXPERTS)]
    voting.cast(engine, round_, ballots)

    before = correlations(engine)
    if engine.dialect.name == "postgresql":
        # the attack works: this is what closing is up against
        assert min(before.values()) > 0.99
    else:
        # tables that keep no row numbers are stored by their random key from the beginning
        assert max(map(abs, before.values())) < GREATEST
        for table in STORED:
            with (
                engine.connect() as connection,
                pytest.raises(OperationalError, match="no such column: rowid"),
            ):
                connection.execute(text(f"select rowid from {table}"))

    voting.close(engine, round_)
    assert max(map(abs, correlations(engine).values())) < GREATEST


def test_of_the_time_of_submitting_only_the_day_is_kept(engine, make):
    seminar, round_ = voting.running(make, options=1, experts=2)
    other = make.rating_round(seminar)
    evening = datetime(2027, 3, 1, 22, 41, 7, tzinfo=UTC)
    with transaction(engine) as session:
        one, two = session.exec(select(Membership.id)).all()
        submitted: dict[str, Any] = {"progress": Progress.SUBMITTED, "submitted_at": evening}
        session.add(Participation(membership_id=one, round_id=round_.id, **submitted))
        session.add(Participation(membership_id=two, round_id=round_.id, progress=Progress.STARTED))
        session.add(Participation(membership_id=one, round_id=other.id, **submitted))

    voting.close(engine, round_)

    with transaction(engine, write=False) as session:
        rows = session.exec(select(Participation)).all()
        times = {(row.membership_id, row.round_id): row.submitted_at for row in rows}
    assert times == {
        (one, round_.id): datetime(2027, 3, 1, tzinfo=UTC),
        (two, round_.id): None,
        (one, other.id): evening,
    }
