"""A file that takes long is asked for, made by the worker, and given out while nothing has changed since."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from app import audit, clock
from app.db import transaction
from app.models import PreparedFile, Seminar
from app.outcome import exporting, preparing
from app.outcome.bundle import contents
from app.policy import Role
from app.worker import deeds
from tests.outcome import judged
from tests.outcome.judged import SETTINGS, path


@pytest.fixture
def published(make, engine):
    return judged.published(make, engine)[0]


@pytest.fixture
def facilitator(make, as_person, published):
    return as_person(make.member(published, Role.FACILITATOR))


def work(engine):
    """What the worker would do with files now, without the machinery around it."""
    with transaction(engine, write=False) as session:
        jobs = [job for job in deeds.due(session) if job.deed.endswith("_file")]
    return [deeds.DEEDS[job.deed](engine, SETTINGS, *job.ids) for job in jobs]


def test_it_is_asked_for_made_and_taken_away_a_day_long(engine, facilitator, published, monkeypatch):
    at = path(published, "/files/bundle")
    assert facilitator.get(at).status_code == 404
    assert "Make ZIP" in facilitator.get(path(published, "/files")).text
    for _ in range(2):
        assert facilitator.post(at).headers["location"] == path(published, "/files")
    page = facilitator.get(path(published, "/files")).text
    assert "It is being made." in page
    assert 'hx-trigger="every 2s"' in page
    assert facilitator.get(at).status_code == 404
    assert work(engine) == ["ready"]
    assert work(engine) == []
    page = facilitator.get(path(published, "/files")).text
    assert f'href="http://127.0.0.1:8000{at}"' in page or f'href="{at}"' in page
    assert "hx-trigger" not in page
    answer = facilitator.get(at)
    assert answer.content == facilitator.get(path(published, "/export.bundle")).content
    assert answer.headers["content-disposition"] == f'attachment; filename="{published.slug}-bundle.zip"'
    tomorrow = clock.now() + timedelta(days=1, minutes=1)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    with transaction(engine, write=False) as session:
        assert preparing.prepared(session, published) == {}
    assert work(engine) == ["forgotten"]
    with transaction(engine, write=False) as session:
        assert session.exec(select(PreparedFile)).all() == []


def test_what_is_changed_afterwards_takes_the_file_back(engine, facilitator, published):
    at = path(published, "/files/xlsx")
    facilitator.post(at)
    assert work(engine) == ["ready"]
    assert facilitator.get(at).status_code == 200
    with transaction(engine) as session:
        audit.record(session, "moderation:text:hold", actor=None, seminar=published.id)
    assert facilitator.get(at).status_code == 404
    assert "is not given out any more" in facilitator.get(path(published, "/files")).text
    facilitator.post(at)
    assert work(engine) == ["ready"]
    assert facilitator.get(at).status_code == 200


def test_what_was_done_before_and_committed_while_it_was_made_takes_the_file_back(
    engine, facilitator, published, monkeypatch
):
    at = path(published, "/files/xlsx")
    facilitator.post(at)
    now = clock.now()
    form = exporting.find("xlsx")

    def build(asked):
        made = form.build(asked)
        with monkeypatch.context() as earlier, transaction(engine) as session:
            earlier.setattr(clock, "now", lambda: now)
            audit.record(session, "moderation:text:hold", actor=None, seminar=published.id)
        return made

    monkeypatch.setitem(exporting.FORMS, "xlsx", exporting.Form(**fields(form) | {"build": build}))
    assert work(engine) == ["ready"]
    assert facilitator.get(at).status_code == 404


def test_what_is_refused_meanwhile_is_told(engine, make, as_person, monkeypatch):
    seminar, _ = judged.published(make, engine)
    organiser = as_person(make.member(seminar, Role.ORGANISER))
    organiser.post(path(seminar, "/files/bundle"))
    monkeypatch.setattr(exporting.NothingPublished, "message", "Nothing is there.")

    def refuse(_asked):
        raise exporting.NothingPublished

    form = exporting.find("bundle")
    monkeypatch.setitem(exporting.FORMS, "bundle", exporting.Form(**fields(form) | {"build": refuse}))
    assert work(engine) == ["failed"]
    assert "Nothing is there." in organiser.get(path(seminar, "/files")).text
    assert organiser.get(path(seminar, "/files/bundle")).status_code == 404


def fields(form):
    return {name: getattr(form, name) for name in form.__dataclass_fields__}


def test_before_anything_is_published_there_is_nothing_to_ask_for(make, as_person):
    seminar, _ = judged.seminar(make)
    organiser = as_person(make.member(seminar, Role.ORGANISER))
    assert "there is no file to take away" in organiser.get(path(seminar, "/files")).text
    assert organiser.post(path(seminar, "/files/exe")).status_code == 404


def test_a_job_is_given_ids_alone(engine, facilitator, published):
    facilitator.post(path(published, "/files/bundle"))
    with transaction(engine, write=False) as session:
        (job,) = [job for job in deeds.due(session) if job.deed == "make_file"]
    assert [UUID(one) for one in job.ids]


def test_the_licence_that_the_organisers_chose_leaves_with_the_data_set(engine, make, as_person, published):
    organiser = as_person(make.member(published, Role.ORGANISER))
    settings = f"/seminars/{published.slug}/settings"
    typed = {
        "title": "Title",
        "timezone": "UTC",
        "min_group": "5",
        "licence": "Quote it,\r\nand say from where.",
    }
    assert organiser.post(settings, data=typed).status_code == 303
    with transaction(engine, write=False) as session:
        assert contents.licence(session.get_one(Seminar, published.id)) == b"Quote it,\nand say from where.\n"
