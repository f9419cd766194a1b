"""Orders and allotments from ballots to files: counted once and again, withheld, drawn and exported."""

import io
import json
from collections.abc import Mapping

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import col, select

from app.ballots import service as ballots
from app.db import transaction
from app.models import HeldText, Question, Result, Round, Seal
from app.policy import Role
from app.questions.answers import Entry
from app.questions.fingerprint import fingerprint
from app.results import disclosure, exporting, recount, service
from app.results.allocate_tally import AllocateTally
from app.results.panel import digest
from app.results.rank_tally import RankTally
from tests.ballots.voting import Voter

pytestmark = pytest.mark.database
EXPERT = frozenset({Role.EXPERT})
ORDERS = [("W01", "W02", "W03", "W04")] * 4 + [("W02", "W01")] * 2
POINTS = [(40, 30, 20, 10)] * 4 + [(50, 50)] * 2


def vote(voter, order, points, why: Mapping[str, str] | None = None, *, submit: bool = True):
    why = why or {}
    codes = ("W01", "W02", "W03", "W04")
    places = {code: Entry({"rank": place}, why.get(code)) for place, code in enumerate(order, 1)}
    spent = {code: Entry({"points": some}, why.get(code)) for code, some in zip(codes, points, strict=False)}
    with transaction(voter.engine) as session:
        ballots.save(session, **voter.author, question="Q1", entries=places, seen={})
        ballots.save(session, **voter.author, question="Q2", entries=spent, seen={})
        if submit:
            ballots.submit(session, **voter.author, blanks_meant=True)


@pytest.fixture
def held(make):
    """A published round of six: two of them say why of W03 and W04, one of W01."""
    seminar = make.seminar(min_group=5)
    round_ = make.sheet_round(seminar)
    whys = [{"W01": "Because of the cost."}, {"W04": "Nobody will pay."}, {}, {}, {}, {}]
    for order, points, why in zip(ORDERS, POINTS, whys, strict=True):
        voter = Voter.of(make.engine, make.settings, seminar, round_, make.expert(seminar))
        vote(voter, order, points, why)
    with transaction(make.engine) as session:
        round_ = session.get_one(Round, round_.id)
        service.close_round(session, make.settings, round_=round_, by=None)
        round_.looked_at = round_.closed_at
        service.publish_round(session, round_=round_, by=None)
    return seminar, round_


def question(session, round_, code="Q1"):
    return session.exec(select(Question).where(Question.round_id == round_.id, Question.code == code)).one()


def order_of(session, round_) -> RankTally:
    tally = disclosure.released_of(session, question=question(session, round_), roles=EXPERT)
    assert isinstance(tally, RankTally)
    return tally


def points_of(session, round_) -> AllocateTally:
    tally = disclosure.released_of(session, question=question(session, round_, "Q2"), roles=EXPERT)
    assert isinstance(tally, AllocateTally)
    return tally


def test_both_are_counted_at_closing_and_counted_again_alike(engine, held):
    _, round_ = held
    with transaction(engine) as session:
        order = order_of(session, round_)
        points = points_of(session, round_)
        assert [option.code for option in order.options] == ["W01", "W02", "W03", "W04"]
        assert (order.rankings, order.condorcet, order.unfit) == (6, "W01", 0)
        assert points.options[0].mean == pytest.approx(260 / 6)
        for result in session.exec(select(Result)):
            assert recount.recompute(session, result).equal


def test_a_seal_that_was_changed_is_found_out(engine, held):
    _, round_ = held
    with transaction(engine) as session:
        seal = session.exec(select(Seal).order_by(col(Seal.receipt))).all()[0]
        content = json.loads(json.dumps(seal.content))
        content["questions"]["Q1"]["answers"]["W01"]["rank"] = 7
        seal.content = content
    with transaction(engine) as session:
        results = {r.question_id: r for r in session.exec(select(Result))}
        assert not recount.recompute(session, results[question(session, round_).id]).equal
        assert recount.recompute(session, results[question(session, round_, "Q2").id]).equal


@pytest.mark.parametrize("value", [True, 0, "7", 1.5, None, "cannot_say", [1]])
def test_a_seal_that_no_form_can_have_sent_is_a_fault_and_no_crash(engine, held, value):
    _, round_ = held
    with transaction(engine) as session:
        seal = session.exec(select(Seal).order_by(col(Seal.receipt))).all()[0]
        content = json.loads(json.dumps(seal.content))
        content["questions"]["Q1"]["answers"]["W01"] = {"rank": value}
        seal.content = content
        flag_modified(seal, "content")  # True is as good as 1 to who asks whether anything has changed
    with transaction(engine) as session:
        [result] = session.exec(select(Result).where(Result.question_id == question(session, round_).id))
        assert recount.recompute(session, result).faults == (
            f"A sealed ballot of round R{round_.number} cannot be read.",
        )


def test_reasons_of_few_are_withheld(engine, held):
    _, round_ = held
    with transaction(engine) as session:
        order = order_of(session, round_)
        points = points_of(session, round_)
    for tally in (order, points):
        assert tally.rationales == {"W01": ["Because of the cost."]}
        assert tally.withheld == ["W04"]
        guess = {"W01": ["Because of the cost."], "W04": ["Nobody will pay."]}
        assert tally.inputs["rationales"] != digest(guess)


def test_a_text_that_is_held_back_is_shown_nowhere_nor_can_it_be_guessed(engine, held):
    seminar, round_ = held
    with transaction(engine) as session:
        about = question(session, round_)
        text = "Because of the cost."
        session.add(HeldText(question_id=about.id, item_code="W01", digest=fingerprint(text), reason="x"))
    with transaction(engine) as session:
        about = question(session, round_)
        content = exporting.content(session, question=about)
        assert "Because of the cost." not in json.dumps(content)
        assert content["result"]["rationales"] == {}
        assert digest({"W01": [text], "W04": ["Nobody will pay."]}) not in json.dumps(content)
    assert seminar.min_group == 5


def test_the_file_has_the_order_the_ballots_and_what_they_mean(engine, held):
    _, round_ = held
    roles = frozenset({Role.ORGANISER})
    with transaction(engine) as session:
        about = question(session, round_)
        as_csv = exporting.build(session, question=about, form="csv", roles=roles)
        as_json = json.loads(exporting.build(session, question=about, form="json", roles=roles))
        book = load_workbook(
            io.BytesIO(exporting.build(session, question=about, form="xlsx", roles=roles)), read_only=True
        )
    assert as_csv.decode("utf-8-sig").splitlines()[0].startswith("code,title,version,rank,score,n,unranked")
    assert as_json["withheld"]["rationales"] == ["W04"]
    assert as_json["answers"]["columns"] == ["row", "W01.rank", "W02.rank", "W03.rank", "W04.rank"]
    assert as_json["answers"]["rows"][0] == [1, 1, 2, 3, 4]
    assert book.sheetnames[:2] == ["Ranking", "Above"]
    assert book.sheetnames[-2:] == ["Answers", "Method"]
    meanings = {str(row[0]): str(row[1]) for row in book["Method"].iter_rows(values_only=True)}
    assert meanings["method"] == "colloquy-rank-1"
    assert meanings["unranked"].startswith("How many ranked others and left it out")
    assert "dont_know" not in meanings


def test_the_figure_is_for_members_once_it_is_published(make, held, as_person):
    seminar, round_ = held
    expert = as_person(make.expert(seminar))
    for code, words in (("Q1", b"comes first"), ("Q2", b"gets most")):
        place = f"/seminars/{seminar.slug}/rounds/{round_.number}/questions/{code}/figure"
        drawn = expert.get(f"{place}.svg")
        assert drawn.status_code == 200
        assert words in drawn.content
        assert b"Option 4" in drawn.content
        assert expert.get(f"{place}.png?theme=dark&width=narrow").content.startswith(b"\x89PNG")
        assert expert.get(f"{place}.csv").text.lstrip("\ufeff").startswith("code,title,rank")
        assert expert.get(f"{place}.svg?width=huge").status_code == 400


def test_nothing_is_drawn_of_an_open_round_nor_of_a_question_without_a_figure(make, as_person):
    seminar = make.seminar()
    open_round = make.sheet_round(seminar)
    expert, organiser = as_person(make.expert(seminar)), as_person(make.member(seminar, Role.ORGANISER))
    place = f"/seminars/{seminar.slug}/rounds/{open_round.number}/questions/Q1/figure"
    for form in ("svg", "png", "csv"):
        assert expert.get(f"{place}.{form}").status_code == 409
        assert organiser.get(f"{place}.{form}").status_code == 409
    assert expert.get(place.replace("Q1", "Q9") + ".svg").status_code == 404


def test_saved_points_that_do_not_add_up_are_left_out_where_what_is_saved_counts(make):
    seminar = make.seminar()
    round_ = make.sheet_round(seminar, counts_saved=True)
    for number in range(6):
        voter = Voter.of(make.engine, make.settings, seminar, round_, make.expert(seminar))
        vote(voter, ("W01", "W02"), (90,) if number == 5 else (60, 40), submit=False)
    with transaction(make.engine) as session:
        round_ = session.get_one(Round, round_.id)
        service.close_round(session, make.settings, round_=round_, by=None)
        round_.looked_at = round_.closed_at
        service.publish_round(session, round_=round_, by=None)
        points = points_of(session, round_)
        order = order_of(session, round_)
    assert (points.submitted, points.allocations, points.unfit) == (6, 5, 1)
    assert points.options[0].mean == 60.0
    assert (order.rankings, order.unfit) == (6, 0)
