"""Facilitators accept, merge, ask and decline, each with a reason, and what follows from it."""

import pytest
from sqlmodel import col, select

from app.db import transaction
from app.errors import Invalid
from app.models import AuditEntry, ItemChange, ItemVersion
from app.models.proposals import ProposalState
from app.models.registers import ChangeKind, Kind
from app.models.rounds import RoundState
from app.moderation import queries, service
from app.registers.drafts import ItemDraft
from app.registers.faults import AskedNow, NotStanding
from app.rounds import queries as rounds
from tests.moderation.asking import asked, asked_in_versions
from tests.proposals.writing import OPTION, gap, option


def question_of(session, round_):
    return rounds.questions(session, round_)[0]


def entries(desk):
    with transaction(desk.engine, write=False) as session:
        about = col(AuditEntry.action).startswith("moderation:")
        return list(session.exec(select(AuditEntry).where(about).order_by(col(AuditEntry.number))))


def test_what_is_accepted_is_an_item_in_the_words_that_were_let_through(desk, make):
    make.options(desk.seminar, 26)
    make.elements(desk.seminar, 2)
    sent = desk.author.submit(desk.author.write(option("Our laboratory in X", serves=["E01", "E02"])))

    words = ItemDraft(Kind.OPTION, "Share laboratories", "States do.", dict(OPTION), {"serves": ["E01"]})
    item = desk.decide("accept", sent, draft=words, reason="It is new.")

    assert item.code == "W27"
    view = desk.author.view(sent)
    assert (view.state, view.item, view.item_version) == (
        ProposalState.ACCEPTED,
        ("W27", "Share laboratories"),
        1,
    )
    with transaction(desk.engine, write=False) as session:
        versions = session.exec(select(ItemVersion).where(ItemVersion.item_id == item.id)).all()
        change = session.exec(select(ItemChange).where(ItemChange.item_id == item.id)).one()
    assert [version.title for version in versions] == ["Share laboratories"]
    assert (change.kind, change.reason) == (ChangeKind.ACCEPTED, "It is new.")


def test_what_is_accepted_is_asked_about_in_rounds_that_have_not_been_opened(desk, make):
    done = make.rating_round(desk.seminar, options=2, state=RoundState.PUBLISHED)
    to_come = make.rating_round(desk.seminar, options=2, state=RoundState.DRAFT)
    sent = desk.author.submit(desk.author.write(option()))

    desk.decide("accept", sent)

    with transaction(desk.engine, write=False) as session:
        old, new = (question_of(session, round_) for round_ in (done, to_come))
    assert asked(desk.engine, old) == ["W01", "W02"]
    assert asked(desk.engine, new) == ["W01", "W02", "W03"]


@pytest.mark.parametrize("minor", [True, False])
def test_a_proposal_can_become_a_part_of_an_item_that_gets_new_words_by_it(desk, make, minor):
    make.rating_round(desk.seminar, options=2, state=RoundState.DRAFT)
    sent = desk.author.submit(desk.author.write(option("Option 1, but better")))
    words = ItemDraft(Kind.OPTION, "Option 1, better", "What it is.", {**OPTION, "trade_off": ""})

    desk.decide("merge", sent, into=desk.item("W01"), wording=words, minor=minor, reason="Nearly the same.")

    view = desk.author.view(sent)
    assert (view.state, view.item, view.item_version) == (
        ProposalState.MERGED,
        ("W01", "Option 1, better"),
        2,
    )
    with transaction(desk.engine, write=False) as session:
        version = session.exec(select(ItemVersion).where(ItemVersion.number == 2)).one()
        question = question_of(session, rounds.plan(session, desk.seminar)[0])
    assert version.minor is minor
    assert asked_in_versions(desk.engine, question)[0] == ("W01", 2)


def test_a_merge_may_leave_the_item_as_it_is(desk, make):
    make.options(desk.seminar, 1)
    sent = desk.author.submit(desk.author.write(option()))
    desk.decide("merge", sent, into=desk.item("W01"))
    assert desk.author.view(sent).item_version == 1


def test_a_proposal_cannot_be_merged_into_another_kind_nor_into_what_does_not_stand(desk, make):
    make.options(desk.seminar, 2)
    desk.settle("retire", desk.item("W02"))
    make.items(desk.seminar, Kind.GAP, 1)
    sent = desk.author.submit(desk.author.write(option()))
    with pytest.raises(Invalid):
        desk.decide("merge", sent, into=desk.item("G01"))
    with pytest.raises(NotStanding):
        desk.decide("merge", sent, into=desk.item("W02"))
    assert desk.author.view(sent).state is ProposalState.SUBMITTED


def test_no_major_rewording_by_a_merge_while_a_round_asks_about_the_item(desk, make):
    make.rating_round(desk.seminar, options=1, state=RoundState.OPEN)
    sent = desk.author.submit(desk.author.write(option()))
    words = ItemDraft(Kind.OPTION, "Something else", "Altogether.", dict(OPTION))
    with pytest.raises(AskedNow):
        desk.decide("merge", sent, into=desk.item("W01"), wording=words, minor=False)
    desk.decide("merge", sent, into=desk.item("W01"), wording=words, minor=True)
    assert desk.author.view(sent).state is ProposalState.MERGED


@pytest.mark.parametrize("deed", ["accept", "decline"])
@pytest.mark.parametrize("reason", ["", "  ", "x" * 1001])
def test_every_decision_has_a_reason(desk, deed, reason):
    sent = desk.author.submit()
    with pytest.raises(Invalid) as refused:
        desk.decide(deed, sent, reason=reason)
    assert refused.value.errors.keys() == {"reason"}
    assert desk.author.view(sent).state is ProposalState.SUBMITTED


@pytest.mark.parametrize("deed", ["accept", "decline", "ask"])
def test_nobody_decides_on_words_that_were_changed_meanwhile(desk, deed):
    sent = desk.author.submit()
    desk.author.change(sent, gap("Changed"))
    desk.author.submit(sent)
    facts = {"text": "Why?"} if deed == "ask" else {}
    with pytest.raises(service.ChangedMeanwhile):
        desk.decide(deed, sent, seen=1, **facts)


@pytest.mark.parametrize("state", ["draft", "withdrawn", "declined"])
def test_only_what_waits_can_be_decided(desk, state):
    proposal = desk.author.write() if state == "draft" else desk.author.submit()
    if state == "withdrawn":
        desk.author.withdraw(proposal)
    if state == "declined":
        desk.decide("decline", proposal)
    with pytest.raises(service.AlreadyDecided):
        desk.decide("accept", proposal)


def test_the_audit_names_the_proposal_and_never_its_author(desk, make):
    make.items(desk.seminar, Kind.GAP, 1)
    accepted, merged, declined = (
        desk.author.submit(desk.author.write(gap(title))) for title in ("Secret A", "Secret B", "Secret C")
    )
    desk.decide("ask", accepted, text="Secret question?")
    desk.decide("accept", accepted)
    desk.decide("merge", merged, into=desk.item("G01"))
    desk.decide("decline", declined)

    found = entries(desk)
    assert [entry.subject for entry in found] == [
        accepted.reference,
        accepted.reference,
        merged.reference,
        declined.reference,
    ]
    assert {entry.actor_id for entry in found} == {desk.facilitator.id}
    said = " ".join(f"{entry.subject} {entry.details}" for entry in found)
    assert "Secret" not in said
    assert str(desk.author.panellist.id) not in said
    assert desk.author.panellist.pseudonym not in said


def test_the_queue_is_in_no_order_of_time_and_has_neither_drafts_nor_what_was_taken_back(desk):
    for title in ("Zebra crossing", "Apples and pears", "Middle ground"):
        desk.author.submit(desk.author.write(gap(title)))
    desk.author.write(gap("A draft"))
    desk.author.withdraw(desk.author.submit(desk.author.write(gap("Taken back"))))
    with transaction(desk.engine, write=False) as session:
        found = queries.queue(session, seminar=desk.seminar)
    titles = [one.title for one in found[ProposalState.SUBMITTED]]
    assert titles == ["Apples and pears", "Middle ground", "Zebra crossing"]
    assert sum(map(len, found.values())) == 3


def test_what_may_be_proposed_at_any_time_is_set_and_audited_once(desk):
    for _ in range(2):
        with transaction(desk.engine) as session:
            service.set_proposing(
                session,
                seminar=desk.seminar,
                kinds=["option", "element", "nonsense", "gap"],
                by=desk.facilitator,
            )
    # the seminar took both already, and neither the mandate nor nonsense can be proposed
    assert entries(desk) == []
    with transaction(desk.engine) as session:
        service.set_proposing(session, seminar=desk.seminar, kinds=["threat"], by=desk.facilitator)
    (entry,) = entries(desk)
    assert entry.details == {"kinds": "threat"}
