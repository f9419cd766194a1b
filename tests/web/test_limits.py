"""Tries are counted for all processes together, and one who tries too often hinders nobody else."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app import clock
from app.models import RateCount
from app.web.errors import TooManyTries
from app.web.limits import Limit, spend
from tests.crowds import at_once

THREE = Limit("three", 3, timedelta(minutes=10))


def test_one_too_many_is_refused_and_told_how_long_to_wait(engine, settings):
    for _ in range(3):
        spend(engine, settings, (THREE, "me"))

    with pytest.raises(TooManyTries) as refused:
        spend(engine, settings, (THREE, "me"))

    assert 0 < int(str(refused.value.fields["seconds"])) <= 600


def test_neighbours_are_not_touched(engine, settings):
    for _ in range(3):
        spend(engine, settings, (THREE, "me"))

    spend(engine, settings, (THREE, "neighbour"))
    spend(engine, settings, (Limit("other", 3, THREE.window), "me"))


def test_the_next_window_starts_from_nothing(engine, settings, monkeypatch):
    for _ in range(3):
        spend(engine, settings, (THREE, "me"))
    later = clock.now() + THREE.window
    monkeypatch.setattr(clock, "now", lambda: later)

    spend(engine, settings, (THREE, "me"))


def test_what_is_counted_cannot_be_read_and_does_not_stay(engine, settings, session, monkeypatch):
    spend(engine, settings, (THREE, "person@example.org"))
    assert "person" not in session.exec(select(RateCount)).one().key_hash
    session.commit()
    later = clock.now() + timedelta(days=3)
    monkeypatch.setattr(clock, "now", lambda: later)

    spend(engine, settings, (THREE, "other@example.org"))

    assert len(session.exec(select(RateCount)).all()) == 1


def test_none_slips_through_in_a_crowd(app, session):
    asking = {"method": "POST", "url": "/sign-in", "data": {"email": "me@example.org"}}

    answers = at_once(app, [asking] * 25)

    statuses = [answer.status_code for answer in answers]
    assert statuses.count(303) == 5
    assert statuses.count(429) == 20


def test_the_page_says_so_and_when_to_come_back(browser):
    for _ in range(5):
        assert browser.post("/sign-in", data={"email": "me@example.org"}).status_code == 303

    refused = browser.post("/sign-in", data={"email": " ME@example.org "})

    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= 900
    assert "That was tried too often." in refused.text
    assert browser.post("/sign-in", data={"email": "you@example.org"}).status_code == 303
