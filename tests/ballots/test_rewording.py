"""A former answer holds for a wording that means the same, and no other; what was merged is remembered."""

import re

import pytest
from sqlmodel import select

from app.ballots.service import NothingToKeep
from app.db import transaction
from app.models import Item, ItemVersion, Round
from app.models.rounds import RoundState
from app.questions.answers import Answer
from app.registers import service as registers
from app.registers.drafts import NewItem, Wording
from app.rounds import subjects
from tests.ballots.test_second_round import BALLOTS, section
from tests.ballots.voting import settle
from tests.conftest import HTMX


@pytest.fixture
def settled(make):
    return settle(make, BALLOTS)


@pytest.fixture
def voter(settled):
    """One of those who rated all three options."""
    return settled.voters[0]


def between(voter, act):
    """Something becomes of the options before the second round opens."""
    set_state(voter, RoundState.DRAFT)
    with transaction(voter.engine) as session:
        rows = session.exec(select(Item).where(Item.seminar_id == voter.seminar.id))
        act(session, {item.code: item for item in rows})
    set_state(voter, RoundState.OPEN)


def set_state(voter, state):
    with transaction(voter.engine) as session:
        session.get_one(Round, voter.round.id).state = state


def reword(voter, *, minor, title="Option 2", text="What it is now.", code="W02"):
    def act(session, items):
        item = items[code]
        version = session.exec(
            select(ItemVersion).where(ItemVersion.item_id == item.id, ItemVersion.number == item.version)
        ).one()
        wording = Wording(title, text, version.fields)
        registers.new_version(session, item=item, wording=wording, minor=minor)
        subjects.refresh(session, item=item)

    between(voter, act)


def test_after_a_minor_rewording_the_answer_can_still_be_kept(desk, voter):
    reword(voter, minor=True)
    card = section(desk.get(voter.path).text, "W02")
    assert "What it is now." in card
    assert "earlier wording" not in card
    assert "Keep my answer" in card
    voter.keep("W02")
    assert voter.in_force("W02").judgements == {"OV": 2, "C1": 5}


def test_after_a_major_one_it_is_shown_with_what_was_changed_and_cannot_be_kept(desk, voter):
    reword(voter, minor=False)
    card = section(desk.get(voter.path).text, "W02")
    assert "Given to an earlier wording" in card
    assert "please answer anew" in card
    assert re.search(r"<ins>[^<]*now\.</ins>", card)
    assert "Keep my answer" not in card
    assert "You in R0:" in card
    assert "Keep my answer" in section(desk.get(voter.path).text, "W01")

    with pytest.raises(NothingToKeep):
        voter.keep("W02")
    assert desk.post(f"{voter.form}/W02/keep", data={}, headers=HTMX).status_code == 409
    assert voter.in_force("W02") == Answer()


def test_a_minor_rewording_after_a_major_one_does_not_mend_it(voter):
    reword(voter, minor=False)
    reword(voter, minor=True, text="What it is now, well put.")
    with pytest.raises(NothingToKeep):
        voter.keep("W02")


def test_who_had_not_answered_it_learns_that_the_panel_rated_another_wording(settled, as_person):
    last = settled.voters[-1]  # left W03 out
    reword(last, minor=False, title="Another title", text="What it is.", code="W03")
    card = section(as_person(last.person).get(last.path).text, "W03")
    assert "was about the earlier wording" in card
    assert "You in R0:" not in card
    assert "<ins>Another title</ins>" in card


def test_what_was_merged_into_an_option_is_remembered_with_the_answer_to_it(desk, voter):
    def act(session, items):
        registers.merge(session, item=items["W03"], into=items["W02"], reason="The same.", by=None)
        subjects.follow(session, item=items["W03"], into=[items["W02"]])

    between(voter, act)
    page = desk.get(voter.path).text
    card = section(page, "W02")
    assert 'id="W03"' not in page
    assert "In R0 you also answered W03, which has become a part of this:" in card
    assert "Option 3" in card
    assert "Keep my answer" in card
    assert "you also answered" not in section(page, "W01")


def test_who_never_answered_what_was_merged_is_told_nothing_of_it(settled, as_person):
    last = settled.voters[-1]

    def act(session, items):
        registers.merge(session, item=items["W03"], into=items["W02"], reason="The same.", by=None)
        subjects.follow(session, item=items["W03"], into=[items["W02"]])

    between(last, act)
    assert "you also answered" not in as_person(last.person).get(last.path).text


def test_the_parts_of_an_option_that_was_split_remember_it(desk, voter):
    def act(session, items):
        fields = {"time_horizon": "short", "cost_class": "low", "trade_off": ""}
        parts = [NewItem(f"Part {n}", "A part of it.", fields) for n in (1, 2)]
        made = registers.split(session, item=items["W03"], parts=parts, reason="Two things.", by=None)
        subjects.follow(session, item=items["W03"], into=made)

    between(voter, act)
    page = desk.get(voter.path).text
    for code in ("W04", "W05"):
        card = section(page, code)
        assert "you also answered W03" in card
        assert "Keep my answer" not in card
