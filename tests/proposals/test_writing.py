"""What an author writes is kept as it was typed, and checked when it is submitted."""

import pytest
from sqlmodel import select

from app.db import transaction
from app.errors import Invalid
from app.models import AuditEntry
from app.models.proposals import ProposalState
from app.models.registers import Kind
from app.models.rounds import RoundState
from app.proposals import service
from app.registers.drafts import ItemDraft
from app.rounds.lifecycle import RoundNotOpen, RoundOver
from app.web.forms import UNSTORABLE
from tests.house.hostile import HUGE, IN_FIELDS
from tests.proposals.writing import gap, option


def test_a_draft_is_kept_however_incomplete_it_is(desk):
    kept = desk.author.write(
        ItemDraft(Kind.OPTION, "", "half a thou", {"cost_class": "??"}, {"serves": ["E99"]})
    )

    view = desk.author.view(kept)
    assert (view.state, view.title, view.text) == (ProposalState.DRAFT, "", "half a thou")
    assert (view.fields, view.links) == ({"cost_class": "??"}, {"serves": ["E99"]})


def test_what_is_missing_is_said_field_by_field_when_it_is_submitted(desk):
    kept = desk.author.write(ItemDraft(Kind.OPTION, "", "", {}, {"serves": ["E99"]}))

    with pytest.raises(Invalid) as refused:
        desk.author.submit(kept)

    assert refused.value.errors.keys() == {"title", "time_horizon", "cost_class", "serves"}
    assert desk.author.view(kept).state is ProposalState.DRAFT


def test_what_is_whole_goes_to_the_facilitators(desk):
    assert desk.author.view(desk.author.submit()).state is ProposalState.SUBMITTED


def test_submitting_again_changes_nothing(desk):
    sent = desk.author.submit()
    desk.author.submit(sent)
    assert desk.author.view(sent).state is ProposalState.SUBMITTED


def test_the_same_form_sent_twice_is_one_draft(desk):
    assert desk.author.write().reference == desk.author.write().reference


def test_what_was_submitted_is_a_draft_again_once_it_is_changed(desk):
    sent = desk.author.submit()
    desk.author.change(sent, gap("Another title"))
    assert desk.author.view(sent).state is ProposalState.DRAFT


def test_saving_what_is_there_already_leaves_it_submitted(desk):
    sent = desk.author.submit()
    desk.author.change(sent, gap())
    assert desk.author.view(sent).state is ProposalState.SUBMITTED


@pytest.mark.parametrize("kind", [Kind.THREAT, Kind.ELEMENT])
def test_only_what_the_seminar_takes_can_be_proposed(desk, kind):
    with pytest.raises(service.NotTaken):
        desk.author.write(ItemDraft(kind, "A title", "A text."))


def test_the_mandate_cannot_be_added_to_even_where_a_setting_says_so(desk, make):
    desk.seminar.proposing = ["element"]
    with pytest.raises(service.NotTaken):
        desk.author.write(ItemDraft(Kind.ELEMENT, "A title", "A text."))


@pytest.mark.parametrize(
    ("state", "refusal"), [(RoundState.CLOSED, RoundNotOpen), (RoundState.DRAFT, RoundNotOpen)]
)
def test_a_question_takes_proposals_while_its_round_is_open(desk, make, state, refusal):
    round_ = make.round(desk.seminar, state=state)
    question = make.asks(round_, "Q1", "propose", {"kinds": ["gap"], "limit": None})
    with pytest.raises(refusal):
        desk.author.write(gap(), question)


def test_a_draft_cannot_be_submitted_after_the_closing_time(desk, make, monkeypatch):
    round_ = make.round(desk.seminar, state=RoundState.OPEN)
    question = make.asks(round_, "Q1", "propose", {"kinds": ["gap"], "limit": None})
    kept = desk.author.write(gap(), question)
    monkeypatch.setattr("app.clock.now", lambda: round_.closes_at)
    with pytest.raises(RoundOver):
        desk.author.submit(kept)


def test_a_question_takes_no_more_than_its_limit_and_keeps_the_draft(desk, make):
    question = make.asks(
        make.round(desk.seminar, state=RoundState.OPEN), "Q1", "propose", {"kinds": ["gap"], "limit": 1}
    )
    desk.author.submit(desk.author.write(gap(), question))
    second = desk.author.write(gap("Another gap"), question)

    with pytest.raises(Invalid) as refused:
        desk.author.submit(second)

    assert isinstance(refused.value.errors[""], service.LimitReached)
    assert desk.author.view(second).state is ProposalState.DRAFT
    assert desk.another().submit().state is ProposalState.SUBMITTED  # it is for each expert


@pytest.mark.parametrize(
    ("words", "fault"), [(40, service.TooFewWords), (60, None), (120, None), (121, service.TooManyWords)]
)
def test_a_question_asks_for_so_many_words_and_keeps_the_draft(desk, make, words, fault):
    settings = {"kinds": ["option"], "limit": 3, "words": [60, 120]}
    question = make.asks(make.round(desk.seminar, state=RoundState.OPEN), "Q2", "propose", settings)
    kept = desk.author.write(option(text="word " * words), question)
    if fault is None:
        assert desk.author.submit(kept).state is ProposalState.SUBMITTED
        return
    with pytest.raises(Invalid) as refused:
        desk.author.submit(kept)
    assert isinstance(refused.value.errors["text"], fault)
    assert desk.author.view(kept).text.split() == ["word"] * words


def test_a_reference_tells_nothing_and_is_nobody_elses(desk):
    references = {desk.author.submit(desk.author.write(gap(f"Gap {n}"))).reference for n in range(20)}
    assert len(references) == 20
    assert all(len(reference) == 6 and reference.startswith("P-") for reference in references)


def test_nothing_that_an_author_does_is_audited(desk):
    sent = desk.author.submit()
    desk.author.change(sent, gap("Another"))
    desk.author.withdraw(sent)
    with transaction(desk.engine, write=False) as session:
        actions = {entry.action for entry in session.exec(select(AuditEntry))}
    assert not {action for action in actions if "proposal" in action}


def test_an_author_writes_so_many_drafts_and_no_more(desk, monkeypatch):
    monkeypatch.setattr(service, "MOST_DRAFTS", 2)
    for title in ("One", "Two"):
        desk.author.write(gap(title))
    with pytest.raises(service.TooManyDrafts):
        desk.author.write(gap("Three"))


@pytest.mark.parametrize("text", [text for text in IN_FIELDS if len(text) < 250])
def test_hostile_text_is_kept_as_it_is(desk, text):
    words = UNSTORABLE.sub("", text)
    kept = desk.author.write(ItemDraft(Kind.OPTION, words, words, {"trade_off": words}, {"serves": [words]}))
    view = desk.author.view(kept)
    assert (view.title, view.text, view.fields) == (words, words, {"trade_off": words})


@pytest.mark.parametrize("field", ["title", "text", "trade_off", "serves"])
def test_what_is_too_long_for_the_database_is_refused_beside_its_field(desk, field):
    values = {"title": "A title", "text": "A text", "trade_off": "", "serves": ""} | {field: HUGE}
    draft = ItemDraft(
        Kind.OPTION,
        values["title"],
        values["text"],
        {"trade_off": values["trade_off"]},
        {"serves": [values["serves"]]},
    )
    with pytest.raises(Invalid) as refused:
        desk.author.write(draft)
    assert refused.value.errors.keys() == {field}
