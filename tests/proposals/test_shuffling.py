"""Storage tells nothing of the order in which proposals were written, once a round has been closed."""

from sqlalchemy import text

from app.db import transaction
from app.models import Seminar
from app.models.rounds import RoundState
from app.proposals import shuffling
from app.results import service as results
from app.rounds import queries as rounds
from tests.proposals.writing import gap

NUMBER = 14


def stored(desk, engine):
    """The titles as the database has them, in its own order."""
    order = "ctid" if engine.dialect.name == "postgresql" else "id"
    query = text(f"SELECT title FROM proposal ORDER BY {order}")
    with transaction(engine, write=False) as session:
        return [row[0] for row in session.connection().execute(query)]


def test_the_order_of_writing_is_forgotten_and_nothing_else(desk, engine):
    titles = [f"Gap {number:02}" for number in range(NUMBER)]
    sent = [desk.author.submit(desk.author.write(gap(title))) for title in titles]
    desk.decide("ask", sent[0], text="Where?")
    before = [desk.author.view(one) for one in sent]

    with transaction(engine) as session:
        shuffling.shuffle(session, session.get_one(Seminar, desk.seminar.id))

    assert [desk.author.view(one) for one in sent] == before
    assert sorted(stored(desk, engine)) == titles
    assert stored(desk, engine) != titles


def test_it_is_forgotten_when_a_round_closes(desk, engine, make):
    make.rating_round(desk.seminar, options=1, state=RoundState.OPEN)
    titles = [f"Gap {number:02}" for number in range(NUMBER)]
    for title in titles:
        desk.author.submit(desk.author.write(gap(title)))
    with transaction(engine) as session:
        (round_,) = rounds.plan(session, desk.seminar)
        results.close_round(session, desk.settings, round_=round_, by=None)
    assert stored(desk, engine) != titles
