"""More requests at once than there are threads: each is answered, and none waits for a thread for ever."""

from sqlmodel import select

from app.models import Person
from tests.crowds import at_once
from tests.factories import sign_in


def test_two_hundred_changes_at_once_are_all_made(app, engine, make, session):
    people = [make.person() for _ in range(200)]
    tokens = [sign_in(session, person) for person in people]
    session.commit()

    answers = at_once(
        app,
        [
            {
                "method": "POST",
                "url": "/profile",
                "data": {"name": f"New {number}"},
                "headers": {"Cookie": f"colloquy={token}"},
            }
            for number, token in enumerate(tokens)
        ],
    )

    assert {answer.status_code for answer in answers} == {303}
    names = session.exec(select(Person.name)).all()
    assert sorted(names) == sorted(f"New {number}" for number in range(200))


def test_readers_and_writers_do_not_starve_each_other(app, make, session):
    person = make.person()
    token = sign_in(session, person)
    session.commit()
    cookie = {"Cookie": f"colloquy={token}"}
    reading = {"method": "GET", "url": "/profile", "headers": cookie}
    writing = {"method": "POST", "url": "/profile", "data": {"name": "N"}, "headers": cookie}
    asking = {"method": "POST", "url": "/sign-in", "data": {"email": "nobody@example.org"}}

    answers = at_once(app, [reading, writing, asking] * 40)

    assert {answer.status_code for answer in answers} == {200, 303, 429}
