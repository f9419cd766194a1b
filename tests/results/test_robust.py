"""What a frozen ranking carries: what is sure, on what it hangs, where the panel is of two minds."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from app.aggregation import rank_confidence_sets
from app.results import opinions, small_groups, snapshot
from app.results.methods import METHODS
from app.results.robustness import Robust, WithoutSectors
from app.results.tally import PLANE, RateTally
from tests.results.panels import SCALES, panel, scale

FACTS: dict[str, Any] = {"invited": 40, "enrolled": 40, "quorum_share": 0.5}
OPTIONS = 6


def rated(experts=24, *, seed=2, options=OPTIONS, ends=((1, 9),) * 3):
    """So many experts who see each option alike, but for chance: the first best, the last worst."""
    rng = np.random.default_rng(seed)
    share = np.linspace(0.85, 0.15, options)[:, None] + rng.normal(0, 0.12, (experts, options, len(ends)))
    low, high = (np.array([pair[end] for pair in ends]) for end in (0, 1))
    return np.rint(low + np.clip(share, 0, 1) * (high - low)).astype(int)


def ballots(ratings):
    return [tuple(tuple(int(cell) for cell in cells) for cells in one) for one in ratings]


def counted(ratings, **more: Any) -> Any:
    scales = more.pop("scales", SCALES)
    made = panel(ballots(ratings), count=ratings.shape[1], scales=scales)
    return made, snapshot.tally(made, **FACTS, **more)


def test_what_is_sure_is_what_the_rank_sets_say_of_the_ballots():
    made, tally = counted(rated())
    sets = rank_confidence_sets(made.ratings[:, :, 1:], [60, 40], level=0.9, seed=tally.seed)
    codes = [option.code for option in made.options]
    for place, code in enumerate(codes):
        robust = tally.option(code).robust
        assert (robust.set_low, robust.set_high) == (sets.low[place], sets.high[place])
        assert robust.surely_above == [codes[other] for other in np.flatnonzero(sets.above[place])]
        assert robust.surely_among_first(3) == (sets.high[place] <= 3)
        assert robust.tier == sets.tiers()[place]
    assert any(option.robust.surely_above for option in tally.options)


def test_the_ranges_hold_the_rank_and_the_methods_are_told_one_by_one():
    _, tally = counted(rated())
    for option in tally.options:
        robust = option.robust
        assert tuple(robust.by_method) == METHODS
        assert robust.by_method["weighted_sum"] == option.rank
        assert (robust.rule_low, robust.rule_high) == (
            min(robust.by_method.values()),
            max(robust.by_method.values()),
        )
        assert robust.weights_low <= option.rank <= robust.weights_high
    assert [method.code for method in tally.robust.methods] == list(METHODS)
    assert tally.robust.methods[0].tau == 1


def test_an_option_that_nobody_rated_on_a_criterion_hangs_on_nothing():
    found = ballots(rated())
    found = [(((one[0][0], None, one[0][2])), *one[1:]) for one in found]
    tally: Any = snapshot.tally(panel(found, count=OPTIONS), **FACTS)
    robust = tally.option("W01").robust
    assert replace(robust, dissent="") == Robust(by_method=dict.fromkeys(METHODS))
    assert [one.robust.set_high for one in tally.options if one.code != "W01"] != [None] * 5


def test_of_four_experts_nothing_is_told_but_what_they_said():
    _, tally = counted(rated(4))
    assert [option.robust for option in tally.options] == [Robust()] * OPTIONS
    assert (tally.robust.methods, tally.robust.opinion) == ([], None)


def test_criteria_on_different_scales_count_by_their_share_of_each():
    long = (scale("OV"), scale("C1", 60, 0, 100), scale("C2", 40, 1, 5, benefit=False))
    ratings = rated(ends=((1, 9), (0, 100), (5, 1)))
    _, tally = counted(ratings, scales=long)
    assert tally.options[0].code == "W01"
    assert all(option.robust.by_method["weighted_sum"] == option.rank for option in tally.options)


def test_it_is_frozen_and_read_as_it_was():
    _, tally = counted(rated(), without=WithoutSectors(sizes=[8, 9], hold=True))
    numbers = json.loads(json.dumps(tally.as_numbers()))
    assert RateTally.from_numbers(numbers) == tally
    assert numbers["robust"]["without_sectors"] == {"sizes": [8, 9], "hold": True}


def test_a_plane_ranks_nothing_and_carries_nothing_of_it():
    axes = (scale("LIK", low=1, high=5), scale("IMP", low=1, high=5))
    made = panel([((2, 4),), ((5, 1),)] * 4, count=1, scales=axes, rules={}, method=PLANE)
    numbers = snapshot.tally(made, **FACTS).as_numbers()
    assert "robust" not in numbers
    assert "robust" not in numbers["options"][0]


def of_two_minds(sizes, options=8):
    """Groups of these sizes: the first likes the first half of the options, the others the second."""
    rng = np.random.default_rng(3)
    likes = np.arange(options) < options // 2
    rows = [likes if group == 0 else ~likes for group, size in enumerate(sizes) for _ in range(size)]
    return np.clip(np.where(rows, 8, 2) + rng.integers(-1, 2, (len(rows), options)), 1, 9).astype(np.float64)


def told(ratings) -> Any:
    return opinions.told(ratings, [f"W{n:02}" for n in range(1, ratings.shape[1] + 1)], SCALES[0], seed=1)


def test_two_camps_are_two_groups_with_what_marks_them():
    found = told(of_two_minds((9, 7)))
    assert [group.size for group in found.groups] == [9, 7]
    for mark in found.groups[0].marks:
        first = mark.code <= "W04"
        assert (mark.median > mark.median_others) == first == (mark.z > 0)
    assert found.favoured == []


def test_what_every_group_favours_by_majority_is_named():
    ratings = of_two_minds((9, 7))
    ratings[:, 2] = 8
    assert told(ratings).favoured == ["W03"]


@pytest.mark.parametrize("seed", range(5))
def test_experts_who_differ_by_chance_alone_are_one(seed):
    ratings = rated(40, seed=seed)[:, :, 0].astype(np.float64)
    found = told(ratings)
    assert found is None or found.groups == []


def test_no_group_is_told_where_one_would_be_small_nor_of_eleven_experts():
    assert told(of_two_minds((12, 3))) is None
    assert told(of_two_minds((6, 5))) is None


def test_a_minimum_that_became_stricter_takes_back_what_was_frozen():
    _, tally = counted(rated(), without=WithoutSectors(sizes=[6, 9], hold=True))
    robust = replace(tally.robust, opinion=told(of_two_minds((9, 7))))
    tally = replace(tally, robust=robust)
    kept: Any = small_groups.guarded(tally, 5)
    shown: Any = small_groups.guarded(tally, 8)
    assert kept.robust == robust
    assert (shown.robust.without_sectors, shown.robust.opinion) == (None, None)
    assert {(one.robust.without_low, one.robust.without_high) for one in shown.options} == {(None, None)}
