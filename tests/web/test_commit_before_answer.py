"""Nobody is told that something is saved before it is (security.md, trap 1)."""

import pytest
from sqlmodel import select

from app.models import Person


@pytest.fixture
def no_commit(engine, monkeypatch):
    """From `no_commit()` on, the database's commits fail."""

    def fail(connection):
        connection.rollback()  # as the database itself does
        raise engine.dialect.dbapi.OperationalError("disk full")

    return lambda: monkeypatch.setattr(engine.dialect, "do_commit", fail)


def test_a_failing_commit_is_never_answered_with_success(make, as_person, session, no_commit):
    person = make.person(name="Before")
    browser = as_person(person)
    no_commit()

    for _ in range(100):
        response = browser.post("/profile", data={"name": "After"})
        assert response.status_code == 503
        assert response.headers["retry-after"] == "5"

    assert session.exec(select(Person.name)).one() == "Before"


def test_nobody_is_signed_in_by_a_commit_that_fails(make, browser, no_commit):
    make.person()
    no_commit()

    response = browser.post("/sign-out")

    assert response.status_code == 503
    assert "set-cookie" not in response.headers
