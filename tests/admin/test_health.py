"""Whether the service is well, and nothing else, for anybody who asks."""

from sqlalchemy import create_engine
from starlette.testclient import TestClient

from app.db import make_engine, transaction
from app.main import create_app
from tests.conftest import ORIGIN


def test_a_migrated_database_that_answers_is_well(browser):
    answer = browser.get("/health")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}


def test_it_does_not_wait_for_who_is_writing(engine, browser):
    with transaction(engine):
        assert browser.get("/health").status_code == 200


def test_a_database_without_our_tables_is_not_well(settings, tmp_path):
    empty = make_engine(f"sqlite:///{tmp_path / 'empty.db'}")

    answer = TestClient(create_app(settings, empty), base_url=ORIGIN).get("/health")

    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable"}
    assert answer.headers["retry-after"]
    empty.dispose()


def test_a_database_that_does_not_answer_is_not_well(settings):
    gone = create_engine("postgresql+psycopg://nobody@127.0.0.1:9/nothing?connect_timeout=2")

    answer = TestClient(create_app(settings, gone), base_url=ORIGIN).get("/health")

    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable"}
    assert "127.0.0.1" not in answer.text
    gone.dispose()
