"""Consensus rules: their thresholds to the point, their verdict on nobody, what they refuse."""

from dataclasses import FrozenInstanceError
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.aggregation import (
    BandRule,
    CnsRule,
    IqrRule,
    RandUclaRule,
    TwoBandRule,
    rand_ucla,
    tastle_wierman,
)
from tests.aggregation.panels import panels, sixty

COMET = TwoBandRule(in_band=(7, 9), out_band=(1, 3))
NO_PAIR: Any = 3
THREE: Any = (1, 2, 3)
RULES = [IqrRule(2), BandRule(7, 9, 0.7), COMET, RandUclaRule(), CnsRule(0.8)]


def item(*counted):
    """One item from pairs (how many, which rating)."""
    return np.repeat([rating for _, rating in counted], [n for n, _ in counted])[:, None].astype(float)


@pytest.mark.parametrize(
    ("ratings", "verdict"),
    [
        (item((14, 8), (3, 5), (3, 2)), "no_consensus"),  # .70 in, but .15 out is not below .15
        (item((14, 8), (4, 5), (2, 2)), "consensus_in"),  # .70 is enough
        (item((13, 8), (6, 5), (1, 2)), "no_consensus"),  # .65
        (item((14, 2), (4, 5), (2, 8)), "consensus_out"),
        (item((14, 2), (3, 5), (3, 8)), "no_consensus"),
        (item((10, 2), (10, 8)), "no_consensus"),
        (item((20, 5)), "no_consensus"),
    ],
)
def test_two_bands_at_their_thresholds(ratings, verdict):
    """Williamson et al. (2012): at least 70 per cent in one band, fewer than 15 in the other."""
    assert COMET.judge(ratings).tolist() == [verdict]


def test_two_bands_count_those_who_answered():
    ratings = item((7, 8), (3, 5))
    with_abstentions = np.vstack([ratings, np.full((90, 1), np.nan)])
    assert COMET.judge(with_abstentions).tolist() == ["consensus_in"]


@sixty
@given(panels())
def test_turning_the_scale_round_turns_the_verdict_round(ratings):
    turned = {
        "consensus_in": "consensus_out",
        "consensus_out": "consensus_in",
        "no_consensus": "no_consensus",
    }
    assert [turned[v] for v in COMET.judge(ratings).tolist()] == COMET.judge(10 - ratings).tolist()


def test_one_band_at_its_threshold():
    rule = BandRule(7, 9, at_least=0.7)
    assert rule.judge(item((7, 8), (3, 5))).tolist() == ["consensus_in"]
    assert rule.judge(item((69, 8), (31, 5))).tolist() == ["no_consensus"]
    assert rule.judge(item((10, 1))).tolist() == ["no_consensus"], "one band knows no out"


def test_a_range_at_its_threshold():
    ratings = item((1, 6), (2, 7), (2, 8))  # quartiles 7 and 8
    assert IqrRule(at_most=1).judge(ratings).tolist() == ["consensus_in"]
    assert IqrRule(at_most=0.99).judge(ratings).tolist() == ["no_consensus"]
    assert IqrRule(at_most=0).judge(item((5, 2))).tolist() == ["consensus_in"], "at whatever level"


@sixty
@given(panels())
def test_rand_ucla_gives_its_classification_as_a_verdict(ratings):
    """Fitch et al. (2001)."""
    words = {"appropriate": "consensus_in", "inappropriate": "consensus_out"}
    expected = [words.get(word, "no_consensus") for word in rand_ucla(ratings).classification.tolist()]
    assert RandUclaRule().judge(ratings).tolist() == expected


def test_the_index_at_its_threshold():
    """Tastle & Wierman (2007), on the nine points of the scale and not only those in use."""
    ratings = item((3, 7), (5, 8), (2, 9))
    cns = float(tastle_wierman([0, 0, 0, 0, 0, 0, 3, 5, 2]))
    assert CnsRule(cns).judge(ratings).tolist() == ["consensus_in"]
    assert CnsRule(cns + 1e-9).judge(ratings).tolist() == ["no_consensus"]
    assert CnsRule(1).judge(item((9, 2))).tolist() == ["consensus_in"], "at whatever level"
    ends = item((5, 1), (5, 5))
    assert CnsRule(0.5).judge(ends).tolist() == ["consensus_in"]
    assert CnsRule(0.5, 1, 5).judge(ends).tolist() == ["no_consensus"], "there they are the two ends"


@pytest.mark.parametrize("rule", [RandUclaRule(), CnsRule(0.5)])
@pytest.mark.parametrize("rating", [0, 10, 4.5])
def test_rules_of_a_scale_refuse_what_is_off_it(rule, rating):
    with pytest.raises(ValueError, match="ratings must be whole numbers from 1 to 9"):
        rule.judge([[rating]])


def test_one_expert_has_no_range_to_agree_on_but_fills_a_band():
    assert IqrRule(9).judge([[8]]).tolist() == ["no_consensus"]
    assert BandRule(7, 9, 1).judge([[8]]).tolist() == ["consensus_in"]
    assert COMET.judge([[8]]).tolist() == ["consensus_in"]


@pytest.mark.parametrize("rule", RULES)
def test_nobody_agrees_on_what_nobody_rated(rule):
    assert rule.judge([[np.nan, np.nan], [np.nan, np.nan]]).tolist() == ["no_consensus"] * 2
    assert rule.judge(np.ones((0, 2))).tolist() == ["no_consensus"] * 2
    assert rule.judge(np.ones((2, 0))).tolist() == []


@pytest.mark.parametrize("rule", RULES)
@sixty
@given(ratings=panels(), random=st.randoms(use_true_random=False))
def test_experts_have_no_order_and_items_keep_theirs(rule, ratings, random):
    experts, items = (random.sample(range(size), size) for size in ratings.shape)
    np.testing.assert_array_equal(rule.judge(ratings)[items], rule.judge(ratings[experts][:, items]))


@pytest.mark.parametrize("rule", RULES)
def test_rules_are_values(rule):
    assert rule == type(rule)(*(getattr(rule, f) for f in rule.__slots__))
    for field in rule.__slots__:
        with pytest.raises(FrozenInstanceError):
            setattr(rule, field, 1)
    with pytest.raises(ValueError, match="ratings must have two axes"):
        rule.judge([1, 2, 3])
    with pytest.raises(ValueError, match="ratings must be finite"):
        rule.judge([[np.inf]])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: IqrRule(-1), "at_most must not be negative"),
        (lambda: IqrRule(np.nan), "at_most must be one finite number"),
        (lambda: BandRule(9, 7, 0.7), "low must not be above high"),
        (lambda: BandRule(7, 9, 0), "at_least must be a share above 0"),
        (lambda: BandRule(7, 9, 70), "at_least must be a share above 0 and at most 1, not 70"),
        (lambda: CnsRule(0), "at_least must be a share above 0"),
        (lambda: CnsRule(0.5, 5, 1), "low must not be above high"),
        (lambda: CnsRule(0.5, 5, 5), "low and high must be two different whole numbers, not 5 and 5"),
        (lambda: TwoBandRule((7, 9), (1, 7)), "in_band and out_band must not overlap"),
        (lambda: TwoBandRule((9, 7), (1, 3)), r"in_band\[0\] must not be above in_band\[1\]"),
        (lambda: TwoBandRule((7, 9), NO_PAIR), "out_band must be a pair"),
        (lambda: TwoBandRule((7, 9), THREE), "out_band must be a pair"),
        (lambda: TwoBandRule((7, 9), (1, 3), at_least=1.1), "at_least must be a share"),
        (lambda: TwoBandRule((7, 9), (1, 3), at_most=0), "at_most must be a share above 0"),
        (lambda: TwoBandRule((7, 9), (1, 3), 0.5, 0.6), "at_most must not be above at_least"),
    ],
)
def test_a_rule_that_can_mean_nothing_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
