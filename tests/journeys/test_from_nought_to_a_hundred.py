"""A round on scales from 0 to 100 in both layouts: typed, counted, shown, exported, and answered on paper."""

import io
import json
import re

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from app.db import transaction
from app.models import Criterion, Item, Result, Round
from app.models.ballots import EntryState
from app.policy import Role
from app.questions.answers import Answer
from app.results import recount, service
from tests.ballots.voting import Voter
from tests.conftest import HTMX
from tests.factories import ABSTENTIONS
from tests.offline.post import Post

pytestmark = pytest.mark.database

SCORES = [(10, 90), (64, 60), (66, 70), (68, 75), (70, 80), (72, 100)]
WORDS = {"anchor.0": "None", "anchor.50": "Half", "anchor.100": "All"}


@pytest.fixture
def voters(make, as_person):
    """Six experts before Q1 on cards and Q2 on a plane, on a criterion of the library and one's own."""
    seminar = make.seminar(min_group=5)
    make.criteria(seminar)
    staff = as_person(make.member(seminar, Role.FACILITATOR))
    place = f"/seminars/{seminar.slug}/criteria"
    assert staff.post(place, data={"ready": "PROB"}).status_code == 303
    own = {
        "label": "Reach",
        "question": "Whom?",
        "scale": "0-100",
        "weight": "1",
        "anchor.7": "stray",
    } | WORDS
    assert staff.post(f"{place}/new", data=own).status_code == 303
    round_ = make.round(seminar, state="open")
    asked = [{"code": "PROB", "required": True}, {"code": "C3"}]
    about: list[Item] = make.options(seminar, 2)
    settings = {"criteria": asked, "abstentions": ABSTENTIONS, "rationale": {"prompt": "Why?"}}
    ruled = settings | {"agreement": {"rule": "iqr", "at_most": 25}}
    make.asks(round_, "Q1", "rate", ruled, about)
    make.asks(round_, "Q2", "rate", ruled | {"layout": "plane"}, about)
    return [Voter.of(make.engine, make.settings, seminar, round_, make.expert(seminar)) for _ in range(6)]


def test_the_criterion_has_the_words_of_its_long_scale_alone(engine, voters):
    with transaction(engine, write=False) as session:
        known = {one.code: one for one in session.exec(select(Criterion))}
    assert (known["C3"].low, known["C3"].high) == (0, 100)
    assert known["C3"].anchors == {"0": "None", "50": "Half", "100": "All"}
    assert known["PROB"].anchors["100"] == "Certain"


def test_a_number_an_abstention_and_what_is_neither(voters, as_person):
    voter = voters[0]
    desk = as_person(voter.person)
    page = desk.get(f"{voter.path}/Q1").text
    assert re.search(r'<input id="W01.PROB-number"[^>]* type="number"[^>]* min="0" max="100"', page)
    assert '<input type="radio" name="W01.PROB.abstain" value="cannot_say"' in page
    assert page.count("numbers.js") == 1
    for value, words in (("101", "from 0 to 100"), ("-1", "from 0 to 100"), ("7.5", "from 0 to 100")):
        answer = desk.post(f"{voter.path}/Q1/W01", data={"W01.PROB": value}, headers=HTMX)
        assert answer.status_code == 422
        assert words in answer.text
    both = desk.post(f"{voter.path}/Q1", data={"W01.PROB": "50", "W01.PROB.abstain": "cannot_say"})
    assert both.status_code == 422
    assert "Two different answers were sent here." in both.text
    assert 'value="50"' in both.text
    sent = {"W01.PROB": "", "W01.PROB.abstain": "cannot_say", "W01.C3": "0", "W02.PROB": "100"}
    assert desk.post(f"{voter.path}/Q1", data=sent).status_code == 303
    assert voter.in_force("W01") == Answer({"PROB": "cannot_say", "C3": 0})
    assert voter.in_force("W02") == Answer({"PROB": 100})
    # shown as it is in force, and taken back by an empty field
    page = desk.get(f"{voter.path}/Q1").text
    assert 'name="W01.PROB.abstain" value="cannot_say" form="ballot" checked' in page
    back = {
        "W01.PROB": "",
        "W01.PROB.abstain": "",
        "W01.seen": "PROB:1,C3:1,",
        "W02.PROB": "",
        "W02.seen": "PROB:1,",
    }
    assert desk.post(f"{voter.path}/Q1", data=back).status_code == 303
    assert voter.in_force("W01") == Answer({"C3": 0})
    assert voter.in_force("W02") == Answer()


def played(engine, make, voters, as_person):
    """Everybody answers in a browser without script, and the round is closed and published."""
    for voter, (across, upwards) in zip(voters, SCORES, strict=True):
        desk = as_person(voter.person)
        for code in ("Q1", "Q2"):
            sent = {"W01.PROB": str(across), "W01.C3": str(upwards), "W02.PROB": "50", "W02.C3": "50"}
            assert desk.post(f"{voter.path}/{code}", data=sent).status_code == 303
        assert desk.post(f"{voter.path}/submit", data={"blanks": "meant"}).status_code == 303
    with transaction(engine) as session:
        round_ = session.get_one(Round, voters[0].round.id)
        service.close_round(session, make.settings, round_=round_, by=None)
        round_.looked_at = round_.closed_at
        service.publish_round(session, round_=round_, by=None)
        results = session.exec(select(Result)).all()
        assert all(recount.recompute(session, result).equal for result in results)
        [cards] = [one.numbers for one in results if one.method.startswith("colloquy-rate")]
    return cards


def test_it_is_played_to_its_result_in_both_layouts(engine, make, voters, as_person):
    cards = played(engine, make, voters, as_person)
    first = next(one for one in cards["options"] if one["code"] == "W01")
    d = first["by_criterion"]["PROB"]
    assert (d["median"], len(d["counts"]), sum(d["counts"])) == (67, 101, 6)
    # a third of the scale at either end: 0 to 32, and 68 to 100
    assert (round(d["share_low"], 2), d["share_high"]) == (0.17, 0.5)
    assert len(json.dumps(cards)) < 20_000
    reader = voters[0]
    desk, base = as_person(reader.person), reader.path.removesuffix("/ballot")
    for code in ("Q1", "Q2"):
        page = desk.get(f"{base}/feedback/{code}")
        assert page.status_code == 200
        assert "60–69: 3." in page.text  # noqa: RUF001 - as a stretch is written
        assert "columns p10" in page.text
        assert "It is settled." in page.text or "It stays open." in page.text
    staff = as_person(make.member(reader.seminar, Role.ORGANISER))
    for code in ("Q1", "Q2"):
        book = load_workbook(io.BytesIO(staff.get(f"{base}/questions/{code}/export.xlsx").content))
        heads = [cell.value for cell in book["Ratings"][1]]
        assert "rated_90_100" in heads
        assert "rated_55" not in heads
        row = [cell.value for cell in book["Ratings"][2]]
        assert row[heads.index("rated_60_69")] == 3
    # the next round shows the panel's strip over the slider, and one's own answer in it
    again = make.round(reader.seminar, state="open", previous_id=reader.round.id, feedback="statistics")
    settings = {
        "criteria": [{"code": "PROB", "required": True}],
        "abstentions": [],
        "rationale": {"prompt": ""},
    }
    make.asks(again, "Q1", "rate", settings, make.options(reader.seminar, 2))
    page = desk.get(f"/seminars/{reader.seminar.slug}/rounds/{again.number}/ballot/Q1").text
    assert "Your 10 is outside the middle half." in page
    assert 'viewBox="0 0 1010 30"' in page


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_it_is_answered_on_paper_by_a_number(voters, make, as_person, kind):
    voter = voters[0]
    post = Post(voter, as_person(voter.person), as_person(make.member(voter.seminar, Role.CLERK)))
    answers = {"Q1.W01.PROB": "64", "Q1.W01.C3": "cannot_say", "Q2.W02.PROB": "100", "Q2.W02.C3": "0"}
    post.enter(post.filled_in(answers, kind))
    assert post.sealed["Q1"]["answers"] == {"W01": {"C3": "cannot_say", "PROB": 64}}
    assert post.sealed["Q2"]["answers"] == {"W02": {"C3": 0, "PROB": 100}}
    assert [entry.state for entry in post.entries] == [EntryState.CONFIRMED]
