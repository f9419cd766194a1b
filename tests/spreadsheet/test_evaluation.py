"""What is told of a file of ratings: the figures of app.aggregation, and nothing where they are undefined."""

import numpy as np
import pytest

from app.aggregation import krippendorff_alpha, rank_acceptability, tastle_wierman
from app.spreadsheet.evaluation import Question, evaluate
from app.spreadsheet.faults import WrongOption
from app.spreadsheet.ratings import Panel
from app.spreadsheet.scale import Scale, parse_scale, parse_weights

nan = np.nan


def evaluated(ratings, *, scale=Scale(1, 9), weights=None, items=None):  # noqa: B008 - it is frozen
    r = np.array(ratings, dtype=float)
    r = r if r.ndim == 3 else r[:, :, None]
    experts, count, criteria = r.shape
    items = items or [f"W{number:02}" for number in range(1, count + 1)]
    panel = Panel([str(one) for one in range(experts)], items, [f"C{one}" for one in range(criteria)], r)
    question = Question(scale=scale, weights=weights or [1.0] * criteria, replicates=200, seed=3)
    return evaluate(panel, question)


def column(table, name):
    return [row[table.columns.index(name)] for row in table.rows]


SEVEN = [[9, 2, 5], [8, 1, 9], [7, 3, 1], [9, 2, 5], [8, 1, 5], [7, 2, 4], [9, 5, 6]]


def test_items_stand_in_the_order_of_their_ranks_with_the_bootstrap_of_the_package():
    result = evaluated(SEVEN)
    assert column(result.ranking, "item") == ["W01", "W03", "W02"]
    assert column(result.ranking, "rank") == [1, 2, 3]
    ranks = rank_acceptability(SEVEN, [1.0], replicates=200, seed=3)
    assert column(result.ranking, "low") == ranks.low[[0, 2, 1]].tolist()
    assert column(result.ranking, "high") == ranks.high[[0, 2, 1]].tolist()
    assert column(result.ranking, "n") == [7, 7, 7]


def test_the_answers_are_told_in_the_houses_words():
    answers = evaluated(SEVEN).answers
    assert column(answers, "median") == [8, 2, 5]
    assert column(answers, "share_high") == pytest.approx([1, 0, 1 / 7])
    assert column(answers, "share_middle") == pytest.approx([0, 1 / 7, 5 / 7])
    assert column(answers, "share_low") == pytest.approx([0, 6 / 7, 1 / 7])
    assert column(answers, "agreement") == ["in", "out", "none"]
    assert column(answers, "rand_ucla") == ["appropriate", "inappropriate", "uncertain"]
    assert column(answers, "cns")[0] == pytest.approx(tastle_wierman([0, 0, 0, 0, 0, 0, 2, 2, 3]))


def test_the_panel_as_a_whole():
    panel = evaluated(SEVEN).panel
    assert column(panel, "w_experts") == [7]
    assert column(panel, "krippendorff_alpha") == [krippendorff_alpha(SEVEN)]


def test_on_another_scale_nothing_is_said_that_holds_from_one_to_nine_only():
    answers = evaluated([[1, 5], [2, 4]], scale=Scale(1, 5)).answers
    for name in ("share_low", "share_middle", "share_high", "rand_ucla", "agreement"):
        assert column(answers, name) == [None, None]
    assert None not in column(answers, "cns")
    assert column(evaluated([[1, 55.5]], scale=Scale(0, 100)).answers, "cns") == [None, None]


def test_what_nobody_rated_has_no_rank_and_no_verdict_and_stands_last():
    result = evaluated([[nan, 7], [nan, 8]])
    assert column(result.ranking, "item") == ["W02", "W01"]
    assert result.ranking.rows[1] == [None, "W01", None, None, None, None, None, 0]
    assert result.answers.rows[0][2:] == [0, *[None] * 10]


def test_one_expert_and_one_item_have_no_agreement_to_speak_of():
    assert evaluated([[7]]).panel.rows == [["C0", None, 0, 1, None]]


def test_a_criterion_without_weight_is_described_and_does_not_rank():
    ratings = [[[9, 1], [1, 9]], [[8, 1], [2, 9]], [[9, nan], [1, 9]]]
    result = evaluated(ratings, weights=[1.0, 0.0])
    assert column(result.ranking, "item") == ["W01", "W02"]
    assert len(result.answers.rows) == 4
    assert column(result.panel, "criterion") == ["C0", "C1", "weighted sum"]
    assert column(result.panel, "w_experts") == [3, 2, 3]


def test_the_same_weighted_sum_is_a_tie_whatever_its_rounding():
    # .1 * 3 + .2 * 3 and .3 * 3 differ in the last bit
    ratings = [[[3, 3, 1], [1, 1, 3]]] * 3
    w = evaluated(ratings, weights=[0.1, 0.2, 0.3]).panel.rows[-1]
    assert w[:3] == ["weighted sum", None, 0]


@pytest.mark.parametrize("text", ["", "9", "9-1", "5-5", "one-nine", "1:9", "1-9-9", "nan-3"])
def test_what_is_no_scale(text):
    with pytest.raises(WrongOption, match="--scale"):
        parse_scale(text)


def test_scales():
    assert parse_scale("1-9") == Scale(1, 9)
    assert parse_scale("-5-5") == Scale(-5, 5)
    assert parse_scale("0-100").holds(33.3)
    assert not parse_scale("0-10").holds(3.5)


@pytest.mark.parametrize(
    "text", ["C3=1", "C1", "C1=", "C1=-1", "C1=x", "C1=0,C2=0", "C1=1,C1=2", ",", "C1=1e9"]
)
def test_what_are_no_weights(text):
    with pytest.raises(WrongOption, match="--weights"):
        parse_weights(text, ["C1", "C2"])


def test_weights():
    assert parse_weights("", ["C1", "C2"]) == [1, 1]
    assert parse_weights(" C2 = 20 , C1=2.5", ["C1", "C2", "OV"]) == [2.5, 20, 0]
