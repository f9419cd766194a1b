"""A merge, a split and a major rewording, traced to rounds to come, the table, and those who answered."""

import pytest

from app.db import transaction
from app.models.registers import ChangeKind, Kind
from app.models.rounds import RoundState
from app.moderation import queries
from app.proposals import aftermath
from app.registers import queries as registers
from app.registers.drafts import ItemDraft, NewItem
from app.registers.faults import AskedNow
from app.results import service as results
from app.rounds import queries as rounds
from app.rounds import service as round_service
from tests.ballots.voting import Voter
from tests.moderation.asking import asked, asked_in_versions
from tests.proposals.writing import OPTION, Author

WORDS = {**OPTION, "trade_off": ""}


@pytest.fixture
def panel(desk, make):
    """Two experts; one has rated W01 to W03, the other W03 alone; the round is over and one is to come."""
    first = make.rating_round(desk.seminar, options=3)
    voters = [
        Voter.of(desk.engine, desk.settings, desk.seminar, first, author.person)
        for author in (desk.author, desk.another())
    ]
    for code in ("W01", "W02", "W03"):
        voters[0].save(code, OV=7, C1=5)
    voters[1].save("W03", OV=2, C1=2)
    with transaction(desk.engine) as session:
        results.close_round(session, desk.settings, round_=first, by=None)
        results.look(session, round_=first, by=None)
    to_come = make.rating_round(desk.seminar, options=3, state=RoundState.DRAFT, previous=first)
    with transaction(desk.engine, write=False) as session:
        question = rounds.questions(session, to_come)[0]
    return voters, question


def told(desk, voter):
    with transaction(desk.engine, write=False) as session:
        found = aftermath.of_answers(session, seminar=desk.seminar, panellist=voter.panellist)
    return {one.code: one for one in found}


def table(desk):
    with transaction(desk.engine, write=False) as session:
        return queries.settled(session, seminar=desk.seminar)


def test_a_merge(desk, panel):
    voters, question = panel
    desk.settle("merge_item", desk.item("W01"), into=desk.item("W02"), reason="They are one.")

    assert asked(desk.engine, question) == ["W02", "W03"]
    (row,) = table(desk)
    assert (row.code, row.change, row.into, row.reason) == (
        "W01",
        ChangeKind.MERGED,
        [("W02", "Option 2")],
        "They are one.",
    )
    found = told(desk, voters[0])["W01"]
    assert found.became == [("W02", "Option 2")]
    assert (found.asked_in, found.stands) == (["R0"], False)
    assert [change.reason for change in found.changes] == ["They are one."]
    assert told(desk, voters[1]) == {}  # she did not rate it


def test_a_merge_into_what_the_round_does_not_ask_about_puts_it_in_the_place_of_the_other(desk, make, panel):
    _, question = panel
    make.options(desk.seminar, 4)
    desk.settle("merge_item", desk.item("W01"), into=desk.item("W04"))
    assert asked(desk.engine, question) == ["W04", "W02", "W03"]


def test_a_split(desk, panel):
    voters, question = panel
    parts = [NewItem(f"Half {n}", "Of it.", WORDS) for n in (1, 2)]
    made = desk.settle("split", desk.item("W02"), parts=parts, reason="It was two.")

    codes = [item.code for item in made]
    assert asked(desk.engine, question) == ["W01", *codes, "W03"]
    (row,) = table(desk)
    assert (row.code, row.change) == ("W02", ChangeKind.SPLIT)
    assert row.into == [(codes[0], "Half 1"), (codes[1], "Half 2")]
    found = told(desk, voters[0])["W02"]
    assert found.became == row.into
    assert not found.stands
    assert told(desk, voters[1]) == {}


@pytest.mark.parametrize(("minor", "holds"), [(True, True), (False, False)])
def test_a_rewording(desk, panel, minor, holds):
    voters, question = panel
    words = ItemDraft(Kind.OPTION, "Option 3, reworded", "What it is now.", WORDS)
    desk.settle("reword", desk.item("W03"), wording=words, minor=minor, reason="Clearer.")

    assert asked_in_versions(desk.engine, question) == [("W01", 1), ("W02", 1), ("W03", 2)]
    (row,) = table(desk)
    assert (row.code, row.change, row.version, row.minor) == ("W03", ChangeKind.REWORDED, 2, minor)
    for voter in voters:
        found = told(desk, voter)["W03"]
        assert (found.title, found.holds, found.stands) == ("Option 3", holds, True)
        assert [(change.version, change.reason) for change in found.changes] == [(2, "Clearer.")]


def test_a_retired_item(desk, panel):
    voters, question = panel
    desk.settle("retire", desk.item("W03"), reason="Out of scope.")
    assert asked(desk.engine, question) == ["W01", "W02"]
    assert told(desk, voters[1])["W03"].became == []


def test_who_answers_again_about_the_new_words_is_told_nothing_of_the_old(desk, panel, make):
    voters, _question = panel
    words = ItemDraft(Kind.OPTION, "Option 3, reworded", "What it is now.", WORDS)
    desk.settle("reword", desk.item("W03"), wording=words, minor=False)
    again = make.rating_round(desk.seminar, options=3)
    Voter.of(desk.engine, desk.settings, desk.seminar, again, voters[1].person).save("W03", OV=3)
    assert told(desk, voters[1]) == {}
    assert "W03" in told(desk, voters[0])


def test_a_round_that_is_opened_afterwards_asks_in_the_new_words(desk, panel):
    _, question = panel
    words = ItemDraft(Kind.OPTION, "Option 3, reworded", "What it is now.", WORDS)
    desk.settle("reword", desk.item("W03"), wording=words, minor=False)
    with transaction(desk.engine) as session:
        first, to_come = rounds.plan(session, desk.seminar)
        round_service.mark_published(session, round_=first, by=None)
        round_service.open_round(session, round_=to_come, by=None)
        subjects = rounds.subjects(session, question)
    assert [(subject.code, subject.title) for subject in subjects][-1] == ("W03", "Option 3, reworded")


@pytest.mark.parametrize("deed", ["merge_item", "split", "retire", "reword"])
def test_what_an_open_round_asks_about_stays_as_it_is(desk, make, deed):
    make.rating_round(desk.seminar, options=2)
    facts = {
        "merge_item": lambda: {"into": desk.item("W02")},
        "split": lambda: {"parts": [NewItem("A", "B", WORDS), NewItem("C", "D", WORDS)]},
        "retire": dict,
        "reword": lambda: {"wording": ItemDraft(Kind.OPTION, "Else", "Else.", WORDS), "minor": False},
    }[deed]()
    with pytest.raises(AskedNow):
        desk.settle(deed, desk.item("W01"), **facts)
    with transaction(desk.engine, write=False) as session:
        item = registers.item(session, seminar=desk.seminar, code="W01")
    assert item is not None
    assert (item.title, item.version) == ("Option 1", 1)
    assert table(desk) == []


def test_the_parts_of_an_element_stand_where_frameworks_are_held_against_it(desk, make):
    round_ = make.mapping_round(desk.seminar, state=RoundState.DRAFT)
    parts = [
        NewItem("One", "A part.", {"part": "action", "words": "one"}),
        NewItem("Two", "A part.", {"part": "action", "words": "two"}),
    ]
    made = desk.settle("split", desk.item("E02"), parts=parts)
    with transaction(desk.engine, write=False) as session:
        cover = rounds.find_question(session, round_, "Q3")
    assert cover is not None
    assert cover.settings["elements"] == ["E01", *[item.code for item in made], "E03"]


@pytest.mark.parametrize(
    ("kind", "code"), [("gap", "Q4"), ("opportunity", "Q4"), ("threat", "Q1"), ("framework", "Q3")]
)
def test_what_is_accepted_goes_to_the_question_about_its_kind_even_if_that_asks_about_none_yet(
    desk, make, kind, code
):
    round_ = make.mapping_round(desk.seminar, state=RoundState.DRAFT, each=0)
    desk.seminar.proposing = [kind]
    fields = {
        "threat": {"scope": "both"},
        "framework": {"year": "2001", "legal_nature": "treaty", "scope": "both"},
    }.get(kind, {})
    author: Author = desk.author
    sent = author.submit(author.write(ItemDraft(Kind(kind), "A title", "A text.", fields)))

    item = desk.decide("accept", sent)

    with transaction(desk.engine, write=False) as session:
        about = {
            q.code: [s.code for s in rounds.subjects(session, q)] for q in rounds.questions(session, round_)
        }
    assert {question for question, codes in about.items() if item.code in codes} == {code}
