"""Author and facilitators talk to each other through the proposal, both nameless."""

import pytest

from app.errors import Invalid
from app.models.proposals import ProposalState
from app.models.rounds import RoundState
from app.proposals import service
from tests.proposals.writing import gap


def test_a_question_gives_the_proposal_back_to_its_author(desk):
    sent = desk.author.submit()
    desk.decide("ask", sent, text="Where is it missing?")
    view = desk.author.view(sent)
    assert view.state is ProposalState.RETURNED
    assert view.can_be_replied_to
    assert [(remark.by_author, remark.text) for remark in view.remarks] == [(False, "Where is it missing?")]


def test_an_answer_gives_it_to_the_facilitators_again(desk):
    sent = desk.author.submit()
    desk.decide("ask", sent, text="Where is it missing?")
    desk.author.answer(sent, "Everywhere.")
    view = desk.author.view(sent)
    assert view.state is ProposalState.SUBMITTED
    assert view.remarks[-1].text == "Everywhere."
    assert not view.can_be_replied_to


def test_what_was_returned_can_be_rewritten_after_its_round(desk, make, monkeypatch):
    round_ = make.round(desk.seminar, state=RoundState.OPEN)
    question = make.asks(round_, "Q5", "propose", {"kinds": ["gap"], "limit": 1})
    sent = desk.author.submit(desk.author.write(gap("As a small landlocked State"), question))
    desk.decide("ask", sent, text="Please leave out who you are.")
    monkeypatch.setattr("app.clock.now", lambda: round_.closes_at)

    desk.author.change(sent, gap("One customs laboratory is not enough"), seen=1)
    assert desk.author.view(sent).state is ProposalState.RETURNED
    desk.author.submit(sent)

    view = desk.author.view(sent)
    assert (view.state, view.title) == (ProposalState.SUBMITTED, "One customs laboratory is not enough")


def test_of_a_decision_an_author_may_say_one_thing(desk):
    sent = desk.author.submit()
    desk.decide("decline", sent, reason="It is there already.")
    desk.author.answer(sent, "It is not.")
    with pytest.raises(service.NothingAsked):
        desk.author.answer(sent, "It really is not.")
    view = desk.author.view(sent)
    assert view.state is ProposalState.DECLINED
    assert [remark.text for remark in view.remarks] == ["It is there already.", "It is not."]


@pytest.mark.parametrize("act", ["write", "submit"])
def test_nothing_can_be_answered_that_was_not_asked(desk, act):
    proposal = getattr(desk.author, act)()
    with pytest.raises(service.NothingAsked):
        desk.author.answer(proposal)


@pytest.mark.parametrize("text", ["", " \n", "x" * 2001])
def test_an_answer_has_words_and_an_end(desk, text):
    sent = desk.author.submit()
    desk.decide("ask", sent, text="Where?")
    with pytest.raises(Invalid):
        desk.author.answer(sent, text)


@pytest.mark.parametrize("deed", ["accept", "decline"])
def test_what_is_decided_cannot_be_changed_or_taken_back(desk, deed):
    sent = desk.author.submit()
    desk.decide(deed, sent)
    with pytest.raises(service.Decided):
        desk.author.change(sent, gap("Another"))
    with pytest.raises(service.Decided):
        desk.author.withdraw(sent)


@pytest.mark.parametrize("act", ["write", "submit"])
def test_what_is_undecided_can_be_taken_back(desk, act):
    proposal = getattr(desk.author, act)()
    desk.author.withdraw(proposal)
    assert desk.author.view(proposal).state is ProposalState.WITHDRAWN
    with pytest.raises(service.Decided):
        desk.author.submit(proposal)
