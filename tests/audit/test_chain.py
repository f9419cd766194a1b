"""Each entry of the log is bound to the one before, however many write at once."""

from threading import Thread

import pytest
from sqlmodel import col, select

from app import audit
from app.db import transaction
from app.models import AuditEntry

WRITERS, ENTRIES = 12, 5


def test_many_who_write_at_once_all_get_their_entry(engine, session):
    def write() -> None:
        for _ in range(ENTRIES):
            with transaction(engine) as own:
                audit.record(own, "seminar:member:join", actor=None)

    writers = [Thread(target=write) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    numbers = session.exec(select(AuditEntry.number).order_by(col(AuditEntry.number))).all()
    assert list(numbers) == list(range(1, WRITERS * ENTRIES + 1))
    assert audit.first_fault(session) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [("action", "something:else"), ("subject", "x"), ("details", {"a": 2}), ("previous_hash", "0" * 64)],
)
def test_an_entry_that_was_changed_is_named(session, field, value):
    for number in range(1, 6):
        audit.record(session, "seminar:member:join", actor=None, subject=str(number), a=1)
    entry = session.get_one(AuditEntry, 3)
    setattr(entry, field, value)
    session.add(entry)
    session.flush()

    assert audit.first_fault(session) == 3


def test_an_entry_that_was_taken_out_is_missed(session):
    for _ in range(5):
        audit.record(session, "seminar:member:join", actor=None)
    session.delete(session.get_one(AuditEntry, 2))
    session.flush()

    assert audit.first_fault(session) == 3
