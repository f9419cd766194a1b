"""A form that is filled in as a person would comes back as the ballot that its author meant."""

from typing import Any

import pytest

from app.models.ballots import EntryState, Progress
from tests.ballots.voting import Voter
from tests.factories import ABSTENTIONS
from tests.offline.post import Post

KINDS = ("docx", "xlsx")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("by_clerk", [False, True])
def test_ratings_abstentions_and_reasons_are_sealed_as_they_were_written(post, kind, by_clerk):
    answers = {
        "Q1.W01.OV": "7",
        "Q1.W01.C1": "9",
        "Q1.W01.rationale": "=It exists.\nSecond line",
        "Q1.W02.OV": "cannot_say",
        "Q1.W02.C1": "1",
        "Q1.W02.C2": "no_expertise",
        "Q1.W03.OV": "1",
    }
    if kind == "xlsx":
        answers["Q1.W01.rationale"] = "It exists.\nSecond line"
    post.enter(post.filled_in(answers, kind), by_clerk=by_clerk)

    assert post.sealed["Q1"] == {
        "answers": {
            "W01": {"OV": 7, "C1": 9},
            "W02": {"OV": "cannot_say", "C1": 1, "C2": "no_expertise"},
            "W03": {"OV": 1},
        },
        "rationales": {"W01": answers["Q1.W01.rationale"]},
    }
    assert post.voter.participation().progress is Progress.SUBMITTED
    (entry,) = post.entries
    assert entry.state is EntryState.CONFIRMED
    assert entry.content == {}
    assert entry.by_clerk is by_clerk
    (mail,) = post.messages
    assert mail.membership_id == post.voter.membership.id


@pytest.mark.parametrize("kind", KINDS)
def test_a_mapping_comes_back_whole(mapping_post, kind):
    post = mapping_post
    answers = {
        "Q1.T01.LIK": "4",
        "Q1.T01.IMP": "prefer_not",
        "Q1.T01.rationale": "Seen often.",
        "Q2.STK-02.INF": "5",
        "Q2.STK-02.INT": "1",
        "Q3.FW-01.E01": "2",
        "Q3.FW-01.E01.sure": "3",
        "Q3.FW-01.E01.source": "Article 5",
        "Q3.FW-01.E02": "cannot_say",
        "Q3.FW-02.E03": "0",
        "Q3.FW-02.rationale": "A declaration only.",
        "Q4.G01.for": "True here.",
        "Q4.O02.against": "Too dear.",
        "Q5.P1.kind": "gap",
        "Q5.P1.title": "No register of dealers",
        "Q5.P1.text": "Nobody keeps one.",
    }
    post.enter(post.filled_in(answers, kind))

    sealed = post.sealed
    assert sealed["Q1"]["answers"] == {"T01": {"LIK": 4, "IMP": "prefer_not"}}
    assert sealed["Q1"]["rationales"] == {"T01": "Seen often."}
    assert sealed["Q2"]["answers"] == {"STK-02": {"INF": 5, "INT": 1}}
    assert sealed["Q3"]["answers"] == {
        "FW-01": {"E01": 2, "E01.sure": 3, "E02": "cannot_say"},
        "FW-02": {"E03": 0},
    }
    assert sealed["Q3"]["texts"] == {"FW-01": {"E01.source": "Article 5"}}
    assert sealed["Q3"]["rationales"] == {"FW-02": "A declaration only."}
    assert sealed["Q4"]["texts"] == {"G01": {"for": "True here."}, "O02": {"against": "Too dear."}}
    assert len(sealed["Q5"]["proposals"]) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_proposal_that_lacks_something_waits_as_a_draft_and_the_rest_is_submitted(mapping_post, kind):
    post = mapping_post
    answers = {"Q1.T01.LIK": "4", "Q1.T01.IMP": "4", "Q5.P1.title": "A practice without its source"}
    where = post.read(post.filled_in(answers, kind))
    assert "rest of the line is filled in" in post.preview(where)
    assert post.decide(where).status_code == 422
    assert post.decide(where, {"Q5.P1.kind": ""}).status_code == 303
    assert post.sealed["Q5"]["proposals"] == []
    assert post.sealed["Q1"]["answers"] == {"T01": {"LIK": 4, "IMP": 4}}


def asked_of_options(make, type_: str, settings: dict[str, Any]) -> Voter:
    seminar = make.seminar()
    round_ = make.round(seminar, state="open")
    make.asks(round_, "Q1", type_, settings, make.options(seminar, 4))
    return Voter.of(make.engine, make.settings, seminar, round_, make.expert(seminar))


def at_form(voter: Voter, make, as_person) -> Post:
    return Post(voter, as_person(voter.person), as_person(make.member(voter.seminar, "clerk")))


@pytest.mark.parametrize("kind", KINDS)
def test_an_order_comes_back_with_its_ties_and_gaps(make, as_person, kind):
    voter = asked_of_options(make, "rank", {"ties": True, "unranked": True, "abstentions": ABSTENTIONS})
    post = at_form(voter, make, as_person)
    post.enter(
        post.filled_in(
            {"Q1.W02.rank": "1", "Q1.W04.rank": "2", "Q1.W01.rank": "2", "Q1.W02.rationale": "First by far."},
            kind,
        )
    )
    assert post.sealed["Q1"] == {
        "answers": {"W01": {"rank": 2}, "W02": {"rank": 1}, "W04": {"rank": 2}},
        "rationales": {"W02": "First by far."},
    }


@pytest.mark.parametrize("kind", KINDS)
def test_an_allotment_takes_the_place_of_the_one_before_and_must_add_up(make, as_person, kind):
    voter = asked_of_options(make, "allocate", {"points": 100, "most": None})
    post = at_form(voter, make, as_person)
    post.enter(post.filled_in({"Q1.W01.points": "60", "Q1.W02.points": "40"}, kind))
    assert post.sealed["Q1"]["answers"] == {"W01": {"points": 60}, "W02": {"points": 40}}

    post.enter(post.filled_in({"Q1.W01.points": "", "Q1.W02.points": "50", "Q1.W03.points": "50"}, kind))
    assert post.sealed["Q1"]["answers"] == {"W02": {"points": 50}, "W03": {"points": 50}}

    post.enter(post.filled_in({"Q1.W03.points": "40"}, kind))
    assert post.sealed["Q1"]["answers"] == {"W02": {"points": 50}, "W03": {"points": 50}}
    assert post.voter.in_force("W03").score("points") == 40
    assert post.expert.get(f"{post.round_path}/form/receipt").headers["location"].endswith("/ballot/receipt")


@pytest.mark.parametrize("kind", KINDS)
def test_pairs_come_back_by_the_side_that_was_marked(make, as_person, kind):
    voter = asked_of_options(make, "compare", {"pairs": None, "ties": True})
    post = at_form(voter, make, as_person)
    post.enter(post.filled_in({"Q1.W01.W02": "1", "Q1.W01.W03": "-1", "Q1.W02.W04": "0"}, kind))
    assert post.sealed["Q1"]["answers"] == {"W01": {"W02": 1, "W03": -1}, "W02": {"W04": 0}}


def weighing(make, method: str) -> Voter:
    seminar = make.seminar()
    round_ = make.round(seminar, state="open")
    make.criteria(seminar)
    make.weighs(round_, "Q1", {"method": method}, seminar)
    return Voter.of(make.engine, make.settings, seminar, round_, make.expert(seminar))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("method", "given"), [("points", (70, 30)), ("swing", (100, 35))])
def test_weights_come_back_as_numbers(make, as_person, kind, method, given):
    post = at_form(weighing(make, method), make, as_person)
    post.enter(post.filled_in({"Q1.C1.points": str(given[0]), "Q1.C2.points": str(given[1])}, kind))
    assert post.sealed["Q1"]["answers"] == {"C1": {"points": given[0]}, "C2": {"points": given[1]}}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("score", [8, 0, -3])
def test_criteria_are_weighed_by_pairs_on_the_scale_of_saaty(make, as_person, kind, score):
    post = at_form(weighing(make, "pairwise"), make, as_person)
    post.enter(post.filled_in({"Q1.C1.C2": str(score)}, kind))
    assert post.sealed["Q1"]["answers"] == {"C1": {"C2": score}}
