"""Facilitators read the texts of a closed round before the panel does, and hold back what would tell."""

import pytest
from sqlmodel import select

from app.db import transaction
from app.errors import Invalid
from app.models import AuditEntry
from app.models.rounds import RoundState
from app.moderation import texts
from app.policy import Role
from app.proposals import aftermath
from app.questions.answers import Entry
from app.questions.fingerprint import fingerprint
from app.results import disclosure
from app.results import service as results
from app.rounds import queries as rounds
from app.rounds.lifecycle import IsOpen, IsPublished
from tests.ballots.voting import Voter

TELLING = "As a small landlocked State with one customs laboratory, we cannot."
HARMLESS = "It costs too much."


@pytest.fixture
def closed(desk, make):
    """A closed round in which six commented on W01 and rated it; one of them wrote what tells who she is."""
    round_ = make.rating_round(desk.seminar, options=1)
    make.asks(round_, "Q2", "comment", {}, make.options(desk.seminar, 1))
    authors = [desk.author, *(desk.another() for _ in range(5))]
    voters = [Voter.of(desk.engine, desk.settings, desk.seminar, round_, one.person) for one in authors]
    for number, voter in enumerate(voters):
        rationale = TELLING if number == 0 else f"{HARMLESS} {number}"
        voter.save("W01", rationale=rationale, OV=5, C1=5)
        argument = TELLING if number == 0 else f"Not this {number}"
        voter.say("W01", Entry(texts={"against": argument}), question="Q2")
        voter.submit()
    with transaction(desk.engine) as session:
        results.close_round(session, desk.settings, round_=round_, by=None)
        results.look(session, round_=round_, by=None)
    return voters


def question_of(desk, session, code):
    (round_,) = rounds.plan(session, desk.seminar)
    question = rounds.find_question(session, round_, code)
    assert question is not None
    return question


def settle(desk, code="Q1", **facts):
    facts = {"shown": False, "instead": None, "reason": "It tells who wrote it."} | facts
    with transaction(desk.engine) as session:
        texts.settle(
            session,
            seminar=desk.seminar,
            question=question_of(desk, session, code),
            code="W01",
            digest=fingerprint(TELLING),
            by=desk.facilitator,
            **facts,
        )


def published(desk, code):
    with transaction(desk.engine, write=False) as session:
        question = question_of(desk, session, code)
        tally = disclosure.released_of(session, question=question, roles={Role.FACILITATOR})
        return str(tally.as_numbers())


@pytest.mark.parametrize("code", ["Q1", "Q2"])
def test_what_is_held_back_is_in_no_result(desk, closed, code):
    assert TELLING in published(desk, code)
    settle(desk, code)
    assert "landlocked" not in published(desk, code)


@pytest.mark.parametrize("code", ["Q1", "Q2"])
def test_what_is_shortened_is_in_the_result_in_the_other_words(desk, closed, code):
    settle(desk, code, instead="We cannot.")
    said = published(desk, code)
    assert "We cannot." in said
    assert "landlocked" not in said


def test_it_can_be_let_through_after_all(desk, closed):
    settle(desk)
    settle(desk, shown=True)
    assert TELLING in published(desk, "Q1")


def test_its_author_alone_is_told_and_why(desk, closed):
    settle(desk, instead="We cannot.")
    with transaction(desk.engine, write=False) as session:
        (told,) = aftermath.of_texts(session, seminar=desk.seminar, panellist=closed[0].panellist)
        nothing = aftermath.of_texts(session, seminar=desk.seminar, panellist=closed[1].panellist)
    assert (told.text, told.instead, told.reason) == (TELLING, "We cannot.", "It tells who wrote it.")
    assert nothing == []


def test_the_author_reads_it_on_her_page_and_at_home(desk, closed, as_person):
    settle(desk)
    browser = as_person(desk.author.person)
    page = browser.get(f"{desk.path}/proposals").text
    assert TELLING in page
    assert "It is shown to nobody." in page
    assert "One text of yours is not shown as you wrote it." in browser.get(desk.path).text


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"instead": " "}, "instead"),
        ({"instead": TELLING}, "instead"),
        ({"instead": "x" * 4001}, "instead"),
    ],
)
def test_a_text_is_held_for_a_reason_and_shortened_to_something_else(desk, closed, facts, field):
    with pytest.raises(Invalid) as refused:
        settle(desk, **facts)
    assert refused.value.errors.keys() == {field}
    assert TELLING in published(desk, "Q1")


@pytest.mark.parametrize("instead", [None, "We cannot."])
def test_it_stays_held_in_the_next_round_if_its_author_keeps_it_with_her_answer(desk, make, closed, instead):
    settle(desk, instead=instead)
    with transaction(desk.engine) as session:
        (before,) = rounds.plan(session, desk.seminar)
        results.publish_round(session, round_=before, by=None)
    now = make.rating_round(desk.seminar, options=1, previous=before)
    again = [Voter.of(desk.engine, desk.settings, desk.seminar, now, one.person) for one in closed]
    for voter in again:
        voter.keep()
        voter.submit()
    assert again[0].in_force().rationale == TELLING
    with transaction(desk.engine) as session:
        results.close_round(session, desk.settings, round_=now, by=None)
        results.look(session, round_=now, by=None)
        question = rounds.find_question(session, now, "Q1")
        assert question is not None
        tally = disclosure.released_of(session, question=question, roles={Role.FACILITATOR})
        found = texts.sealed_texts(session, seminar=desk.seminar, question=question)
    assert "landlocked" not in str(tally.as_numbers())
    assert ("We cannot." in str(tally.as_numbers())) is (instead is not None)
    (held,) = [one.held for one in found if one.text == TELLING]
    assert held is not None
    assert (held.instead, held.reason) == (instead, "It tells who wrote it.")


def test_nothing_is_changed_once_it_is_published(desk, closed):
    with transaction(desk.engine) as session:
        (round_,) = rounds.plan(session, desk.seminar)
        results.publish_round(session, round_=round_, by=None)
    with pytest.raises(IsPublished):
        settle(desk)


def test_nothing_is_read_while_the_round_is_open(desk, make):
    make.rating_round(desk.seminar, options=1, state=RoundState.OPEN)
    with transaction(desk.engine, write=False) as session, pytest.raises(IsOpen):
        texts.sealed_texts(session, seminar=desk.seminar, question=question_of(desk, session, "Q1"))


def test_of_few_nothing_is_read(desk, make):
    round_ = make.rating_round(desk.seminar, options=1)
    Voter.of(desk.engine, desk.settings, desk.seminar, round_, desk.author.person).save(
        "W01", rationale=TELLING, OV=5, C1=5
    )
    with transaction(desk.engine) as session:
        results.close_round(session, desk.settings, round_=round_, by=None)
        results.look(session, round_=round_, by=None)
        with pytest.raises(texts.TooFew):
            texts.sealed_texts(session, seminar=desk.seminar, question=question_of(desk, session, "Q1"))


def test_the_reasons_of_few_raters_are_shown_to_facilitators_no_more_than_to_the_panel(desk, make):
    round_ = make.rating_round(desk.seminar, options=2)
    for number in range(6):
        voter = Voter.of(desk.engine, desk.settings, desk.seminar, round_, desk.another().person)
        voter.save("W01", rationale=f"{HARMLESS} {number}", OV=5, C1=5)
        if number == 0:
            voter.save("W02", rationale=TELLING, OV=5, C1=5)
        voter.submit(blanks_meant=True)
    with transaction(desk.engine) as session:
        results.close_round(session, desk.settings, round_=round_, by=None)
        results.look(session, round_=round_, by=None)
        found = texts.sealed_texts(session, seminar=desk.seminar, question=question_of(desk, session, "Q1"))
    assert {one.code for one in found} == {"W01"}


def test_to_be_sure_of_no_grade_is_not_to_grade(desk, make):
    round_ = make.mapping_round(desk.seminar)
    for number in range(6):
        voter = Voter.of(desk.engine, desk.settings, desk.seminar, round_, desk.another().person)
        graded = Entry({"E01": 1, "E01.sure": 3}, TELLING, {"E01.source": "OP 2"})
        voter.say("FW-01", graded if number == 0 else Entry({"E01.sure": 3}), question="Q3")
        voter.say("FW-02", Entry({"E01": 2}, f"{HARMLESS} {number}"), question="Q3")
        voter.submit(blanks_meant=True)
    with transaction(desk.engine) as session:
        results.close_round(session, desk.settings, round_=round_, by=None)
        results.look(session, round_=round_, by=None)
        found = texts.sealed_texts(session, seminar=desk.seminar, question=question_of(desk, session, "Q3"))
    assert {one.code for one in found} == {"FW-02"}


def test_the_page_shows_the_texts_in_no_order_of_time_and_by_nobodys_name(desk, closed, as_person):
    office = as_person(desk.facilitator)
    assert "Texts to read before publishing" in office.get(f"{desk.path}/moderation").text
    page = office.get(f"{desk.path}/moderation/texts/0/Q1")
    places = sorted((fingerprint(f"{HARMLESS} {n}"), page.text.index(f"{HARMLESS} {n}")) for n in range(1, 6))
    assert [place for _, place in places] == sorted(place for _, place in places)
    assert not [voter for voter in closed if voter.panellist.pseudonym in page.text]

    sent = {"code": "W01", "digest": fingerprint(TELLING), "then": "hold"}
    assert office.post(f"{desk.path}/moderation/texts/0/Q1", data=sent).status_code == 422
    done = office.post(f"{desk.path}/moderation/texts/0/Q1", data=sent | {"reason": "It tells."})
    assert done.status_code == 303
    assert "Held back" in office.get(done.headers["location"]).text


@pytest.mark.parametrize("digest", ["", "0" * 64, "x" * 5000])
def test_a_text_that_is_not_there_cannot_be_held(desk, closed, as_person, digest):
    office = as_person(desk.facilitator)
    sent = {"code": "W01", "digest": digest, "then": "hold", "reason": "It tells."}
    assert office.post(f"{desk.path}/moderation/texts/0/Q1", data=sent).status_code == 409


def test_the_audit_says_of_what_it_was_and_no_word_of_it(desk, closed):
    settle(desk)
    with transaction(desk.engine, write=False) as session:
        entries = [
            entry for entry in session.exec(select(AuditEntry)) if entry.action.startswith("moderation:text")
        ]
    ((action, subject, details),) = [(entry.action, entry.subject, entry.details) for entry in entries]
    assert (action, subject) == ("moderation:text:hold", "R0")
    assert details == {"question": "Q1", "item": "W01"}
