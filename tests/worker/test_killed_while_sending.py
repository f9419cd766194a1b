"""A worker killed while it sends keeps no mail from anybody, and only those in flight come twice."""

from collections import Counter

from app.worker.durable import AT_ONCE
from tests.worker.conftest import end, wait_until

MANY = 60


def test_nobody_goes_without_and_only_mails_in_flight_come_twice(crowd, process, mail_server, unsent, engine):
    addresses = crowd(MANY)
    worker = process()
    wait_until(lambda: len(mail_server.received) >= MANY // 3)
    worker.kill()
    worker.wait()
    before = len(mail_server.received)
    assert before < MANY

    worker = process()
    wait_until(lambda: unsent() == 0)
    said = end(worker)

    times = Counter((letter.to, letter.message_id) for letter in mail_server.received)
    assert sorted(address for address, _ in times) == sorted(addresses)
    assert len(mail_server.received) - MANY <= AT_ONCE
    assert max(times.values()) <= 2
    assert "example.org" not in said
    assert "Expert " not in said


def test_a_worker_that_is_left_takes_over_from_one_that_was_killed(
    crowd, process, mail_server, unsent, engine, request
):
    """On SQLite the two share a file, on PostgreSQL a database; both send, each mail once."""
    crowd(MANY)
    first, second = process(), process()
    wait_until(lambda: len(mail_server.received) >= MANY // 3)
    first.kill()
    first.wait()

    wait_until(lambda: unsent() == 0)
    end(second)

    times = Counter((letter.to, letter.message_id) for letter in mail_server.received)
    assert len(times) == MANY
    assert len(mail_server.received) - MANY <= AT_ONCE


def test_two_workers_send_each_mail_once(crowd, process, mail_server, unsent):
    crowd(MANY)
    workers = process(), process()

    wait_until(lambda: unsent() == 0)
    for worker in workers:
        end(worker)

    assert set(Counter(letter.message_id for letter in mail_server.received).values()) == {1}
    assert len(mail_server.received) == MANY
