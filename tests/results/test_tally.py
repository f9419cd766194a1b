"""A small panel, counted by hand: labels, ranks, distributions, movement."""

import hashlib
import json
from dataclasses import replace

import pytest

from app.results import snapshot
from app.results.panel import Cell
from app.results.tally import RateTally
from tests.results.panels import SCALES, by_option, panel, scale

TEN = [
    # overall, C1 (weight 60), C2 (weight 40)
    [[7, 7, 7, 8, 8, 8, 9, 9, 5, 3], [8] * 10, [5] * 10],
    [[7, 7, 7, 1, 2, 3, 5, 5, 5, 6], [6] * 10, [7] * 10],
    [[4] * 10, [5] * 10, [9] * 10],
]


def told(panel, **facts):
    return snapshot.tally(panel, **({"invited": 14, "enrolled": 12, "quorum_share": 0.6} | facts))


def ten():
    return told(panel(by_option(W01=TEN[0], W02=TEN[1], W03=TEN[2]), count=3))


def columns(tally, name):
    return {option.code: getattr(option, name) for option in tally.options}


def test_scores_are_weighted_means_and_ranks_follow_them():
    tally = ten()
    assert [option.code for option in tally.options] == ["W01", "W03", "W02"]
    # .6 * 8 + .4 * 5, .6 * 5 + .4 * 9, .6 * 6 + .4 * 7
    assert columns(tally, "score") == {"W01": 6.8, "W03": 6.6, "W02": 6.4}
    assert columns(tally, "rank") == {"W01": 1, "W03": 2, "W02": 3}
    assert tally.ranked_by == ["C1", "C2"]


def test_other_weights_and_overall_support_alone_rank_otherwise():
    tally = ten()
    # equal weights: 6.5, 6.5, 7.0; equal scores share the better rank
    assert columns(tally, "rank_equal_weights") == {"W03": 1, "W01": 2, "W02": 2}
    # means of overall support: 7.1, 4.8, 4.0
    assert columns(tally, "rank_overall") == {"W01": 1, "W02": 2, "W03": 3}


def test_a_panel_of_one_mind_leaves_no_doubt_about_the_ranks():
    for option in ten().options:
        assert option.rank_low == option.rank_high == option.expected_rank == option.rank
    assert columns(ten(), "p_best") == {"W01": 1.0, "W03": 0.0, "W02": 0.0}
    assert set(columns(ten(), "p_top3").values()) == {1.0}


def test_labels_at_the_very_edge_of_the_rules():
    tally = ten()
    # 8 of 10 in 7-9 and 1 of 10 in 1-3; 3 of 10 on both sides; nobody in 7-9 and the median 4
    assert columns(tally, "label") == {
        "W01": "broad_agreement",
        "W02": "divergent_views",
        "W03": "limited_support",
    }
    assert columns(tally, "label_if_stricter") == {
        "W01": "general_support",
        "W02": "mixed_views",
        "W03": "limited_support",
    }
    assert columns(tally, "label_if_looser") == columns(tally, "label")
    assert sum(option.label_may_change for option in tally.options) == 2
    assert tally.labels["broad_agreement"] == "Broad agreement"


def test_each_option_has_its_sentence():
    assert columns(ten(), "sentence")["W02"] == (
        "Views diverged on Option 2 (W02): 30 per cent were favourable and 30 per cent unfavourable."
    )


def test_distributions_count_every_point_of_the_scale():
    option = ten().option("W01")
    assert option is not None
    overall = option.by_criterion["OV"]
    assert overall.counts == [0, 0, 1, 0, 1, 0, 3, 3, 2]
    assert (overall.n, overall.median, overall.q1, overall.q3, overall.iqr) == (10, 7.5, 7.0, 8.0, 1.0)
    assert (overall.mean, overall.share_low, overall.share_high) == (7.1, 0.1, 0.8)
    effect = option.by_criterion["C1"]
    assert (effect.agreement, effect.iqr) == (1.0, 0.0)


def test_those_who_submitted_are_the_n_of_the_rules_and_abstentions_are_counted_by_reason():
    overall: list[Cell] = [*[9] * 11, *["cannot_say"] * 4, *["no_expertise"] * 4, None]
    tally = told(panel(by_option(W01=[overall, [5] * 20, [5] * 20]), count=1))
    option = tally.options[0]
    assert option.by_criterion["OV"].abstained == {"cannot_say": 4, "no_expertise": 4}
    assert option.by_criterion["OV"].n == 11
    assert option.label == "not_enough"  # 11 of 20 is below 60 per cent
    assert option.label_if_stricter == "broad_agreement"  # but not below 55
    assert (tally.submitted, tally.enrolled, tally.invited) == (20, 12, 14)


def test_nobody_rated_an_option_leaves_it_without_score_and_rank_and_takes_no_place():
    away = [["cannot_say"] * 10] * 3
    tally = told(panel(by_option(W01=away, W02=TEN[1], W03=TEN[2]), count=3))
    last = tally.options[-1]
    assert (last.code, last.score, last.rank, last.rank_low, last.p_top3) == ("W01", None, None, None, None)
    assert last.label == "not_enough"
    assert last.by_criterion["OV"].median is None
    assert columns(tally, "rank") == {"W03": 1, "W02": 2, "W01": None}


def test_one_criterion_that_nobody_rated_leaves_the_option_unranked_rather_than_reweighted():
    gap: list[list[Cell]] = [[*TEN[0][0]], [None] * 10, [*TEN[0][2]]]
    tally = told(panel(by_option(W01=gap, W02=TEN[1]), count=2))
    option = tally.option("W01")
    assert option is not None
    assert (option.rank, option.rank_overall, option.label) == (None, 1, "broad_agreement")


def test_all_ratings_identical_tie_all_options():
    tally = told(panel(by_option(W01=[[7] * 10] * 3, W02=[[7] * 10] * 3), count=2))
    assert columns(tally, "rank") == {"W01": 1, "W02": 1}
    assert columns(tally, "p_best") == {"W01": 0.5, "W02": 0.5}
    assert tally.kendall_w is None  # who rates everything alike has ranked nothing
    assert tally.kendall_raters == 0


def test_nobody_submitted():
    tally = told(panel([], count=2, pairs=[]))
    assert (tally.submitted, tally.quorum_reached, tally.replicates) == (0, False, 0)
    assert columns(tally, "rank") == {"W01": None, "W02": None}
    assert set(columns(tally, "label").values()) == {"not_enough"}
    assert json.loads(json.dumps(tally.as_numbers(), allow_nan=False)) == tally.as_numbers()


def test_a_single_reply_is_ranked_without_a_show_of_certainty():
    tally = told(panel(by_option(W01=[[9], [8], [5]], W02=[[1], [2], [3]]), count=2))
    assert columns(tally, "rank") == {"W01": 1, "W02": 2}
    assert columns(tally, "p_best") == {"W01": None, "W02": None}
    assert tally.replicates == 0
    assert tally.options[0].by_criterion["OV"].iqr is None


def test_without_weights_overall_support_ranks():
    only = (scale("OV"),)
    tally = told(panel(by_option(W01=[[5] * 6], W02=[[6] * 6]), count=2, scales=only))
    assert tally.ranked_by == ["OV"]
    assert columns(tally, "rank") == {"W02": 1, "W01": 2}


def test_less_is_better_on_a_cost():
    scales = (scale("OV"), scale("C1", 1, benefit=False))
    tally = told(panel(by_option(W01=[[5] * 6, [2] * 6], W02=[[5] * 6, [8] * 6]), count=2, scales=scales))
    assert columns(tally, "rank") == {"W01": 1, "W02": 2}


def test_scales_of_different_length_count_by_their_share():
    # half of the way up a scale to 5 is as much as half of the way up a scale to 9
    scales = (scale("OV"), scale("C1", 50, 1, 5), scale("C2", 50, 1, 9))
    ballots = by_option(W01=[[5] * 6, [3] * 6, [5] * 6], W02=[[5] * 6, [5] * 6, [2] * 6])
    tally = told(panel(ballots, count=2, scales=scales))
    assert columns(tally, "score") == {"W02": 56.25, "W01": 50.0}  # per cent of the scales
    assert columns(tally, "rank") == {"W02": 1, "W01": 2}


def test_without_an_overall_criterion_there_are_ranks_and_no_labels():
    scales = (scale("C1", 60), scale("C2", 40))
    tally = told(panel(by_option(W01=TEN[0][1:], W02=TEN[1][1:]), count=2, scales=scales))
    assert columns(tally, "rank") == {"W01": 1, "W02": 2}
    assert set(columns(tally, "label").values()) == {""}
    assert (tally.overall, tally.kendall_w) == (None, None)


def test_a_seminar_without_rules_has_numbers_and_no_labels():
    tally = told(panel(by_option(W01=TEN[0]), count=1, rules={}))
    assert (tally.options[0].label, tally.options[0].sentence, tally.labels) == ("", "", {})
    assert sum(option.label_may_change for option in tally.options) == 0


def pairs(*moves):
    return [((before,), (now,)) for before, now in moves]


def movement(*moves):
    now = [after for _, after in moves if after is not None]
    ballots = by_option(W01=[now, [5] * len(now), [5] * len(now)])
    tally = told(panel(ballots, count=1, pairs=pairs(*moves)))
    return tally.options[0].movement, tally.options[0].evolving


def test_movement_rests_on_the_experts_of_both_rounds():
    # medians of all who answered before: 5; who left or came pairs with nobody
    moved, evolving = movement((5, 5), (8, 6), (2, 3), (4, 4), (9, None), (None, 1))
    assert moved is not None
    assert (moved.paired, moved.changed_share, moved.moved_share) == (4, 0.5, 0.25)
    assert (moved.toward_median_share, moved.median_before) == (0.5, 5.0)
    assert (moved.stable, evolving) == (False, True)


def test_exactly_fifteen_per_cent_still_moves():
    still = [(5, 5)] * 17
    assert movement(*still, (5, 7), (5, 7), (5, 7))[1] is True
    assert movement(*still, (5, 7), (5, 7), (5, 6))[1] is False


def test_there_is_no_movement_without_pairs_or_without_a_round_before():
    assert movement((5, None), (None, 5)) == (None, False)
    tally = told(panel(by_option(W01=TEN[0]), count=1, pairs=None))
    assert tally.options[0].movement is None


def test_frozen_numbers_give_the_tally_back():
    tally = told(
        panel(
            by_option(W01=TEN[0]),
            count=1,
            pairs=pairs(*[(5, 7)] * 10),
            rationales=[("W01", "It exists."), ("W01", "A start.")],
        )
    )
    stored = json.loads(json.dumps(tally.as_numbers(), allow_nan=False))
    assert RateTally.from_numbers(stored) == tally
    assert stored["rationales"] == {"W01": ["A start.", "It exists."]}
    assert "withheld" not in stored


@pytest.mark.parametrize(
    "change",
    [
        {"wording": {"labels": []}},
        {"scales": (replace(SCALES[0]), replace(SCALES[1], weight=59), SCALES[2])},
        {"question": "Q2"},
        {"round_number": 2},
        {"rationales": {"W01": ("Because",)}},
        {"agreement": {"rule": "iqr", "at_most": 1}},
        {"pairs": ()},
        {"ballots": ()},
    ],
)
def test_any_change_of_the_input_changes_its_digest(change):
    one = panel(by_option(W01=TEN[0]), count=1)
    other = replace(one, **change)
    assert told(other).input_digest != told(one).input_digest
    assert sum(told(other).inputs[part] != digest for part, digest in told(one).inputs.items()) == 1


def test_the_digest_can_be_made_again_with_nothing_but_json_and_sha_256():
    made = panel(
        [((5, "cannot_say"),), ((5, None),)],
        count=1,
        scales=(scale("OV"), scale("C1", 60)),
        rules={},
        pairs=[((4,), (5,))],
        rationales=[("W01", "Élan", "for"), ("W01", "A", "neither")],
        salt="abc",
    )

    def sha(text):
        return hashlib.sha256(text.encode()).hexdigest()

    parts = {
        "agreement": "null",
        "before": "[[[4],[5]]]",
        "method": '"colloquy-rate-3"',
        "question": '{"code":"Q1","options":[{"code":"W01","title":"Option 1","version":1}],"round":3}',
        "ratings": '[[[5,null]],[[5,"cannot_say"]]]',
        "rationales": '{"salt":"abc","texts":[{"W01":["A","Élan"]},{"W01":["neither","for"]}]}',
        "scales": '[{"benefit":true,"code":"OV","high":9,"label":"OV","low":1,"overall":true,"weight":0},'
        '{"benefit":true,"code":"C1","high":9,"label":"C1","low":1,"overall":false,"weight":60}]',
        "wording": "{}",
    }
    digests = ",".join(f'"{name}":"{sha(text)}"' for name, text in parts.items())
    assert told(made).input_digest == sha(f"{{{digests}}}")
