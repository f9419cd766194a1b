"""Comparisons and weights from ballots to files: counted once and again, withheld, drawn and exported."""

import io
import json
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook
from sqlmodel import col, select

from app.ballots import service as ballots
from app.db import transaction
from app.models import Question, Result, Round, Seal
from app.policy import Role
from app.questions.answers import Entry
from app.results import disclosure, exporting, recount, service
from app.results.compare_tally import CompareTally
from app.results.weigh_tally import WeighTally
from tests.ballots.voting import Voter

pytestmark = pytest.mark.database
EXPERT = frozenset({Role.EXPERT})
PAIRS = {"W01": {"W02": 1, "W03": 1}, "W02": {"W03": 0, "W04": 1}}
WAYS = {
    "points": {"C1": {"points": 50}, "C2": {"points": 30}, "C3": {"points": 20}},
    "swing": {"C1": {"points": 100}, "C2": {"points": 60}, "C3": {"points": 40}},
    "pairwise": {"C1": {"C2": 1, "C3": 3}, "C2": {"C3": 1}},
}


def vote(voter, pairs, weights, why="", *, submit=True):
    with transaction(voter.engine) as session:
        for question, said in (("Q1", pairs), ("Q2", weights)):
            entries = {code: Entry(dict(parts)) for code, parts in said.items()}
            if question == "Q1" and why:
                entries["W01"] = Entry(entries["W01"].judgements, why)
            ballots.save(session, **voter.author, question=question, entries=entries, seen={})
        if submit:
            ballots.submit(session, **voter.author)


@pytest.fixture
def held(make):
    """A published round of so many, who weigh in this way and all say the same; two of them say why."""

    def made(method="points", experts=6, weights=None, **fields):
        seminar = make.seminar(min_group=5)
        round_ = make.pair_round(seminar, weigh={"method": method}, **fields)
        for place in range(experts):
            voter = Voter.of(make.engine, make.settings, seminar, round_, make.expert(seminar))
            vote(voter, PAIRS, weights or WAYS[method], "It costs little." if place < 2 else "")
        with transaction(make.engine) as session:
            round_ = session.get_one(Round, round_.id)
            service.close_round(session, make.settings, round_=round_, by=None)
            round_.looked_at = round_.closed_at
            service.publish_round(session, round_=round_, by=None)
        return seminar, round_

    return made


def question(session, round_, code="Q1"):
    return session.exec(select(Question).where(Question.round_id == round_.id, Question.code == code)).one()


def compared(session, round_) -> CompareTally:
    tally = disclosure.released_of(session, question=question(session, round_), roles=EXPERT)
    assert isinstance(tally, CompareTally)
    return tally


def weighed(session, round_) -> WeighTally:
    tally = disclosure.released_of(session, question=question(session, round_, "Q2"), roles=EXPERT)
    assert isinstance(tally, WeighTally)
    return tally


@pytest.mark.parametrize("method", WAYS)
def test_both_are_counted_at_closing_and_counted_again_alike(engine, held, method):
    _, round_ = held(method)
    with transaction(engine) as session:
        pairs, weights = compared(session, round_), weighed(session, round_)
        assert pairs.options[0].code == "W01"
        assert (pairs.comparing, pairs.comparisons, pairs.is_joined) == (6, 24, True)
        assert pairs.rationales == {"W01": ["It costs little."] * 2}
        assert (weights.told_by, weights.weighings) == (method, 6)
        assert weights.in_order[0].code == "C1"
        assert sum(weights.weights.values()) == pytest.approx(1)
        for result in session.exec(select(Result)):
            assert recount.recompute(session, result).equal


def test_of_few_nothing_is_told(engine, held):
    _, round_ = held(experts=4)
    with transaction(engine) as session, pytest.raises(disclosure.Withheld):
        compared(session, round_)


def test_points_that_were_saved_and_do_not_add_up_are_left_out_and_said(engine, make):
    seminar = make.seminar(min_group=3)
    round_ = make.pair_round(seminar, counts_saved=True)
    for place in range(6):
        voter = Voter.of(make.engine, make.settings, seminar, round_, make.expert(seminar))
        short = {"C1": {"points": 50}}
        vote(voter, PAIRS, short if place == 5 else WAYS["points"], submit=place < 5)
    with transaction(engine) as session:
        round_ = session.get_one(Round, round_.id)
        service.close_round(session, make.settings, round_=round_, by=None)
        round_.looked_at = round_.closed_at
        service.publish_round(session, round_=round_, by=None)
        tally = weighed(session, round_)
        assert tally.weights == pytest.approx({"C1": 0.5, "C2": 0.3, "C3": 0.2})
        assert (tally.weighings, tally.unfit) == (tally.submitted - tally.unfit, tally.submitted - 5)


@pytest.mark.parametrize(("code", "part", "value"), [("W01", "W02", 7), ("W02", "W01", 1), ("W01", "XX", 0)])
def test_a_seal_that_no_form_can_have_sent_is_a_fault_and_no_crash(engine, held, code, part, value):
    _, round_ = held()
    with transaction(engine) as session:
        seal = session.exec(select(Seal).order_by(col(Seal.receipt))).all()[0]
        content = json.loads(json.dumps(seal.content))
        content["questions"]["Q1"]["answers"].setdefault(code, {})[part] = value
        seal.content = content
    with transaction(engine) as session:
        [result] = session.exec(select(Result).where(Result.question_id == question(session, round_).id))
        assert not recount.recompute(session, result).equal


def test_the_files_have_the_pairs_the_weights_and_what_their_columns_mean(engine, held):
    _, round_ = held("pairwise")
    reads = frozenset({Role.ORGANISER})
    with transaction(engine) as session:
        one, two = question(session, round_), question(session, round_, "Q2")
        content = json.loads(exporting.build(session, question=one, form="json", roles=reads))
        assert content["answers"]["columns"] == [
            *("row", "W01.W02", "W01.W03", "W01.W04", "W02.W03", "W02.W04", "W03.W04")
        ]
        assert content["answers"]["rows"][0] == [1, 1, 1, None, 0, 1, None]
        assert exporting.build(session, question=one, form="csv", roles=reads).startswith(
            b"\xef\xbb\xbfcode,"
        )
        book = load_workbook(io.BytesIO(exporting.build(session, question=one, form="xlsx", roles=reads)))
        assert {"Strengths", "Pairs", "Rationales", "Answers", "Method"} <= set(book.sheetnames)
        book = load_workbook(io.BytesIO(exporting.build(session, question=two, form="xlsx", roles=reads)))
        assert {"Weights", "Weighing", "Answers", "Method"} <= set(book.sheetnames)
        cells = [cell.value for cell in book["Answers"][1]]
        assert cells == ["row", "C1.C2", "C1.C3", "C2.C3"]


@pytest.mark.parametrize("method", WAYS)
def test_both_are_drawn_and_told_in_numbers(make, held, as_person, method):
    seminar, round_ = held(method)
    reader = as_person(make.member(seminar, Role.OBSERVER))
    base = f"/seminars/{seminar.slug}/rounds/{round_.number}/questions"
    for code, finding in (("Q1", "(W01) comes first"), ("Q2", "(C1) weighs most")):
        for look in ("", "?width=narrow", "?theme=dark"):
            picture = reader.get(f"{base}/{code}/figure.svg{look}")
            assert picture.status_code == 200
            title = ET.fromstring(picture.text).find("{http://www.w3.org/2000/svg}title")
            assert title is not None
            assert finding in str(title.text)
        table = reader.get(f"{base}/{code}/figure.csv")
        assert table.status_code == 200
        assert table.text.splitlines()[0].lstrip("\ufeff").startswith("code,title,rank")


def test_where_nobody_compared_nothing_is_drawn(engine, make, as_person):
    seminar = make.seminar(min_group=3)
    round_ = make.pair_round(seminar)
    for _ in range(5):
        voter = Voter.of(make.engine, make.settings, seminar, round_, make.expert(seminar))
        vote(voter, {"W01": {"W02": "cannot_say"}}, {})
    with transaction(engine) as session:
        round_ = session.get_one(Round, round_.id)
        service.close_round(session, make.settings, round_=round_, by=None)
        round_.looked_at = round_.closed_at
        service.publish_round(session, round_=round_, by=None)
    reader = as_person(make.member(seminar, Role.OBSERVER))
    for code in ("Q1", "Q2"):
        base = f"/seminars/{seminar.slug}/rounds/{round_.number}/questions/{code}"
        assert reader.get(f"{base}/figure.svg").status_code == 404
        assert reader.get(f"{base}/figure.csv").status_code == 200
