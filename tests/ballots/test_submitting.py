"""Submitting seals what is in force and gives a receipt; later changes count when submitted again."""

import hashlib
import json
import re

import pytest
from sqlmodel import select

from app.ballots import queries, receipts
from app.ballots.service import LeftBlank, NothingToSubmit
from app.db import transaction
from app.models import Seal
from app.models.ballots import Progress
from app.models.rounds import RoundState
from app.rounds.lifecycle import RoundNotOpen
from tests.ballots.test_saving import move


def test_a_complete_ballot_is_sealed_with_its_content(voter):
    voter.answer_all(7)
    voter.save("W02", rationale="Because")
    seal = voter.submit()
    assert seal.number == 1
    assert seal.content["questions"] == {
        "Q1": {
            "answers": {code: {"C1": 7, "OV": 7} for code in ("W01", "W02", "W03")},
            "rationales": {"W02": "Because"},
        }
    }
    assert voter.participation().progress is Progress.SUBMITTED
    assert voter.participation().submitted_at is not None


def test_blanks_must_be_meant_and_are_no_abstentions(voter):
    voter.save("W01", OV=7, C1=7)
    voter.save("W02", OV="cannot_say")
    with pytest.raises(LeftBlank):
        voter.submit()
    seal = voter.submit(blanks_meant=True)
    assert seal.content["questions"]["Q1"]["answers"] == {
        "W01": {"C1": 7, "OV": 7},
        "W02": {"OV": "cannot_say"},
    }


def test_an_empty_ballot_cannot_be_submitted(voter):
    voter.save("W01", OV=7, rationale="Only a reason is left of this")
    voter.save("W01", OV=None)
    with pytest.raises(NothingToSubmit):
        voter.submit(blanks_meant=True)


def test_submitting_twice_gives_the_same_receipt(voter):
    voter.answer_all()
    assert voter.submit().receipt == voter.submit().receipt
    with transaction(voter.engine, write=False) as session:
        assert len(session.exec(select(Seal)).all()) == 1


def test_a_change_counts_when_it_is_submitted_again(voter):
    voter.answer_all(7)
    first = voter.submit()
    assert not voter.progress().changed_since
    voter.save("W01", OV=2)
    assert voter.progress().changed_since
    assert voter.participation().progress is Progress.SUBMITTED
    second = voter.submit()
    assert (first.number, second.number) == (1, 2)
    assert second.receipt != first.receipt
    assert second.content["questions"]["Q1"]["answers"]["W01"]["OV"] == 2
    assert not voter.progress().changed_since


def test_a_change_taken_back_is_no_change(voter):
    voter.answer_all(7)
    voter.submit()
    voter.save("W01", OV=2)
    voter.save("W01", OV=7)
    assert not voter.progress().changed_since


def test_two_ballots_with_the_same_content_have_different_receipts(voter, make):
    from tests.ballots.voting import Voter  # noqa: PLC0415

    other = Voter.of(make.engine, make.settings, voter.seminar, voter.round, make.expert(voter.seminar))
    voter.answer_all(7)
    other.answer_all(7)
    assert voter.submit().receipt != other.submit().receipt


def test_a_closed_round_takes_no_submission(voter):
    voter.answer_all()
    move(voter, state=RoundState.CLOSED)
    with pytest.raises(RoundNotOpen):
        voter.submit()


def test_a_seal_that_was_tampered_with_is_found(voter):
    voter.answer_all()
    seal = voter.submit()
    with transaction(voter.engine) as session:
        assert queries.broken_seals(session) == []
        row = session.get_one(Seal, seal.id)
        row.content = row.content | {"rationales": {"W01": "put in later"}}
    with transaction(voter.engine, write=False) as session:
        assert queries.broken_seals(session) == [receipts.code(seal.receipt)]


# ---- through the web ----


def test_the_review_shows_every_answer_and_what_is_missing(desk, voter):
    voter.save("W01", OV=7, C1="no_expertise", rationale="Because of this")
    page = desk.get(f"{voter.path}/review").text
    assert "1 of 3 options are complete" in page
    assert "no expertise" in page
    assert "Because of this" in page
    assert page.count(">blank<") == 4
    assert f'href="{voter.path}#W02"' in page
    assert "I submit with these 2 options unanswered." in page


def test_without_the_confirmation_nothing_is_submitted(desk, voter):
    voter.save("W01", OV=7, C1=7)
    page = desk.post(f"{voter.path}/submit", data={})
    assert page.status_code == 422
    assert "Please confirm" in page.text
    answer = desk.post(f"{voter.path}/submit", data={"blanks": "meant"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{voter.path}/receipt")


def test_an_empty_ballot_is_refused_with_a_clear_message(desk, voter):
    page = desk.post(f"{voter.path}/submit", data={"blanks": "meant"})
    assert page.status_code == 409
    assert "answer something first" in page.text


def test_a_late_submission_is_refused_and_says_what_counts(desk, voter):
    voter.answer_all()
    move(voter, state=RoundState.CLOSED)
    page = desk.post(f"{voter.path}/submit", data={})
    assert page.status_code == 409
    assert "is not open for answers" in page.text


def test_there_is_no_receipt_before_submitting(desk, voter):
    assert desk.get(f"{voter.path}/receipt").status_code == 404
    assert desk.get(f"{voter.path}/receipt.txt").status_code == 404


def test_the_receipt_shows_what_was_recorded_and_can_be_recomputed_from_its_file(desk, voter):
    voter.answer_all(7)
    voter.save("W01", rationale='“Quoted” & <b>bold</b>, "twice"')
    seal = voter.submit()
    voter.save("W01", OV=1)

    page = desk.get(f"{voter.path}/receipt").text
    assert receipts.code(seal.receipt) in page
    assert seal.receipt in page
    assert "they count only when you submit again" in page
    assert page.count('<b class="score">7</b>') == 6

    file = desk.get(f"{voter.path}/receipt.txt")
    assert file.headers["content-type"].startswith("text/plain")
    assert "attachment" in file.headers["content-disposition"]
    lines = file.text.splitlines()
    content = next(line for line in lines if line.startswith("{"))
    assert json.loads(content) == seal.content
    salt = lines[lines.index("Salt:") + 1]
    assert hashlib.sha256(f"{salt}\n{content}".encode()).hexdigest() == seal.receipt
    assert re.search(rf"^{seal.receipt}$", file.text, re.MULTILINE)


def test_the_receipt_stays_when_the_round_is_over(desk, voter):
    voter.answer_all()
    seal = voter.submit()
    move(voter, state=RoundState.PUBLISHED)
    assert receipts.code(seal.receipt) in desk.get(f"{voter.path}/receipt").text


def test_after_submitting_the_ballot_says_that_changes_wait(desk, voter):
    voter.answer_all()
    voter.submit()
    assert "You have submitted this ballot." in desk.get(voter.path).text
    voter.save("W01", OV=1)
    page = desk.get(voter.path).text
    assert "You have changed your ballot since you submitted it." in page
    assert "Review and submit again" in page
