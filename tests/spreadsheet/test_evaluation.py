"""What is told of a file of ratings: the figures of app.aggregation, and nothing where they are undefined."""

import numpy as np
import pytest

from app.aggregation import krippendorff_alpha, rank_acceptability, tastle_wierman
from app.spreadsheet.evaluation import Question, evaluate
from app.spreadsheet.faults import WrongOption
from app.spreadsheet.ratings import Panel
from app.spreadsheet.scale import Scale, parse_bands, parse_costs, parse_scale, parse_weights

nan = np.nan


def evaluated(ratings, *, scale=Scale(1, 9), weights=None, costs=None, bands=None, items=None):  # noqa: B008 - it is frozen
    r = np.array(ratings, dtype=float)
    r = r if r.ndim == 3 else r[:, :, None]
    experts, count, criteria = r.shape
    items = items or [f"W{number:02}" for number in range(1, count + 1)]
    panel = Panel([str(one) for one in range(experts)], items, [f"C{one}" for one in range(criteria)], r)
    question = Question(
        scale=scale,
        bands=bands or scale.thirds,
        weights=weights or [1.0] * criteria,
        costs=costs or [False] * criteria,
        replicates=200,
        seed=3,
    )
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


def test_on_another_scale_the_bands_are_thirds_of_it_and_only_rand_ucla_is_not_told():
    seven = evaluated([[1, 7, 6], [2, 6, 3], [2, 7, 5], [1, 6, 3]], scale=Scale(1, 7)).answers
    assert column(seven, "share_low") == [1, 0, 0]
    assert column(seven, "share_middle") == [0, 0, 0.75]
    assert column(seven, "share_high") == [0, 1, 0.25]
    assert column(seven, "agreement") == ["out", "in", "none"]
    assert column(seven, "rand_ucla") == [None] * 3
    assert None not in column(seven, "cns")
    hundred = evaluated([[5, 55.5, 66.7], [33.3, 40, 100]], scale=Scale(0, 100)).answers
    assert column(hundred, "agreement") == ["out", "none", "in"]
    assert column(hundred, "cns") == [None] * 3


def test_bands_that_are_said_are_those_that_judge():
    ratings = [[4, 2], [5, 1], [4, 2]]
    assert column(evaluated(ratings, scale=Scale(1, 5)).answers, "agreement") == ["none", "none"]
    said = evaluated(ratings, scale=Scale(1, 5), bands=((1, 2), (4, 5)))
    assert column(said.answers, "agreement") == ["in", "out"]
    assert said.settings["bands"] == [[1, 2], [4, 5]]


def test_less_is_better_on_a_cost():
    # W01 is well rated and cheap, W02 well rated and dear
    ratings = [[[9, 1], [9, 9]], [[8, 2], [8, 8]], [[9, 1], [9, 9]]]
    result = evaluated(ratings, costs=[False, True])
    assert column(result.ranking, "item") == ["W01", "W02"]
    assert column(result.ranking, "score")[0] == pytest.approx((26 / 3 + 10 - 4 / 3) / 2)
    assert column(result.answers, "agreement") == ["in", "in", "in", "out"]
    assert column(result.answers, "rand_ucla") == ["appropriate"] * 3 + ["inappropriate"]
    # what was answered is told as it was answered
    assert column(result.answers, "share_low") == [0, 1, 0, 0]
    assert column(result.answers, "median") == [9, 1, 9, 9]
    assert result.settings["cost"] == ["C1"]


def test_a_cost_ranks_as_the_package_ranks_it():
    rng = np.random.default_rng(4)
    ratings = rng.integers(1, 10, (12, 5, 2)).astype(float)
    ours = evaluated(ratings, weights=[2.0, 1.0], costs=[False, True]).ranking
    peer = rank_acceptability(ratings, [2.0, 1.0], benefit=[True, False], replicates=200, seed=3)
    place = [int(item[1:]) - 1 for item in column(ours, "item")]
    assert column(ours, "low") == peer.low[place].tolist()
    assert column(ours, "high") == peer.high[place].tolist()


def test_what_nobody_rated_has_no_rank_and_no_verdict_and_stands_last():
    result = evaluated([[nan, 7], [nan, 8]])
    assert column(result.ranking, "item") == ["W02", "W01"]
    assert result.ranking.rows[1] == [None, "W01", None, None, None, None, None, 0]
    assert result.answers.rows[0][2:] == [0, *[None] * 10]
    assert result.answers.rows[1][-1] == "in"


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


@pytest.mark.parametrize(
    "text", ["", "9", "1-99999999999", "9-1", "5-5", "one-nine", "1:9", "1-9-9", "nan-3"]
)
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


@pytest.mark.parametrize("text", ["1-3", "1-3,7-9,9-9", "1-5,4-9", "2-3,7-9", "1-3,7-8", "7-9,1-3", "x", ","])
def test_what_are_no_bands(text):
    with pytest.raises(WrongOption, match="--bands"):
        parse_bands(text, Scale(1, 9))


@pytest.mark.parametrize(
    ("scale", "bands"),
    [
        ((1, 9), ((1, 3), (7, 9))),
        ((0, 5), ((0, 1), (4, 5))),
        ((1, 5), ((1, 1), (5, 5))),
        ((0, 30), ((0, 10), (20, 30))),
    ],
)
def test_bands_are_a_third_of_the_scale(scale, bands):
    assert parse_bands("", Scale(*scale)) == bands


def test_bands():
    assert parse_bands(" 1-2, 4-5", Scale(1, 5)) == ((1, 2), (4, 5))
    assert parse_bands("-5--2,2-5", Scale(-5, 5)) == ((-5, -2), (2, 5))


def test_costs():
    assert parse_costs("", ["C1", "C2"]) == [False, False]
    assert parse_costs(" C2 ", ["C1", "C2"]) == [False, True]
    with pytest.raises(WrongOption, match="--cost"):
        parse_costs("C2,", ["C1", "C2"])
