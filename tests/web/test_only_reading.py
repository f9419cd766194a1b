"""What only looks something up does not take the place of SQLite's one writer, whatever its method."""

import pytest
from sqlalchemy import event

from app.models.registers import Kind
from app.policy import Role

SHEET = b"code,title,text\n,No common list,Nobody keeps one.\n"


@pytest.fixture
def statements(engine):
    """All that is said to the database from now on."""
    said: list[str] = []

    def hear(_connection, _cursor, statement, *_others):
        said.append(statement)

    event.listen(engine, "before_cursor_execute", hear)
    yield said
    event.remove(engine, "before_cursor_execute", hear)


def changes(said):
    words = ("INSERT", "UPDATE", "DELETE", "BEGIN IMMEDIATE")
    return [one for one in said if one.startswith(words) or " FOR UPDATE" in one]


def test_what_is_alike_is_looked_up_without_the_writer(make, as_person, statements):
    seminar = make.seminar(proposing=["gap"])
    make.items(seminar, Kind.GAP, 2)
    browser = as_person(make.expert(seminar))
    statements.clear()
    words = {"title": "Gap 2", "text": "What it is."}

    answer = browser.post(f"/seminars/{seminar.slug}/proposals/similar/gap", data=words)

    assert (answer.status_code, changes(statements)) == (200, [])


def test_what_a_spreadsheet_would_do_is_looked_up_without_the_writer(make, as_person, statements):
    seminar = make.seminar()
    browser = as_person(make.member(seminar, Role.FACILITATOR))
    statements.clear()

    answer = browser.post(
        f"/seminars/{seminar.slug}/registers/gap/import", files={"file": ("gaps.csv", SHEET, "text/csv")}
    )

    assert (answer.status_code, changes(statements)) == (200, [])


def test_what_keeps_something_takes_the_writer(make, as_person, statements):
    seminar = make.seminar(proposing=["gap"])
    browser = as_person(make.expert(seminar))
    statements.clear()

    browser.post(
        f"/seminars/{seminar.slug}/proposals/new/gap", data={"title": "A gap", "text": "What it is."}
    )

    assert changes(statements)
