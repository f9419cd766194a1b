"""A question for proposals shows its author's own, and seals which there were."""

from sqlmodel import select

from app.db import transaction
from app.models import Proposal
from app.models.proposals import ProposalState
from app.models.registers import Kind
from app.rounds import queries as rounds

PART = "Q5"


def propose(voter, reference, state=ProposalState.SUBMITTED, panellist=None, title="A missing gap"):
    with transaction(voter.engine) as session:
        question = rounds.find_question(session, voter.round, PART)
        assert question is not None
        session.add(
            Proposal(
                seminar_id=voter.seminar.id,
                panellist_id=(panellist or voter.panellist).id,
                question_id=question.id,
                reference=reference,
                kind=Kind.GAP,
                state=state,
                title=title,
                text="What is missing.",
            )
        )


def set_state(voter, state):
    with transaction(voter.engine) as session:
        for row in session.exec(select(Proposal)):
            row.state = state


def test_the_page_shows_ones_own_proposals_and_what_can_be_proposed(table, mapper, make):
    from tests.ballots.voting import Voter  # noqa: PLC0415

    other = Voter.of(make.engine, make.settings, mapper.seminar, mapper.round, make.expert(mapper.seminar))
    propose(mapper, "P-AAAA", title="Mine & <mine>")
    propose(mapper, "P-BBBB", ProposalState.DRAFT, title="Not yet")
    propose(other, "P-CCCC", panellist=other.panellist, title="Somebody else's")
    page = table.get(f"{mapper.path}/{PART}").text
    assert "Mine &amp; &lt;mine&gt;" in page
    assert "Not yet" in page
    assert "Somebody else" not in page
    assert "One proposal submitted" in page
    assert f"/seminars/{mapper.seminar.slug}/proposals/new/stakeholder" in page


def test_what_was_submitted_is_counted_and_sealed_and_drafts_are_not(table, mapper):
    propose(mapper, "P-BBBB")
    propose(mapper, "P-AAAA", ProposalState.MERGED)
    propose(mapper, "P-CCCC", ProposalState.DRAFT)
    propose(mapper, "P-DDDD", ProposalState.WITHDRAWN)
    assert mapper.progress().proposed == 2
    assert mapper.submit().content["questions"][PART] == {"proposals": ["P-AAAA", "P-BBBB"]}
    page = table.get(f"{mapper.path}/receipt").text
    assert "P-AAAA" in page
    assert "P-CCCC" not in page


def test_a_proposal_alone_can_be_submitted_with_the_ballot(mapper):
    assert not mapper.progress().begun
    propose(mapper, "P-AAAA")
    assert mapper.progress().begun
    assert mapper.submit().number == 1


def test_one_more_proposal_waits_to_be_submitted_and_a_decision_on_one_changes_nothing(mapper):
    propose(mapper, "P-AAAA")
    mapper.submit()
    for state in (ProposalState.RETURNED, ProposalState.DECLINED, ProposalState.ACCEPTED):
        set_state(mapper, state)
        assert not mapper.progress().changed_since
    propose(mapper, "P-BBBB")
    assert mapper.progress().changed_since
