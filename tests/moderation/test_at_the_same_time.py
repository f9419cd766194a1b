"""Two people act at the same moment, and only one of them can be right."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from app.db import transaction
from app.errors import Conflict
from app.models import Round
from app.models.proposals import ProposalState
from app.models.registers import ItemStatus
from app.models.rounds import RoundState
from app.moderation import service
from app.registers.faults import AskedNow
from app.rounds import queries as rounds
from app.rounds import service as round_service
from tests.moderation.asking import asked
from tests.proposals.writing import gap


def at_once(*acts):
    """What came of each act, or the refusal of it; all of them begin at the same moment."""
    start = Barrier(len(acts))

    def run(act):
        start.wait()
        try:
            return act()
        except Conflict as refused:
            return refused

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.parametrize("attempt", range(3))
def test_of_two_decisions_on_one_proposal_one_counts(desk, attempt):
    sent = desk.author.submit()
    came = at_once(lambda: desk.decide("accept", sent), lambda: desk.decide("decline", sent))
    refused = [one for one in came if isinstance(one, service.AlreadyDecided)]
    view = desk.author.view(sent)
    assert len(refused) == 1
    assert len(view.remarks) == 1
    assert (view.state is ProposalState.ACCEPTED) == (view.item is not None)


@pytest.mark.parametrize("attempt", range(3))
def test_words_that_change_while_they_are_decided_on_are_not_decided_on_unread(desk, attempt):
    sent = desk.author.submit()

    def decide():
        return desk.decide("decline", sent, seen=1)

    came = at_once(decide, lambda: desk.author.change(sent, gap("Changed")))
    view = desk.author.view(sent)
    assert sum(isinstance(one, Conflict) for one in came) == 1
    assert (view.state, view.title) in {
        (ProposalState.DECLINED, "No common list"),
        (ProposalState.DRAFT, "Changed"),
    }


@pytest.mark.parametrize("attempt", range(3))
def test_no_round_opens_about_what_is_retired_at_that_moment(desk, make, attempt):
    round_ = make.rating_round(desk.seminar, options=2, state=RoundState.DRAFT)

    def open_round():
        with transaction(desk.engine) as session:
            return round_service.open_round(session, round_=session.get_one(Round, round_.id), by=None)

    opened, _ = at_once(open_round, lambda: desk.settle("retire", desk.item("W01")))
    assert isinstance(opened, Round)

    with transaction(desk.engine, write=False) as session:
        (question,) = rounds.questions(session, round_)
    is_asked = "W01" in asked(desk.engine, question)
    assert is_asked == (desk.item("W01").status is ItemStatus.ACCEPTED)
    if is_asked:
        with pytest.raises(AskedNow):
            desk.settle("retire", desk.item("W01"))
