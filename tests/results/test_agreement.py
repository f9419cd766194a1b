"""Whether an option is settled follows from the rule that the question fixed, and from nothing else."""

import pytest
from sqlmodel import select

from app.db import transaction
from app.models import Question, Result
from app.results import service, snapshot
from app.results.recount import recompute
from tests.results import mapping, voting
from tests.results.panels import by_option, panel, scale

FAVOURED = [7, 7, 8, 8, 9, 9, 7, 8, 7, 9]
REFUSED = [1, 2, 3, 1, 2, 3, 2, 2, 1, 1]
SPLIT = [1, 1, 2, 2, 3, 7, 8, 9, 9, 9]
MIDDLE = [5, 5, 5, 5, 5, 5, 4, 6, 5, 5]


def said(tally, code):
    """What the rule says of one option."""
    return tally.option(code).settled


@pytest.mark.parametrize(
    ("agreement", "settled"),
    [
        ({"rule": "band", "low": 7, "high": 9, "at_least": 0.75}, [True, False, False, False]),
        ({"rule": "two_band", "in_band": [7, 9], "out_band": [1, 3]}, [True, True, False, False]),
        ({"rule": "iqr", "at_most": 1.75}, [True, True, False, True]),
        ({"rule": "cns", "at_least": 0.8}, [True, True, False, True]),
        ({"rule": "cns", "at_least": 0.8, "low": 1, "high": 9}, [True, True, False, True]),
        ({"rule": "rand_ucla"}, [True, True, False, False]),
        (None, [None] * 4),
    ],
)
def test_each_rule_says_of_every_option_whether_it_is_settled(agreement, settled):
    overall = [[score] for score in range(10)]
    columns = {f"W0{n}": [scores] for n, scores in enumerate((FAVOURED, REFUSED, SPLIT, MIDDLE), 1)}
    made = panel(by_option(**columns), count=4, scales=(scale("OV"),), rules={}, agreement=agreement)
    assert len(overall) == len(made.ballots)
    tally = snapshot.tally(made, invited=10, enrolled=10, quorum_share=0)
    assert [said(tally, f"W0{n}") for n in range(1, 5)] == settled
    assert tally.agreement == agreement


def test_without_an_overall_criterion_every_criterion_must_be_settled():
    scales = (scale("LIK", low=1, high=5), scale("IMP", low=1, high=5))
    both = [((3, 3), (3, one)) for one in (1, 1, 3, 5, 5)]
    made = panel(both, count=2, scales=scales, rules={}, agreement={"rule": "iqr", "at_most": 1})
    tally = snapshot.tally(made, invited=5, enrolled=5, quorum_share=0)
    assert [said(tally, code) for code in ("W01", "W02")] == [True, False]


def test_what_nobody_rated_is_not_settled():
    made = panel([((None,),)] * 5, count=1, scales=(scale("OV"),), agreement={"rule": "iqr", "at_most": 9})
    assert snapshot.tally(made, invited=5, enrolled=5, quorum_share=0).options[0].settled is False


def fixed(engine, agreement):
    with transaction(engine) as session:
        question = session.exec(select(Question)).one()
        question.settings = question.settings | {"agreement": agreement}


def test_the_rule_of_the_question_is_frozen_with_the_result_and_its_change_is_named(engine, make):
    _, round_ = voting.running(make, options=1, experts=6)
    fixed(engine, {"rule": "iqr", "at_most": 2})
    voting.cast(engine, round_, [voting.alike(1, OV=n, C1=6, C2=5) for n in (6, 7, 7, 8, 8, 7)])
    (result,) = voting.close(engine, round_)
    assert (result.numbers["agreement"], result.numbers["options"][0]["settled"]) == (
        {"rule": "iqr", "at_most": 2},
        True,
    )
    fixed(engine, {"rule": "iqr", "at_most": 0})
    with transaction(engine, write=False) as session:
        faults = recompute(session, session.get_one(Result, result.id)).faults
    assert faults[0] == "the agreement are not those that were counted"
    assert "numbers.options[0].settled differs from the recount" in faults


@pytest.mark.parametrize(
    "agreement",
    [
        {"rule": "luck"},
        {"rule": "iqr"},
        {"rule": "iqr", "at_most": "two"},
        {"rule": "band", "at_least": 2},
        {},
    ],
)
def test_a_rule_that_is_none_is_a_clear_refusal_and_leaves_the_round_open(engine, make, agreement):
    _, round_ = voting.running(make, options=1, experts=5)
    fixed(engine, agreement or {"at_most": 1})
    voting.cast(engine, round_, [voting.alike(1, OV=7, C1=6, C2=5)] * 5)
    with pytest.raises(service.RulesUnreadable, match="rule agreement"):
        voting.close(engine, round_)
    with transaction(engine, write=False) as session:
        assert session.exec(select(Result)).all() == []


def test_a_plane_has_settled_points_too(engine, make):
    _, round_ = mapping.held(make)
    with transaction(engine) as session:
        question = mapping.question(session, round_, "Q1")
        question.settings = question.settings | {"agreement": {"rule": "iqr", "at_most": 1}}
    for one in (1, 1, 3, 5, 5):
        mapping.vote(make, round_, {"Q1": {"T01": {"LIK": 3, "IMP": 3}, "T02": {"LIK": 3, "IMP": one}}})
    result = voting.close(engine, round_, settings=make.settings)[0]
    assert [option["settled"] for option in result.numbers["options"]] == [True, False]
